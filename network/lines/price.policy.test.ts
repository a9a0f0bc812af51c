import { describe, expect, test } from 'vitest';
import { type Instant, instant, money } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import type { ServiceLine, Surcharge } from './model.ts';
import { marginOf, type PricedParcel, priceParcels } from './price.policy.ts';
import { AT, box, lines, piece, price, TO_DE } from './priced.fixture.ts';
import { sampleLine, sampleTable } from './sample-line.fixture.ts';

const withSurcharges = (...surcharges: Surcharge[]) => sampleLine({ selling: [sampleTable({ surcharges })] });
const refusal = (line: ServiceLine, parcels: PricedParcel[], context = TO_DE, at: Instant = AT) => {
  const outcome = priceParcels(compileLine(line), 'selling', parcels, context, at);
  return outcome.ok ? 'priced' : outcome.rejection.code;
};

describe('first weight and step, by hand', () => {
  // near: 5.00 to 1000 g, then 1.20 for each 500 g begun.
  test.each([
    [1, 500, 1000],
    [1000, 500, 1000],
    [1001, 620, 1500],
    [1500, 620, 1500],
    [1501, 740, 2000],
    [20_000, 5060, 20_000],
  ])('%i g cost %i cents and count as %i g', (grams, minor, chargeable) => {
    const result = price(sampleLine(), [piece(grams)]);
    expect(result.total).toEqual(money(minor, 'EUR'));
    expect(result.chargeableGrams).toEqual([chargeable]);
  });

  test('volume counts when it is more than the weight', () => {
    // 400 x 300 x 250 mm = 30,000 cm3 / 5000 = 6 kg: 5.00 + 10 x 1.20.
    expect(price(sampleLine(), [piece(1000, { dimensions: box(400, 300, 250) })]).total.amountMinor).toBe(
      1700,
    );
  });

  test('the basis says how the price came about', () => {
    expect(price(sampleLine(), [piece(1501)]).charges[0]).toEqual({
      type: 'freight',
      label: 'Freight',
      amount: money(740, 'EUR'),
      parcel: 0,
      basis: { zone: 'near', chargeableGrams: 2000, stepCount: 2 },
    });
  });
});

describe('volumetric rules', () => {
  const grams = (volumetric: ServiceLine['volumetric'], parcel: PricedParcel) =>
    price(
      sampleLine({
        volumetric,
        selling: [
          sampleTable({
            sheet: { kind: 'bands', rates: [{ zone: 'near', bands: [{ upToGrams: 1e6, amountMinor: 1 }] }] },
          }),
        ],
      }),
      [parcel],
    ).chargeableGrams[0];
  // 300 x 200 x 200 mm = 12,000 cm3 / 6000 = 2000 g.
  const dimensions = box(300, 200, 200);
  test('none never looks at the volume', () =>
    expect(grams({ kind: 'none' }, piece(500, { dimensions }))).toBe(500));
  test('twice the weight is not more than twice the weight', () => {
    const rule = { kind: 'if_over_actual', divisor: 6000, times: 2 } as const;
    expect(grams(rule, piece(1000, { dimensions }))).toBe(1000);
    expect(grams(rule, piece(999, { dimensions }))).toBe(2000);
  });
  test('a side at the bound does not count, one over it does', () => {
    expect(grams({ kind: 'if_side_over', divisor: 6000, sideMm: 300 }, piece(500, { dimensions }))).toBe(500);
    expect(grams({ kind: 'if_side_over', divisor: 6000, sideMm: 299 }, piece(500, { dimensions }))).toBe(
      2000,
    );
  });
  test('without a size the weight counts', () =>
    expect(grams({ kind: 'max', divisor: 6000 }, piece(500))).toBe(500));
});

