import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import type { PointEvidence } from './checker/points/evidence.ts';
import { judgePoints } from './checker/points/judge.ts';
import { readPoints } from './checker/points/read.ts';
import { POINT_DIFFERENCE_KINDS } from './checker/points/verdict.ts';
import { liveAtPoints, type PointLife } from './points/life.ts';
import { isPointPlantFound } from './points/tell.ts';
import { WAYS } from './points/ways.ts';

/** A small world of counters, from the opening of its outlets to the last parcel's way home, and what the checker sees. */
let network: TestNetwork;
let life: PointLife;
let evidence: PointEvidence;

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorKey = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'world');
  const stage = {
    ...{ baseUrl: network.baseUrl, operatorKey, mayCallBack: false },
    ...{ settle: () => network.settle(), stop: async () => undefined },
  };
  const size = {
    mode: 'virtual',
    seed: 3,
    points: 20,
    perDay: 130,
    days: 1,
    isEven: true,
  } as const;
  life = await liveAtPoints(stage, size, () => undefined);
  evidence = { world: life.world, truth: life.world.truth, readings: await readPoints(life.world) };
}, 300_000);
afterAll(() => network?.stop());

test('everybody could do what he wanted, and the network tells what really happened', () => {
  expect(life.failures).toEqual([]);
  const { parcels, returns, mailings, differences } = judgePoints(evidence);
  expect(differences).toEqual([]);
  expect(parcels).toBeGreaterThan(70);
  expect(returns).toBeGreaterThan(8);
  expect(mailings).toBeGreaterThan(4);
});

test('it was no dull world: each way of waiting, devices without a network, and more than there was room for', () => {
  const { counts, truth } = life.world;
  expect(new Set(life.world.plan.parcels.map(({ way }) => way))).toEqual(new Set(WAYS));
  const happened = [
    ...['codes locked and unlocked', 'handed out by friend', 'handed out by identity', 'sent home'],
    ...['store', 'hand_out', 'wrong_code', 'undo'].map((kind) => `recorded without a network: ${kind}`),
    ...['mailings ordered', 'mailings too dear', 'walk-ins'],
    ...['returns taken in', 'wrong return codes', 'turned away', 'returns: exchange', 'statements paid'],
    'returns taken without reading their code',
  ];
  for (const what of happened) expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
  expect(truth.withoutConsent.tried).toBeGreaterThan(5);
  expect(truth.leasedElsewhere.tried).toBeGreaterThan(0);
  expect(evidence.readings.hours.some(({ beyond }) => beyond > 0)).toBe(true);
});

test.each(POINT_DIFFERENCE_KINDS)('a planted %s is found', (kind) => {
  expect(isPointPlantFound(evidence, kind)).toBe(true);
});
