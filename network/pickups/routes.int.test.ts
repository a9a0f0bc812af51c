import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { BERLIN, EU_OFFER, GOODS, type Market, MUNICH, must, openMarket } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { insertSamples } from './shipment.fixture.ts';

/** All of it in the test world, whose clock the operator sets: windows and missed visits by the world's time. */
let network: TestNetwork;
let operator: Client;
let market: Market;
let rival: Market;
let database: pg.Client;
let areaId: string;
let monday: number;
const couriers: { id: string; client: Client }[] = [];

const HOUR = 3_600_000;
const at = (hours: number) => new Date(monday + hours * HOUR).toISOString();
const setClock = async (time: string) => must(await operator.post('/v1/test/clock', { now: time }));
const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;

type Pickup = {
  id: string;
  state: string;
  code?: string;
  code_locked: boolean;
  courier_id?: string;
  attempts: number;
  window: { starts_at: string };
  cancelled_by?: string;
  reason?: string;
  shipment_ids: string[];
  sender?: { name: string; phone?: string };
  parcels: { parcel_id: string; outcome?: string }[];
  history?: { fact: string }[];
};

async function addCourier(by: Market, name: string): Promise<{ id: string; client: Client }> {
  const minted = must(
    await operator.post<{ key: { id: string }; secret: string }>('/v1/api-keys', {
      organisation_id: by.carrier.id,
      role: 'courier',
      name,
    }),
  );
  const courier = must(
    await by.carrier.client.post<{ id: string }>('/v1/couriers', {
      name,
      phone_tail: '4321',
      area_ids: [areaId],
      api_key_id: minted.key.id,
    }),
  );
  return { id: courier.id, client: network.client(minted.secret) };
}

beforeAll(async () => {
  network = await startTestNetwork();
  const world = network.postroad.worlds.test;
  const operatorId = (await findOperator(world)) ?? '';
  operator = network.client(await mintForBootstrap(world, operatorId, 'operator', 'test operator'));
  database = new pg.Client({ connectionString: network.testUrl });
  await database.connect();
  const now = new Date(must(await operator.get<{ now: string }>('/v1/test/clock')).now);
  now.setUTCHours(0, 0, 0, 0);
  monday = now.getTime() + (((8 - now.getUTCDay()) % 7) + 7) * 24 * HOUR;
  await setClock(at(5));
  const shared = { operator, country: 'DE', currency: 'EUR', topUpMinor: 100_000 };
  market = await openMarket(network, { ...shared, carrierCode: 'postroad_express_eu' });
  rival = await openMarket(network, { ...shared, carrierCode: 'postroad_line' });
  const area = must(
    await market.carrier.client.post<{ id: string }>('/v1/pickup-areas', {
      code: 'berlin-mitte',
      country: 'DE',
      postcode_prefixes: ['101'],
      zone: 'UTC',
      working_hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from_hour: 8, to_hour: 18 })),
      exceptions: [{ date: new Date(monday + 48 * HOUR).toISOString().slice(0, 10) }],
      slot: 'two_hours',
      lead_minutes: 60,
    }),
  );
  areaId = area.id;
  for (const name of ['Anna', 'Bert']) couriers.push(await addCourier(market, name));
}, 240_000);
afterAll(async () => {
  await database?.end();
  await network?.stop();
});

let bought = 0;
async function buy(): Promise<{ id: string; parcels: { id: string }[] }> {
  const { client } = market.merchant;
  const offers = must(await client.post<{ offers: { offer_id: string }[] }>('/v1/offers', EU_OFFER));
  bought += 1;
  return must(
    await client.post('/v1/shipments', {
      offer_id: offers.offers[0]?.offer_id,
      order_ref: `order-${bought}`,
      sender: BERLIN,
      recipient: MUNICH,
      goods: GOODS,
      handover: 'door_pickup',
    }),
  ) as never;
}
const samples = (list: object[]) =>
  insertSamples(
    network.postroad.worlds.test,
    list.map((more) => ({
      organisationId: market.merchant.id,
      carrierId: market.carrier.id,
      warehouseId: market.warehouse.id,
      ...more,
    })),
  );