describe('registration and grams, by hand', () => {
  const line = (microsPerGram: number) =>
    sampleLine({
      volumetric: { kind: 'none' },
      selling: [
        sampleTable({
          sheet: {
            kind: 'per_gram',
            roundUpToGrams: 1,
            minimumGrams: 50,
            rates: [{ zone: 'near', registrationMinor: 250, microsPerGram }],
          },
        }),
      ],
    });
  test('fifty grams are the least', () =>
    expect(lines(line(2_000_000), [piece(3)])).toEqual([
      ['registration', 250],
      ['freight', 100],
    ]));
  // 51 g x 0.5 minor = 25.5, away from zero 26; 51 x 0.49 = 24.99 -> 25; 53 x 0.499999 = 26.499947 -> 26.
  test.each([
    [51, 500_000, 26],
    [51, 490_000, 25],
    [53, 499_999, 26],
    [50, 10_000, 1],
    [50, 9_999, 0],
  ])('%i g at %i micros cost %i', (grams, micros, minor) => {
    expect(lines(line(micros), [piece(grams)])[1]).toEqual(['freight', minor]);
  });
  test('a product above the safe integers is still exact', () => {
    // 20,000 g x 999,999,999,999 micros = 19,999,999,999.98 minor.
    expect(lines(line(999_999_999_999), [piece(20_000)])[1]).toEqual(['freight', 20_000_000_000]);
  });
});

describe('surcharges', () => {
  test('fuel is a share of freight', () => {
    // 12.5 % of 5.00 = 0.625 -> 0.63.
    expect(lines(withSurcharges({ type: 'fuel', rateBp: 1250 }), [piece(500)])).toEqual([
      ['freight', 500],
      ['fuel', 63],
    ]);
  });
  test('remote areas pay by place', () => {
    const line = withSurcharges({
      type: 'remote',
      areas: [{ country: 'DE', postcodePrefixes: ['27498'] }],
      amountMinor: 300,
    });
    expect(lines(line, [piece(500)])).toEqual([['freight', 500]]);
    const island = { ...TO_DE, destination: { country: 'DE', postcode: '27498' } };
    expect(lines(line, [piece(500)], island)).toEqual([
      ['freight', 500],
      ['remote', 300],
    ]);
  });
  test('battery and oversize look at the piece', () => {
    const line = withSurcharges(
      { type: 'battery', amountMinor: 40 },
      { type: 'oversize', sideOverMm: 800, amountMinor: 700 },
    );
    expect(
      lines(line, [
        piece(500, { goodsClasses: ['normal', 'battery_contained'], dimensions: box(800, 10, 10) }),
      ]),
    ).toEqual([
      ['freight', 500],
      ['battery', 40],
    ]);
    expect(lines(line, [piece(500, { dimensions: box(10, 801, 10) })])).toEqual([
      ['freight', 500],
      ['oversize', 700],
    ]);
  });
  test('the peak begins at its instant and is over at its end', () => {
    const from = instant('2026-11-01T00:00:00Z');
    const to = instant('2026-12-01T00:00:00Z');
    const line = withSurcharges({ type: 'peak', from, to, amountMinor: 90 });
    expect(lines(line, [piece(1)], TO_DE, from)).toHaveLength(2);
    expect(lines(line, [piece(1)], TO_DE, to)).toHaveLength(1);
  });
  test('redelivery, storage and return are charged when they happen', () => {
    const line = withSurcharges(
      { type: 'redelivery', freeAttempts: 2, amountMinor: 150 },
      { type: 'storage', freeDays: 5, amountMinorPerDay: 20 },
      { type: 'return', rateBp: 5000 },
    );
    expect(lines(line, [piece(1)])).toEqual([['freight', 500]]);
    expect(lines(line, [piece(1)], { ...TO_DE, redeliveries: 3, storageDays: 8, purpose: 'return' })).toEqual(
      [
        ['freight', 500],
        ['return', 250],
        ['redelivery', 150],
        ['storage', 60],
      ],
    );
  });
  test('cash on delivery and insurance are a share with a minimum, converted by the rate given', () => {
    const line = withSurcharges(
      { type: 'cod', rateBp: 100, minimumMinor: 50 },
      { type: 'insurance', rateBp: 100, minimumMinor: 50 },
    );
    const rates = [
      { from: money(0, 'USD').currency, to: money(0, 'EUR').currency, numerator: 9, denominator: 10, at: AT },
    ];
    const context = { ...TO_DE, codAmount: money(10_000, 'EUR'), insuredAmount: money(1_000, 'USD') };
    expect(lines(line, [piece(1)], { ...context, rates })).toEqual([
      ['freight', 500],
      ['cod', 100],
      ['insurance', 50],
    ]);
    expect(refusal(line, [piece(1)], context)).toBe('exchange_rate_missing');
  });
});

