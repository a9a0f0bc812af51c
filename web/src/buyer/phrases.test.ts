import { expect, test } from 'vitest';
import { formatsOf } from '../ground/format.ts';
import { translator } from '../ground/words.ts';
import { arrivalText, dayText, stepAt, whenOf } from './phrases.ts';
import type { BuyerParcel } from './question.ts';
import { words } from './words.en.ts';

const t = translator<typeof words>(words, 'en-GB');
const formats = formatsOf('en');
const AT = '2026-11-29T23:30:00Z';

test.each([
  ['Asia/Shanghai', '30 Nov 2026'],
  ['-05:00', '29 Nov 2026'],
  ['UTC', '29 Nov 2026 UTC'],
  [undefined, '29 Nov 2026 (zone unknown)'],
])('the day of half an hour before midnight in UTC is by the clock %s %s', (zone, day) => {
  expect(dayText(AT, zone, t, formats)).toBe(day);
});

test.each([
  [{ clock_zone: 'Asia/Shanghai', zone_confidence: 'stated' }, '30 Nov 2026, 07:30 GMT+8'],
  [{ clock_zone: '+02:00', zone_confidence: 'stated' }, '30 Nov 2026, 01:30 GMT+2'],
  [{ clock_zone: 'Asia/Tokyo', zone_confidence: 'assumed' }, '30 Nov 2026, 08:30 (zone assumed)'],
  [{ zone_confidence: 'unknown' }, '29 Nov 2026, 23:30 (zone unknown)'],
] as const)('%j is told as %s', (step, told) => {
  expect(whenOf({ occurred_at: AT, ...step }, t, formats)).toBe(told);
});

const step: BuyerParcel['steps'][number] = {
  milestone: 'delivered',
  occurred_at: AT,
  zone_confidence: 'stated',
  clock_zone: 'Asia/Tokyo',
  said_by: 'post',
  notice: false,
  verified: true,
  synthetic: false,
};

test('what is told of a moment is the step that is believed, not one beside it', () => {
  const denied = { ...step, verified: false };
  const announced = { ...step, notice: true };
  expect(stepAt([denied, announced, step], AT)).toBe(step);
  expect(stepAt([denied, announced], AT)).toBeUndefined();
});

test('a delivery is told by the clock of its place, else by that of the destination', () => {
  const delivered = { delivered_at: AT, steps: [step], destination_zone: 'Europe/Berlin' };
  const when = (parcel: Partial<BuyerParcel>) => arrivalText({ ...delivered, ...parcel }, t, formats)?.when;
  expect(when({})).toBe('30 Nov 2026, 08:30 GMT+9');
  expect(when({ steps: [] })).toBe('30 Nov 2026, 00:30 CET');
});
