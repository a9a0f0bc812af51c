import { expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { compileLine } from './compiled-line.ts';
import { previewParcel, type TriedParcel } from './preview.policy.ts';
import { sampleLine, sampleTable } from './sample-line.fixture.ts';

const AT = instant('2026-03-02T10:00:00Z');
const TO_BERLIN: TriedParcel = {
  from: { country: 'NL' } as never,
  to: { country: 'DE', postcode: '10115' } as never,
  weightGrams: 1200,
  goodsClass: 'normal',
};
const line = compileLine(sampleLine());

test('a parcel that the draft carries has its price, what is left of it, and its days', () => {
  const preview = previewParcel(line, TO_BERLIN, AT);
  expect(preview).toMatchObject({
    reasons: [],
    price: { zone: 'near', tableCode: 'sample_selling', chargeableGrams: [1500], net: { amountMinor: 620 } },
    buying: { amountMinor: 620 },
    margin: { amountMinor: 0 },
    promise: { kind: 'PROMISE', minDays: 1, maxDays: 2 },
  });
});

test('a parcel that it does not carry has every reason and no price', () => {
  const preview = previewParcel(
    line,
    {
      ...TO_BERLIN,
      to: { country: 'PT', postcode: '9000' } as never,
      weightGrams: 25_000,
      goodsClass: 'liquid',
    },
    AT,
  );
  expect(preview.reasons.map((reason) => reason.code).sort()).toEqual([
    'destination_not_served',
    'goods_class_refused',
    'over_weight',
  ]);
  expect(preview).toMatchObject({ price: undefined, margin: undefined, promise: undefined });
});

test('a size that weighs more than the parcel is what is priced', () => {
  const size = { lengthMm: 400, widthMm: 300, heightMm: 200 };
  expect(previewParcel(line, { ...TO_BERLIN, size }, AT).price?.chargeableGrams).toEqual([5000]);
});

test('without a buying table the price stands and the margin is unknown', () => {
  const preview = previewParcel(compileLine(sampleLine({ buying: [] })), TO_BERLIN, AT);
  expect(preview.price?.total.amountMinor).toBe(620);
  expect(preview).toMatchObject({ buying: undefined, margin: undefined });
});

test('a draft whose table begins later says so', () => {
  const later = sampleTable({ validFrom: instant('2026-04-01T00:00:00Z') });
  const draft = compileLine(sampleLine({ selling: [later] }));
  expect(previewParcel(draft, TO_BERLIN, AT).reasons.map((reason) => reason.code)).toEqual([
    'no_price_on_date',
  ]);
  expect(previewParcel(draft, TO_BERLIN, instant('2026-04-01T00:00:00Z')).reasons).toEqual([]);
});
