import { jpeg } from '../../network/deliveries/proof.fixture.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

/*
 * What scenarios of the last mile share: a network whose test world has a clock that the operator sets, two markets, and
 * two couriers of the first one. Each test file opens its own by `openLastMile` and reads it through these bindings.
 */
export let network: TestNetwork;
export let operator: Client;
export let market: Market;
export let rival: Market;
export let courier: { id: string; client: Client };
export let colleague: { id: string; client: Client };
let start: number;

const HOUR = 3_600_000;
export const at = (hours: number) => new Date(start + hours * HOUR).toISOString();
export const setClock = async (hours: number) =>
  must(await operator.post('/v1/test/clock', { now: at(hours) }));
export const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;

export type Shipment = {
  id: string;
  state: string;
  to: { city: string };
  parcels: { id: string; number: string; waybill_id: string }[];
};
export type Delivery = {
  id: string;
  state: string;
  attempts: number;
  next_attempt_from?: string;
  flags: string[];
  proof_ids: string[];
  history?: { fact: string }[];
};
export type Planned = {
  run?: { id: string };
  lines: { parcel: string; outcome: string; code?: string; delivery_id?: string }[];
};

let orders = 0;
export async function sent(
  options: { cod?: number; undeliverable?: 'return' | 'destroy'; until?: 'bought' | 'inbound' } = {},
): Promise<Shipment> {
  orders += 1;
  const money =
    options.cod === undefined ? {} : { cash_on_delivery: { amount_minor: options.cod, currency: 'EUR' } };
  const offers = must(
    await market.merchant.client.post<{ offers: { offer_id: string; line_code: string }[] }>('/v1/offers', {
      ...EU_OFFER,
      ...money,
    }),
  );
  const offer = offers.offers.find((one) => one.line_code === 'eu_3_5_days');
  const body = {
    offer_id: offer?.offer_id,
    order_ref: `order-${orders}`,
    sender: BERLIN,
    recipient: MUNICH,
    goods: GOODS,
    handover: 'drop_off',
    undeliverable: options.undeliverable ?? 'return',
  };
  const shipment = must(await market.merchant.client.post<Shipment>('/v1/shipments', body));
  if (options.until === 'bought') return shipment;
  must(await market.carrier.client.post(`/v1/shipments/${shipment.id}/acknowledgement`, { accepted: true }));
  must(
    await market.warehouse.client.post(`/v1/shipments/${shipment.id}/inbound`, {
      parcels: [{ parcel_id: shipment.parcels[0]?.id, weight_grams: 800 }],
    }),
  );
  if (options.until === 'inbound') return shipment;
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/outbound`, {}));
  must(await market.warehouse.client.post(`/v1/shipments/${shipment.id}/dispatch`, {}));
  return shipment;
}

export const plan = (parcels: string[], who = courier, day = at(0).slice(0, 10)) =>
  market.carrier.client.post<Planned>('/v1/delivery-runs', { courier_id: who.id, day, parcels });
/** Puts shipments on the road and answers their deliveries and the run. */
export async function out(shipments: Shipment[], day?: string): Promise<{ runId: string; ids: string[] }> {
  const planned = must(
    await plan(
      shipments.map((one) => one.parcels[0]?.number ?? ''),
      courier,
      day,
    ),
  );
  must(await courier.client.post(`/v1/delivery-runs/${planned.run?.id}/departure`, {}));
  return {
    runId: planned.run?.id ?? '',
    ids: planned.lines.map((line) => line.delivery_id ?? JSON.stringify(line)),
  };
}
let reports = 0;
export const report = (
  id: string | undefined,
  body: Record<string, unknown>,
  who: Client = courier.client,
) => {
  reports += 1;
  return who.post<Delivery>(`/v1/deliveries/${id}/reports`, {
    client_id: `report-${String(reports).padStart(6, '0')}`,
    ...body,
  });
};
export const photo = async (
  bytes: Uint8Array = jpeg(reports),
  type = 'image/jpeg',
  who: Client = courier.client,
) => who.post<{ id: string }>('/v1/proofs', bytes, { 'content-type': type });
export const handOver = async (more: Record<string, unknown> = {}) => ({
  outcome: 'delivered',
  sign_kind: 'self',
  photo_id: must(await photo()).id,
  ...more,
});
export const readDelivery = async (id: string | undefined) =>
  must(await market.carrier.client.get<Delivery>(`/v1/deliveries/${id}`));

async function addCourier(name: string): Promise<{ id: string; client: Client }> {
  const minted = must(
    await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
      organisation_id: market.carrier.id,
      role: 'courier',
      name,
    }),
  );
  const made = must(
    await market.carrier.client.post<{ id: string }>('/v1/couriers', {
      name,
      area_ids: [],
      api_key_id: minted.key.id,
    }),
  );
  return { id: made.id, client: network.client(minted.secret) };
}

export async function openLastMile(): Promise<void> {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  start = Date.parse(must(await operator.get<{ now: string }>('/v1/test/clock')).now) + HOUR;
  await setClock(0);
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 500_000 };
  market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  courier = await addCourier('Anna');
  colleague = await addCourier('Ben');
}
