import { afterAll, beforeAll, expect, it } from 'vitest';
import { followEvents } from '../../sdk/src/index.ts';
import { BERLIN, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

type View = {
  status: string;
  stated_weight_grams?: number;
  standstill?: { reason: string; since: string };
  legs: { leg: string; ended_at?: string }[];
  steps: { milestone: string; said_by: string; notice: boolean }[];
};

let network: TestNetwork;
let market: Market;
let serial = 0;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 100_000,
  });
});
afterAll(() => network?.stop());

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** An order of 20 days ago, declared today as shipped by UPS; its parcel, and a link for its buyer. */
async function declared(more: object = {}) {
  serial += 1;
  const [reference, number] = [`BUYER-${serial}`, `1Z999AA1${String(serial).padStart(10, '0')}`];
  const { client } = market.merchant;
  const order = { reference, placed_at: daysAgo(20), sender: BERLIN, recipient: MUNICH, goods: GOODS };
  must(await client.post('/v1/orders', { orders: [{ object_id: 'o', order }] }));
  const shipment = { order_reference: reference, carrier_code: 'ups', number, ...more };
  const { results } = must(
    await client.post<{ results: { external_shipment_id: string }[] }>('/v1/external-shipments', {
      shipments: [{ object_id: 's', shipment }],
    }),
  );
  await network.settle();
  const id = results[0]?.external_shipment_id ?? '';
  const { parcel_id } = must(await client.get<{ parcel_id: string }>(`/v1/external-shipments/${id}`));
  const { token } = must(await client.post<{ token: string }>(`/v1/parcels/${parcel_id}/links`));
  return { id, number, token };
}

const look = async (token: string) => must(await network.client().post<View>('/v1/track', { token }));

const scan = (number: string, milestone: string, days: number) => ({
  number,
  milestone,
  occurred_at: daysAgo(days),
  place: { country: 'DE', city: 'Berlin' },
});

it('a buyer sees what the merchant says that the parcel weighs, also when he puts it right while one looks', async () => {
  const silent = await declared();
  expect(await look(silent.token)).not.toHaveProperty('stated_weight_grams');
  const { id, token } = await declared({ weight_grams: 1_250 });
  expect(await look(token)).toMatchObject({ stated_weight_grams: 1_250 });

  const leaving = new AbortController();
  const weights: (number | undefined)[] = [];
  const followed = followEvents({
    open: (_last, signal) =>
      fetch(`${network.baseUrl}/v1/track/stream`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ token }),
        signal,
      }),
    onEvent: ({ data }) => weights.push((JSON.parse(data) as View).stated_weight_grams),
    signal: leaving.signal,
  });
  await expect.poll(() => weights).toEqual([1_250]);
  const { client } = market.merchant;
  const path = `/v1/external-shipments/${id}`;
  must(await client.send('PATCH', path, { weight_grams: 1_300, reason: 'weighed again' }));
  await expect.poll(() => weights.at(-1), { timeout: 15_000 }).toBe(1_300);
  must(await client.send('PATCH', path, { weight_grams: null, reason: 'it was guessed' }));
  await expect.poll(() => weights.at(-1), { timeout: 15_000 }).toBeUndefined();
  must(await client.send('PATCH', path, { weight_grams: 1_350, reason: 'weighed at last' }));
  await expect.poll(() => weights.at(-1), { timeout: 15_000 }).toBe(1_350);
  must(await client.post(`${path}/withdrawal`, { reason: 'another box' }));
  await expect.poll(() => weights.at(-1), { timeout: 15_000 }).toBeUndefined();
  leaving.abort();
  await followed;
});

it('a declaration after the hand-over is the merchant’s word, and no news of where the parcel is', async () => {
  const { number, token } = await declared();
  // Announced is not in anybody's hands: no leg has begun.
  expect(await look(token)).toMatchObject({
    legs: [],
    steps: [{ milestone: 'dispatch_declared', said_by: 'merchant', notice: true }],
  });
  must(
    await network.operator.post('/v1/scans', {
      scans: [scan(number, 'picked_up', 9), scan(number, 'arrived_delivery_depot', 7)],
    }),
  );
  await network.settle();
  const seen = await look(token);
  expect(seen.steps.map(({ milestone, notice }) => [milestone, notice])).toEqual([
    ['dispatch_declared', true],
    ['arrived_delivery_depot', false],
    ['picked_up', false],
  ]);
  expect(seen.legs.map(({ leg, ended_at: ended }) => [leg, ended === undefined])).toEqual([
    ['origin', false],
    ['last_mile', true],
  ]);
  expect(seen.standstill?.reason).toBe('no_news');
  expect(Date.parse(seen.standstill?.since ?? '')).toBeLessThan(Date.parse(daysAgo(6)));
});
