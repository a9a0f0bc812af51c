import { createHash } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PULL_CLIENTS } from '../../connectors/clients.ts';
import { SAMPLES as FEDEX } from '../../connectors/fedex/samples.fixture.ts';
import { SAMPLES as KUAIDI100 } from '../../connectors/kuaidi100/samples.fixture.ts';
import { SAMPLES as UPS } from '../../connectors/ups/samples.fixture.ts';
import {
  BEHAVIOURS,
  type Behaviour,
  type Receiver,
  startReceiver,
} from '../../platform/outbound/receiver.fixture.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode } from '../kernel/index.ts';
import { pollingReactions } from './reactions.ts';

/** The room over HTTP on both sides: our API in front, carriers on this machine behind. */
let network: TestNetwork;
let merchant: { id: string; client: Client };
let database: Postgres;
const carriers: Receiver[] = [];
beforeAll(async () => {
  network = await startTestNetwork({ webhookLoopback: true });
  merchant = await network.open(
    { kind: 'merchant', name: 'M', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  database = new Postgres({ connectionString: network.liveUrl });
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await network?.stop();
  for (const carrier of carriers) await carrier.close();
});

async function carrierThat(behaviour: Behaviour): Promise<{ carrier: Receiver; origin: string }> {
  const carrier = await startReceiver((response, request, received) =>
    request.url?.includes('/oauth') === true
      ? response.end('{"access_token":"t","expires_in":3600}')
      : behaviour(response, request, received),
  );
  carriers.push(carrier);
  return { carrier, origin: new URL(carrier.url).origin };
}
const plays =
  (payload: string): Behaviour =>
  (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(payload);

type Polled = {
  id: string;
  number: string;
  last_result?: string;
  status: string;
  end_reason?: string;
  polls: number;
};
type Health = {
  id: string;
  connector: string;
  state: string;
  last_outcome?: string;
  error_streak: number;
  refused: number;
};
const OAUTH = { client_id: 'the-client', client_secret: 'the-secret-of-ups' };

async function credential(client: Client, connector: string, base_url: string, fields: object = OAUTH) {
  const answer = await client.post<{ id: string }>('/v1/tracking-credentials', {
    connector,
    fields,
    base_url,
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.id;
}
const numbersOf = async (client: Client) =>
  (await client.get<{ data: Polled[] }>('/v1/polled-numbers')).body.data;
const health = async (id: string) =>
  (await network.operator.get<{ data: Health[] }>('/v1/tracking-sources/health')).body.data.find(
    (one) => one.id === id,
  );

test('a wanted number is asked for with the operator’s credential, its scans come in, and a sick carrier hurts nobody', async () => {
  const well = await carrierThat(plays(UPS[0]?.payload ?? ''));
  const sick = await carrierThat(BEHAVIOURS.error500 as Behaviour);
  const upsId = await credential(network.operator, 'ups', well.origin);
  const fedexId = await credential(network.operator, 'fedex', sick.origin);
  const number = '1Z999AA10123456784';
  for (const wanted of [
    { number, carrier_code: 'ups' },
    { number: '123456789012', carrier_code: 'fedex' },
  ])
    expect((await merchant.client.post('/v1/polled-numbers', wanted)).status).toBe(201);
  await network.settle();
  const polled = await numbersOf(merchant.client);
  expect(polled.find((one) => one.number === number)).toMatchObject({
    last_result: 'news',
    status: 'available_for_pickup',
    polls: 1,
  });
  // A failure says nothing about the number.
  expect(polled.find((one) => one.number !== number)).toMatchObject({ status: 'not_found', polls: 0 });
  expect(await health(upsId)).toMatchObject({ state: 'well', last_outcome: 'read' });
  expect(await health(fedexId)).toMatchObject({
    state: 'failing',
    last_outcome: 'carrier_failed',
    error_streak: 1,
  });
  const tracked = await network.operator.get<{
    data?: unknown;
    parcels: { timeline: { entries: { scan_id: string; source: string }[] } }[];
  }>(`/v1/tracking/${number}`);
  const entries = tracked.body.parcels[0]?.timeline.entries ?? [];
  expect(entries.map(({ source }) => source)).toEqual(['ups', 'ups', 'ups']);
  // Each scan leads to what the carrier wrote, for the operator alone.
  const path = `/v1/scans/${entries.at(-1)?.scan_id}/payload`;
  const shown = await network.operator.get<{ text: string; pointer: string }>(path);
  expect(shown.body.text).toBe(UPS[0]?.payload);
  expect(shown.body.pointer).toMatch(/^\/trackResponse\/shipment\/0\/package\/0\/activity\/\d$/);
  expect((await merchant.client.get(path)).status).toBe(403);
  const looks = await network.operator.get<{ data: { operation: string }[] }>('/v1/audit?limit=5');
  expect(looks.body.data.map(({ operation }) => operation)).toContain('readScanPayload');
});

test('a test tells what is wrong with a credential, and one that succeeds ends the pause', async () => {
  let isMended = false;
  const { origin } = await carrierThat((response, request, received) =>
    isMended ? plays(FEDEX[0]?.payload ?? '')(response, request, received) : response.writeHead(401).end(),
  );
  const id = await credential(merchant.client, 'fedex', origin);
  const ask = () =>
    merchant.client.post<{ outcome: string; scans: number }>(`/v1/tracking-credentials/${id}/test`, {
      number: '123456789012',
    });
  expect((await ask()).body).toMatchObject({ outcome: 'credential_refused', scans: 0 });
  expect(await health(id)).toMatchObject({ state: 'failing' });
  isMended = true;
  const mended = await ask();
  expect(mended.body.outcome).toBe('read');
  expect(mended.body.scans).toBeGreaterThan(0);
  expect(await health(id)).toMatchObject({ state: 'well', error_streak: 0 });
  expect((await network.operator.send('DELETE', `/v1/tracking-credentials/${id}`)).status).toBe(404);
  expect((await merchant.client.send('DELETE', `/v1/tracking-credentials/${id}`)).status).toBe(204);
});

test('a rotated credential asks with its new fields at once, and no token of the old ones is used on', async () => {
  const asked: string[] = [];
  const tokens: string[] = [];
  const door = await startReceiver((response, request) => {
    if (request.url?.includes('/oauth') === true) {
      tokens.push(String(request.headers.authorization));
      response.end(`{"access_token":"t${tokens.length}","expires_in":3600}`);
    } else {
      asked.push(String(request.headers.authorization));
      response.writeHead(200, { 'content-type': 'application/json' }).end(UPS[0]?.payload ?? '');
    }
  });
  carriers.push(door);
  const rotator = await network.open(
    { kind: 'merchant', name: 'R', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  const id = await credential(rotator.client, 'ups', new URL(door.url).origin);
  const path = `/v1/tracking-credentials/${id}`;
  const ask = () =>
    rotator.client.post<{ outcome: string }>(`${path}/test`, { number: '1Z999AA10123456784' });
  for (const _ of [1, 2]) expect((await ask()).body.outcome).toBe('read');
  expect(tokens.length).toBe(1);
  const fields = { ...OAUTH, client_secret: 'another-secret' };
  const rotated = await rotator.client.post<{ rotated_at?: string }>(`${path}/rotation`, { fields });
  expect(rotated).toMatchObject({ status: 200, body: { rotated_at: expect.any(String) } });
  expect(JSON.stringify(rotated.body)).not.toContain('another-secret');
  expect(await health(id)).toMatchObject({ state: 'idle' });
  expect((await ask()).body.outcome).toBe('read');
  expect(tokens.map((one) => Buffer.from(one.replace('Basic ', ''), 'base64').toString())).toEqual([
    'the-client:the-secret-of-ups',
    'the-client:another-secret',
  ]);
  expect(asked).toEqual(['Bearer t1', 'Bearer t1', 'Bearer t2']);
  const wrong = await rotator.client.post<{ code: string }>(`${path}/rotation`, { fields: { api_key: 'x' } });
  expect([wrong.status, wrong.body.code]).toEqual([422, 'credential_fields_wrong']);
  expect((await merchant.client.post(`${path}/rotation`, { fields })).status).toBe(404);
});

test('what an attempt with the old fields came to says nothing of the new ones', async () => {
  const reached = Promise.withResolvers<void>();
  const rotated = Promise.withResolvers<void>();
  const door = await startReceiver(async (response) => {
    reached.resolve();
    await rotated.promise;
    response.writeHead(401).end();
  });
  carriers.push(door);
  const id = await credential(merchant.client, 'ups', new URL(door.url).origin);
  const path = `/v1/tracking-credentials/${id}`;
  const old = merchant.client.post<{ outcome: string }>(`${path}/test`, { number: '1Z999AA10123456784' });
  await reached.promise;
  expect((await merchant.client.post(`${path}/rotation`, { fields: OAUTH })).status).toBe(200);
  rotated.resolve();
  expect((await old).body.outcome).toBe('credential_refused');
  expect(await health(id)).toMatchObject({ state: 'idle', error_streak: 0 });
  expect((await merchant.client.send('DELETE', path)).status).toBe(204);
});

test('whoever connects is told what each interface asks for, and a carrier only of its own pushes', async () => {
  type Connector = { code: string; pull?: { fields: { name: string }[] }; push?: object };
  const listed = async (client: Client) =>
    (await client.get<{ data: Connector[] }>('/v1/tracking-connectors')).body.data;
  const seen = await listed(network.operator);
  expect(seen.find(({ code }) => code === 'ups')).toMatchObject({
    pull: { fields: [{ name: 'client_id' }, { name: 'client_secret' }] },
    push: { fields: [{ name: 'credential' }] },
  });
  expect(seen.find(({ code }) => code === 'dpd')?.pull).toBeUndefined();
  const carrier = await network.open(
    { kind: 'carrier', name: 'FedEx', country: 'US' as CountryCode, carrierCode: 'fedex' },
    'carrier',
  );
  const own = (await listed(carrier.client)).filter(({ push }) => push !== undefined);
  expect(own.map(({ code }) => code)).toEqual(['fedex']);
  expect((await listed(merchant.client)).filter(({ push }) => push !== undefined)).toEqual([]);
});

test('fields of a credential are what the carrier asks for, and nowhere in clear', async () => {
  const refusal = async (body: object) =>
    (await merchant.client.post<{ code: string }>('/v1/tracking-credentials', body)).body.code;
  expect(await refusal({ connector: 'cainiao', fields: {} })).toBe('connector_not_pulled');
  expect(await refusal({ connector: 'ups', fields: { api_key: 'x' } })).toBe('credential_fields_wrong');
  expect(await refusal({ connector: 'ups', fields: OAUTH, base_url: 'https://evil.example.com' })).toBe(
    'credential_address_refused',
  );
  const list = await network.operator.get('/v1/tracking-credentials');
  expect(JSON.stringify(list.body)).not.toContain(OAUTH.client_secret);
  const { rows } = await database.query("select encode(sealed, 'escape') as sealed from polling.credential");
  expect(rows.length).toBeGreaterThan(0);
  for (const { sealed } of rows) expect(sealed).not.toContain('secret-of-ups');
  const again = await network.operator.post<{ code: string }>('/v1/tracking-credentials', {
    connector: 'ups',
    fields: OAUTH,
  });
  expect([again.status, again.body.code]).toEqual([409, 'credential_exists']);
});

test('a push is taken with its proof alone; an unreadable one waits until its connector is mended', async () => {
  const opened = await network.operator.post<{ id: string; path: string }>('/v1/push-subscriptions', {
    connector: 'kuaidi100',
    fields: { salt: 'salty' },
  });
  expect(opened.status).toBe(201);
  const param = KUAIDI100.find(({ format }) => format === 'Push')?.payload ?? '';
  const push = (text: string, sign: string) =>
    network
      .client()
      .post<{ returnCode?: string; code?: string }>(
        opened.body.path,
        new URLSearchParams({ param: text, sign }).toString(),
        { 'content-type': 'application/x-www-form-urlencoded' },
      );
  const signed = (text: string) =>
    push(text, createHash('md5').update(`${text}salty`).digest('hex').toUpperCase());
  const payloads = async (state: string) =>
    (
      await network.operator.get<{ data: { id: string; way: string; fault?: string }[] }>(
        `/v1/carrier-payloads?state=${state}`,
      )
    ).body.data;
  const before = (await payloads('read')).length;
  expect(await push(param, 'WRONG')).toMatchObject({ status: 401, body: { code: 'push_not_genuine' } });
  expect((await payloads('read')).length).toBe(before);
  for (const _ of [1, 2])
    expect((await signed(param)).body).toMatchObject({ result: true, returnCode: '200' });
  expect((await payloads('read')).length).toBe(before + 1);
  expect((await signed('{"a":1}')).body).toMatchObject({ returnCode: '200' });
  const [odd] = await payloads('unreadable');
  expect(odd).toMatchObject({ way: 'push', fault: expect.stringContaining('payload_unexpected') });
  const readAgain = (id: string | undefined) =>
    network.operator.post<{ code?: string; duplicates?: number }>(`/v1/carrier-payloads/${id}/reading`);
  expect((await readAgain(odd?.id)).body.code).toBe('carrier_payload_unreadable');
  // As if the connector had been worse when it came.
  const [good] = await payloads('read');
  await database.query("update polling.payload set state = 'unreadable', fault = 'x' where payload_id = $1", [
    good?.id,
  ]);
  const read = await readAgain(good?.id);
  expect(read).toMatchObject({ status: 200, body: { accepted: 0 } });
  expect(read.body.duplicates).toBeGreaterThan(0);
  expect((await payloads('unreadable')).map(({ id }) => id)).toEqual([odd?.id]);
  expect(await health(opened.body.id)).toMatchObject({ state: 'well', refused: 1 });
  const rotation = `/v1/push-subscriptions/${opened.body.id}/rotation`;
  const soft = await network.operator.post<{ old_fields_until?: string }>(rotation, {
    fields: { salt: 'soft' },
  });
  expect(Date.parse(soft.body.old_fields_until ?? '')).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  // Whoever was not told yet signs with the old one.
  expect((await signed(param)).status).toBe(200);
  const hard = { fields: { salt: 'sweet' }, old_fields_hours: 0 };
  const ended = await network.operator.post<{ old_fields_until?: string }>(rotation, hard);
  expect([ended.status, ended.body.old_fields_until]).toEqual([200, undefined]);
  expect((await signed(param)).status).toBe(401);
  expect(
    (await push(param, createHash('md5').update(`${param}sweet`).digest('hex').toUpperCase())).status,
  ).toBe(200);
  const elsewhere = opened.body.path.replace('kuaidi100', 'kdniao');
  expect((await network.client().post(elsewhere, 'param=x', { 'content-type': 'text/plain' })).status).toBe(
    404,
  );
  expect(
    (await merchant.client.post('/v1/push-subscriptions', { connector: 'ups', fields: {} })).status,
  ).toBe(403);
});

test('who has a credential of his own is served by it, not by the operator’s', async () => {
  const own = await carrierThat(plays(UPS[0]?.payload ?? ''));
  const other = await network.open(
    { kind: 'merchant', name: 'N', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  await credential(other.client, 'ups', own.origin);
  const wanted = { number: '1Z 999AA1 01 2345 6784', carrier_code: 'ups' };
  const first = await other.client.post<Polled>('/v1/polled-numbers', wanted);
  expect((await other.client.post<Polled>('/v1/polled-numbers', wanted)).body.id).toBe(first.body.id);
  await network.settle();
  expect(own.carrier.received.length).toBe(2);
  expect(await numbersOf(other.client)).toMatchObject([{ polls: 1, last_result: 'news' }]);
  const stopped = await other.client.send<Polled>('DELETE', `/v1/polled-numbers/${first.body.id}`);
  expect(stopped.body.end_reason).toBe('stopped');
  expect(
    (await other.client.post<{ code: string }>('/v1/polled-numbers', { ...wanted, carrier_code: 'dpd' })).body
      .code,
  ).toBe('carrier_not_polled');
});

test('a payload that is sent to tracking itself is kept as well, once', async () => {
  const carrier = await network.open(
    { kind: 'carrier', name: 'UPS', country: 'US' as CountryCode, carrierCode: 'ups' },
    'carrier',
  );
  const payload = UPS.find(({ format }) => format === 'Track Alert push')?.payload ?? '';
  for (const _ of [1, 2])
    expect((await carrier.client.post('/v1/scans/payloads/ups', payload)).status).toBe(200);
  expect((await carrier.client.post('/v1/scans/payloads/ups', '{"no":"answer"}')).status).toBe(422);
  const kept = await carrier.client.get<{
    data: { state: string; times: number; way: string; id: string }[];
  }>('/v1/carrier-payloads');
  expect(kept.body.data.map(({ state, times, way }) => `${way} ${state} ${times}`)).toEqual([
    'sent unreadable 1',
    'sent read 2',
  ]);
  const [, read] = kept.body.data;
  const shown = await carrier.client.get<{ text: string }>(`/v1/carrier-payloads/${read?.id}`);
  expect(shown.body.text).toBe(payload);
  const { rows } = await database.query("select encode(sealed, 'escape') as sealed from polling.payload");
  for (const { sealed } of rows) expect(sealed).not.toContain('trackingNumber');
});

test('a declared number and a waybill are wanted by themselves; corrected, withdrawn or cancelled not any more', async () => {
  const declarer = await network.open(
    { kind: 'merchant', name: 'D', country: 'DE' as CountryCode },
    'merchant_admin',
  );
  const [reaction] = pollingReactions({ clients: PULL_CLIENTS });
  const follow = (type: string, payload: object) =>
    network.postroad.worlds.live.command('network', async (work) =>
      accepted(
        await reaction?.run(work, {
          type,
          payload: { organisationId: declarer.id, carrierCode: 'usps', number: '9400 1000', ...payload },
        } as never),
      ),
    );
  const states = async () =>
    (await numbersOf(declarer.client)).map(({ number, end_reason }) => `${number} ${end_reason ?? 'wanted'}`);
  await follow('ShipmentDeclared', {});
  await follow('ShipmentDeclared', { carrierCode: 'nobody' });
  expect(await states()).toEqual(['94001000 wanted']);
  const previous = { carrierCode: 'usps', number: '9400 1000' };
  await follow('ShipmentModified', { number: '94002000', previous });
  expect(await states()).toEqual(['94001000 stopped', '94002000 wanted']);
  await follow('ShipmentWithdrawn', { number: '94002000' });
  await follow('WaybillIssued', { carrierCode: 'postroad_express_eu', number: 'PRE00000000001' });
  await follow('WaybillIssued', { number: '94003000' });
  expect(await states()).toEqual(['94001000 stopped', '94002000 stopped', '94003000 wanted']);
  await follow('WaybillCancelled', { number: '94003000' });
  expect((await states()).at(-1)).toBe('94003000 stopped');
});
