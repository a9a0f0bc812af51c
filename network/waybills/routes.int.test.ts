import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';

let network: TestNetwork;
let merchant: Client;
let stranger: Client;
let carrier: Client;

type Result = {
  object_id: string;
  ok: boolean;
  waybill?: {
    id: string;
    number: string;
    parent_number?: string;
    routing?: Record<string, unknown>;
    status: string;
    sender_ref?: string;
    recipient_ref?: string;
    from?: object;
    to?: object;
  };
  error?: { code: string; errors?: { pointer: string; code: string }[] };
};
const CARRIER = 'postroad_express_eu';

beforeAll(async () => {
  network = await startTestNetwork();
  const country = 'DE' as CountryCode;
  merchant = (await network.open({ kind: 'merchant', name: 'M', country }, 'merchant_admin')).client;
  stranger = (await network.open({ kind: 'merchant', name: 'S', country }, 'merchant_admin')).client;
  carrier = (await network.open({ kind: 'carrier', name: 'C', country, carrierCode: CARRIER }, 'carrier'))
    .client;
  const loaded = await carrier.post('/v1/number-segments', {
    carrier_code: CARRIER,
    prefix: 'PRE',
    digits: 11,
    from_serial: 1,
    to_serial: 50_000,
    check_rule: 'mod11',
  });
  expect(loaded.status).toBe(201);
});
afterAll(() => network.stop());

const issue = (requests: object[], client = merchant) =>
  client.post<{ results: Result[] }>('/v1/waybills', {
    requests: requests.map((request) => ({ carrier_code: CARRIER, ...request })),
  });
const issueOne = async (request: object) => (await issue([request])).body.results[0]!.waybill!;

test('a batch of 1,000 answers each object id, and a bad one does not hinder the others', async () => {
  const requests = Array.from({ length: 1_000 }, (_, n) => ({
    object_id: `b-${n}`,
    to: { country: 'DE', postcode: '60327' },
  }));
  const mixed: object[] = [...requests];
  mixed[3] = { object_id: 'b-2' };
  mixed[4] = { object_id: 'b-4', order_refs: ["'; drop table x; --"] };
  mixed[5] = { object_id: 'b-5', carrier_code: 'nobody' };
  mixed[6] = { object_id: 'b-6', parent_number: 'PRE000000000000' };
  const answer = await issue(mixed);
  expect(answer.status).toBe(200);
  const { results } = answer.body;
  expect(results.map((result) => result.object_id)).toEqual(
    mixed.map((request) => (request as { object_id: string }).object_id),
  );
  expect(results.slice(3, 7).map((result) => result.error?.code)).toEqual([
    'object_id_repeated',
    'order_refs_invalid',
    'no_number_segment',
    'parent_waybill_unknown',
  ]);
  const issued = results.filter((result) => result.ok).map((result) => result.waybill!.number);
  expect(issued).toHaveLength(996);
  expect(new Set(issued).size).toBe(996);
  expect(results[0]!.waybill!.routing).toMatchObject({
    state: 'resolved',
    rule_id: 'de-60327',
    rule_version: 0,
  });
  const again = await issue(requests.slice(0, 3));
  expect(again.body.results.map((result) => result.waybill?.number)).toEqual(issued.slice(0, 3));
});

test.each([
  [
    'too many requests',
    { requests: Array.from({ length: 1_001 }, (_, n) => ({ object_id: `x${n}`, carrier_code: CARRIER })) },
  ],
  [
    'a name where only an area belongs',
    { requests: [{ object_id: 'x', carrier_code: CARRIER, to: { country: 'DE', name: 'Max' } }] },
  ],
  ['no requests', { requests: [] }],
  ['a status of one’s own', { requests: [{ object_id: 'x', carrier_code: CARRIER, status: 'active' }] }],
])('%s is refused by the contract', async (_name, body) => {
  expect((await merchant.post('/v1/waybills', body)).status).toBe(400);
});

