import { expect, it } from 'vitest';
import { datesBetween, hoursOf, textOfHours } from './hours-text.ts';

it('hours are read as people write them, and written back in order', () => {
  expect(hoursOf('8-20')).toEqual([{ from_hour: 8, to_hour: 20 }]);
  expect(textOfHours(hoursOf(' 14:00 – 20:00，8-12 ') ?? [])).toBe('8-12, 14-20');
  expect(hoursOf('')).toEqual([]);
  expect(hoursOf('8-12, 12-24')).toHaveLength(2);
});

it.each(['8', '20-8', '8-8', '8-25', 'closed', '8-12, 11-14', '8.5-12', '-3-5'])(
  '%s are no hours',
  (text) => {
    expect(hoursOf(text)).toBeUndefined();
  },
);

it('a closure of some days names each of them, over the end of a month too', () => {
  expect(datesBetween('2028-02-28', '2028-03-01', 400)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  expect(datesBetween('2026-10-01', '2026-09-30', 400)).toEqual([]);
  expect(datesBetween('2026-01-01', '2029-01-01', 400)).toHaveLength(400);
});
