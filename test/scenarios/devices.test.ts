import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessControl } from '../../network/accounts/index.ts';
import type { CountryCode } from '../../network/kernel/index.ts';
import { pointApplication } from '../../network/points/points.fixture.ts';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { type BoundBrowser, boundBrowser, startTestDevice, type TestDevice } from '../setup/device.ts';
import { must } from '../setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../setup/network.ts';

// The clerk of a corner shop works on the shop's phone: her log-in is bound to it, and worth nothing elsewhere.

type Device = { id: string; name?: string; state: string; point_ids: string[]; last_person_id: string };
const PASSWORD = 'three blue parcels 7';
const EMAIL = 'mei@corner.example';
const LOG_IN = { email: EMAIL, password: PASSWORD, world: 'test' };
const codeOf = (answer: { body: unknown }) => (answer.body as { code?: string }).code;

let network: TestNetwork;
let post: { id: string; client: Client };
let rival: { id: string; client: Client };
let shop: string;
let clerk: string;
let phone: TestDevice;
let mei: BoundBrowser;

beforeAll(async () => {
  network = await startTestNetwork();
  const { test: world } = network.postroad.worlds;
  const operator = network.client(
    await mintForBootstrap(world, (await findOperator(world)) ?? '', 'operator', 'test operator'),
  );
  const open = (name: string) =>
    network.open({ kind: 'point_operator', name, country: 'CN' as CountryCode }, 'point_staff', 'test');
  [post, rival] = [await open('Post'), await open('Rival')];
  must(
    await operator.send('PUT', `/v1/point-networks/${post.id}/contract`, {
      number: 'P-1',
      needs_documents: false,
      needs_site_check: false,
      valid_from: '2020-01-01T00:00:00Z',
    }),
  );
  shop = must(await post.client.post<{ id: string }>('/v1/points', pointApplication('A1'))).id;
  for (const decision of ['accept_application', 'complete_training'])
    must(await operator.post(`/v1/points/${shop}/decisions`, { decision }));
  const invited = must(
    await post.client.post<{ token: string }>('/v1/invitations', { email: EMAIL, role: 'point_clerk' }),
  );
  clerk = must(
    await network.client().post<{ id: string }>('/v1/invitations/acceptance', {
      token: invited.token,
      name: 'Mei',
      password: PASSWORD,
    }),
  ).id;
  must(await post.client.send('PUT', `/v1/point-clerks/${clerk}`, { point_ids: [shop] }));
  phone = await startTestDevice(network);
}, 60_000);
afterAll(() => network?.stop());

const devices = async (query = '') =>
  must(await post.client.get<{ data: Device[] }>(`/v1/point-devices${query}`)).data;
const leaseBody = { device_id: 'what-the-app-says' };

describe('the clerk logs in', () => {
  it('not without a key, and not with one whose proof is for something else', async () => {
    expect(codeOf(await network.client().post('/v1/sessions', LOG_IN))).toBe('device_needed');
    expect(codeOf(await phone.logIn(LOG_IN, Date.now() - 600_000))).toBe('device_proof_refused');
    expect(codeOf(await phone.logIn({ ...LOG_IN, password: 'wrong wrong wrong' }))).toBe('log_in_refused');
    expect(await devices()).toEqual([]);
  });

  it('on the phone, whose clock is a minute slow', async () => {
    const answer = await phone.logIn(LOG_IN, Date.now() - 60_000);
    expect(answer.status).toBe(201);
    mei = boundBrowser(network, phone, answer);
    expect(must(await mei.client.get<{ person: { id: string } }>('/v1/me')).person.id).toBe(clerk);
    const [device, ...more] = await devices();
    expect(more).toEqual([]);
    expect(device).toMatchObject({
      id: answer.body.device?.id,
      state: 'active',
      point_ids: [shop],
      last_person_id: clerk,
    });
    expect(await devices(`?point_id=${shop}`)).toHaveLength(1);
    expect(await devices(`?point_id=pnt_${'0'.repeat(26)}`)).toEqual([]);
  });

  it('again, and it is the same device', async () => {
    const again = must(await phone.logIn(LOG_IN));
    expect(again.device?.id).toBe((await devices())[0]?.id);
    expect(await devices()).toHaveLength(1);
  });
});

