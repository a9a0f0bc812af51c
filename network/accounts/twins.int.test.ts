import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode } from '../kernel/index.ts';
import type { Role } from './model.ts';
import { ensureTwin } from './twins.ts';

/** A live organisation and its people have twins in the test world. Stories over HTTP on both worlds. */
let network: TestNetwork;
let testOwner: pg.Client;
let testOperator: Client;
beforeAll(async () => {
  network = await startTestNetwork();
  testOwner = new pg.Client({ connectionString: network.testUrl });
  await testOwner.connect();
  const minted = await network.operator.post<{ secret: string }>('/v1/api-keys', {
    role: 'operator',
    name: 'test',
    world: 'test',
  });
  expect(minted.status).toBe(201);
  testOperator = network.client(minted.body.secret);
});
afterAll(async () => {
  await testOwner?.end();
  await network?.stop();
});

const DE = 'DE' as CountryCode;
const PASSWORD = 'three blue parcels 7';
let mails = 0;
function newMail(): string {
  mails += 1;
  return `twin${mails}@shop.example`;
}

type Current = { session: { id: string; expires_at: string }; person: { id: string }; csrf_token: string };
type Me = { role: string; world: string; organisation: Record<string, string>; person?: { id: string } };
const codeOf = (answer: Answer<unknown>) => (answer.body as { code?: string }).code;

function browserOf(answer: Answer<Current>): Client {
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const plain = network.client();
  const client: Client = {
    send: (method, path, body, headers) =>
      plain.send(method, path, body, { cookie, 'postroad-csrf': answer.body.csrf_token, ...headers }),
    get: (path, headers) => client.send('GET', path, undefined, headers),
    post: (path, body, headers) => client.send('POST', path, body, headers),
  };
  return client;
}

async function join(inviter: Client, role: Role, password = PASSWORD, email = newMail()) {
  const invited = await inviter.post<{ token: string }>('/v1/invitations', { email, role });
  const joined = await network
    .client()
    .post<{ id: string }>('/v1/invitations/acceptance', { token: invited.body.token, name: 'Ann', password });
  expect(joined.status).toBe(201);
  return { email, id: joined.body.id };
}
const logIn = (email: string, world: 'live' | 'test', password = PASSWORD) =>
  network.client().post<Current>('/v1/sessions', { email, password, world });

async function openShop() {
  const marketplace = await network.open(
    { kind: 'marketplace', name: 'Bazaar', country: DE },
    'marketplace_staff',
  );
  const opened = await marketplace.client.post<{ id: string }>('/v1/organisations', {
    kind: 'merchant',
    name: 'Shop',
    country: 'DE',
  });
  expect(opened.status).toBe(201);
  const minted = await marketplace.client.post<{ secret: string }>('/v1/api-keys', {
    organisation_id: opened.body.id,
    role: 'merchant_admin',
    name: 'live',
  });
  return { id: opened.body.id, marketplace, admin: network.client(minted.body.secret) };
}

