import { expect, test } from 'vitest';
import { newId } from '../../platform/world/index.ts';
import type { OrganisationId, PointId } from '../kernel/index.ts';
import type { WeighedCandidate } from './model.ts';
import { type PastDecision, replay } from './replay.policy.ts';
import { DEFAULT_POINT_ALLOCATION, type PointAllocationDocument } from './rulebook.ts';

const POST = newId('org') as OrganisationId;
const SHOP = newId('org') as OrganisationId;
const near = newId('pnt') as PointId;
const far = newId('pnt') as PointId;

const candidate = (pointId: PointId, more: Partial<WeighedCandidate> = {}): WeighedCandidate => ({
  pointId,
  organisationId: pointId === near ? POST : SHOP,
  distanceMeters: pointId === near ? 200 : 4_000,
  room: 10,
  capacity: 10,
  quality: pointId === near ? 40 : 100,
  fee: undefined,
  gotShare: 0,
  parts: { distance: 0, capacity: 0, quality: 0, cost: 0, fairness: 0 },
  score: 0,
  ...more,
});
const decided = (more: Partial<PastDecision> = {}): PastDecision => ({
  id: newId('dec'),
  how: 'best',
  parcels: 1,
  pointId: near,
  candidates: [candidate(near), candidate(far)],
  ...more,
});
const only = (part: keyof PointAllocationDocument['weights']): PointAllocationDocument => ({
  ...DEFAULT_POINT_ALLOCATION,
  weights: { distance: 0, capacity: 0, quality: 0, cost: 0, fairness: 0, [part]: 1 },
});

test('the same weights choose the same points', () => {
  const result = replay([decided(), decided()], only('distance'));
  expect(result).toMatchObject({ demands: 2, same: 2, moved: 0, loads: [], moves: [] });
  expect(result.distanceMeters.after).toEqual(result.distanceMeters.before);
});

test('a weight on quality alone sends them to the better and farther shop', () => {
  const result = replay([decided(), decided({ parcels: 3 })], only('quality'));
  expect(result).toMatchObject({ moved: 2, same: 0, busiest: { before: 4, after: 4 } });
  expect(result.distanceMeters).toEqual({
    before: { mean: 200, p90: 200, longest: 200 },
    after: { mean: 4_000, p90: 4_000, longest: 4_000 },
  });
  expect(result.loads.find(({ pointId }) => pointId === far)).toMatchObject({ before: 0, after: 4 });
  expect(result.networks.find(({ organisationId }) => organisationId === POST)).toMatchObject({
    before: 4,
    after: 0,
  });
  expect(result.moves[0]).toMatchObject({ from: near, to: far, metersMore: 3_800 });
});

test('the replay fills up what it gives, and what it took away is free again', () => {
  const pair = [candidate(near), candidate(far, { room: 2 })];
  const five = Array.from({ length: 5 }, () => decided({ candidates: pair }));
  const result = replay(five, only('quality'));
  expect(result.moved).toBe(2);
  // The near shop had one place left then; the two that moved away left two more.
  const last = decided({
    parcels: 3,
    pointId: far,
    candidates: [candidate(near, { room: 1, quality: 100 }), candidate(far, { quality: 10 })],
  });
  expect(replay([last], only('quality')).moved).toBe(0);
  expect(replay([...five, last], only('quality')).moved).toBe(3);
});

test('who chose himself stays, and who found nothing finds nothing', () => {
  const result = replay(
    [decided({ how: 'chosen' }), decided({ how: 'unserved', pointId: undefined, candidates: [] })],
    only('quality'),
  );
  expect(result).toMatchObject({ demands: 2, chosen: 1, unserved: 1, same: 1, moved: 0 });
});

test('nobody is sent farther than the rules allow', () => {
  const result = replay([decided()], { ...only('quality'), maxDistanceMeters: 3_000 });
  expect(result.moved).toBe(0);
});

test('no decisions are no trouble', () => {
  expect(replay([], only('cost'))).toMatchObject({ demands: 0, busiest: { before: 0, after: 0 } });
});
