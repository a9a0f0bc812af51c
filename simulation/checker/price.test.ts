import { expect, test } from 'vitest';
import type { TruthOrder } from '../truth.ts';
import { billedWeight, type PublishedLine, priceOf } from './price.ts';

const LINE: PublishedLine = {
  code: 'line',
  service_class: 'STANDARD',
  tags: [],
  volumetric: { kind: 'max', divisor: 5000 },
  selling: [
    {
      currency: 'CNY',
      valid_from: '2024-01-01T00:00:00Z',
      zones: { regions: [{ code: 'US', areas: [{ country: 'US' }] }], rule: { kind: 'by_destination' } },
      sheet: {
        kind: 'per_gram',
        round_up_to_grams: 1,
        minimum_grams: 500,
        rates: [{ zone: 'US', registration_minor: 1000, micros_per_gram: 9_500_000 }],
      },
      surcharges: [
        { type: 'fuel', rate_bp: 1200 },
        { type: 'battery', amount_minor: 200 },
      ],
    },
  ],
  taxes: [{ origin: 'CN', destination: '*', rate_bp: 600 }],
};
const order = (grams: number, measured: number | undefined, goodsClass = 'normal'): TruthOrder => ({
  ...{ order: 0, merchant: 0, ref: 'x', goodsClass, isSplit: false },
  from: { country: 'CN', city: 'Hangzhou', postcode: '311121' },
  to: { country: 'US', city: 'New York', postcode: '10001' },
  paid: { amount_minor: 900, currency: 'USD' },
  parcels: [
    {
      ...{ id: 'p', number: 'n', milestones: {}, unverified: 0, unmapped: 0, declaredGrams: grams },
      declaredSize: { length_mm: 100, width_mm: 100, height_mm: 100 },
      ...(measured === undefined ? {} : { measuredGrams: measured }),
    },
  ],
});

test('worked out by hand: minimum weight, volume, fuel on the freight, battery, tax on all of it', () => {
  // 500 g at 9.5 fen: 4750 + 1000 = 5750; fuel 690; 6440; tax 386.4 -> 386.
  expect(priceOf(LINE, order(300, undefined))).toBe(6826);
  // 700 g: 6650 + 1000 = 7650; fuel 918; battery 200; 8768; tax 526.08 -> 526.
  expect(priceOf(LINE, order(700, undefined, 'battery_contained'))).toBe(9294);
  expect(
    priceOf(LINE, { ...order(300, undefined), to: { country: 'FR', city: 'Paris', postcode: '75001' } }),
  ).toBe(undefined);
});

test('the tolerance is the larger of 10 g and 3 %, its bound included', () => {
  expect([billedWeight(100, 110), billedWeight(100, 111)]).toEqual([100, 111]);
  expect([billedWeight(1000, 1030), billedWeight(1000, 1031)]).toEqual([1000, 1031]);
  expect([billedWeight(1000, 970), billedWeight(1000, 969)]).toEqual([1000, 969]);
});
