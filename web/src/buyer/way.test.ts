import { expect, it } from 'vitest';
import { lateness } from './advice.ts';
import type { BuyerParcel } from './question.ts';
import { wayOf } from './way.ts';

const spot = (longitude: number) => ({ latitude: 50, longitude, precision: 'city' as const });
const step = (longitude: number | undefined, verified = true): BuyerParcel['steps'][number] => ({
  milestone: 'in_transit_local',
  occurred_at: '2026-03-01T09:00:00Z',
  zone_confidence: 'stated',
  said_by: 'express',
  verified,
  notice: false,
  synthetic: false,
  ...(longitude === undefined ? {} : { coordinates: spot(longitude) }),
});
// Newest first, as the server answers.
const steps = [step(10), step(10), step(99, false), step(undefined), step(1)];

it('the way goes through the verified places in their order, each once, and dashed to where it shall go', () => {
  const way = wayOf({ legs: [], steps, status: 'in_transit', destination_coordinates: spot(20) });
  expect(way.points.map(({ longitude, tone }) => [longitude, tone])).toEqual([
    [1, 'idle'],
    [10, 'accent'],
    [20, 'ok'],
  ]);
  expect(way.lines.map(({ from, to, dashed }) => [from[0], to[0], dashed ?? false])).toEqual([
    [1, 10, false],
    [10, 20, true],
  ]);
});

it('nothing lies ahead of a parcel that is delivered or already there', () => {
  const ahead = (status: BuyerParcel['status'], goal: number) =>
    wayOf({ legs: [], steps, status, destination_coordinates: spot(goal) }).lines.length;
  expect(ahead('delivered', 20)).toBe(1);
  expect(ahead('out_for_delivery', 10)).toBe(1);
});

it('a promise is missed only when it was a promise, and only by what is not over', () => {
  const promise = {
    kind: 'PROMISE' as const,
    earliest: '2026-03-02T00:00:00Z',
    latest: '2026-03-04T00:00:00Z',
  };
  const judge = (parcel: Partial<BuyerParcel>, now: string) =>
    lateness({ status: 'in_transit', promise, ...parcel }, now);
  expect(judge({}, '2026-03-03T00:00:00Z')).toBeUndefined();
  expect(judge({}, '2026-03-05T00:00:00Z')).toBe('late');
  expect(judge({ promise: { ...promise, kind: 'ESTIMATE' } }, '2026-03-05T00:00:00Z')).toBeUndefined();
  expect(judge({ status: 'returning' }, '2026-03-05T00:00:00Z')).toBeUndefined();
  expect(judge({ delivered_at: '2026-03-03T00:00:00Z' }, '2026-03-09T00:00:00Z')).toBeUndefined();
  expect(judge({ delivered_at: '2026-03-04T12:00:00Z' }, '2026-03-04T13:00:00Z')).toBe('was_late');
});
