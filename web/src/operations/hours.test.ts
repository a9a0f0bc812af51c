import { expect, it } from 'vitest';
import { hoursUntil, sumByHour } from './hours.ts';

it('a day ends with the running hour', () => {
  const hours = hoursUntil('2026-11-29T04:59:59+00:00');
  expect(hours).toHaveLength(24);
  expect(hours[0]).toBe('2026-11-28T05:00:00.000Z');
  expect(hours.at(-1)).toBe('2026-11-29T04:00:00.000Z');
});

it('counts fall into their hours whatever the zone they are written in', () => {
  const counts = [
    { hour: '2026-11-29T05:00:00+01:00', milestone: 'delivered', count: 2 },
    { hour: '2026-11-29T04:00:00Z', milestone: 'picked_up', count: 3 },
    { hour: '2026-11-20T04:00:00Z', milestone: 'delivered', count: 9 },
  ];
  const hours = hoursUntil('2026-11-29T04:10:00Z');
  expect(sumByHour(counts, hours, undefined).at(-1)?.count).toBe(5);
  expect(sumByHour(counts, hours, 'delivered').at(-1)?.count).toBe(2);
  expect(sumByHour(counts, hours, 'lost').every(({ count }) => count === 0)).toBe(true);
});
