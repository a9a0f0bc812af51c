import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode, OrganisationId, PartyRef } from '../kernel/index.ts';
import { accepted } from '../kernel/index.ts';
import { findClearText } from './canary.fixture.ts';
import { createVault, type Party, type Vault } from './index.ts';

type Problem = { code: string };
type Revealed = { audit_id: string; party: Record<string, unknown> };

const PARTY: Party = {
  name: 'Kanarienvogel Zwölfender',
  company: 'Kanaria Handels GmbH',
  phone: '+4915799887766',
  email: 'kanari@zwoelfender.example',
  address: {
    country: 'DE' as CountryCode,
    city: 'Kanarienstadt',
    postcode: '99887',
    lines: ['Canaryweg 47b', 'Hinterhaus 3'],
  },
  taxIds: [{ kind: 'vat', number: 'DE998877665' }],
};
const CANARIES = [
  'Kanarienvogel',
  'Zwölfender',
  'Kanaria Handels',
  '15799887766',
  'zwoelfender.example',
  'Kanarienstadt',
  'Canaryweg',
  'Hinterhaus 3',
  'DE998877665',
];

let network: TestNetwork;
let vault: Vault;
let merchant: Awaited<ReturnType<TestNetwork['open']>>;
let ref: PartyRef;
beforeAll(async () => {
  network = await startTestNetwork();
  vault = createVault({ keyRing: network.postroad.ports.keyRing });
  merchant = await network.open(
    { kind: 'merchant', name: 'M', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  ref = await store(PARTY);
});
afterAll(() => network.stop());

async function store(party: Party, owner: string = merchant.id): Promise<PartyRef> {
  const organisationId = owner as OrganisationId;
  const outcome = await network.postroad.worlds.live.command({ organisationId }, async (work) =>
    accepted(await vault.storeParty(work, { organisationId, party })),
  );
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}

test('personal data stands in no table, event or log line, also after reveals, lists and an erasure', async () => {
  const path = `/v1/parties/${ref}/reveals`;
  const fields = ['name', 'company', 'phone', 'email', 'address', 'tax_ids'];
  // An idempotency key must not make the platform keep the answer.
  const revealed = await merchant.client.post<Revealed>(
    path,
    { purpose: 'customer_contact', fields },
    { 'idempotency-key': 'same' },
  );
  expect(revealed.status).toBe(201);
  expect(revealed.body.party.name).toBe(PARTY.name);
  expect(revealed.headers.get('cache-control')).toBe('no-store');
  const hostile = await merchant.client.post(path, { purpose: PARTY.name, fields: [PARTY.phone] });
  expect(hostile.status).toBe(400);
  const other = await store({ ...PARTY, taxIds: [] });
  const organisationId = merchant.id as OrganisationId;
  await network.postroad.worlds.live.command({ organisationId }, async (work) => {
    const caller = { id: 'key_x', role: 'merchant_admin', organisationId };
    expect(
      await vault.eraseParty(work, caller, { organisationId, ref: other, purpose: 'data_subject_request' }),
    ).toBe(true);
    return accepted(undefined);
  });
  await network.settle();
  for (const url of [network.liveUrl, network.testUrl])
    expect(await findClearText(url, CANARIES)).toEqual([]);
  const logs = network.logLines.join('\n');
  expect(logs).toContain('revealParty');
  for (const canary of CANARIES) expect(logs).not.toContain(canary);
  const events = await eventsOf('PiiRevealed');
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    partyId: ref,
    purpose: 'customer_contact',
    fields,
    actorRole: 'merchant_admin',
  });
});

test('the search finds a leak that was planted, in text, in JSON, in a list and in bytes', async () => {
  const client = new pg.Client({ connectionString: network.liveUrl });
  await client.connect();
  try {
    await client.query(`create table public.planted (a text, b jsonb, c text[], d bytea)`);
    const leaks: [string, unknown][] = [
      ['a', `to ${PARTY.name}`],
      ['b', JSON.stringify({ to: [PARTY.phone] })],
      ['c', ['x', PARTY.address!.lines[0]]],
      ['d', Buffer.from(`..${PARTY.email}..`)],
    ];
    for (const [column, value] of leaks) {
      await client.query(`insert into public.planted (${column}) values ($1)`, [value]);
    }
    const places = (await findClearText(network.liveUrl, CANARIES)).map((leak) => leak.place);
    expect(new Set(places)).toEqual(
      new Set(['a', 'b', 'c', 'd'].map((column) => `public.planted.${column}`)),
    );
  } finally {
    await client.query('drop table if exists public.planted');
    await client.end();
  }
});

test('a reveal is on record for the owner and the auditor; strangers and auditors see nothing in clear', async () => {
  const path = `/v1/parties/${ref}/reveals`;
  const body = { purpose: 'claim', fields: ['name'] };
  const stranger = await network.open(
    { kind: 'merchant', name: 'S', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  const carrier = await network.open({ kind: 'carrier', name: 'C', country: 'DE' as CountryCode }, 'carrier');
  for (const { client } of [stranger, carrier]) expect((await client.post(path, body)).status).toBe(404);
  expect((await stranger.client.get(path)).status).toBe(404);
  const auditorKey = await network.operator.post<{ secret: string }>('/v1/api-keys', {
    role: 'auditor',
    name: 'a',
  });
  const auditor = network.client(auditorKey.body.secret);
  expect((await auditor.post(path, body)).status).toBe(403);
  for (const client of [auditor, merchant.client]) {
    const list = await client.get<{ data: object[] }>(path);
    expect(list.status).toBe(200);
    expect(list.body.data).toHaveLength(1);
    expect(list.body.data[0]).toMatchObject({ sequence: 1, action: 'reveal', purpose: 'customer_contact' });
  }
});

test('purposes and fields that a role does not have are refused, and the marketplace of the owner has its own', async () => {
  const path = `/v1/parties/${ref}/reveals`;
  const wrong = await merchant.client.post<Problem>(path, {
    purpose: 'fraud_investigation',
    fields: ['name'],
  });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'reveal_not_allowed']);
  const market = await network.open(
    { kind: 'marketplace', name: 'P', country: 'DE' as CountryCode },
    'marketplace_staff',
  );
  expect((await market.client.post(path, { purpose: 'claim', fields: ['name'] })).status).toBe(404);
  const none = await merchant.client.post<Problem>(path, { purpose: 'claim', fields: [] });
  expect([none.status, none.body.code]).toEqual([400, 'invalid_request']);
  expect((await eventsOf('PiiRevealed')).length).toBe(1);
  const own = await market.client.post<{ id: string }>('/v1/organisations', {
    kind: 'merchant',
    name: 'Of the platform',
    country: 'DE',
  });
  const theirs = await store(PARTY, own.body.id);
  const seen = await market.client.post<Revealed>(`/v1/parties/${theirs}/reveals`, {
    purpose: 'claim',
    fields: ['phone'],
  });
  expect(seen.status).toBe(201);
  expect(seen.body.party).toEqual({ phone: PARTY.phone });
});

async function eventsOf(type: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: network.liveUrl });
  await client.connect();
  try {
    const rows = await client.query<{ payload: Record<string, unknown> }>(
      'select payload from platform.outbox_organisation where type = $1',
      [type],
    );
    return rows.rows.map((row) => row.payload);
  } finally {
    await client.end();
  }
}
