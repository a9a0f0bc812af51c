import { expect, it } from 'vitest';
import { daysBetween, wallClock } from './times.ts';

const at = '2026-03-01T09:00:00.000Z';

it.each([
  [
    'as the source wrote it',
    { local_time: '2026-03-01T10:00:00', zone: '+01:00' },
    '2026-03-01T10:00:00Z',
    '+01:00',
  ],
  ['by an offset', { zone: '-03:30' }, '2026-03-01T05:30:00.000Z', '-03:30'],
  ['by a named zone', { zone: 'America/Sao_Paulo' }, '2026-03-01T06:00:00Z', 'America/Sao_Paulo'],
  ['in UTC', { zone: 'Z' }, '2026-03-01T09:00:00Z', 'UTC'],
  ['in UTC when nothing is said', {}, at, 'UTC'],
  ['in UTC when the zone is no zone', { zone: '<script>' }, at, 'UTC'],
])('a scan is shown %s', (_how, step, wall, zone) => {
  expect(wallClock({ occurred_at: at, zone_confidence: 'stated', ...step })).toEqual({ wall, zone });
});

it('a zone that nobody knows is not made up', () => {
  expect(wallClock({ occurred_at: at, zone_confidence: 'unknown' }).zone).toBeUndefined();
});

it('days are whole days, and never negative', () => {
  expect(daysBetween('2026-03-01T00:00:00Z', '2026-03-03T23:00:00Z')).toBe(2);
  expect(daysBetween('2026-03-03T00:00:00Z', '2026-03-01T00:00:00Z')).toBe(0);
});
