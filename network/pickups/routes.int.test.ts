import { afterAll, expect, test } from 'vitest';
import { BERLIN, must } from '../../test/setup/market.ts';
import { code, openVisits, type Pickup } from './visits.fixture.ts';

const {
  network,
  market,
  rival,
  database,
  areaId,
  couriers,
  at,
  buy,
  samples,
  book,
  courierOf,
  hourOf,
  toDoor,
  close,
} = await openVisits();
const HOUR = 3_600_000;
const monday = Date.parse(at(0));
afterAll(close);

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