test('pieces hang on their parent, inside one batch and later, and the parent stays while they live', async () => {
  const batch = await issue([
    { object_id: 'child', parent_object_id: 'parent', piece_index: 2, piece_count: 2 },
    { object_id: 'parent', piece_index: 1, piece_count: 2 },
    { object_id: 'grandchild', parent_object_id: 'child' },
  ]);
  const [child, parent, grandchild] = batch.body.results;
  expect(child!.waybill!.parent_number).toBe(parent!.waybill!.number);
  expect(grandchild!.error?.code).toBe('parent_waybill_unknown');
  const later = await issueOne({ object_id: 'later', parent_number: parent!.waybill!.number });
  expect(later.parent_number).toBe(parent!.waybill!.number);
  const cancel = (id: string) => merchant.post<{ code: string }>(`/v1/waybills/${id}/cancellation`);
  expect((await cancel(parent!.waybill!.id)).body.code).toBe('waybill_has_pieces');
  for (const id of [child!.waybill!.id, later.id, parent!.waybill!.id])
    expect((await cancel(id)).status).toBe(200);
});

test('a stranger sees no waybill, no label and no stock of another, and the carrier sees its own', async () => {
  const waybill = await issueOne({ object_id: 'mine' });
  for (const [method, path, body] of [
    ['GET', '', undefined],
    ['PATCH', '', { remark: 'x' }],
    ['POST', '/cancellation', undefined],
    ['POST', '/labels', {}],
  ] as const) {
    expect((await stranger.send(method, `/v1/waybills/${waybill.id}${path}`, body)).status).toBe(404);
  }
  expect((await stranger.get<{ data: [] }>(`/v1/waybills?number=${waybill.number}`)).body.data).toEqual([]);
  expect(
    (await merchant.get<{ data: { id: string }[] }>(`/v1/waybills?number=${waybill.number}`)).body.data[0]!
      .id,
  ).toBe(waybill.id);
  expect((await carrier.get(`/v1/waybills/${waybill.id}`)).status).toBe(200);
  expect((await merchant.get<{ data: [] }>('/v1/number-segments')).body.data).toEqual([]);
  expect((await merchant.post('/v1/number-segments/restore-confirmation', {})).status).toBe(403);
});

test('a carrier loads and routes for itself only', async () => {
  const body = {
    carrier_code: 'postroad_express_cn',
    prefix: 'PRC',
    digits: 11,
    from_serial: 1,
    to_serial: 9,
    check_rule: 'mod11',
  };
  expect((await carrier.post<{ code: string }>('/v1/number-segments', body)).body.code).toBe(
    'carrier_not_yours',
  );
  const rules = { rules: [{ country: 'DE', sort_mark: 'X' }] };
  expect(
    (await carrier.post<{ code: string }>('/v1/carriers/postroad_express_cn/routing-rules', rules)).body.code,
  ).toBe('carrier_not_yours');
});

test('the stock shows what happened, and the directory leads from the number to the waybill', async () => {
  await network.settle();
  const list = await carrier.get<{ data: { stock: Record<string, number> }[] }>('/v1/number-segments');
  const { stock } = list.body.data[0]!;
  expect(stock.used).toBeGreaterThan(990);
  expect(stock.balance).toBe(stock.size! - stock.used! + stock.cancelled! - stock.lost!);
});

