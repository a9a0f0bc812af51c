import { expect, it } from 'vitest';
import { openingsOf } from './openings.ts';

it('puts days with the same hours into one line, and says when it is closed', () => {
  const hours = [
    ...[1, 2, 3, 4, 5].flatMap((day) => [
      { day, opens: '14:00', closes: '18:00' },
      { day, opens: '08:00', closes: '12:00' },
    ]),
    { day: 6, opens: '09:00', closes: '13:00' },
  ];
  expect(openingsOf({ hours })).toEqual([
    { from: 1, to: 5, hours: ['08:00 – 12:00', '14:00 – 18:00'] },
    { from: 6, to: 6, hours: ['09:00 – 13:00'] },
    { from: 7, to: 7, hours: [] },
  ]);
  expect(openingsOf({ hours: [] })).toEqual([{ from: 1, to: 7, hours: [] }]);
});
