import { expect, it } from 'vitest';
import { daysBetween, wallClock } from './times.ts';

const at = '2026-03-01T09:00:00.000Z';

it.each([
  ['by an offset', '-03:30', '2026-03-01T05:30:00.000Z', '-03:30'],
  ['by a named zone', 'America/Sao_Paulo', '2026-03-01T06:00:00Z', 'America/Sao_Paulo'],
  ['in UTC', 'UTC', '2026-03-01T09:00:00Z', 'UTC'],
  ['in UTC when the zone is no zone', '<script>', at, 'UTC'],
])('a time is shown %s', (_how, zone, wall, called) => {
  expect(wallClock(at, zone)).toEqual({ wall, zone: called });
});

it('a time of a clock that nobody knows stays as that clock showed it, and no zone is made up', () => {
  expect(wallClock(at, undefined)).toEqual({ wall: at, zone: undefined });
});

it('days are whole days, and never negative', () => {
  expect(daysBetween('2026-03-01T00:00:00Z', '2026-03-03T23:00:00Z')).toBe(2);
  expect(daysBetween('2026-03-03T00:00:00Z', '2026-03-01T00:00:00Z')).toBe(0);
});
