import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { OUTSIDE_DIFFERENCE_KINDS } from './checker/verdict.ts';
import { figuresOf } from './checker/verifications.ts';
import { HONEST_WAYS, SCHEMES } from './outside/ways.ts';
import { isFound, type Life, liveOnce } from './virtual.ts';

/** A world that ships nearly everything with carriers of its own: each way once, and what the network makes of it. */
const networks: TestNetwork[] = [];
let life: Life;

async function liveIn(size: { seed: number; days: number; outside: number }): Promise<Life> {
  const network = await startTestNetwork();
  networks.push(network);
  const world = network.postroad.worlds.test;
  const operatorKey = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'world');
  const stage = {
    ...{ baseUrl: network.baseUrl, operatorKey, mayCallBack: false },
    ...{ settle: () => network.settle(), stop: async () => undefined },
  };
  return liveOnce(stage, { mode: 'virtual', parcels: 4, ...size, say: () => undefined });
}

beforeAll(async () => {
  life = await liveIn({ seed: 5, days: 2, outside: 36 });
}, 300_000);
afterAll(async () => {
  for (const network of networks) await network.stop();
});

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

test('a merchant that cheats for two weeks is suspended, gives up what it may not declare, and nothing else is refused', async () => {
  const { evidence, failures, verdict, world } = await liveIn({ seed: 106, days: 14, outside: 36 });
  expect(failures).toEqual([]);
  expect(verdict.differences).toEqual([]);
  const { refusals, claims } = evidence.truth;
  expect(refusals.length).toBeGreaterThan(2);
  expect(new Set(refusals.map(({ merchant }) => merchant)).size).toBeLessThan(3);
  for (const { key, what } of refusals) expect(claims.has(key), key).toBe(what === 'correction');
  const figures = figuresOf(evidence.truth, evidence.readings);
  expect(figures.reduce((sum, one) => sum + one.lapsed, 0)).toBe(refusals.length);
  expect(world.counts.get('lapsed: declaration')).toBeGreaterThan(2);
}, 300_000);

test.each(OUTSIDE_DIFFERENCE_KINDS)('a planted %s is found', (kind) => {
  expect(isFound(life, kind)).toBe(true);
});
