import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import type { Client } from '../../test/setup/network.ts';
import { code, openVisits, type Pickup } from './visits.fixture.ts';

/** A courier who logs in: the same work as with a key, by whoever of the carrier's people he is. */
let visits: Awaited<ReturnType<typeof openVisits>>;
const PASSWORD = 'seven green vans at noon';

beforeAll(async () => {
  visits = await openVisits();
  must(
    await visits.market.carrier.client.send('PUT', `/v1/pickup-areas/${visits.areaId}/capacities`, {
      mode: 'full',
      capacities: [{ day: 'daily', hour: 14, capacity: 9 }],
    }),
  );
});
afterAll(() => visits?.close());

async function join(organisationId: string, role: string, email: string): Promise<string> {
  const { operator, network } = visits;
  const invited = must(
    await operator.post<{ token: string }>('/v1/invitations', {
      organisation_id: organisationId,
      email,
      role,
    }),
  );
  const body = { token: invited.token, name: 'Ida', password: PASSWORD };
  return must(await network.client().post<{ id: string }>('/v1/invitations/acceptance', body)).id;
}

async function logIn(email: string): Promise<Client> {
  const { network } = visits;
  const answer = await network
    .client()
    .post<{ csrf_token: string }>('/v1/sessions', { email, password: PASSWORD, world: 'test' });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const session = { cookie, 'postroad-csrf': must(answer).csrf_token };
  const client = network.client();
  return {
    get: (path, headers) => client.get(path, { ...session, ...headers }),
    post: (path, body, headers) => client.post(path, body, { ...session, ...headers }),
    send: (method, path, body, headers) => client.send(method, path, body, { ...session, ...headers }),
  };
}

test('a person who is bound to a courier has his run list and his visits, over two log-ins', async () => {
  const { market, areaId, at, book, samples } = visits;
  const personId = await join(market.carrier.id, 'courier', 'ida@carrier.example');
  const courier = { name: 'Ida', area_ids: [areaId], person_id: personId };
  const early = await logIn('ida@carrier.example');
  expect((await early.get<{ data: unknown[] }>('/v1/courier/pickups')).body.data).toEqual([]);
  expect(code(await early.get('/v1/courier/deliveries'))).toBe('courier_unknown');
  const { id } = must(await market.carrier.client.post<{ id: string }>('/v1/couriers', courier));
  const listed = must(await market.carrier.client.get<{ data: { id: string }[] }>('/v1/couriers'));
  expect(listed.data).toContainEqual(expect.objectContaining({ id, person_id: personId }));

  const [shipment] = await samples([{}]);
  const booked = must(await book([shipment?.id ?? ''], at(14)));
  if (booked.courier_id !== id)
    must(await market.carrier.client.post(`/v1/pickups/${booked.id}/assignment`, { courier_id: id }));
  const run = must(await early.get<{ data: Pickup[] }>('/v1/courier/pickups'));
  expect(run.data.map((one) => one.id)).toEqual([booked.id]);
  must(await early.post(`/v1/pickups/${booked.id}/acceptance`));
  must(await early.post(`/v1/pickups/${booked.id}/departure`, undefined, { 'idempotency-key': 'left-1' }));
  // The answer was lost and the session ended: what the device sends again after the next log-in counts once.
  const late = await logIn('ida@carrier.example');
  const again = await late.post<Pickup>(`/v1/pickups/${booked.id}/departure`, undefined, {
    'idempotency-key': 'left-1',
  });
  expect(again.status).toBe(200);
  expect(again.body.state).toBe('on_the_way');
  expect(code(await late.post(`/v1/pickups/${booked.id}/departure`))).toBe('pickup_state_conflict');
  must(await late.post(`/v1/pickups/${booked.id}/code-check`, { code: booked.code }));
});

test('only couriers among one’s own people are bound, each to one courier', async () => {
  const { market, rival } = visits;
  const { client } = market.carrier;
  const bound = async (personId: string) =>
    code(await client.post('/v1/couriers', { name: 'X', person_id: personId }));
  const clerk = await join(market.carrier.id, 'carrier', 'desk@carrier.example');
  const foreign = await join(rival.carrier.id, 'courier', 'eve@rival.example');
  for (const personId of [clerk, foreign, 'per_00000000000000000000000000'])
    expect(await bound(personId)).toBe('courier_person_unknown');
  const gone = await join(market.carrier.id, 'courier', 'gone@carrier.example');
  must(await visits.operator.post(`/v1/people/${gone}/disablement`, {}));
  expect(await bound(gone)).toBe('courier_person_unknown');
  const one = await join(market.carrier.id, 'courier', 'one@carrier.example');
  const first = must(await client.post<{ id: string }>('/v1/couriers', { name: 'One', person_id: one }));
  expect(await bound(one)).toBe('courier_person_taken');
  must(await client.send('PUT', `/v1/couriers/${first.id}`, { name: 'One' }));
  must(await client.post('/v1/couriers', { name: 'One again', person_id: one }));
});