test('an unrouted waybill waits in the queue, prints marked, and a decision holds for the next one', async () => {
  const to = { country: 'FR', city: 'Lyon', postcode: '69001' };
  const waybill = await issueOne({ object_id: 'lyon', to });
  expect(waybill.routing).toEqual({ state: 'unresolved', reason: 'no_match' });
  const label = await merchant.post<{ id: string }>(`/v1/waybills/${waybill.id}/labels`, { format: 'zpl' });
  const zpl = new TextDecoder().decode((await merchant.get(`/v1/labels/${label.body.id}`)).bytes);
  expect(zpl).toContain('UNROUTED');
  const queue = await network.operator.get<{ data: { waybill_id: string; reason: string }[] }>(
    '/v1/routing-queue?limit=100',
  );
  expect(queue.body.data.find((item) => item.waybill_id === waybill.id)).toMatchObject({
    reason: 'no_match',
  });
  const path = `/v1/routing-queue/${waybill.id}/resolution`;
  const resolved = await network.operator.post<{ routing: object }>(path, {
    sort_mark: 'LYON 69',
    route_code: 'FR69-LYS',
  });
  expect(resolved.body.routing).toMatchObject({
    state: 'resolved',
    layer: 'operator',
    route_code: { hub: 'FR69', outlet: 'LYS' },
  });
  expect((await network.operator.post<{ code: string }>(path, { sort_mark: 'X' })).body.code).toBe(
    'route_already_resolved',
  );
  expect((await issueOne({ object_id: 'lyon-2', to })).routing).toMatchObject({
    layer: 'history',
    sort_mark: 'LYON 69',
  });
});

test('a loaded table replaces the one before it, by CSV too, and is refused whole when a row is wrong', async () => {
  const path = `/v1/carriers/${CARRIER}/routing-rules`;
  const csv = 'rule_id,country,postcode_prefix,sort_mark\nr1,ES,28,"MADRID, NEW"\n';
  const loaded = await carrier.send<{ version: number }>('POST', path, csv, { 'content-type': 'text/csv' });
  expect(loaded.body).toMatchObject({ version: 1, rule_count: 1 });
  const waybill = await issueOne({ object_id: 'madrid', to: { country: 'ES', postcode: '28001' } });
  expect(waybill.routing).toMatchObject({ rule_id: 'r1', rule_version: 1, sort_mark: 'MADRID, NEW' });
  const wrong = await carrier.post<{ code: string; errors: { pointer: string }[] }>(path, {
    rules: [
      { country: 'ES', sort_mark: 'OK' },
      { country: 'Spain', sort_mark: 'X' },
    ],
  });
  expect(wrong.status).toBe(422);
  expect(wrong.body.errors.map((error) => error.pointer)).toEqual(['/rules/1/country']);
  expect((await carrier.send('POST', path, 'a,b\n"open', { 'content-type': 'text/csv' })).status).toBe(422);
});

test('a label is a PDF, counts its print, and the eleventh reprint in two days is refused', async () => {
  const waybill = await issueOne({ object_id: 'label', remark: '^XZ~JA', order_refs: ['o-1'] });
  const path = `/v1/waybills/${waybill.id}/labels`;
  const first = await merchant.post<{ id: string; items: { print_count: number }[] }>(path, {});
  expect(first.status).toBe(201);
  expect(first.body.items[0]!.print_count).toBe(1);
  const bytes = await merchant.get(`/v1/labels/${first.body.id}`);
  expect(new TextDecoder().decode(bytes.bytes.slice(0, 5))).toBe('%PDF-');
  expect((await stranger.get(`/v1/labels/${first.body.id}`)).status).toBe(404);
  for (let n = 0; n < 10; n += 1) expect((await merchant.post(path, {})).status).toBe(201);
  expect((await merchant.post<{ code: string }>(path, {})).body.code).toBe('reprint_limit_reached');
  const read = await merchant.get<{ status: string; print_count: number }>(`/v1/waybills/${waybill.id}`);
  expect(read.body).toMatchObject({ status: 'printed', print_count: 11 });
});

test('many labels become one document, and one foreign waybill refuses all', async () => {
  const batch = await issue(Array.from({ length: 20 }, (_, n) => ({ object_id: `many-${n}` })));
  const ids = batch.body.results.map((result) => result.waybill!.id);
  const printed = await merchant.post<{ items: unknown[] }>('/v1/labels', { waybill_ids: ids });
  expect([printed.status, printed.body.items.length]).toEqual([201, 20]);
  expect((await stranger.post('/v1/labels', { waybill_ids: ids })).status).toBe(404);
});

