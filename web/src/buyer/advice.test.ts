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
    expect(words[`state.${headlineOf(parcel)}`]).toBe(said);
    expect(adviceAtEnd(parcel)).toBe(advice);
  },
);