const book = (shipmentIds: string[], startsAt: string) =>
  market.merchant.client.post<Pickup>('/v1/pickups', {
    shipment_ids: shipmentIds,
    area_id: areaId,
    starts_at: startsAt,
  });
const courierOf = (pickup: Pickup) => couriers.find((courier) => courier.id === pickup.courier_id)!;
const hourOf = async (startsAt: string) =>
  (
    await database.query(
      'select capacity, reserved, used from pickups.capacity_hour where area_id = $1 and starts_at = $2',
      [areaId, startsAt],
    )
  ).rows[0];
async function toDoor(pickup: Pickup): Promise<Client> {
  const { client } = courierOf(pickup);
  must(await client.post(`/v1/pickups/${pickup.id}/acceptance`));
  must(await client.post(`/v1/pickups/${pickup.id}/departure`));
  return client;
}

test('an area without capacities offers no window, and begins with a full update', async () => {
  const { client } = market.carrier;
  const capacity = (mode: string, capacities: object[]) =>
    client.send('PUT', `/v1/pickup-areas/${areaId}/capacities`, { mode, capacities });
  expect(code(await capacity('partial', [{ day: 'daily', hour: 8, capacity: 1 }]))).toBe(
    'capacity_full_update_first',
  );
  const hours = Array.from({ length: 10 }, (_, index) => ({ day: 'daily', hour: 8 + index, capacity: 10 }));
  expect((await capacity('full', hours)).status).toBe(200);
  const friday = new Date(monday + 96 * HOUR).toISOString().slice(0, 10);
  expect((await capacity('partial', [{ day: friday, hour: 8, capacity: 0 }])).status).toBe(200);
  const twice = await capacity('partial', [
    { day: 'daily', hour: 8, capacity: 1 },
    { day: 'daily', hour: 8, capacity: 2 },
  ]);
  expect(twice.status).toBe(400);
});

test('windows follow hours, exceptions and lead time, and the shipment of another merchant has none', async () => {
  const [shipment] = await samples([{}]);
  type Window = { starts_at: string; full: boolean; selectable: boolean; area_id: string };
  const windows = must(
    await market.merchant.client.get<{ data: Window[] }>(
      `/v1/pickup-windows?shipment_id=${shipment!.id}&days=7`,
    ),
  ).data;
  expect(windows.filter((window) => window.starts_at < at(24))).toHaveLength(5);
  expect(windows.some((window) => window.starts_at >= at(48) && window.starts_at < at(72))).toBe(false);
  expect(windows.every((window) => window.selectable && !window.full)).toBe(true);
  const foreign = await rival.merchant.client.get(`/v1/pickup-windows?shipment_id=${shipment!.id}`);
  expect(foreign.status).toBe(404);
  const elsewhere = must(
    await market.merchant.client.get<{ data: Window[] }>('/v1/pickup-windows?country=DE&postcode=80331'),
  );
  expect(elsewhere.data).toEqual([]);
  const byPostcode = await market.merchant.client.get<{ data: Window[] }>(
    '/v1/pickup-windows?country=DE&postcode=10117&carrier_code=postroad_express_eu',
  );
  expect(must(byPostcode).data.length).toBeGreaterThan(0);
});

