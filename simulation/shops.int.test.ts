import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../server/bootstrap.ts';
import { must } from '../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../test/setup/network.ts';
import { buildWorld } from './build.ts';
import { DAY } from './calendar.ts';
import { runVirtually } from './engine.ts';
import { planWorld } from './plan.ts';
import { VIRTUAL_START } from './virtual.ts';

let network: TestNetwork;
let shop: Client;
const failures: string[] = [];

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorKey = await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'world');
  const operator = network.client(operatorKey);
  const opened = must(
    await operator.post<{ id: string }>('/v1/organisations', {
      ...{ kind: 'merchant', name: 'Lantern Goods', country: 'CN' },
    }),
  );
  const minted = must(
    await operator.post<{ secret: string }>('/v1/api-keys', {
      ...{ organisation_id: opened.id, role: 'merchant_admin', name: 'a person' },
    }),
  );
  shop = network.client(minted.secret);
  const stage = { baseUrl: network.baseUrl, operatorKey, mayCallBack: false, stop: async () => undefined };
  const size = { seed: 2, parcels: 60, days: 1, start: VIRTUAL_START, merchants: 8 };
  const plan = planWorld({ ...size, shops: [{ name: 'Lantern Goods', country: 'CN' }] });
  const built = await buildWorld(stage, plan, [], new Map());
  const pace = { atOnce: 4, onFailure: (what: string, error: unknown) => failures.push(`${what}: ${error}`) };
  await runVirtually(built.world, built.clock, pace, VIRTUAL_START + 2 * DAY);
  await network.settle();
}, 120_000);
afterAll(() => network?.stop());

test('people of a merchant that was there before find its orders: some on their way, a dozen at most left to them', async () => {
  expect(failures).toEqual([]);
  const orders = must(
    await shop.get<{ data: { state: string; shipments: unknown[] }[] }>('/v1/orders?limit=100'),
  ).data;
  const open = orders.filter((order) => order.state === 'open');
  expect(open.length).toBeGreaterThan(0);
  expect(open.length).toBeLessThanOrEqual(12);
  expect(orders.filter((order) => order.shipments.length > 0).length).toBeGreaterThan(5);
  const shipments = must(await shop.get<{ data: unknown[] }>('/v1/shipments?limit=100')).data;
  expect(shipments.length).toBeGreaterThan(5);
});
