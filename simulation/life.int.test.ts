import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { INSIDE_DIFFERENCE_KINDS } from './checker/verdict.ts';
import { isFound, type Life, liveOnce } from './virtual.ts';

/** A small world from its opening to the last parcel's end, and what the checker makes of it. */
let network: TestNetwork;
let life: Life;
/** A seed in which every kind of life occurs among so few. */
const SEED = 331;
const PARCELS = 170;

async function live(network: TestNetwork, seed: number, mayCallBack: boolean): Promise<Life> {
  const world = network.postroad.worlds.test;
  const operatorKey = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'world');
  const stage = { baseUrl: network.baseUrl, operatorKey, mayCallBack, stop: async () => undefined };
  return liveOnce(stage, {
    mode: 'virtual',
    seed,
    parcels: PARCELS,
    days: 5,
    outside: 0,
    say: () => undefined,
  });
}

beforeAll(async () => {
  network = await startTestNetwork({ webhookLoopback: true });
  life = await live(network, SEED, true);
}, 300_000);
afterAll(() => network?.stop());

test('everybody could do what he wanted, and the network tells what really happened', () => {
  expect(life.failures).toEqual([]);
  expect(life.evidence.readings.feeds.length).toBe(4);
  expect(life.evidence.readings.feeds.every((feed) => feed.received > 20)).toBe(true);
  expect(life.verdict.differences).toEqual([]);
  expect(life.verdict.parcels).toBeGreaterThanOrEqual(PARCELS);
  expect(life.verdict.milestones).toBeGreaterThan(life.verdict.parcels * 6);
});

test('it was no dull world: parcels ended in several ways, news came late, twice and never, and somebody cheated', () => {
  const { counts, truth } = life.world;
  for (const what of ['delivered', 'returned', 'cancelled', 'failed visits', 'unreported scans', 'runs'])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
  expect([...counts.keys()].filter((name) => name.startsWith('forged')).length).toBeGreaterThan(1);
  expect(truth.turnedAway.tried).toBeGreaterThan(0);
  expect([...counts.keys()].filter((name) => name.startsWith('damaged scans')).length).toBe(3);
  expect(counts.get('domestic scans') ?? 0).toBeGreaterThan(0);
  expect([...truth.orders.values()].filter((order) => order.cheat !== undefined).length).toBeGreaterThan(0);
  expect(new Set([...truth.orders.values()].map((order) => order.lineCode)).size).toBeGreaterThan(4);
});

test('parcels were asked back and sent elsewhere, bags had too little and too much in them, and marketplaces paid', () => {
  const { counts, truth } = life.world;
  const orders = [...truth.orders.values()];
  const stops = orders.flatMap((order) => order.stop ?? []);
  expect(new Set(stops.map((stop) => `${stop.wish} ${stop.state}`))).toEqual(
    new Set(['return done', 'return failed', 'return cancelled', 'address_change done']),
  );
  // One stopped at the warehouse costs no freight, one on the way does.
  const stopped = orders.filter((order) => order.stop?.wish === 'return' && order.stop.state === 'done');
  expect(new Set(stopped.map((order) => `${order.state} ${order.freight}`))).toEqual(
    new Set(['closed released', 'returned charged']),
  );
  for (const what of ['interceptions asked by the marketplace', 'interceptions asked by the merchant'])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
  for (const what of ['as_listed', 'missing', 'surplus', 'damaged'] as const) {
    const found = [...life.evidence.readings.handovers.values()].flatMap((one) => one.differences);
    const code = { as_listed: 0, missing: 2, surplus: 3, damaged: 5 }[what];
    expect(found.filter((one) => one.code === code).length, what).toBeGreaterThan(0);
  }
  for (const what of ['paid by a marketplace: sales', 'paid by a marketplace: returns'])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
});

// Shipments outside the lines have a world of their own.
test.each(INSIDE_DIFFERENCE_KINDS)('a planted %s is found', (kind) => {
  expect(isFound(life, kind)).toBe(true);
});

test('the same seed lives the same life on another network, whether or not it may call its parties', async () => {
  const other = await startTestNetwork();
  try {
    const again = await live(other, SEED, false);
    expect(again.verdict.digest).toBe(life.verdict.digest);
  } finally {
    await other.stop();
  }
}, 300_000);