test('tax is a line of its own on everything else, the exact pair before the star', () => {
  const from = instant('2025-01-01T00:00:00Z');
  const line = sampleLine({
    taxes: [
      { kind: 'gst', origin: '*', destination: '*', rateBp: 100, from },
      { kind: 'vat', origin: 'NL', destination: '*', rateBp: 2100, from },
    ],
  });
  const result = price(line, [piece(500), piece(1001)]);
  // 5.00 + 6.20 = 11.20, 21 % = 2.352 -> 2.35.
  expect(result.net.amountMinor).toBe(1120);
  expect(result.charges.at(-1)).toMatchObject({
    type: 'tax',
    amount: { amountMinor: 235 },
    basis: { taxKind: 'vat' },
  });
  expect(result.total.amountMinor).toBe(1355);
});

describe('dated tables', () => {
  const turn = instant('2026-01-01T00:00:00Z');
  const raised = {
    kind: 'bands',
    rates: [{ zone: 'near', bands: [{ upToGrams: 9_999, amountMinor: 700 }] }],
  } as const;
  const line = sampleLine({
    selling: [
      sampleTable({ validTo: turn }),
      sampleTable({ code: 'raised', validFrom: turn, sheet: raised }),
    ],
  });
  test.each([
    ['2024-12-31T23:59:59.999Z', 'no_price_on_date'],
    ['2025-01-01T00:00:00.000Z', 500],
    ['2025-12-31T23:59:59.999Z', 500],
    ['2026-01-01T00:00:00.000Z', 700],
  ])('at %s: %s', (at, expected) => {
    const outcome = priceParcels(compileLine(line), 'selling', [piece(1)], TO_DE, instant(at));
    expect(outcome.ok ? outcome.value.total.amountMinor : outcome.rejection.code).toBe(expected);
  });
  test('above the last band is refused', () => expect(refusal(line, [piece(10_000)])).toBe('over_weight'));
});

test('no parcel, no zone: refused with a code', () => {
  expect(refusal(sampleLine(), [])).toBe('no_goods');
  expect(refusal(sampleLine(), [piece(1)], { ...TO_DE, destination: { country: 'FR' } })).toBe(
    'no_price_zone',
  );
});

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])(
  'a weight of %s is a programming error',
  (grams) => {
    expect(() => priceParcels(compileLine(sampleLine()), 'selling', [piece(grams)], TO_DE, AT)).toThrow(
      RangeError,
    );
  },
);

test('the margin is net of tax and never mixes currencies', () => {
  const buying = [
    sampleTable({
      code: 'b',
      sheet: { kind: 'bands', rates: [{ zone: 'near', bands: [{ upToGrams: 1e6, amountMinor: 410 }] }] },
    }),
  ];
  const taxes = [
    { kind: 'vat', origin: '*', destination: '*', rateBp: 2100, from: instant('2025-01-01T00:00:00Z') },
  ];
  const line = sampleLine({ buying, taxes });
  expect(marginOf(price(line, [piece(1)]), price(line, [piece(1)], TO_DE, AT, 'buying'))).toEqual(
    money(90, 'EUR'),
  );
  const foreign = sampleLine({ buying: [sampleTable({ currency: money(0, 'CNY').currency })] });
  expect(
    marginOf(price(foreign, [piece(1)]), price(foreign, [piece(1)], TO_DE, AT, 'buying')),
  ).toBeUndefined();
});
