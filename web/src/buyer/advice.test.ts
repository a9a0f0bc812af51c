import { expect, it } from 'vitest';
import { adviceAtEnd, headlineOf } from './advice.ts';
import { words } from './words.en.ts';

it.each([
  ['exception', 'exception.lost', 'Your parcel is lost', 'refund'],
  ['exception', 'exception.destroyed', 'Your parcel was disposed of', 'refund'],
  ['exception', 'exception.customs_import_held', 'Customs hold your parcel', undefined],
  ['exception', 'exception.delayed', 'There is a problem with your parcel', undefined],
  ['delivery_attempted', 'delivery_attempted.refused', 'Your parcel was refused', undefined],
  ['returned', undefined, 'Your parcel is back with the sender', 'refund'],
  ['cancelled', undefined, 'This shipment was cancelled', 'refund'],
  ['delivered', 'delivered.signed', 'Your parcel is delivered', undefined],
] as const)(
  '%s with the detail %s is said as what it is, and what can be done',
  (status, substatus, said, advice) => {
    const parcel = substatus === undefined ? { status } : { status, substatus };
    expect(words[`state.${headlineOf({ ...parcel, steps: [] }, '2026-11-30T12:00:00Z')}`]).toBe(said);
    expect(adviceAtEnd(parcel)).toBe(advice);
  },
);

it.each([
  ['2026-11-30T14:59:00Z', 'Your parcel comes today'],
  ['2026-11-30T15:01:00Z', 'Your parcel was out for delivery, and no delivery was reported'],
])('what went out in Tokyo in the morning is at %s said as: %s', (now, said) => {
  const out = {
    milestone: 'out_for_delivery',
    occurred_at: '2026-11-29T23:30:00Z',
    zone_confidence: 'stated',
    said_by: 'express',
    verified: true,
    notice: false,
    synthetic: false,
  } as const;
  const parcel = { status: 'out_for_delivery', steps: [out], destination_zone: 'Asia/Tokyo' } as const;
  expect(words[`state.${headlineOf({ ...parcel, steps: [...parcel.steps] }, now)}`]).toBe(said);
});
