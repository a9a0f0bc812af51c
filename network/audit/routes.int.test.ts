import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findOperator, mintForBootstrap } from '../../server/bootstrap.ts';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { openMarksFile } from '../waybills/index.ts';
import { AUDITED } from './audited.policy.ts';

type Page = {
  data: {
    operation: string;
    subject?: string;
    organisation_id: string;
    actor_id: string;
    actor_role: string;
    request_id?: string;
  }[];
  next_cursor?: string;
};
const NL = 'NL' as CountryCode;
let network: TestNetwork;
let merchant: { id: string; client: Client };
let dataFolder: string;
let other: { id: string; client: Client };

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'postroad-audit-'));
  network = await startTestNetwork({ dataFolder });
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: NL }, 'merchant_admin');
  other = await network.open({ kind: 'merchant', name: 'Other', country: NL }, 'merchant_admin');
});
afterAll(async () => {
  await network?.stop();
  await rm(dataFolder, { recursive: true, force: true });
});

const PASSWORD = 'three blue parcels 7';

/** Somebody of the other merchant, and the headers of his session. */
async function logInAtOther() {
  const email = 'eva@other.example';
  const invitation = { email, role: 'merchant_clerk' };
  const { token } = must(await other.client.post<{ token: string }>('/v1/invitations', invitation));
  const acceptance = { token, name: 'Eva', password: PASSWORD };
  const person = must(await network.client().post<{ id: string }>('/v1/invitations/acceptance', acceptance));
  const session = await network.client().post<{ csrf_token: string }>('/v1/sessions', {
    email,
    password: PASSWORD,
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  return { personId: person.id, headers: { cookie, 'postroad-csrf': session.body.csrf_token } };
}

const list = async (client: Client, query = '') => must(await client.get<Page>(`/v1/audit${query}`)).data;
const mint = (client: Client, organisationId: string, headers: Record<string, string> = {}) =>
  client.post<{ key: { id: string } }>(
    '/v1/api-keys',
    { organisation_id: organisationId, role: 'merchant_app', name: 'shop' },
    headers,
  );

/** Routes with transactions of their own: each tells its effect itself, and is tried below or in the tests of polling. */
const TELL_THEMSELVES = [
  'changePassword',
  'confirmNumberRestore',
  'readCarrierPayload',
  'readCarrierPayloadAgain',
  'readScanPayload',
  'setTestClock',
];

test('every audited operation is a command, or tells its effect in its own transaction', () => {
  const routes = new Map(network.postroad.routes.map((route) => [route.operation, route.effect]));
  const others = [...AUDITED].filter((operation) => routes.get(operation) !== 'write');
  expect(others.sort()).toEqual(TELL_THEMSELVES);
});

test('an act stands in the list of whom it concerns and of who did it, once, however often it is repeated', async () => {
  const headers = { 'idempotency-key': 'mint-1', 'request-id': 'req-audit-1' };
  const minted = must(await mint(network.operator, merchant.id, headers));
  await mint(network.operator, merchant.id, headers);
  const own = await list(merchant.client);
  expect(own).toMatchObject([
    {
      operation: 'mintApiKey',
      subject: minted.key.id,
      organisation_id: merchant.id,
      actor_role: 'operator',
      request_id: 'req-audit-1',
    },
  ]);
  expect(await list(network.operator, `?subject=${minted.key.id}`)).toEqual(own);
  expect(await list(other.client)).toEqual([]);
});

test('a refused act leaves nothing', async () => {
  const before = await list(network.operator, '?operation=mintApiKey');
  const refused = await network.operator.post('/v1/api-keys', {
    organisation_id: other.id,
    role: 'carrier',
    name: 'no',
  });
  expect(refused.status).toBe(422);
  expect(await list(network.operator, '?operation=mintApiKey')).toEqual(before);
});

test('reveals are told, and filters and pages narrow the list', async () => {
  const sender = must(
    await merchant.client.post<{ party: { id: string } }>('/v1/sender-addresses', {
      label: 'Home',
      party: {
        name: 'A B',
        address: { country: 'NL', city: 'Utrecht', postcode: '3511 LX', lines: ['Domplein 1'] },
      },
    }),
  );
  must(
    await merchant.client.post(`/v1/parties/${sender.party.id}/reveals`, {
      purpose: 'customer_contact',
      fields: ['name'],
    }),
  );
  await network.settle();
  const reveals = await list(network.operator, '?operation=revealParty');
  expect(reveals).toMatchObject([
    { subject: sender.party.id, organisation_id: merchant.id, actor_role: 'merchant_admin' },
  ]);
  type Log = {
    data: { party_id: string; purpose: string; fields: string[]; actor_organisation_id: string }[];
  };
  const log = must(await network.operator.get<Log>('/v1/reveals?purpose=customer_contact')).data;
  expect(log).toMatchObject([
    {
      party_id: sender.party.id,
      purpose: 'customer_contact',
      fields: ['name'],
      actor_organisation_id: merchant.id,
    },
  ]);
  expect(must(await merchant.client.get<Log>('/v1/reveals')).data).toEqual(log);
  expect(must(await other.client.get<Log>('/v1/reveals')).data).toEqual([]);
  expect(must(await network.operator.get<Log>(`/v1/reveals?organisation_id=${other.id}`)).data).toEqual([]);
  expect(must(await network.operator.get<Log>('/v1/reveals?until=2020-01-01T00:00:00Z')).data).toEqual([]);
  expect(JSON.stringify(reveals)).not.toContain('Domplein');
  const all = await list(network.operator, `?organisation_id=${merchant.id}`);
  expect(all.map((entry) => entry.operation)).toEqual(['revealParty', 'mintApiKey']);
  const first = must(await network.operator.get<Page>(`/v1/audit?organisation_id=${merchant.id}&limit=1`));
  const second = await list(
    network.operator,
    `?organisation_id=${merchant.id}&limit=1&cursor=${first.next_cursor}`,
  );
  expect([...first.data, ...second]).toEqual(all);
  expect(await list(network.operator, '?until=2020-01-01T00:00:00Z')).toEqual([]);
});

test('a changed password is on record, a wrong one is not', async () => {
  const { personId, headers } = await logInAtOther();
  const new_password = 'a longer pass phrase 2';
  const change = (current_password: string) =>
    network.client().post('/v1/me/password', { current_password, new_password }, headers);
  expect((await change('not the password')).status).toBe(422);
  expect(await list(network.operator, '?operation=changePassword')).toEqual([]);
  expect((await change(PASSWORD)).status).toBe(204);
  const entries = await list(network.operator, '?operation=changePassword');
  expect(entries).toMatchObject([{ subject: personId, organisation_id: other.id }]);
  expect(JSON.stringify(entries)).not.toContain(new_password);
});

test('setting the test clock is on record in the test world, a clock that would go back is not', async () => {
  const operatorId = (await findOperator(network.postroad.worlds.test)) ?? '';
  const operator = network.client(
    await mintForBootstrap(network.postroad.worlds.test, operatorId, 'operator', 'clock'),
  );
  const now = '2027-03-01T00:00:00.000Z';
  must(await operator.post('/v1/test/clock', { now }));
  expect((await operator.post('/v1/test/clock', { now: '2027-02-01T00:00:00Z' })).status).toBe(422);
  expect(await list(operator, '?operation=setTestClock')).toMatchObject([
    { subject: now, organisation_id: operatorId, actor_role: 'operator' },
  ]);
  expect(await list(network.operator, '?operation=setTestClock')).toEqual([]);
});

test('the confirmation of a restore is on record, one without a fence is not', async () => {
  const path = '/v1/number-segments/restore-confirmation';
  type Fence = { is_fenced: boolean; reason?: string; segments: { segment_id: string }[] };
  expect(must(await network.operator.get<Fence>(path))).toEqual({ is_fenced: false, segments: [] });
  expect((await network.operator.post(path, {})).status).toBe(409);
  const marks = openMarksFile(join(dataFolder, 'number-marks', 'live.ndjson'));
  await marks.identify('another database', []);
  expect(must(await network.operator.get<Fence>(path))).toMatchObject({
    is_fenced: true,
    reason: 'other_database',
  });
  must(await network.operator.post(path, {}));
  expect(await list(network.operator, '?operation=confirmNumberRestore')).toMatchObject([
    { subject: expect.stringMatching(/^rst_/), actor_role: 'operator' },
  ]);
});