test('a merchant books, the least loaded courier comes, checks the code, and the shipments are picked up', async () => {
  const [first, second] = [await buy(), await buy()];
  const booked = await book([first.id, second.id], at(8));
  expect(booked.status, JSON.stringify(booked.body)).toBe(201);
  expect(booked.body).toMatchObject({ state: 'assigned', attempts: 0, courier_id: couriers[0]!.id });
  expect(booked.body.code).toMatch(/^\d{4}$/);
  expect(code(await book([first.id], at(10)))).toBe('pickup_already_booked');
  const anna = couriers[0]!.client;
  const list = must(await anna.get<{ data: Pickup[] }>('/v1/courier/pickups')).data;
  expect(list.map((pickup) => pickup.id)).toEqual([booked.body.id]);
  expect(list[0]).not.toHaveProperty('code');
  expect(JSON.stringify(list)).not.toContain(BERLIN.phone);
  expect(list[0]?.sender?.name).toBe(BERLIN.name);
  expect((await couriers[1]!.client.get<{ data: [] }>('/v1/courier/pickups')).body.data).toEqual([]);
  expect((await couriers[1]!.client.post(`/v1/pickups/${booked.body.id}/acceptance`)).status).toBe(404);
  const path = `/v1/pickups/${booked.body.id}`;
  expect(code(await anna.post(`${path}/code-check`, { code: booked.body.code }))).toBe(
    'pickup_state_conflict',
  );
  await toDoor(booked.body);
  const revealed = await anna.post<{ phone: string }>(`${path}/contact-reveal`);
  expect(revealed.body.phone).toBe(BERLIN.phone);
  const parcels = booked.body.parcels.map((parcel) => parcel.parcel_id);
  const collected = {
    parcels: parcels.map((parcel_id) => ({ parcel_id, outcome: 'collected', weight_grams: 790 })),
  };
  expect(code(await anna.post(`${path}/collection`, collected))).toBe('pickup_state_conflict');
  expect((await anna.post(`${path}/code-check`, { code: booked.body.code })).status).toBe(200);
  expect(code(await anna.post(`${path}/collection`, { parcels: collected.parcels.slice(0, 1) }))).toBe(
    'pickup_parcel_unknown',
  );
  const done = await anna.post<Pickup>(`${path}/collection`, collected);
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  expect(done.body.state).toBe('collected');
  for (const { id } of [first, second]) {
    expect((await market.merchant.client.get<{ state: string }>(`/v1/shipments/${id}`)).body.state).toBe(
      'picked_up',
    );
  }
  expect(await hourOf(at(8))).toMatchObject({ reserved: 0, used: 1 });
  expect(code(await anna.post(`${path}/contact-reveal`))).toBe('pickup_state_conflict');
  const inbound = await market.warehouse.client.post(`/v1/shipments/${first.id}/inbound`, {
    parcels: first.parcels.map(({ id }) => ({ parcel_id: id, weight_grams: 800 })),
  });
  expect(inbound.status, JSON.stringify(inbound.body)).toBe(200);
  await network.settle();
  const read = await market.merchant.client.get<Pickup>(path);
  expect(read.body.state).toBe('handed_over');
  expect(read.body.history?.map((fact) => fact.fact)).toEqual([
    'booked',
    'assigned',
    'accepted',
    'set_out',
    'code_verified',
    'collected',
    'handed_over',
  ]);
});

test('five wrong codes lock the pickup although each answer was a refusal; guesses in parallel count one by one', async () => {
  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment!.id], at(10)));
  const client = await toDoor(booked);
  const wrong = Array.from({ length: 20 }, (_, index) =>
    String((Number(booked.code) + 1 + index) % 10_000).padStart(4, '0'),
  );
  const guesses = await Promise.all(
    wrong.map((guess) => client.post(`/v1/pickups/${booked.id}/code-check`, { code: guess })),
  );
  const codes = guesses.map(code);
  expect(codes.filter((found) => found === 'pickup_code_wrong')).toHaveLength(5);
  expect(codes.filter((found) => found === 'pickup_code_locked')).toHaveLength(15);
  expect(code(await client.post(`/v1/pickups/${booked.id}/code-check`, { code: booked.code }))).toBe(
    'pickup_code_locked',
  );
  expect((await market.merchant.client.get<Pickup>(`/v1/pickups/${booked.id}`)).body.code_locked).toBe(true);
  expect((await client.post(`/v1/pickups/${booked.id}/code-renewal`)).status).toBe(403);
  const renewed = must(await market.carrier.client.post<Pickup>(`/v1/pickups/${booked.id}/code-renewal`));
  expect(renewed.code_locked).toBe(false);
  expect(renewed).not.toHaveProperty('code');
  const fresh = (await market.merchant.client.get<Pickup>(`/v1/pickups/${booked.id}`)).body.code;
  expect((await client.post(`/v1/pickups/${booked.id}/code-check`, { code: fresh })).status).toBe(200);
  const stored = await database.query('select code from pickups.pickup where pickup_id = $1', [booked.id]);
  expect(Buffer.from(stored.rows[0].code).includes(fresh!)).toBe(false);
});

