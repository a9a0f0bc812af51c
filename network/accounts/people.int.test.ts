import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import type { Role } from './model.ts';

/** Stories of people on a whole network over HTTP. */
let network: TestNetwork;
let owner: pg.Client;
beforeAll(async () => {
  network = await startTestNetwork();
  owner = new pg.Client({ connectionString: network.liveUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner?.end();
  await network?.stop();
});

const DE = 'DE' as CountryCode;
const PASSWORD = 'three blue parcels 7';
let mails = 0;
function newMail(): string {
  mails += 1;
  return `Person${mails}@Shop.example`;
}

type Invited = { invitation: { id: string; state: string; email: string }; token: string };
type PersonBody = { id: string; role: string; state: string; organisation_id: string };
type Current = { session: { id: string }; person: PersonBody; csrf_token: string; world: string };
type Browser = { client: Client; cookie: string; csrf: string; current: Current };

const codeOf = (answer: Answer<unknown>) => (answer.body as { code?: string }).code;
const merchant = (world: 'live' | 'test' = 'live') =>
  network.open({ kind: 'merchant', name: 'Shop', country: DE }, 'merchant_admin', world);

function cookieOf(answer: Answer<unknown>): string {
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

/** A browser's client: sends the cookie, and the CSRF token unless told otherwise. */
function browserOf(answer: Answer<Current>): Browser {
  const cookie = cookieOf(answer);
  const csrf = answer.body.csrf_token;
  const plain = network.client();
  const client: Client = {
    send: (method, path, body, headers) =>
      plain.send(method, path, body, { cookie, 'postroad-csrf': csrf, ...headers }),
    get: (path, headers) => client.send('GET', path, undefined, headers),
    post: (path, body, headers) => client.send('POST', path, body, headers),
  };
  return { client, cookie, csrf, current: answer.body };
}

async function join(inviter: Client, role: Role, more: object = {}) {
  const email = newMail();
  const invited = await inviter.post<Invited>('/v1/invitations', { email, role, ...more });
  expect(invited.status).toBe(201);
  const person = await network.client().post<PersonBody>('/v1/invitations/acceptance', {
    token: invited.body.token,
    name: 'Ann',
    password: PASSWORD,
  });
  expect(person.status).toBe(201);
  return { email, person: person.body, token: invited.body.token, invitation: invited.body.invitation };
}

async function logIn(email: string, more: object = {}, headers: Record<string, string> = {}) {
  const answer = await network
    .client()
    .post<Current>('/v1/sessions', { email, password: PASSWORD, ...more }, headers);
  expect(answer.status).toBe(201);
  return browserOf(answer);
}

describe('an invitation', () => {
  test('makes a person who logs in, works with the role and logs out', async () => {
    const shop = await merchant();
    const { email, person, invitation } = await join(shop.client, 'merchant_clerk');
    expect(invitation).toMatchObject({ state: 'open', email });
    expect(person).toMatchObject({ role: 'merchant_clerk', state: 'active', organisation_id: shop.id });
    const browser = await logIn(email.toUpperCase());
    const me = await browser.client.get<{ role: string; person: { id: string }; operations: string[] }>(
      '/v1/me',
    );
    expect(me.body).toMatchObject({ role: 'merchant_clerk', person: { id: person.id, email } });
    expect((await browser.client.get('/v1/people')).status).toBe(403);
    expect((await browser.client.get<Current>('/v1/sessions/current')).body.csrf_token).toBe(browser.csrf);
    const out = await browser.client.send('DELETE', '/v1/sessions/current');
    expect(out.status).toBe(204);
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-postroad=; .*Secure.*Max-Age=0/);
    expect((await browser.client.get('/v1/me')).status).toBe(401);
  });

  test('works once: a replayed token, a revoked one and an invented one answer the same', async () => {
    const shop = await merchant();
    const used = (await join(shop.client, 'merchant_clerk')).token;
    const invited = await shop.client.post<Invited>('/v1/invitations', {
      email: newMail(),
      role: 'merchant_clerk',
    });
    const revoked = await shop.client.send<{ state: string }>(
      'DELETE',
      `/v1/invitations/${invited.body.invitation.id}`,
    );
    expect(revoked.body.state).toBe('revoked');
    const answers = [];
    for (const token of [used, invited.body.token, `pri_live_${'a'.repeat(43)}`]) {
      const answer = await network
        .client()
        .post('/v1/invitations/acceptance', { token, name: 'Eve', password: PASSWORD });
      answers.push({ status: answer.status, ...(answer.body as object), request_id: '' });
    }
    expect(answers[0]).toMatchObject({ status: 422, code: 'invitation_not_usable' });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test('accepted by two at once makes one person', async () => {
    const shop = await merchant();
    const invited = await shop.client.post<Invited>('/v1/invitations', {
      email: newMail(),
      role: 'merchant_clerk',
    });
    const accept = () =>
      network
        .client()
        .post('/v1/invitations/acceptance', { token: invited.body.token, name: 'A', password: PASSWORD });
    const statuses = (await Promise.all([accept(), accept(), accept()])).map((answer) => answer.status);
    expect(statuses.sort()).toEqual([201, 422, 422]);
  });

  test('of the test world expires after seven days of its clock', async () => {
    const staff = await network.open({ kind: 'operator', name: 'Op', country: DE }, 'operator', 'test');
    const shop = await merchant('test');
    const invite = () =>
      shop.client.post<Invited>('/v1/invitations', { email: newMail(), role: 'merchant_clerk' });
    const [late, fresh] = [await invite(), await invite()];
    const clock = async (now: string) =>
      expect((await staff.client.post('/v1/test/clock', { now, running: false })).status).toBe(200);
    const expiresAt = Date.parse((late.body.invitation as unknown as { expires_at: string }).expires_at);
    const accept = (token: string) =>
      network.client().post('/v1/invitations/acceptance', { token, name: 'A', password: PASSWORD });
    await clock(new Date(expiresAt - 1).toISOString());
    expect((await accept(fresh.body.token)).status).toBe(201);
    await clock(new Date(expiresAt).toISOString());
    expect(codeOf(await accept(late.body.token))).toBe('invitation_not_usable');
    const list = await shop.client.get<{ data: { state: string }[] }>('/v1/invitations');
    expect(list.body.data.map((item) => item.state)).toEqual(['expired', 'accepted']);
    // People keep their time: the test world's clock ends no session.
    const browser = await logIn(fresh.body.invitation.email, { world: 'test' });
    expect(browser.current.world).toBe('test');
    await clock(new Date(expiresAt + 30 * 86_400_000).toISOString());
    expect((await browser.client.get('/v1/me')).status).toBe(200);
    expect(
      codeOf(
        await network
          .client()
          .post('/v1/sessions', { email: fresh.body.invitation.email, password: PASSWORD }),
      ),
    ).toBe('log_in_refused');
  });

  test('and a person of a foreign organisation answer as missing ones', async () => {
    const [mine, foreign] = [await merchant(), await merchant()];
    const { person, invitation } = await join(foreign.client, 'merchant_clerk');
    for (const [method, path] of [
      ['DELETE', `/v1/invitations/${invitation.id}`],
      ['GET', `/v1/people/${person.id}`],
      ['POST', `/v1/people/${person.id}/disablement`],
      ['GET', `/v1/people?organisation_id=${foreign.id}`],
      ['GET', `/v1/invitations?organisation_id=${foreign.id}`],
    ] as const) {
      expect((await mine.client.send(method, path)).status, path).toBe(404);
    }
    const invited = await mine.client.post('/v1/invitations', {
      email: newMail(),
      role: 'merchant_clerk',
      organisation_id: foreign.id,
    });
    expect(invited.status).toBe(404);
    const list = await mine.client.get<{ data: unknown[] }>('/v1/people');
    expect(list.body.data).toEqual([]);
  });

  test('by a marketplace reaches its own merchants only, and a role of their kind only', async () => {
    const market = await network.open({ kind: 'marketplace', name: 'M', country: DE }, 'marketplace_staff');
    const shop = await market.client.post<{ id: string }>('/v1/organisations', {
      kind: 'merchant',
      name: 'S',
      country: 'DE',
    });
    const stranger = await merchant();
    const invite = (organisationId: string, role: string) =>
      market.client.post('/v1/invitations', { email: newMail(), role, organisation_id: organisationId });
    expect((await invite(shop.body.id, 'merchant_admin')).status).toBe(201);
    expect(codeOf(await invite(shop.body.id, 'operator'))).toBe('role_not_of_organisation');
    expect((await invite(stranger.id, 'merchant_admin')).status).toBe(404);
    expect(
      codeOf(await market.client.post('/v1/invitations', { email: newMail(), role: 'merchant_app' })),
    ).toBe('invalid_request');
  });

  test('is not for the warehouse staff of the operator, who would make themselves operators', async () => {
    const me = await network.operator.get<{ organisation: { id: string } }>('/v1/me');
    const minted = await network.operator.post<{ secret: string }>('/v1/api-keys', {
      role: 'warehouse_staff',
      name: 'dock',
    });
    const dock = network.client(minted.body.secret);
    expect((await dock.get('/v1/people')).status).toBe(403);
    expect((await dock.post('/v1/invitations', { email: newMail(), role: 'operator' })).status).toBe(403);
    const { person } = await join(network.operator, 'auditor', { organisation_id: me.body.organisation.id });
    expect((await dock.send('PATCH', `/v1/people/${person.id}`, { role: 'operator' })).status).toBe(404);
  });

  test('is refused for an e-mail that has an account, in any case of its letters', async () => {
    const [shop, other] = [await merchant(), await merchant()];
    const { email } = await join(shop.client, 'merchant_clerk');
    const same = await shop.client.post('/v1/invitations', {
      email: email.toLowerCase(),
      role: 'merchant_clerk',
    });
    expect(codeOf(same)).toBe('email_taken');
    const elsewhere = await other.client.post<Invited>('/v1/invitations', { email, role: 'merchant_clerk' });
    expect(elsewhere.status).toBe(201);
    const accepting = await network.client().post('/v1/invitations/acceptance', {
      token: elsewhere.body.token,
      name: 'Eve',
      password: 'another password 9',
    });
    expect(codeOf(accepting)).toBe('invitation_not_usable');
    await logIn(email);
  });

  test('takes no weak password and no hostile text', async () => {
    const shop = await merchant();
    const email = 'weak.password@shop.example';
    const invited = await shop.client.post<Invited>('/v1/invitations', { email, role: 'merchant_clerk' });
    const accept = (body: object) =>
      network.client().post('/v1/invitations/acceptance', { token: invited.body.token, name: 'A', ...body });
    for (const password of ['short', email, 'Password1234', 'x'.repeat(1025), '电'.repeat(1000)])
      expect((await accept({ password })).status, password.slice(0, 20)).toBeGreaterThanOrEqual(400);
    expect(codeOf(await accept({ password: PASSWORD, name: 'a\u0007b' }))).toBe('invalid_request');
    expect(codeOf(await accept({ password: PASSWORD, role: 'merchant_admin' }))).toBe('invalid_request');
    expect((await accept({ password: 'y2-x'.repeat(60) })).status).toBe(201);
  });

  test('and a key cannot come from a key that was narrowed to less', async () => {
    const shop = await merchant();
    const narrow = await shop.client.post<{ secret: string }>('/v1/api-keys', {
      role: 'merchant_admin',
      name: 'n',
      scopes: ['accounts'],
    });
    const client = network.client(narrow.body.secret);
    const mint = (scopes: string[]) =>
      client.post('/v1/api-keys', { role: 'merchant_app', name: 'x', scopes });
    expect(codeOf(await mint([]))).toBe('key_too_narrow');
    expect(codeOf(await mint(['accounts', 'ledger']))).toBe('key_too_narrow');
    expect((await mint(['accounts'])).status).toBe(201);
    expect(codeOf(await client.post('/v1/invitations', { email: newMail(), role: 'merchant_admin' }))).toBe(
      'key_too_narrow',
    );
  });
});

describe('a person', () => {
  test('who is disabled is out at once, cannot log in and loses the invitations that he gave', async () => {
    const shop = await merchant();
    const boss = await join(shop.client, 'merchant_admin');
    await join(shop.client, 'merchant_admin');
    const browser = await logIn(boss.email);
    const given = await browser.client.post<Invited>('/v1/invitations', {
      email: newMail(),
      role: 'merchant_admin',
    });
    expect((await browser.client.get('/v1/me')).status).toBe(200);
    const disabled = await shop.client.post<PersonBody>(`/v1/people/${boss.person.id}/disablement`);
    expect(disabled.body.state).toBe('disabled');
    expect((await browser.client.get('/v1/me')).status).toBe(401);
    const again = await network.client().post('/v1/sessions', { email: boss.email, password: PASSWORD });
    expect(codeOf(again)).toBe('log_in_refused');
    const accepting = await network
      .client()
      .post('/v1/invitations/acceptance', { token: given.body.token, name: 'E', password: PASSWORD });
    expect(codeOf(accepting)).toBe('invitation_not_usable');
    expect((await shop.client.post(`/v1/people/${boss.person.id}/enablement`)).status).toBe(200);
    expect((await browser.client.get('/v1/me')).status).toBe(401);
    await logIn(boss.email);
  });

  test('who is the last admin is neither demoted nor disabled, also when two try at once', async () => {
    const shop = await merchant();
    const [one, two] = [await join(shop.client, 'merchant_admin'), await join(shop.client, 'merchant_admin')];
    const answers = await Promise.all(
      [one, two].map(({ person }) => shop.client.post(`/v1/people/${person.id}/disablement`)),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const left = answers[0]?.status === 409 ? one : two;
    const demoted = await shop.client.send('PATCH', `/v1/people/${left.person.id}`, {
      role: 'merchant_clerk',
    });
    expect(codeOf(demoted)).toBe('last_admin');
  });

  test('who is the sole admin and in wrong hands is stopped by the operator, who invites another', async () => {
    const shop = await merchant();
    const sole = await join(shop.client, 'merchant_admin');
    const browser = await logIn(sole.email);
    expect(codeOf(await browser.client.post(`/v1/people/${sole.person.id}/disablement`))).toBe('last_admin');
    const stopped = await network.operator.post(`/v1/people/${sole.person.id}/disablement`);
    expect(stopped.status).toBe(200);
    expect((await browser.client.get('/v1/me')).status).toBe(401);
    const next = await join(network.operator, 'merchant_admin', { organisation_id: shop.id });
    expect((await (await logIn(next.email)).client.get('/v1/people')).status).toBe(200);
    // His own organisation the operator does not rob of its last admin either.
    const boss = await join(network.operator, 'operator');
    expect(codeOf(await network.operator.post(`/v1/people/${boss.person.id}/disablement`))).toBe(
      'last_admin',
    );
  });

  test('has a new role with the next request', async () => {
    const shop = await merchant();
    const { email, person } = await join(shop.client, 'merchant_clerk');
    const browser = await logIn(email);
    expect((await browser.client.get('/v1/people')).status).toBe(403);
    const changed = await shop.client.send('PATCH', `/v1/people/${person.id}`, {
      role: 'merchant_admin',
      name: 'Boss',
    });
    expect(changed.status).toBe(200);
    expect((await browser.client.get('/v1/people')).status).toBe(200);
    expect(codeOf(await shop.client.send('PATCH', `/v1/people/${person.id}`, { role: 'carrier' }))).toBe(
      'role_not_of_organisation',
    );
  });

  test('changes the own password: other sessions end, this one goes on', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_clerk');
    const [here, there] = [await logIn(email), await logIn(email)];
    const change = (currentPassword: string, newPassword: string) =>
      here.client.post('/v1/me/password', { current_password: currentPassword, new_password: newPassword });
    expect(codeOf(await change('wrong wrong wrong', 'quite another 1 long'))).toBe('password_wrong');
    expect(codeOf(await change(PASSWORD, email))).toBe('password_too_weak');
    expect((await change(PASSWORD, 'quite another 1 long')).status).toBe(204);
    expect((await here.client.get('/v1/me')).status).toBe(200);
    expect((await there.client.get('/v1/me')).status).toBe(401);
    const old = await network.client().post('/v1/sessions', { email, password: PASSWORD });
    expect(codeOf(old)).toBe('log_in_refused');
    await logIn(email, { password: 'quite another 1 long' });
    expect(
      codeOf(await shop.client.post('/v1/me/password', { current_password: 'a', new_password: 'b' })),
    ).toBe('session_needed');
  });
});

describe('a session', () => {
  test('has a cookie that scripts, other hosts and plain connections never see', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_clerk');
    const answer = await network.client().post<Current>('/v1/sessions', { email, password: PASSWORD });
    const [value, ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(value).toMatch(/^__Host-postroad=prs_live_[A-Za-z0-9_-]{43}$/);
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=1209600', 'Path=/', 'SameSite=Lax', 'Secure']);
    expect(new TextDecoder().decode(answer.bytes)).not.toContain(value?.split('=')[1]);
  });

  test('changes nothing without its CSRF token or from a foreign page, and reads without', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_admin');
    const browser = await logIn(email);
    const other = await logIn((await join(shop.client, 'merchant_admin')).email);
    const mint = (headers: Record<string, string>) =>
      network
        .client()
        .post('/v1/api-keys', { role: 'merchant_clerk', name: 'x' }, { cookie: browser.cookie, ...headers });
    const host = new URL(network.baseUrl).host;
    for (const headers of [
      {},
      { 'postroad-csrf': '' },
      { 'postroad-csrf': other.csrf },
      { 'postroad-csrf': browser.csrf, 'sec-fetch-site': 'cross-site' },
      { 'postroad-csrf': browser.csrf, 'sec-fetch-site': 'same-site' },
      { 'postroad-csrf': browser.csrf, origin: 'https://evil.example' },
      { 'postroad-csrf': browser.csrf, origin: 'null' },
    ])
      expect(codeOf(await mint(headers as Record<string, string>)), JSON.stringify(headers)).toBe(
        'csrf_refused',
      );
    expect((await mint({ 'postroad-csrf': browser.csrf, origin: `http://${host}` })).status).toBe(201);
    expect((await mint({ 'postroad-csrf': browser.csrf, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    const read = await network.client().get('/v1/me', { cookie: browser.cookie });
    expect(read.status).toBe(200);
    const crossLogIn = await network
      .client()
      .post('/v1/sessions', { email, password: PASSWORD }, { 'sec-fetch-site': 'cross-site' });
    expect(codeOf(crossLogIn)).toBe('csrf_refused');
  });

  test('gets a new token at each log-in, and the one that the browser held ends', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_clerk');
    const fixed = `__Host-postroad=prs_live_${'A'.repeat(43)}`;
    const first = await logIn(email, {}, { cookie: fixed });
    expect(first.cookie).not.toBe(fixed);
    const second = await logIn(email, {}, { cookie: first.cookie });
    expect(second.cookie).not.toBe(first.cookie);
    expect((await first.client.get('/v1/me')).status).toBe(401);
    expect((await second.client.get('/v1/me')).status).toBe(200);
    const doubled = await network.client().get('/v1/me', { cookie: `${second.cookie}; ${fixed}` });
    expect(doubled.status).toBe(401);
  });

  test('is listed and ended by its person only', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_clerk');
    const colleague = await logIn((await join(shop.client, 'merchant_clerk')).email);
    const [here, there] = [await logIn(email), await logIn(email)];
    const list = await here.client.get<{ data: { id: string; is_current: boolean }[] }>('/v1/sessions');
    expect(list.body.data.map((item) => item.is_current)).toEqual([true, false]);
    const address = `/v1/sessions/${there.current.session.id}`;
    expect((await colleague.client.send('DELETE', address)).status).toBe(404);
    expect((await shop.client.send('DELETE', address)).status).toBe(404);
    expect((await there.client.get('/v1/me')).status).toBe(200);
    expect((await here.client.send('DELETE', address)).status).toBe(204);
    expect((await there.client.get('/v1/me')).status).toBe(401);
    expect((await shop.client.get<{ data: unknown[] }>('/v1/sessions')).body.data).toEqual([]);
    expect(codeOf(await shop.client.get('/v1/sessions/current'))).toBe('session_needed');
  });

  test('and its cookie do not change what is open to all', async () => {
    const ended = { cookie: `__Host-postroad=prs_test_${'b'.repeat(43)}` };
    expect((await network.client().get('/openapi.json', ended)).status).toBe(200);
    expect((await network.client().get('/v1/me', ended)).status).toBe(401);
    for (const cookie of ['__Host-postroad=', '__Host-postroad=x', ';;;=', '__host-postroad=prs_live_a'])
      expect((await network.client().get('/v1/me', { cookie })).status, cookie).toBe(401);
  });
});

describe('a log-in', () => {
  test('tells nobody who has an account: unknown, wrong and disabled answer the same', async () => {
    const shop = await merchant();
    const known = await join(shop.client, 'merchant_clerk');
    const disabled = await join(shop.client, 'merchant_clerk');
    await shop.client.post(`/v1/people/${disabled.person.id}/disablement`);
    const answers = [];
    for (const [email, password] of [
      [known.email, 'wrong wrong wrong'],
      [newMail(), 'wrong wrong wrong'],
      [disabled.email, PASSWORD],
      [known.email, '电'.repeat(1000)],
    ]) {
      const answer = await network.client().post('/v1/sessions', { email, password });
      expect(answer.headers.get('set-cookie')).toBeNull();
      answers.push({ status: answer.status, ...(answer.body as object), request_id: '' });
    }
    expect(answers[0]).toMatchObject({ status: 401, code: 'log_in_refused' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('that fails often is slowed, for an account that nobody has as well, and the right password too', async () => {
    const shop = await merchant();
    const { email } = await join(shop.client, 'merchant_clerk');
    for (const account of [email, newMail()]) {
      const codes = [];
      for (let tries = 0; tries < 12; tries += 1)
        codes.push(
          codeOf(
            await network
              .client()
              .post('/v1/sessions', { email: account, password: `guess number ${tries}` }),
          ),
        );
      expect(codes.slice(0, 5)).toEqual(Array(5).fill('log_in_refused'));
      expect(codes).toContain('log_in_slowed');
    }
    // The wait stands in the database: a restart does not end it.
    await owner.query("update accounts.log_in_attempt set blocked_until = now() + interval '1 hour'");
    const right = await network.client().post('/v1/sessions', { email, password: PASSWORD });
    expect([right.status, codeOf(right)]).toEqual([429, 'log_in_slowed']);
    const wait = Number(right.headers.get('retry-after'));
    expect((right.body as { detail: string }).detail).toBe(`Wait ${wait} seconds before the next try.`);
    await owner.query("update accounts.log_in_attempt set blocked_until = now() - interval '1 hour'");
    await logIn(email);
    const stored = await owner.query<{ text: string }>(
      'select a::text as text from accounts.log_in_attempt a',
    );
    for (const row of stored.rows) expect(row.text).not.toMatch(/127\.0\.0\.1|@/);
  });

  test('hashes a password of yesterday’s cost anew', async () => {
    const shop = await merchant();
    const { email, person } = await join(shop.client, 'merchant_clerk');
    const { argon2Sync } = await import('node:crypto');
    const hash = argon2Sync('argon2id', {
      message: Buffer.from(PASSWORD),
      nonce: Buffer.from('somesaltsomesalt'),
      memory: 64,
      passes: 3,
      parallelism: 2,
      tagLength: 32,
    });
    const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const old = `$argon2id$v=19$m=64,t=3,p=2$${base64(Buffer.from('somesaltsomesalt'))}$${base64(hash)}`;
    await owner.query('update accounts.person set password_hash = $1 where person_id = $2', [old, person.id]);
    await logIn(email);
    const now = await owner.query('select password_hash from accounts.person where person_id = $1', [
      person.id,
    ]);
    expect(now.rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await logIn(email);
  });
});

test('no secret, name or e-mail stands where it must not: tokens nowhere, people in accounts only', async () => {
  const shop = await merchant();
  const { email, token } = await join(shop.client, 'merchant_clerk');
  const browser = await logIn(email);
  await browser.client.get('/v1/me');
  await network.settle();
  const tables = await owner.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const holding = async (needle: string) => {
    const found = [];
    for (const { name } of tables.rows) {
      const hit = await owner.query(`select 1 from ${name} t where t::text ilike $1 limit 1`, [
        `%${needle}%`,
      ]);
      if (hit.rows.length > 0) found.push(name);
    }
    return found.sort();
  };
  expect(await holding(email)).toEqual(['accounts.invitation', 'accounts.person']);
  for (const secret of [token, browser.cookie.split('=')[1] ?? '', PASSWORD])
    expect(await holding(secret.replaceAll('_', '\\_'))).toEqual([]);
  expect(network.logLines.join('\n')).not.toContain(email);
});

test('every change of an account is an event of its organisation', async () => {
  const shop = await merchant();
  const { person } = await join(shop.client, 'merchant_clerk');
  await shop.client.send('PATCH', `/v1/people/${person.id}`, { role: 'merchant_admin' });
  await join(shop.client, 'merchant_admin');
  await shop.client.post(`/v1/people/${person.id}/disablement`);
  const key = await shop.client.post<{ key: { id: string } }>('/v1/api-keys', {
    role: 'merchant_app',
    name: 'k',
  });
  for (let times = 0; times < 2; times += 1)
    await shop.client.send('DELETE', `/v1/api-keys/${key.body.key.id}`);
  const renamed = await shop.client.send<{ name: string }>('PATCH', `/v1/organisations/${shop.id}`, {
    name: 'New name',
  });
  expect(renamed.body.name).toBe('New name');
  await network.settle();
  const events = await owner.query<{ type: string; payload: unknown }>(
    'select type, payload from platform.outbox_organisation where organisation_id = $1',
    [shop.id],
  );
  const counts: Record<string, number> = {};
  for (const { type } of events.rows) counts[type] = (counts[type] ?? 0) + 1;
  expect(counts).toMatchObject({
    OrganisationOpened: 1,
    OrganisationRenamed: 1,
    ApiKeyMinted: 2,
    ApiKeyRevoked: 1,
    PersonInvited: 2,
    PersonJoined: 2,
    PersonRoleChanged: 1,
    PersonDisabled: 1,
  });
  expect(JSON.stringify(events.rows)).not.toMatch(/@|New name|Ann/);
  const feed = await shop.client.get<{ data: { type: string }[] }>('/v1/events?limit=100');
  expect(feed.body.data.map((event) => event.type)).toContain('person.disabled');
});