describe('the twin of an organisation', () => {
  test('is there after the live one was opened, with its id, name, kind and marketplace, and follows its name', async () => {
    const shop = await openShop();
    await network.settle();
    const path = `/v1/organisations/${shop.id}`;
    const live = await network.operator.get<Record<string, string>>(path);
    const twin = await testOperator.get<Record<string, string>>(path);
    expect(twin.status).toBe(200);
    expect(twin.body).toEqual(live.body);
    expect(twin.body.client_platform_id).toBe(shop.marketplace.id);
    expect((await shop.admin.send('PATCH', path, { name: 'Shop & Sons' })).status).toBe(200);
    await network.settle();
    expect((await testOperator.get<Record<string, string>>(path)).body.name).toBe('Shop & Sons');
    expect(codeOf(await testOperator.send('PATCH', path, { name: 'Other' }))).toBe('twin_of_live');
  });

  test('is made once, however often it is told, and late news does not undo newer', async () => {
    const shop = await openShop();
    await network.settle();
    const { live, test: testWorld } = network.postroad.worlds;
    await network.operator.send('PATCH', `/v1/organisations/${shop.id}`, { name: 'Newer' });
    await Promise.all(
      Array.from({ length: 5 }, () => live.read('network', (db) => ensureTwin(db, testWorld, shop.id))),
    );
    // All news again, as after a crash between the two commits.
    const url = new pg.Client({ connectionString: network.liveUrl });
    await url.connect();
    await url.query("update platform.consumer set position = 0 where name = 'accounts.twins'");
    await url.end();
    await network.settle();
    const rows = await testOwner.query('select name from accounts.organisation where organisation_id = $1', [
      shop.id,
    ]);
    expect(rows.rows).toEqual([{ name: 'Newer' }]);
    const operators = await testOwner.query("select 1 from accounts.organisation where kind = 'operator'");
    expect(operators.rowCount).toBe(1);
  });

  test('gets keys from the live admin, who cannot reach a foreign one, nor the live world from the test world', async () => {
    const shop = await openShop();
    const other = await openShop();
    // At once: the outbox need not have been here.
    const mint = (more: object) =>
      shop.admin.post<{ secret: string; key: { organisation_id: string } }>('/v1/api-keys', {
        role: 'merchant_app',
        name: 'shop in test',
        world: 'test',
        ...more,
      });
    const minted = await mint({});
    expect(minted.status).toBe(201);
    expect(minted.body.secret).toMatch(/^prd_test_/);
    const inTest = network.client(minted.body.secret);
    const me = await inTest.get<Me>('/v1/me');
    expect(me.body).toMatchObject({ world: 'test', role: 'merchant_app', organisation: { id: shop.id } });
    expect((await mint({ organisation_id: other.id })).status).toBe(404);
    expect(codeOf(await mint({ role: 'carrier' }))).toBe('role_not_of_organisation');
    const admin = await mint({ role: 'merchant_admin' });
    const back = await network
      .client(admin.body.secret)
      .post('/v1/api-keys', { role: 'merchant_app', name: 'live', world: 'live' });
    expect(codeOf(back)).toBe('live_keys_from_live');
  });
});

describe('a person of the live world', () => {
  test('logs in to the test world with the same e-mail and password, and is the same there', async () => {
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    const refused = await logIn(clerk.email, 'test', 'three red parcels 7');
    expect(codeOf(refused)).toBe('log_in_refused');
    const answer = await logIn(clerk.email, 'test');
    expect(answer.status).toBe(201);
    const me = await browserOf(answer).get<Me>('/v1/me');
    expect(me.body).toMatchObject({
      world: 'test',
      role: 'merchant_clerk',
      organisation: { id: shop.id, client_platform_id: shop.marketplace.id },
      person: { id: clerk.id, email: clerk.email },
    });
    expect((await browserOf(answer).get<{ world: string }>('/v1/sessions/current')).body.world).toBe('test');
    const changed = await browserOf(answer).post('/v1/me/password', {
      current_password: PASSWORD,
      new_password: 'seven green parcels 3',
    });
    expect(codeOf(changed)).toBe('twin_of_live');
    // Nothing of the log-in stands in the test world that a password could be tried against.
    const stored = await testOwner.query('select password_hash from accounts.person where person_id = $1', [
      clerk.id,
    ]);
    expect(stored.rows).toEqual([{ password_hash: '!' }]);
  });

  test('has in the test world the role of now, and none once disabled', async () => {
    const shop = await openShop();
    const admin = await join(shop.admin, 'merchant_admin');
    const inTest = browserOf(await logIn(admin.email, 'test'));
    expect((await inTest.get('/v1/people')).status).toBe(200);
    await join(shop.admin, 'merchant_admin');
    const change = await shop.admin.send('PATCH', `/v1/people/${admin.id}`, { role: 'merchant_clerk' });
    expect(change.status).toBe(200);
    expect((await inTest.get<Me>('/v1/me')).body.role).toBe('merchant_clerk');
    expect((await inTest.get('/v1/people')).status).toBe(403);
    expect((await shop.admin.post(`/v1/people/${admin.id}/disablement`)).status).toBe(200);
    expect((await inTest.get('/v1/me')).status).toBe(401);
    expect(codeOf(await logIn(admin.email, 'test'))).toBe('log_in_refused');
    await network.settle();
    await shop.admin.post(`/v1/people/${admin.id}/enablement`);
    await network.settle();
    // The session of before stays ended.
    expect((await inTest.get('/v1/me')).status).toBe(401);
    const again = browserOf(await logIn(admin.email, 'test'));
    expect((await again.get('/v1/me')).status).toBe(200);
    const twin = await testOwner.query('select role, state from accounts.person where person_id = $1', [
      admin.id,
    ]);
    expect(twin.rows).toEqual([{ role: 'merchant_clerk', state: 'active' }]);
  });

  test('ends the sessions of both worlds by a new password', async () => {
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    const inTest = browserOf(await logIn(clerk.email, 'test'));
    const live = browserOf(await logIn(clerk.email, 'live'));
    const changed = await live.post('/v1/me/password', {
      current_password: PASSWORD,
      new_password: 'seven green parcels 3',
    });
    expect(changed.status).toBe(204);
    await network.settle();
    expect((await inTest.get('/v1/me')).status).toBe(401);
    expect((await live.get('/v1/me')).status).toBe(200);
    expect(codeOf(await logIn(clerk.email, 'test'))).toBe('log_in_refused');
    expect((await logIn(clerk.email, 'test', 'seven green parcels 3')).status).toBe(201);
  });

  test('is changed in the live world only', async () => {
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    await logIn(clerk.email, 'test');
    const path = `/v1/people/${clerk.id}`;
    expect(codeOf(await testOperator.send('PATCH', path, { name: 'Bob' }))).toBe('twin_of_live');
    expect(codeOf(await testOperator.post(`${path}/disablement`))).toBe('twin_of_live');
    expect(codeOf(await testOperator.post(`${path}/enablement`))).toBe('twin_of_live');
  });

  test('switches between the worlds without the password; the session of before ends', async () => {
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    const first = await logIn(clerk.email, 'live');
    const live = browserOf(first);
    const switched = await live.post<Current>('/v1/sessions/current/world', { world: 'test' });
    expect(switched.status).toBe(201);
    expect(switched.body.session.expires_at).toBe(first.body.session.expires_at);
    const inTest = browserOf(switched);
    expect((await inTest.get<Me>('/v1/me')).body).toMatchObject({ world: 'test', person: { id: clerk.id } });
    expect((await live.get('/v1/me')).status).toBe(401);
    const back = browserOf(await inTest.post<Current>('/v1/sessions/current/world', { world: 'live' }));
    expect((await back.get<Me>('/v1/me')).body.world).toBe('live');
    expect((await inTest.get('/v1/me')).status).toBe(401);
    const crossSite = await back.post(
      '/v1/sessions/current/world',
      { world: 'test' },
      { 'postroad-csrf': 'x' },
    );
    expect(codeOf(crossSite)).toBe('csrf_refused');
    expect(codeOf(await shop.admin.post('/v1/sessions/current/world', { world: 'test' }))).toBe(
      'session_needed',
    );
  });
});

