import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, money } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import { type LineRequest, missingCustomsFields, whyNot } from './limits.policy.ts';
import type { GoodsClass } from './model.ts';
import type { PricedParcel } from './price.policy.ts';
import { sampleLine, sampleTable } from './sample-line.fixture.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';

const line = compileLine(sampleLine());
const good: LineRequest = {
  at: instant('2026-03-02T10:00:00Z'),
  origin: { country: 'NL' },
  destination: { country: 'DE', postcode: '10115' },
  parcels: [
    { weightGrams: 500, goodsClasses: ['normal'], dimensions: { lengthMm: 200, widthMm: 100, heightMm: 50 } },
  ],
  declaredValue: money(50_000, 'EUR'),
};
const parcel = (part: Partial<PricedParcel>): PricedParcel => ({ ...good.parcels[0]!, ...part });
const codes = (part: Partial<LineRequest>, takes = true) =>
  whyNot(line, { ...good, ...part }, takes).map((reason) => reason.code);
const sides = (lengthMm: number, widthMm: number, heightMm: number) => ({
  parcels: [parcel({ dimensions: { lengthMm, widthMm, heightMm } })],
});

test('a request inside every limit has no reason against it', () => expect(codes({})).toEqual([]));

describe('each limit, at its bound and over it', () => {
  const rows: [string, Partial<LineRequest>, string[]][] = [
    ['the heaviest parcel', { parcels: [parcel({ weightGrams: 20_000 })] }, []],
    ['a gram too heavy', { parcels: [parcel({ weightGrams: 20_001 })] }, ['over_weight']],
    ['the lightest parcel', { parcels: [parcel({ weightGrams: 10 })] }, []],
    ['a gram too light', { parcels: [parcel({ weightGrams: 9 })] }, ['under_weight']],
    ['no weight', { parcels: [parcel({ weightGrams: 0 })] }, ['under_weight']],
    ['a weight that is no number', { parcels: [parcel({ weightGrams: Number.NaN })] }, ['under_weight']],
    ['the longest side', sides(1000, 100, 100), []],
    ['a side too long', sides(100, 1001, 100), ['side_too_long']],
    ['the longest sum', sides(900, 500, 100), []],
    ['a sum too long', sides(900, 500, 101), ['sum_of_sides_too_long']],
    // Longest 600, girth 2 x (500 + 400) = 1800, sum 2400.
    ['the longest girth is inside', sides(600, 500, 400), ['volume_too_large']],
    ['a girth too long', sides(500, 500, 500), ['volume_too_large']],
    // 700 + 2 x (500 + 401) = 2502.
    [
      'girth, sum and volume at once',
      sides(700, 500, 401),
      ['sum_of_sides_too_long', 'girth_too_long', 'volume_too_large'],
    ],
    [
      'goods that the line refuses, each named',
      { parcels: [parcel({ goodsClasses: ['liquid', 'normal', 'powder'] })] },
      ['goods_class_refused', 'goods_class_refused'],
    ],
    ['no parcel', { parcels: [] }, ['no_goods']],
    [
      'an unserved country',
      { destination: { country: 'BR', postcode: '01000' } },
      ['destination_not_served', 'no_price_zone'],
    ],
    [
      'an unserved island',
      { destination: { country: 'PT', postcode: '9000-001' } },
      ['destination_not_served'],
    ],
    ['a foreign origin', { origin: { country: 'CN' } }, ['origin_not_served']],
    ['no postcode', { destination: { country: 'DE' } }, ['postcode_missing']],
    ['an empty postcode', { destination: { country: 'DE', postcode: '' } }, ['postcode_missing']],
    ['a value over the limit', { declaredValue: money(50_001, 'EUR') }, ['declared_value_too_high']],
    ['a value without a rate', { declaredValue: money(1, 'USD') }, ['exchange_rate_missing']],
    [
      'a day before the line',
      { at: instant('2024-12-31T23:59:59.999Z') },
      ['not_valid_on_date', 'no_price_on_date'],
    ],
  ];
  test.each(rows)('%s', (_name, part, expected) => expect(codes(part)).toEqual(expected));
});

test('a line ends at its end', () => {
  const ended = compileLine(sampleLine({ validTo: good.at }));
  expect(whyNot(ended, good, true).map((reason) => reason.code)).toEqual(['not_valid_on_date']);
});

