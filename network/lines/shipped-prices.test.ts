import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import type { ServiceLine } from './model.ts';
import { marginOf, type PriceContext, type PricedParcel, priceParcels } from './price.policy.ts';
import { AT, lines, piece, price } from './priced.fixture.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';

const shipped = (code: string) => SHIPPED_LINES.find((line) => line.code === code)!;

describe('what holds for every shipped line', () => {
  const JOURNEYS: Record<string, PriceContext> = {
    cn_domestic_express: {
      origin: { country: 'CN', divisionCodes: ['33', '3301'] },
      destination: { country: 'CN', divisionCodes: ['11'] },
    },
    br_domestic_standard: {
      origin: { country: 'BR', postcode: '03194' },
      destination: { country: 'BR', postcode: '24710-000' },
    },
    eu_next_day: {
      origin: { country: 'ES', postcode: '28013' },
      destination: { country: 'ES', postcode: '28001' },
    },
    eu_3_5_days: {
      origin: { country: 'ES', postcode: '28013' },
      destination: { country: 'PT', postcode: '1000-001' },
    },
  };
  const EXPORT: PriceContext = {
    origin: { country: 'CN' },
    destination: { country: 'ES', postcode: '28013' },
  };
  const journeyOf = (line: ServiceLine) => JOURNEYS[line.code] ?? EXPORT;
  const goods = fc.subarray(['normal', 'battery_contained'] as const, { minLength: 1 });

  test.each(SHIPPED_LINES.map((line) => [line.code, line] as const))(
    '%s: sums, order, integers, weight',
    (_code, line) => {
      const compiled = compileLine(line);
      const arbitrary = fc.record({
        weightGrams: fc.integer({ min: 1, max: Math.min(5_000, line.limits.maxWeightGrams) }),
        goodsClasses: goods,
      });
      const total = (parcels: PricedParcel[]) => {
        const outcome = priceParcels(compiled, 'selling', parcels, journeyOf(line), AT);
        if (!outcome.ok) throw new Error(outcome.rejection.detail);
        const sum = outcome.value.charges.reduce((all, charge) => all + charge.amount.amountMinor, 0);
        expect(outcome.value.total.amountMinor).toBe(sum);
        for (const charge of outcome.value.charges)
          expect(Number.isSafeInteger(charge.amount.amountMinor)).toBe(true);
        return sum;
      };
      fc.assert(
        fc.property(
          fc.array(arbitrary, { minLength: 1, maxLength: 6 }),
          fc.integer({ min: 0, max: 400 }),
          (parcels, more) => {
            const sum = total(parcels);
            expect(total(parcels.toReversed())).toBe(sum);
            const first = parcels[0]!;
            const heavier = {
              ...first,
              weightGrams: Math.min(5_000, line.limits.maxWeightGrams, first.weightGrams + more),
            };
            expect(total([heavier, ...parcels.slice(1)])).toBeGreaterThanOrEqual(sum);
          },
        ),
      );
    },
  );

  test.each(SHIPPED_LINES.map((line) => [line.code, line] as const))(
    '%s: the buying table never changes the selling price and earns',
    (_code, line) => {
      const dear = { ...line, buying: [] };
      fc.assert(
        fc.property(fc.integer({ min: 1, max: Math.min(5_000, line.limits.maxWeightGrams) }), (grams) => {
          const parcels = [piece(grams)];
          const selling = price(line, parcels, journeyOf(line));
          expect(price(dear, parcels, journeyOf(line))).toEqual(selling);
          expect(
            marginOf(selling, price(line, parcels, journeyOf(line), AT, 'buying'))!.amountMinor,
          ).toBeGreaterThan(0);
        }),
        { numRuns: 50 },
      );
    },
  );

  test('the European lines cost what the stories say', () => {
    const next = (grams: number) =>
      price(shipped('eu_next_day'), [piece(grams)], JOURNEYS.eu_next_day).net.amountMinor;
    expect([next(1), next(5_000)]).toEqual([200, 200]);
    const wide = (grams: number, context = JOURNEYS.eu_3_5_days!) =>
      price(shipped('eu_3_5_days'), [piece(grams)], context).net.amountMinor;
    expect([wide(1, JOURNEYS.eu_next_day), wide(20_000)]).toEqual([300, 500]);
  });

  test('Zhejiang to Beijing: the pair of neighbours, first kilogram and steps, tax', () => {
    // near: 12.00 + 2 x 5.00 = 22.00, VAT 6 % = 1.32.
    expect(lines(shipped('cn_domestic_express'), [piece(2_001)], JOURNEYS.cn_domestic_express)).toEqual([
      ['freight', 2200],
      ['tax', 132],
    ]);
  });

  test('São Paulo to Niterói: 1,029 g in the south-east', () => {
    // region: 13.00 + 2 x 1.10 = 15.20, no ICMS.
    expect(
      lines(
        shipped('br_domestic_standard'),
        [piece(1_029)],
        JOURNEYS.br_domestic_standard,
        instant('2016-10-04T12:00:00Z'),
      ),
    ).toEqual([
      ['freight', 1520],
      ['tax', 0],
    ]);
  });
});