describe('a thief', () => {
  it('gets nothing for the cookie alone, read or write', async () => {
    expect(codeOf(await mei.bare.get('/v1/me'))).toBe('device_proof_refused');
    expect(codeOf(await mei.bare.post(`/v1/points/${shop}/device-leases`, leaseBody))).toBe(
      'device_proof_refused',
    );
    const mine = boundBrowser(network, await startTestDevice(network), await phone.logIn(LOG_IN));
    expect(codeOf(await mine.client.get('/v1/me'))).toBe('device_proof_refused');
  });

  it('has no luck at once, and none at another process either', async () => {
    const dpop = await mei.prove('GET', '/v1/me');
    const shown = await Promise.all(Array.from({ length: 12 }, () => mei.bare.get('/v1/me', { dpop })));
    expect(shown.filter(({ status }) => status === 200)).toHaveLength(1);
    const { worlds } = network.postroad;
    const process = () =>
      createAccessControl({ worlds, relations: {}, tagOf: () => '', monotonicMs: () => performance.now() });
    const [one, other] = [process(), process()];
    const route = network.postroad.routes.find(({ operation }) => operation === 'readMe');
    if (route === undefined) throw new Error('nobody may ask who he is');
    const ask = async (at: typeof one, proof: string) => {
      const headers = { cookie: mei.cookie, dpop: proof, host: new URL(network.baseUrl).host };
      const found = await at.authenticate(headers, route, 'test');
      return found.ok ? 'taken' : found.rejection.code;
    };
    const proof = await mei.prove('GET', '/v1/me');
    expect([await ask(one, proof), await ask(other, proof), await ask(one, proof)]).toEqual([
      ...['taken', 'device_proof_refused', 'device_proof_refused'],
    ]);
  });

  it('cannot use a proof that he has seen: not again, not for another request', async () => {
    const dpop = await mei.prove('GET', '/v1/me');
    expect((await mei.bare.get('/v1/me', { dpop })).status).toBe(200);
    expect(codeOf(await mei.bare.get('/v1/me', { dpop }))).toBe('device_proof_refused');
    const fresh = () => mei.prove('GET', '/v1/me');
    expect(codeOf(await mei.bare.get('/v1/sessions', { dpop: await fresh() }))).toBe('device_proof_refused');
    expect(
      codeOf(await mei.bare.post(`/v1/points/${shop}/device-leases`, leaseBody, { dpop: await fresh() })),
    ).toBe('device_proof_refused');
    const old = await mei.prove('GET', '/v1/me', { nowMs: Date.now() - 600_000 });
    expect(codeOf(await mei.bare.get('/v1/me', { dpop: old }))).toBe('device_proof_refused');
    const other = must(await phone.logIn(LOG_IN)).device?.token_hash ?? '';
    const ofAnother = await mei.prove('GET', '/v1/me', { tokenHash: other });
    expect(codeOf(await mei.bare.get('/v1/me', { dpop: ofAnother }))).toBe('device_proof_refused');
  });
});

describe('the phone', () => {
  let parcel: string;
  const state = async () =>
    must(await post.client.get<{ data: { id: string }[] }>(`/v1/shelf-parcels?point_id=${shop}`)).data;

  it('is the device of its leases, whatever the app calls itself', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const stored = must(
      await mei.client.post<{ id: string }>(`/v1/points/${shop}/shelf-parcels`, {
        number: 'PRC00000000011',
        place: '1-1',
        recipient: { name: 'Lin' },
        consent: { given_by: 'recipient_at_counter', given_at: at, channel: 'counter', wording: '2027-01' },
      }),
    );
    parcel = stored.id;
    expect((await state()).map(({ id }) => id)).toEqual([parcel]);
    must(await mei.client.post(`/v1/points/${shop}/device-leases`, leaseBody));
    const elsewhere = { way: 'identity', identity: { document: 'passport' }, ...leaseBody };
    expect(codeOf(await post.client.post(`/v1/shelf-parcels/${parcel}/hand-out`, elsewhere))).toBe(
      'shelf_leased_elsewhere',
    );
  });

  it('is named, and blocked when it is lost: its log-ins end and its parcels are free', async () => {
    const [device] = await devices();
    const address = `/v1/point-devices/${device?.id}`;
    for (const [method, path, body] of [
      ['PATCH', address, { name: 'Mine now' }],
      ['PUT', `${address}/block`, { reason: 'mine' }],
      ['DELETE', `${address}/block`, undefined],
    ] as const)
      expect((await rival.client.send(method, path, body)).status, method).toBe(404);
    expect((await mei.client.send('PUT', `${address}/block`, { reason: 'x' })).status).toBe(403);
    must(await post.client.send('PATCH', address, { name: 'Till phone' }));
    const blocked = must(await post.client.send<Device>('PUT', `${address}/block`, { reason: 'lost' }));
    expect(blocked).toMatchObject({ name: 'Till phone', state: 'blocked' });
    expect(codeOf(await mei.client.get('/v1/me'))).toBe('unauthenticated');
    expect(codeOf(await phone.logIn(LOG_IN))).toBe('device_blocked');
    await network.settle();
    const events = must(await post.client.get<{ data: { type: string }[] }>('/v1/events?limit=200')).data.map(
      ({ type }) => type,
    );
    expect(events).toContain('device.registered');
    expect(events).toContain('device.blocked');
    const handed = { way: 'identity', identity: { document: 'passport' } };
    must(await post.client.post(`/v1/shelf-parcels/${parcel}/hand-out`, handed));
  });

  it('works again when it was found', async () => {
    const [device] = await devices();
    must(await post.client.send('DELETE', `/v1/point-devices/${device?.id}/block`));
    expect(codeOf(await mei.client.get('/v1/me'))).toBe('unauthenticated');
    const answer = await phone.logIn(LOG_IN);
    expect((await boundBrowser(network, phone, answer).client.get('/v1/me')).status).toBe(200);
  });
});

describe('the network', () => {
  it('may do without, or bind its staff as well; keys of programs go on', async () => {
    const put = (roles: string[]) =>
      post.client.send('PUT', '/v1/point-device-policy', { bound_roles: roles });
    must(await put([]));
    const free = await network.client().post('/v1/sessions', LOG_IN);
    expect(free.status).toBe(201);
    const bare = boundBrowser(network, phone, free as never).bare;
    expect((await bare.get('/v1/me')).status).toBe(200);
    must(await put(['point_clerk', 'point_staff']));
    await expect.poll(async () => codeOf(await bare.get('/v1/me')), { timeout: 6_000 }).toBe('device_needed');
    expect(must(await post.client.get('/v1/point-device-policy'))).toEqual({
      bound_roles: ['point_clerk', 'point_staff'],
    });
    expect((await rival.client.get('/v1/point-devices')).status).toBe(200);
    expect(must(await rival.client.get('/v1/point-device-policy'))).toEqual({ bound_roles: ['point_clerk'] });
  });
});