test('a change is taken until the first scan, routes anew, and an old version is refused', async () => {
  const waybill = await issueOne({ object_id: 'change', to: { country: 'ES', postcode: '08001' } });
  const path = `/v1/waybills/${waybill.id}`;
  const changed = await merchant.send<{ routing: object; version: number }>('PATCH', path, {
    to: { country: 'ES', postcode: '28002' },
    version: 1,
  });
  expect(changed.body).toMatchObject({ version: 2, routing: { rule_id: 'r1' } });
  const old = await merchant.send<{ code: string }>('PATCH', path, { remark: 'x', version: 1 });
  expect([old.status, old.body.code]).toEqual([409, 'waybill_version_conflict']);
});

test('parties come with a request: into the vault, masked on the label, and their areas route the parcel', async () => {
  const sender = {
    name: 'Greta Absender',
    phone: '+4930123456',
    address: { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Invalidenstr. 1'] },
  };
  const recipient = {
    name: 'Emil Empfang',
    phone: '+4969123456',
    address: { country: 'DE', city: 'Frankfurt am Main', postcode: '60327', lines: ['Hafenstr. 9'] },
  };
  const waybill = await issueOne({ object_id: 'inline-1', sender, recipient });
  expect(waybill.sender_ref).toMatch(/^pty_/);
  expect(waybill.recipient_ref).toMatch(/^pty_/);
  expect(waybill.to).toMatchObject({ country: 'DE', postcode: '60327', city: 'Frankfurt am Main' });
  const byArea = await issueOne({ object_id: 'inline-area', to: waybill.to });
  expect(waybill.routing).toEqual(byArea.routing);
  expect(JSON.stringify(waybill)).not.toMatch(/Greta|Emil|Hafenstr/);
  const label = await merchant.post<{ id: string }>(`/v1/waybills/${waybill.id}/labels`, { format: 'zpl' });
  expect(label.status).toBe(201);
  const zpl = new TextDecoder().decode((await merchant.get(`/v1/labels/${label.body.id}`)).bytes);
  expect(zpl).toContain('60327');
  // What the eu masks show: the name, and the last three digits of the phone.
  expect(zpl).toContain('Emil Empfang');
  expect(zpl).not.toMatch(/69123456|30123456/);
  // The same object id again: the earlier waybill with its parties, and nothing new in the vault.
  const again = await issueOne({ object_id: 'inline-1', sender, recipient });
  expect(again.recipient_ref).toBe(waybill.recipient_ref);
});

test('a party that is wrong names its field and hinders nobody; none of it is kept', async () => {
  const good = {
    name: 'Rita Ohnerest',
    address: { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Torstr. 1'] },
  };
  const answer = await issue([
    { object_id: 'bad-1', recipient: { ...good, address: { ...good.address, postcode: '1' } } },
    { object_id: 'bad-2', recipient: good, recipient_ref: `pty_${'0'.repeat(26)}` },
    { object_id: 'bad-3', sender: { ...good, phone: '138****1234' } },
    { object_id: 'bad-4', recipient: good, parent_number: 'PRE000000000000' },
    { object_id: 'good-5', recipient: good },
  ]);
  expect(answer.status).toBe(200);
  const { results } = answer.body;
  expect(results.map(({ ok, error }) => (ok ? 'issued' : error?.code))).toEqual([
    'address_invalid',
    'party_given_twice',
    'phone_masked',
    'parent_waybill_unknown',
    'issued',
  ]);
  expect(results[0]!.error?.errors?.[0]?.pointer).toBe('/requests/0/recipient/address/postcode');
  expect(results[2]!.error?.errors?.[0]?.pointer).toBe('/requests/2/sender/phone');
  const owner = new pg.Client({ connectionString: network.liveUrl });
  await owner.connect();
  const kept = await owner.query(
    'select party_id from vault.party where party_id not in (select unnest(array[sender_ref, recipient_ref]) from waybills.waybill where sender_ref is not null or recipient_ref is not null)',
  );
  await owner.end();
  expect(kept.rows.length).toBe(0);
});
