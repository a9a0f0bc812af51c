import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { must } from '../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { buildWorld, type SetClock } from './build.ts';
import { acknowledge } from './carriers.ts';
import { buy } from './merchants.ts';
import { type Order, planWorld } from './plan.ts';
import { createQueue } from './queue.ts';
import { emptyTruth } from './truth.ts';
import { VIRTUAL_START } from './virtual.ts';
import type { World } from './world.ts';

let network: TestNetwork;
let world: World;
let clock: SetClock;
let orders: readonly Order[];

beforeAll(async () => {
  network = await startTestNetwork();
  const { test } = network.postroad.worlds;
  const operatorKey = await mintForBootstrap(test, (await findOperator(test)) ?? '', 'operator', 'world');
  const opened = await network
    .client(operatorKey)
    .post('/v1/organisations', { kind: 'merchant', name: 'Lantern Goods', country: 'CN' });
  must(opened);
  const stage = { baseUrl: network.baseUrl, operatorKey, mayCallBack: false, stop: async () => undefined };
  const size = { seed: 2, parcels: 60, days: 1, start: VIRTUAL_START, merchants: 8 };
  const plan = planWorld({ ...size, shops: [{ name: 'Lantern Goods', country: 'CN' }] });
  ({ world, clock } = await buildWorld(stage, plan, [], new Map()));
  const plain = plan.orders.filter(({ isSplit }) => !isSplit);
  orders = [
    ...plain.filter(({ merchant }) => merchant.isWatched === true).slice(0, 3),
    ...plain.filter(({ merchant }) => merchant.isWatched !== true).slice(0, 3),
  ];
}, 120_000);
afterAll(() => network?.stop());

/** The same world after an end that came before it could note anything. */
const again = (): World => ({ ...world, truth: emptyTruth(), queue: createQueue(), counts: new Map() });

async function buyAll(of: World): Promise<readonly (string | undefined)[]> {
  for (const { index, at } of orders) await buy(of, { kind: 'buy', order: index, at, step: 0 });
  return orders.map(({ index }) => of.truth.orders.get(index)?.shipmentId);
}

test('a world that was ended in the middle of a purchase goes on with what it bought, and leaves what went on', async () => {
  await clock.set(VIRTUAL_START + 1);
  const bought = await buyAll(world);
  expect(bought.filter((id) => id !== undefined).length).toBeGreaterThan(3);

  const next = again();
  await clock.set(clock.now + 60_000);
  expect(await buyAll(next)).toEqual(bought);
  for (const [position, { index }] of orders.entries()) {
    const deeds = next.queue.waiting().filter((act) => 'order' in act && act.order === index);
    expect(
      deeds.some((act) => 'kind' in act && act.kind === 'acknowledge'),
      `order ${index}`,
    ).toBe(bought[position] !== undefined);
    expect(Math.min(...deeds.map(({ at }) => at))).toBeGreaterThan(clock.now);
  }

  const accepted = orders.find((_, position) => bought[position] !== undefined)?.index ?? 0;
  await acknowledge(next, { kind: 'acknowledge', order: accepted, at: clock.now, step: 0 });
  const last = again();
  const found = await buyAll(last);
  expect(found).toEqual(
    bought.map((id, position) => (orders[position]?.index === accepted ? undefined : id)),
  );
  expect(last.queue.waiting().some((act) => 'order' in act && act.order === accepted)).toBe(false);
});
