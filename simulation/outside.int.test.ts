import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { OUTSIDE_DIFFERENCE_KINDS } from './checker/verdict.ts';
import { figuresOf } from './checker/verifications.ts';
import { HONEST_WAYS, SCHEMES } from './outside/ways.ts';
import { isFound, type Life, liveOnce } from './virtual.ts';

/** A world that ships nearly everything with carriers of its own: each way once, and what the network makes of it. */
let network: TestNetwork;
let life: Life;

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorKey = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'world');
  const stage = {
    ...{ baseUrl: network.baseUrl, operatorKey, mayCallBack: false },
    ...{ settle: () => network.settle(), stop: async () => undefined },
  };
  const size = { seed: 5, parcels: 4, days: 2, outside: 36 };
  life = await liveOnce(stage, { mode: 'virtual', ...size, say: () => undefined });
}, 300_000);
afterAll(() => network?.stop());

test('everybody could do what he wanted, and the network says of each declaration what is true', () => {
  expect(life.failures).toEqual([]);
  expect(life.verdict.differences).toEqual([]);
});

test('every scheme was found out, and nobody honest was punished for looking odd', () => {
  const { truth, readings } = life.evidence;
  const figures = figuresOf(truth, readings);
  expect(new Set(figures.map((one) => one.way))).toEqual(new Set([...HONEST_WAYS, ...SCHEMES]));
  for (const { way, isCheat, claims, confirmed, revoked } of figures)
    if (!isCheat) expect(confirmed + revoked, way).toBe(0);
    else expect(confirmed, way).toBe(claims);
  const happened = [
    'proofs: receipt',
    'proofs: photo',
    'verdicts: cleared',
    'verdicts: confirmed',
    'appeals upheld',
    'deliveries denied',
  ];
  for (const what of happened) expect(life.world.counts.get(what) ?? 0, what).toBeGreaterThan(0);
  expect([...readings.penaltyPoints.values()].some((points) => points > 0)).toBe(true);
});

test.each(OUTSIDE_DIFFERENCE_KINDS)('a planted %s is found', (kind) => {
  expect(isFound(life, kind)).toBe(true);
});
