import { afterAll, beforeAll, expect, test } from 'vitest';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { addDays } from '../kernel/index.ts';
import { NEUTRAL_MARKET_POLICY } from '../lines/index.ts';

let network: TestNetwork;
let market: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 1,
  });
});
afterAll(() => network?.stop());

type DryRun = {
  cases: number;
  same: number;
  different: number;
  differences: { case_id: string; after: string }[];
};

test("a marketplace tries a policy on last week's orders of its merchants; the operator on those of all", async () => {
  const now = network.postroad.worlds.live.clock.now();
  const order = (reference: string, daysAgo: number) => ({
    object_id: reference,
    order: { reference, placed_at: addDays(now, -daysAgo), sender: BERLIN, recipient: MUNICH, goods: GOODS },
  });
  const recorded = must(
    await market.merchant.client.post<{ results: { order_id: string }[] }>('/v1/orders', {
      orders: [order('last-week', 3), order('long-ago', 30)],
    }),
  );
  // A request of the order that is stored is no second case; one of no order is.
  for (const orderRef of ['last-week', 'never-stored'])
    must(await market.merchant.client.post('/v1/offers', { ...EU_OFFER, order_ref: orderRef }));
  const deny = {
    ...NEUTRAL_MARKET_POLICY,
    title: 'Nothing at all',
    otherwise: { effect: 'deny', reason: 'We ship nothing.' },
    rules: [],
    tests: [],
  };
  const tryOut = async (client: typeof network.operator) => {
    const draft = must(
      await client.post<{ id: string }>('/v1/rulebooks', { kind: 'market_policy', document: deny }),
    );
    return must(
      await client.post<DryRun>(`/v1/rulebook-versions/${draft.id}/dry-runs`, {
        from: addDays(now, -7),
        to: addDays(now, 1),
      }),
    );
  };
  const own = await tryOut(market.marketplace.client);
  expect([own.cases, own.differences[0]?.case_id]).toEqual([2, recorded.results[0]?.order_id]);
  expect(own.differences.every((difference) => difference.after.startsWith('denies:'))).toBe(true);
  const other = await network.open(
    { kind: 'marketplace', name: 'Souk', country: 'DE' as never },
    'marketplace_staff',
  );
  expect((await tryOut(other.client)).cases).toBe(0);
  expect((await tryOut(network.operator)).cases).toBe(2);
});