test('a carrier that takes no orders is the first reason', () => {
  expect(whyNot(line, good, false)).toEqual([
    { code: 'carrier_cannot_take_orders', actual: 'postroad_express_eu' },
  ]);
});

test('every reason is given at once, with piece and numbers', () => {
  const reasons = whyNot(
    line,
    {
      ...good,
      parcels: [parcel({}), parcel({ weightGrams: 30_000, goodsClasses: ['liquid'] })],
      origin: { country: 'XX' },
    },
    true,
  );
  expect(reasons).toEqual([
    { code: 'origin_not_served', actual: 'XX' },
    { code: 'over_weight', parcel: 1, actual: 30_000, limit: 20_000 },
    { code: 'goods_class_refused', parcel: 1, actual: 'liquid' },
  ]);
});

test('unknown size is refused only where the line asks for it', () => {
  const parcels = [{ weightGrams: 500, goodsClasses: ['normal'] as const }];
  expect(codes({ parcels })).toEqual([]);
  const strict = compileLine(sampleLine({ limits: { maxWeightGrams: 1000, dimensionsRequired: true } }));
  expect(whyNot(strict, { ...good, parcels }, true).map((reason) => reason.code)).toEqual([
    'dimensions_missing',
  ]);
});

test('volume above the last band is over weight', () => {
  const sheet = {
    kind: 'bands',
    rates: [{ zone: 'near', bands: [{ upToGrams: 2_000, amountMinor: 1 }] }],
  } as const;
  const banded = compileLine(sampleLine({ selling: [sampleTable({ sheet })] }));
  // 400 x 300 x 100 mm / 5000 = 2400 g.
  const reasons = whyNot(banded, { ...good, ...sides(400, 300, 100) }, true);
  expect(reasons).toEqual([{ code: 'over_weight', parcel: 0, actual: 2_400, limit: 2_000 }]);
});

test('small packets keep to the limits of letter post', () => {
  const economy = compileLine(SHIPPED_LINES.find((shipped) => shipped.code === 'cn_global_economy')!);
  const ask = (weightGrams: number, lengthMm: number, widthMm: number, heightMm: number) =>
    whyNot(
      economy,
      {
        ...good,
        origin: { country: 'CN' },
        declaredValue: undefined,
        parcels: [parcel({ weightGrams, dimensions: { lengthMm, widthMm, heightMm } })],
      },
      true,
    ).map((reason) => reason.code);
  expect(ask(2000, 600, 200, 100)).toEqual([]);
  expect(ask(2001, 601, 200, 100)).toEqual(['over_weight', 'side_too_long', 'sum_of_sides_too_long']);
});

test('hostile places and odd numbers give reasons, never an exception', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('__proto__', 'constructor', '*', 'DE', "'; --"),
  );
  const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.MAX_SAFE_INTEGER, -0));
  const place = fc.record({
    country: text,
    postcode: fc.option(text, { nil: undefined }),
    divisionCodes: fc.option(fc.array(text, { maxLength: 3 }), { nil: undefined }),
  });
  const odd = fc.record({
    weightGrams: number,
    goodsClasses: fc.array(text as fc.Arbitrary<GoodsClass>, { maxLength: 2 }),
    dimensions: fc.option(fc.record({ lengthMm: number, widthMm: number, heightMm: number }), {
      nil: undefined,
    }),
  });
  const compiled = SHIPPED_LINES.map(compileLine);
  fc.assert(
    fc.property(place, place, fc.array(odd, { maxLength: 3 }), (origin, destination, parcels) => {
      for (const each of compiled)
        expect(Array.isArray(whyNot(each, { at: good.at, origin, destination, parcels }, true))).toBe(true);
    }),
  );
});

test('customs data that a cross-border line still needs is named', () => {
  const standard = compileLine(SHIPPED_LINES.find((shipped) => shipped.code === 'cn_global_standard')!);
  expect(missingCustomsFields(standard, 'BR', { everyItemHasHs6: false, taxIdKinds: [] })).toEqual([
    'hs6',
    'incoterm',
    'cpf',
  ]);
  expect(
    missingCustomsFields(standard, 'BR', { everyItemHasHs6: true, incoterm: 'DDP', taxIdKinds: ['cpf'] }),
  ).toEqual([]);
  expect(missingCustomsFields(line, 'DE', { everyItemHasHs6: false, taxIdKinds: [] })).toEqual([]);
});
