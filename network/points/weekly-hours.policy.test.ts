import { expect, test } from 'vitest';
import { parseWeeklyHours } from './weekly-hours.policy.ts';

test.each([
  ['Sa 09:00-13:00', [{ day: 6, opens: '09:00', closes: '13:00' }]],
  [
    'Mo,We 08:00-12:00,13:00-18:00',
    [
      { day: 1, opens: '08:00', closes: '12:00' },
      { day: 1, opens: '13:00', closes: '18:00' },
      { day: 3, opens: '08:00', closes: '12:00' },
      { day: 3, opens: '13:00', closes: '18:00' },
    ],
  ],
  [
    'Sa-Mo 10:00-11:00; Su off',
    [
      { day: 1, opens: '10:00', closes: '11:00' },
      { day: 6, opens: '10:00', closes: '11:00' },
    ],
  ],
  ['', undefined],
  ['weekdays', undefined],
  ['Mo 8-12', undefined],
  ['Mo 08:00-12:00 PH', undefined],
])('%s', (text, expected) => {
  expect(parseWeeklyHours(text)).toEqual(expected);
});

test('24/7 is every day from midnight to midnight', () => {
  const hours = parseWeeklyHours('24/7');
  expect(hours).toHaveLength(7);
  expect(hours?.[6]).toEqual({ day: 7, opens: '00:00', closes: '24:00' });
});