test('two failed attempts end in cancelled, free the capacity and let the shipments be booked anew', async () => {
  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment!.id], at(12)));
  const client = await toDoor(booked);
  const failed = must(
    await client.post<Pickup>(`/v1/pickups/${booked.id}/failure`, {
      reason: 'nobody_there',
      evidence: ['photo/1.jpg'],
    }),
  );
  expect(failed).toMatchObject({ state: 'failed', attempts: 1, reason: 'nobody_there' });
  expect((await hourOf(at(12))).reserved).toBe(0);
  expect(
    (await market.merchant.client.get<{ state: string }>(`/v1/shipments/${shipment!.id}`)).body.state,
  ).toBe('pickup_failed');
  const again = must(
    await market.merchant.client.post<Pickup>(`/v1/pickups/${booked.id}/reschedule`, {
      area_id: areaId,
      starts_at: at(14),
    }),
  );
  expect(again).toMatchObject({ state: 'assigned', attempts: 1 });
  expect((await hourOf(at(14))).reserved).toBe(1);
  const second = await toDoor(again);
  const ended = must(
    await second.post<Pickup>(`/v1/pickups/${booked.id}/failure`, { reason: 'nobody_there' }),
  );
  expect(ended).toMatchObject({
    state: 'cancelled',
    attempts: 2,
    cancelled_by: 'platform',
    reason: 'attempts_exhausted',
  });
  expect((await hourOf(at(14))).reserved).toBe(0);
  expect((await book([shipment!.id], at(16))).status).toBe(201);
});

test('64 clients at once never reserve more than the capacity, and a released visit can be booked again', async () => {
  const friday = at(96 + 16);
  const date = friday.slice(0, 10);
  must(
    await market.carrier.client.send('PUT', `/v1/pickup-areas/${areaId}/capacities`, {
      mode: 'partial',
      capacities: [16, 17].map((hour) => ({ day: date, hour, capacity: 5 })),
    }),
  );
  const shipments = await samples(Array.from({ length: 64 }, () => ({})));
  const answers = await Promise.all(shipments.map((shipment) => book([shipment.id], friday)));
  const won = answers.filter((answer) => answer.status === 201);
  expect(answers.filter((answer) => answer.status !== 201).map(code)).toEqual(
    Array(54).fill('pickup_window_full'),
  );
  expect(won).toHaveLength(10);
  for (const hour of [friday, at(96 + 17)])
    expect(await hourOf(hour)).toEqual({ capacity: 5, reserved: 5, used: 0 });
  const loads = Map.groupBy(won, (answer) => answer.body.courier_id);
  expect([...loads.keys()].sort()).toEqual(couriers.map((courier) => courier.id).sort());
  const full = must(
    await market.merchant.client.get<{ data: { starts_at: string; full: boolean; selectable: boolean }[] }>(
      `/v1/pickup-windows?shipment_id=${shipments[0]!.id}&date=${date}&days=1`,
    ),
  ).data.find((window) => window.starts_at === friday);
  expect(full).toMatchObject({ full: true, selectable: false });
  must(
    await market.carrier.client.send('PUT', `/v1/pickup-areas/${areaId}/capacities`, {
      mode: 'partial',
      capacities: [{ day: date, hour: 16, capacity: 1 }],
    }),
  );
  expect(await hourOf(friday)).toEqual({ capacity: 5, reserved: 5, used: 0 });
  must(await market.merchant.client.post(`/v1/pickups/${won[0]!.body.id}/cancellation`, {}));
  const late = shipments[answers.findIndex((answer) => answer.status !== 201)]!;
  const after = await book([late.id], friday);
  expect(after.status, JSON.stringify(after.body)).toBe(201);
});

