import { afterAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { code, openVisits, type Pickup } from './visits.fixture.ts';

const { network, market, rival, database, areaId, couriers, at, setClock, buy, samples, book, close } =
  await openVisits();
afterAll(close);

test('the carrier gives its capacities', async () => {
  const capacities = Array.from({ length: 10 }, (_, index) => ({
    day: 'daily',
    hour: 8 + index,
    capacity: 10,
  }));
  const path = `/v1/pickup-areas/${areaId}/capacities`;
  expect((await market.carrier.client.send('PUT', path, { mode: 'full', capacities })).status).toBe(200);
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

test('every event fits its schema: the feed found no fault', async () => {
  await network.settle();
  expect(network.logLines.filter((line) => line.includes('does not fit'))).toEqual([]);
});