describe('the test world’s own people', () => {
  test('log in there and nowhere else, also beside a live person with the same e-mail', async () => {
    const lone = await network.open(
      { kind: 'merchant', name: 'Lone', country: DE },
      'merchant_admin',
      'test',
    );
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    const own = await join(lone.client, 'merchant_clerk', 'nine grey parcels 11', clerk.email);
    const asOwn = browserOf(await logIn(clerk.email, 'test', 'nine grey parcels 11'));
    expect((await asOwn.get<Me>('/v1/me')).body).toMatchObject({
      organisation: { id: lone.id },
      person: { id: own.id },
    });
    expect(codeOf(await asOwn.post('/v1/sessions/current/world', { world: 'live' }))).toBe(
      'lives_in_test_world',
    );
    expect(codeOf(await logIn(clerk.email, 'live', 'nine grey parcels 11'))).toBe('log_in_refused');
    const asTwin = browserOf(await logIn(clerk.email, 'test'));
    expect((await asTwin.get<Me>('/v1/me')).body.person?.id).toBe(clerk.id);
  });

  test('failures count together with the live world’s', async () => {
    const shop = await openShop();
    const clerk = await join(shop.admin, 'merchant_clerk');
    for (let tries = 0; tries < 5; tries += 1)
      await logIn(clerk.email, tries % 2 === 0 ? 'test' : 'live', 'wrong wrong wrong');
    expect(codeOf(await logIn(clerk.email, 'live'))).toBe('log_in_slowed');
    expect(codeOf(await logIn(clerk.email, 'test'))).toBe('log_in_slowed');
  });
});

test('a test world that had an operator of its own keeps it', async () => {
  const other = await startTestNetwork();
  try {
    const { live, test: testWorld } = other.postroad.worlds;
    const me = await other.operator.get<Me>('/v1/me');
    await testWorld.command('network', async (work) => {
      await work.db.run(
        sql`update accounts.organisation set organisation_id = 'org_00000000000000000000000001', is_twin = false`,
      );
      return accepted(undefined);
    });
    const id = String(me.body.organisation.id);
    const twin = await live.read('network', (db) => ensureTwin(db, testWorld, id));
    expect(twin?.id).toBe('org_00000000000000000000000001');
  } finally {
    await other.stop();
  }
});
