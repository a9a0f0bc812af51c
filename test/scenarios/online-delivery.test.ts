import { afterAll, beforeAll, expect, test } from 'vitest';
import { BERLIN, EU_OFFER, GOODS, ISO, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { startTestNetwork, type TestNetwork } from '../setup/network.ts';

/** The whole business, told in order: each party acts with its own key through the public API. */
let network: TestNetwork;
let market: Market;

beforeAll(async () => {
  network = await startTestNetwork();
  market = await openMarket(network, {
    operator: network.operator,
    country: 'DE',
    currency: 'EUR',
    carrierCode: 'postroad_express_eu',
    topUpMinor: 10_000,
  });
});
afterAll(() => network?.stop());

type Shipment = {
  id: string;
  state: string;
  freight: string;
  parcels: { id: string; number: string; waybill_id: string }[];
  quoted: { total: { amount_minor: number } };
  charged?: { total: { amount_minor: number } };
};
let shipment: Shipment;

const wallet = async () =>
  must(
    await market.merchant.client.get<{
      data: { balance: { amount_minor: number }; held: { amount_minor: number } }[];
    }>('/v1/wallets'),
  ).data[0];

test('the merchant asks for offers and buys one: freight is held, a number is issued', async () => {
  const offers = must(
    await market.merchant.client.post<{
      offers: { offer_id: string; line_code: string; total: { amount_minor: number } }[];
    }>('/v1/offers', EU_OFFER),
  );
  expect(offers.offers.map((offer) => offer.line_code)).toContain('eu_3_5_days');
  const offer = offers.offers[0];
  const bought = await market.merchant.client.post<Shipment>(
    '/v1/shipments',
    {
      offer_id: offer?.offer_id,
      order_ref: 'order-1',
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
      handover: 'drop_off',
    },
    { 'idempotency-key': 'buy-1' },
  );
  expect(bought.status, JSON.stringify(bought.body)).toBe(201);
  shipment = bought.body;
  expect(shipment.state).toBe('wait_receive');
  expect(shipment.parcels[0]?.number).toMatch(/^PRE\d{12}$/);
  expect(await wallet()).toMatchObject({
    balance: { amount_minor: 10_000 },
    held: { amount_minor: offer?.total.amount_minor },
  });
});

test('buying again with the same key gives the same shipment and holds nothing more', async () => {
  const held = (await wallet())?.held.amount_minor;
  const again = await market.merchant.client.post<Shipment>(
    '/v1/shipments',
    { offer_id: 'ofr_00000000000000000000000000' },
    { 'idempotency-key': 'buy-1' },
  );
  expect(again.status).toBe(400);
  expect((await wallet())?.held.amount_minor).toBe(held);
});

test('the label is a PDF that belongs to the merchant alone', async () => {
  const label = must(
    await market.merchant.client.post<{ label_id?: string; id?: string }>(
      `/v1/waybills/${shipment.parcels[0]?.waybill_id}/labels`,
      { format: 'pdf', size: '100x150mm' },
    ),
  );
  const id = label.label_id ?? label.id;
  const pdf = await market.merchant.client.get(`/v1/labels/${id}`);
  expect(pdf.status).toBe(200);
  expect(new TextDecoder().decode(pdf.bytes.subarray(0, 5))).toBe('%PDF-');
  const stranger = await network.open(
    { kind: 'merchant', name: 'Stranger', country: ISO('DE') },
    'merchant_admin',
  );
  expect((await stranger.client.get(`/v1/labels/${id}`)).status).toBe(404);
});

test('the carrier sees the order without the price and takes it', async () => {
  const orders = must(
    await market.carrier.client.get<{ data: Shipment[] }>('/v1/shipments?acknowledgement=pending'),
  );
  expect(orders.data.map((order) => order.id)).toContain(shipment.id);
  expect(orders.data[0]).not.toHaveProperty('quoted');
  const taken = must(
    await market.carrier.client.post<{ acknowledgement: string }>(
      `/v1/shipments/${shipment.id}/acknowledgement`,
      { accepted: true },
    ),
  );
  expect(taken.acknowledgement).toBe('accepted');
});

test('the warehouse weighs it, lets it out, and the freight is charged by measured weight', async () => {
  const parcel = shipment.parcels[0];
  must(
    await market.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: parcel?.id, weight_grams: 1900, evidence: 'scale-7/reading-1' }],
    }),
  );
  const out = must(await market.warehouse.client.post<Shipment>(`/v1/shipments/${shipment.id}/outbound`, {}));
  expect(out.state).toBe('outbound_ok');
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/dispatch`, {}));
  const after = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
  expect(after.freight).toBe('charged');
  expect(after.charged?.total.amount_minor).toBeGreaterThan(shipment.quoted.total.amount_minor);
  expect(await wallet()).toMatchObject({
    balance: { amount_minor: 10_000 - (after.charged?.total.amount_minor ?? 0) },
    held: { amount_minor: 0 },
  });
});

type Tracking = {
  parcels: { timeline: { status: string; milestones: { name: string; occurred_at: string }[] } }[];
};

test('the carrier scans it in any order; one timeline shows it and the order follows', async () => {
  const number = shipment.parcels[0]?.number;
  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const scan = (code: string, minutesAgo: number) => ({
    number,
    code,
    occurred_at: at(minutesAgo),
    place: { country: 'DE', city: 'München' },
  });
  const late = must(
    await market.carrier.client.post<{ data: { result: string }[] }>('/v1/scans', {
      scans: [scan('delivered', 1), scan('out_for_delivery', 2)],
    }),
  );
  expect(late.data.map((line) => line.result)).toEqual(['accepted', 'accepted']);
  must(
    await market.carrier.client.post('/v1/scans', {
      scans: [scan('in_transit_local', 3), scan('delivered', 1)],
    }),
  );
  await network.settle();
  const timeline = must(await market.merchant.client.get<Tracking>(`/v1/tracking/${number}`)).parcels[0]
    ?.timeline;
  expect(timeline?.status).toBe('delivered');
  expect(timeline?.milestones.map((milestone) => milestone.name)).toEqual(
    expect.arrayContaining([
      'order_created',
      'warehouse_received',
      'warehouse_outbound',
      'out_for_delivery',
      'delivered',
    ]),
  );
  const order = must(await market.merchant.client.get<Shipment>(`/v1/shipments/${shipment.id}`));
  expect(order.state).toBe('delivered');
});

test('a stranger with a key sees nothing of it, and the events feed tells the merchant the whole story', async () => {
  const stranger = await network.open(
    { kind: 'merchant', name: 'Stranger', country: ISO('DE') },
    'merchant_admin',
  );
  expect((await stranger.client.get(`/v1/tracking/${shipment.parcels[0]?.number}`)).status).toBe(404);
  const feed = must(await market.merchant.client.get<{ data: { type: string }[] }>('/v1/events?limit=100'));
  expect(feed.data.map((event) => event.type)).toEqual(
    expect.arrayContaining(['shipment.purchased', 'shipment.outbound_completed', 'shipment.progressed']),
  );
});