test('staff sends another courier with a reason; he sees it and the first one no more', async () => {
  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment!.id], at(16)));
  const other = couriers.find((courier) => courier.id !== booked.courier_id)!;
  const moved = must(
    await market.carrier.client.post<Pickup>(`/v1/pickups/${booked.id}/assignment`, {
      courier_id: other.id,
      reason: 'courier_transfer',
    }),
  );
  expect(moved).toMatchObject({ state: 'assigned', courier_id: other.id });
  expect((await courierOf(booked).client.get(`/v1/pickups/${booked.id}`)).status).toBe(404);
  expect((await other.client.get(`/v1/pickups/${booked.id}`)).status).toBe(200);
  const stranger = await rival.carrier.client.post(`/v1/pickups/${booked.id}/assignment`, {
    courier_id: other.id,
  });
  expect(stranger.status).toBe(404);
  must(await other.client.post(`/v1/pickups/${booked.id}/acceptance`));
  must(await other.client.post(`/v1/pickups/${booked.id}/departure`));
  expect(code(await market.merchant.client.post(`/v1/pickups/${booked.id}/cancellation`, {}))).toBe(
    'pickup_state_conflict',
  );
  const refusal = must(
    await other.client.post<Pickup>(`/v1/pickups/${booked.id}/refusal`, { reason: 'prohibited' }),
  );
  expect(refusal).toMatchObject({ state: 'refused', reason: 'prohibited' });
});

test('a cancelled shipment leaves its visit, and the last one takes the visit with it', async () => {
  const [one, two] = [await buy(), await buy()];
  const booked = must(await book([one.id, two.id], at(24 + 8)));
  must(
    await market.merchant.client.post(`/v1/shipments/${one.id}/cancellation`, { reason: 'buyer_cancelled' }),
  );
  await network.settle();
  const read = () => market.merchant.client.get<Pickup>(`/v1/pickups/${booked.id}`);
  expect((await read()).body).toMatchObject({ state: 'assigned', shipment_ids: [two.id] });
  must(
    await market.merchant.client.post(`/v1/shipments/${two.id}/cancellation`, { reason: 'buyer_cancelled' }),
  );
  await network.settle();
  expect((await read()).body).toMatchObject({
    state: 'cancelled',
    cancelled_by: 'platform',
    reason: 'shipment_left',
  });
});

test('what does not belong together is not collected together, and a blocked door not at all', async () => {
  const [a, b, posted, far] = await samples([{}, {}, { handover: 'self_post' }, { postcode: '80331' }]);
  expect(code(await book([a!.id, b!.id], at(24 + 10)))).toBe('pickup_shipments_differ');
  expect(code(await book([posted!.id], at(24 + 10)))).toBe('pickup_not_for_handover');
  expect(code(await book([far!.id], at(24 + 10)))).toBe('pickup_not_served');
  expect(code(await book([a!.id], at(24 + 11)))).toBe('pickup_window_unknown');
  expect((await book(['shp_00000000000000000000000000'], at(24 + 10))).status).toBe(404);
  const blocked = must(
    await market.carrier.client.post<{ id: string }>('/v1/pickup-blocks', {
      kind: 'user',
      organisation_id: market.merchant.id,
      reason: 'malicious_orders',
    }),
  );
  expect(code(await book([a!.id], at(24 + 10)))).toBe('pickup_blocked');
  expect((await rival.carrier.client.send('DELETE', `/v1/pickup-blocks/${blocked.id}`)).status).toBe(404);
  expect((await market.carrier.client.send('DELETE', `/v1/pickup-blocks/${blocked.id}`)).status).toBe(204);
  const booked = must(await book([a!.id], at(24 + 10)));
  must(await market.merchant.client.post(`/v1/pickups/${booked.id}/cancellation`, {}));
  must(
    await market.carrier.client.post('/v1/pickup-blocks', {
      kind: 'address',
      pickup_id: booked.id,
      reason: 'security_refuse',
      detail: '<script>^XA~',
    }),
  );
  expect(code(await book([a!.id], at(24 + 10)))).toBe('pickup_blocked');
  expect((await book([b!.id], at(24 + 10))).status).toBe(201);
});

