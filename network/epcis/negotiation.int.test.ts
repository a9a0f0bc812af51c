import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { documentOf, OBJECT_EVENT } from './examples.fixture.ts';

type Problem = { code: string; type: string; detail: string };
type Event = { '@context'?: unknown[]; eventID: string };
type Found = { epcisBody: { queryResults: { resultsBody: { eventList: Event[] } } } };

const NAMESPACE = 'https://ns.example.com/epcis/';
let network: TestNetwork;
let client: Client;
let key: string;
beforeAll(async () => {
  network = await startTestNetwork();
  ({ client, key } = await network.open(
    { kind: 'merchant', name: 'Versions', country: 'NL' as CountryCode },
    'merchant_app',
  ));
});
afterAll(() => network.stop());

const addresses = () =>
  network.postroad.routes.flatMap(({ method, path }) =>
    path.startsWith('/epcis/') ? [{ method, path: path.replace(/:\w+/g, 'x') }] : [],
  );
const ask = (method: string, path: string, headers: Record<string, string>) =>
  client.send<Problem>(method, path, method === 'POST' ? {} : undefined, headers);

async function capture(document: object, headers: Record<string, string> = {}) {
  const answer = await client.post<{ captureID: string }>('/epcis/capture', document, headers);
  const { captureID } = must(answer);
  await network.settle();
  expect(await client.get(`/epcis/capture/${captureID}`)).toMatchObject({ body: { success: true } });
  return answer;
}

async function find(query: Record<string, string>, headers: Record<string, string> = {}): Promise<Event[]> {
  const answer = await client.get<Found>(`/epcis/events?${new URLSearchParams(query)}`, headers);
  return must(answer).epcisBody.queryResults.resultsBody.eventList;
}

describe('every address of the standard', () => {
  it('refuses a version that it does not speak, and whatever is none', async () => {
    expect(addresses().length).toBeGreaterThan(12);
    for (const { method, path } of addresses()) {
      expect([path, await ask(method, path, { 'gs1-epcis-min': '2.1' })]).toMatchObject([
        path,
        {
          status: 406,
          body: {
            code: 'epcis_version_not_acceptable',
            type: 'epcisException:NotAcceptableException',
            detail: 'GS1-EPCIS-Min: 2.1 leaves out EPCIS 2.0, the only version spoken here',
          },
        },
      ]);
      expect([path, await ask(method, path, { 'gs1-cbv-version': '2.0, 2.0' })]).toMatchObject([
        path,
        {
          status: 400,
          body: { code: 'epcis_header_invalid', type: 'epcisException:ValidationException' },
        },
      ]);
    }
  });

  it('answers with the version and notation that it speaks where they are taken', async () => {
    const taken = { 'gs1-epcis-min': '1.2', 'gs1-epcis-max': '2.0', 'gs1-cbv-max': '2.0' };
    for (const path of ['/epcis/events', '/epcis/capture', '/epcis/queries']) {
      const answer = await client.get(path, { ...taken, 'gs1-epc-format': 'Always_EPC_URN' });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        ...{ 'gs1-epcis-version': '2.0', 'gs1-cbv-version': '2.0', 'gs1-epc-format': 'Never_Translates' },
      });
    }
  });

  it('is still discovered by who speaks another version', async () => {
    const answer = await fetch(`${network.baseUrl}/epcis/events`, {
      method: 'OPTIONS',
      headers: { 'gs1-epcis-version': '1.2' },
    });
    expect([answer.status, answer.headers.get('gs1-epcis-max')]).toEqual([204, '2.0']);
  });
});

describe('a hostile header', () => {
  const WIDE = Array.from({ length: 400 }, (_, index) => `p${index}=urn:p:${index}`).join(', ');
  it.each<[string, string]>([
    ['gs1-epcis-min', '9'.repeat(8_000)],
    ['gs1-epcis-max', 'ÿ'.repeat(100)],
    ['gs1-cbv-min', '2.0;q=1'],
    ['gs1-epc-format', 'x'.repeat(8_000)],
    ['gs1-extensions', WIDE],
    ['gs1-extensions', ','.repeat(8_000)],
    ['gs1-extensions', `a=x:${'é'.repeat(10)}`],
    ['gs1-extensions', '__proto__=urn:x:'],
    ['gs1-capture-error-behaviour', 'rollback, proceed'],
  ])('%s is refused by its name (%#)', async (name, value) => {
    const answer = await client.post<Problem>('/epcis/capture', documentOf(OBJECT_EVENT), { [name]: value });
    expect(answer).toMatchObject({ status: 400, body: { code: 'epcis_header_invalid' } });
    expect(answer.body.detail.toLowerCase()).toMatch(new RegExp(`^${name}: `));
    expect(answer.body.detail.length).toBeLessThan(200);
  });

  it('longer than all headers may be is refused before anybody reads it', async () => {
    const answer = await client.get('/epcis/events', { 'gs1-extensions': `a=urn:${'x'.repeat(20_000)}` });
    expect(answer.status).toBe(431);
  });

  it('given many times is a list, which no version is', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(`${network.baseUrl}/epcis/events`, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.setHeader('authorization', `Bearer ${key}`);
      asked.setHeader(
        'gs1-epcis-min',
        Array.from({ length: 200 }, () => '2.0'),
      );
      asked.on('error', reject).end();
    });
    expect(status).toBe(400);
  });
});

describe('GS1-Extensions of a document', () => {
  const STATED = { 'gs1-extensions': `my=${NAMESPACE}, other=urn:other:` };
  const lot = (id: string, more: object = {}) => ({
    ...OBJECT_EVENT,
    eventID: `urn:x:${id}`,
    'my:lot': id,
    ...more,
  });

  it('binds what its context does not, and the answer says by which it went', async () => {
    const answer = await capture(documentOf(lot('stated')), STATED);
    expect(answer.headers.get('gs1-extensions')).toBe(
      `pr=urn:x-postroad:, my=${NAMESPACE}, other=urn:other:`,
    );
    const [event] = await find({ 'EQ_z:lot': 'stated' }, { 'gs1-extensions': `z=${NAMESPACE}` });
    expect(event).toMatchObject({ eventID: 'urn:x:stated', 'my:lot': 'stated' });
    expect(event?.['@context']?.[1]).toEqual({ my: NAMESPACE, other: 'urn:other:' });
  });

  it('gives way to the context of the document, and that to the context of the event', async () => {
    const document = {
      ...documentOf(lot('document'), lot('event', { '@context': { my: 'urn:event:' } })),
      '@context': { my: 'urn:document:' },
    };
    await capture(document, STATED);
    const idsIn = async (namespace: string) =>
      (await find({ 'EXISTS_z:lot': 'true' }, { 'gs1-extensions': `z=${namespace}` })).map(
        ({ eventID }) => eventID,
      );
    expect(await idsIn('urn:document:')).toEqual(['urn:x:document']);
    expect(await idsIn('urn:event:')).toEqual(['urn:x:event']);
  });

  it('makes the hash that the same binding in the context makes', async () => {
    const { eventID: _none, ...event } = lot('hash');
    const answer = await capture(documentOf(event), STATED);
    const document = { ...documentOf(event), '@context': { my: NAMESPACE } };
    const { captureID } = must(await client.post<{ captureID: string }>('/epcis/capture', document));
    await network.settle();
    expect(answer.status).toBe(202);
    expect(await client.get(`/epcis/capture/${captureID}`)).toMatchObject({
      body: { postroad: { captured: 0, duplicates: 1 } },
    });
  });
});
