import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  BERLIN,
  EU_OFFER,
  GOODS,
  type Market,
  MUNICH,
  must,
  openMarket,
  topUpWallet,
} from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';

/** In the test world, whose clock goes past the end of a hold. */
let network: TestNetwork;
let operator: Client;
let market: Market;
/** Covers the freight of one parcel and not of two. */
const TOP_UP_MINOR = 600;

beforeAll(async () => {
  network = await startTestNetwork();
  const minted = must(
    await network.operator.post<{ secret: string }>('/v1/api-keys', {
      role: 'operator',
      name: 'test world',
      world: 'test',
    }),
  );
  operator = network.client(minted.secret);
  market = await openMarket(network, {
    operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: TOP_UP_MINOR,
  });
});
afterAll(() => network?.stop());

type Shipment = {
  id: string;
  state: string;
  freight: string;
  parcels: { id: string }[];
  quoted: { total: { amount_minor: number } };
  history?: { step: string; reason?: string }[];
};

async function buy(orderRef: string): Promise<Shipment> {
  const { offers } = must(
    await market.merchant.client.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER),
  );
  return must(
    await market.merchant.client.post<Shipment>('/v1/shipments', {
      offer_id: offers[0]?.offer_id,
      order_ref: orderRef,
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
      handover: 'drop_off',
    }),
  );
}
const read = async (shipment: Shipment) =>
  must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
const leave = (shipment: Shipment) =>
  market.warehouse.client.post<Shipment & { code: string }>(`/v1/shipments/${shipment.id}/outbound`, {});
const wallet = async () =>
  must(
    await market.merchant.client.get<{ data: { balance: { amount_minor: number }; available: object }[] }>(
      '/v1/wallets',
    ),
  ).data[0];

test('a parcel whose hold lapsed leaves only when the funds cover it, and everybody sees why', async () => {
  const late = await buy('late');
  expect(late.quoted.total.amount_minor * 2).toBeGreaterThan(TOP_UP_MINOR);
  must(
    await market.warehouse.client.post(`/v1/shipments/${late.id}/inbound`, {
      parcels: late.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: 800 })),
    }),
  );
  const { now } = must(await operator.get<{ now: string }>('/v1/test/clock'));
  const later = new Date(Date.parse(now) + 46 * 86_400_000).toISOString();
  must(await operator.post('/v1/test/clock', { now: later, running: false }));
  await network.settle();
  const lapsed = await read(late);
  expect([lapsed.state, lapsed.freight]).toEqual(['wait_send', 'lapsed']);
  expect(lapsed.history?.at(-1)).toMatchObject({ step: 'freight_lapsed', reason: 'hold_expired' });

  // The funds that were free again are held for another order now.
  await buy('next');
  const before = await wallet();
  const refused = await leave(late);
  expect([refused.status, refused.body.code]).toEqual([422, 'freight_unpaid']);
  expect((await read(late)).state).toBe('wait_send');
  expect(await wallet()).toEqual(before);

  await topUpWallet(operator, market.merchant, 'EUR', TOP_UP_MINOR);
  const left = must(await leave(late));
  expect([left.state, (await read(late)).freight]).toEqual(['outbound_ok', 'charged']);
  const after = await wallet();
  expect(after?.balance.amount_minor).toBe(2 * TOP_UP_MINOR - late.quoted.total.amount_minor);
});

test('a parcel whose hold lapsed may still go back before departure; nothing is charged', async () => {
  const kept = await buy('kept');
  must(
    await market.warehouse.client.post(`/v1/shipments/${kept.id}/inbound`, {
      parcels: kept.parcels.map((parcel) => ({ parcel_id: parcel.id, weight_grams: 800 })),
    }),
  );
  const { now } = must(await operator.get<{ now: string }>('/v1/test/clock'));
  const later = new Date(Date.parse(now) + 46 * 86_400_000).toISOString();
  must(await operator.post('/v1/test/clock', { now: later, running: false }));
  await network.settle();
  const before = await wallet();
  const back = must(
    await market.warehouse.client.post<Shipment>(`/v1/shipments/${kept.id}/return-before-departure`, {
      reason: 'too_late',
    }),
  );
  expect(back.state).toBe('closed');
  expect((await read(kept)).freight).toBe('released');
  expect(await wallet()).toEqual(before);
});