test('self-post and drop-off are declared on the shipment, and only where it was chosen', async () => {
  const [posted, dropped, door] = await samples([{ handover: 'self_post' }, { handover: 'drop_off' }, {}]);
  const { client } = market.merchant;
  const declare = (id: string, body: object) => client.post(`/v1/shipments/${id}/self-post`, body);
  expect((await declare(posted!.id, { carrier_name: 'DHL', number: '' })).status).toBe(400);
  expect((await declare(posted!.id, { carrier_name: 'DHL', number: 'A'.repeat(33) })).status).toBe(400);
  expect((await declare(posted!.id, { carrier_name: 'DHL', number: '=1+1' })).status).toBe(400);
  expect((await declare(posted!.id, { carrier_name: 'DHL', number: 'A'.repeat(32) })).status).toBe(200);
  const seen = await market.warehouse.client.get(`/v1/shipments/${posted!.id}/handover-declaration`);
  expect(seen.body).toMatchObject({ kind: 'self_post', carrier_name: 'DHL' });
  expect(code(await declare(door!.id, { carrier_name: 'DHL', number: 'A1' }))).toBe(
    'pickup_not_for_handover',
  );
  expect((await client.post(`/v1/shipments/${dropped!.id}/drop-off`, {})).status).toBe(200);
  expect((await rival.merchant.client.post(`/v1/shipments/${dropped!.id}/drop-off`, {})).status).toBe(404);
});

test('ids of others look like missing ones', async () => {
  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment!.id], at(24 + 14)));
  const missing = 'pku_00000000000000000000000000';
  for (const client of [rival.merchant.client, rival.carrier.client, rival.marketplace.client]) {
    const [foreign, none] = [
      await client.get(`/v1/pickups/${booked.id}`),
      await client.get(`/v1/pickups/${missing}`),
    ];
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect({ ...(foreign.body as object), request_id: '' }).toEqual({
      ...(none.body as object),
      request_id: '',
    });
  }
  expect((await market.marketplace.client.get(`/v1/pickups/${booked.id}`)).status).toBe(404);
  const put = await rival.carrier.client.send('PUT', `/v1/couriers/${couriers[0]!.id}`, { name: 'Mine' });
  expect(put.status).toBe(404);
  const courier = await rival.carrier.client.post('/v1/couriers', { name: 'X', area_ids: [areaId] });
  expect(code(courier)).toBe('area_unknown');
});

test('a window that passes without a visit is a missed attempt by the clock of the world', async () => {
  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment!.id], at(24 + 16)));
  const read = async () => (await market.merchant.client.get<Pickup>(`/v1/pickups/${booked.id}`)).body;
  await setClock(at(24 + 18.4));
  await network.settle();
  expect((await read()).state).toBe('assigned');
  await setClock(at(24 + 18.6));
  await network.settle();
  expect(await read()).toMatchObject({ state: 'failed', attempts: 1, reason: 'window_missed' });
  must(
    await market.merchant.client.post(`/v1/pickups/${booked.id}/reschedule`, {
      area_id: areaId,
      starts_at: at(72 + 8),
    }),
  );
  await setClock(at(72 + 11));
  await network.settle();
  expect(await read()).toMatchObject({ state: 'cancelled', attempts: 2, cancelled_by: 'platform' });
  const told = await database.query(
    'select type from platform.outbox_organisation where subject_id = $1 order by subject_sequence',
    [booked.id],
  );
  expect(told.rows.map((row) => row.type)).toEqual([
    'PickupBooked',
    'PickupAssigned',
    'PickupMissed',
    'PickupRescheduled',
    'PickupAssigned',
    'PickupMissed',
    'PickupCancelled',
  ]);
});
