import { createPostroadClient, type PostroadClient } from '@postroad/sdk';
import { fillDesk, openDesk } from '../../simulation/desk.ts';
import { keyHolder, type Scene } from './stage.ts';

/** Work for the demo's courier and warehouse hand, in the live world: a visit, a run and a handover. */
export const fieldScene: Scene = async ({ baseUrl, people, principals, network }) => {
  const as = (role: string, organisation: string): PostroadClient => {
    const found = principals.find(
      (one) => one.world === 'live' && one.role === role && one.organisation === organisation,
    );
    if (found === undefined) throw new Error(`the demo has no ${role} of ${organisation}`);
    return createPostroadClient({ baseUrl, key: found.key });
  };
  const { email } = people.find((one) => one.role === 'courier') ?? {};
  const listed = await Array.fromAsync(as('operator', 'operator').listAll('/v1/people'));
  const person = listed.find((one) => one.email === email);
  const organisation = principals.find((one) => one.organisation_id === person?.organisation_id);
  if (person === undefined || organisation === undefined) throw new Error('the demo has no courier');
  const carrierCode = organisation.organisation;
  const parties = {
    merchant: as('merchant_admin', 'merchant'),
    office: as('carrier', carrierCode),
    operator: as('operator', 'operator'),
    warehouse: as('warehouse_staff', 'warehouse_cn'),
  };
  const desk = await openDesk({ ...parties, carrierCode, courierPersonId: person.id });
  await fillDesk(desk, Date.now());
  await network.settle();
  const pickups = await parties.office.get('/v1/pickups', { params: { query: { state: 'assigned' } } });
  const runs = await parties.office.get('/v1/deliveries', { params: { query: { state: 'assigned' } } });
  const handovers = await parties.warehouse.get('/v1/handovers');
  const pickup = pickups.data.find((one) => one.courier_id === desk.courierId);
  const [first, second] = runs.data.filter((one) => one.courier_id === desk.courierId);
  const [handover] = handovers.data.filter((one) => one.state === 'committed');
  const waiting = await parties.warehouse.get('/v1/shipments', {
    params: { query: { state: 'wait_receive' } },
  });
  return {
    field_pickup: pickup?.id ?? '',
    field_delivery: first?.id ?? '',
    field_second_delivery: second?.id ?? '',
    field_handover: handover?.id ?? '',
    field_shipment: waiting.data.find((one) => one.order_ref.startsWith('demo-handover'))?.id ?? '',
  };
};

/** For screens: the run under way and the visit at its door, so that what is told there is to be seen. */
export const fieldUnderWay: Scene = async (stage) => {
  const facts = await fieldScene(stage);
  const courier = await asCourier(stage);
  const delivery_id = facts.field_delivery ?? '';
  const { run_id = '' } = await courier.get('/v1/deliveries/{delivery_id}', {
    params: { path: { delivery_id } },
  });
  await courier.post('/v1/delivery-runs/{run_id}/departure', { params: { path: { run_id } }, body: {} });
  const params = { path: { pickup_id: facts.field_pickup ?? '' } };
  await courier.post('/v1/pickups/{pickup_id}/acceptance', { params });
  await courier.post('/v1/pickups/{pickup_id}/departure', { params });
  return { ...facts, stopped_shipment: await stopOne(stage) };
};

/** A parcel that its merchant wants back while it waits in the warehouse. */
async function stopOne(stage: Parameters<Scene>[0]): Promise<string> {
  const warehouse = keyHolder(stage, 'live', 'warehouse_staff', 'warehouse_cn');
  const merchant = keyHolder(stage, 'live', 'merchant_admin', 'merchant');
  const { data } = await warehouse.get('/v1/shipments', { params: { query: { state: 'wait_receive' } } });
  const shipment = data.findLast((one) => one.order_ref.startsWith('demo-handover'));
  const params = { path: { shipment_id: shipment?.id ?? '' } };
  const parcels = (shipment?.parcels ?? []).map(({ id, weight_grams }) => ({ parcel_id: id, weight_grams }));
  await warehouse.post('/v1/shipments/{shipment_id}/inbound', { params, body: { parcels } });
  await merchant.post('/v1/shipments/{shipment_id}/interceptions', {
    params,
    body: { kind: 'return', reason: 'the buyer has ordered another colour' },
  });
  return params.path.shipment_id;
}

/** The demo's courier by a session of his own: couriers who are persons have no key. */
async function asCourier({ baseUrl, people }: Parameters<Scene>[0]): Promise<PostroadClient> {
  const person = people.find((one) => one.role === 'courier');
  const answer = await fetch(`${baseUrl}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person?.email, password: person?.password }),
  });
  const { csrf_token } = (await answer.json()) as { csrf_token: string };
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  return createPostroadClient({
    baseUrl,
    csrfToken: () => csrf_token,
    fetch: (request) => {
      request.headers.set('cookie', cookie);
      return fetch(request);
    },
  });
}
