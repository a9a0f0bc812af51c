import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  BEHAVIOURS,
  type Behaviour,
  type Received,
  type Receiver,
  startReceiver,
} from '../../platform/outbound/receiver.fixture.ts';
import { createLog } from '../../platform/telemetry/index.ts';
import { configFrom } from '../../server/config.ts';
import { createPostroad } from '../../server/postroad.ts';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { schemaVersion } from '../../test/setup/template.ts';
import { addMs, type CountryCode, instant } from '../kernel/index.ts';

type Event = { eventID: string; recordTime: string };
type Document = {
  type: string;
  epcisBody: {
    queryResults: { queryName: string; subscriptionID?: string; resultsBody: { eventList: Event[] } };
  };
};
type Told = {
  subscriptionID: string;
  stream?: boolean;
  lastNotifiedAt?: string;
  minRecordTime: string;
  postroad: { webhook_endpoint_id: string; state: string };
};
type Tenant = { id: string; client: Client };

const TOKEN = '13df38d8275b13f05704629e5f1cf3d45d6132d5';
const START = instant('2026-03-01T12:00:00Z');
let network: TestNetwork;
const receivers: Receiver[] = [];
beforeAll(async () => {
  // Jobs, relay and deliverer run where a test starts them.
  network = await startTestNetwork({ role: 'api', webhookLoopback: true });
  await network.postroad.ports.testClock.set({ at: START, running: false });
});
afterAll(async () => {
  await network.stop();
  for (const one of receivers) await one.close();
});

const tenant = (name: string, role: 'merchant_app' | 'merchant_clerk' = 'merchant_app'): Promise<Tenant> =>
  network.open({ kind: 'merchant', name, country: 'NL' as CountryCode }, role, 'test');

async function receiver(behaviour?: Behaviour): Promise<Receiver> {
  const started = await startReceiver(behaviour);
  receivers.push(started);
  return started;
}

async function advance(ms: number): Promise<void> {
  const { testClock } = network.postroad.ports;
  if (!(await testClock.set({ at: addMs(testClock.now(), ms), running: false }))) throw new Error('clock');
}

/** A process of its own over the same databases, from its start until nothing is left to do, and its end. */
async function work(): Promise<void> {
  const process_ = await createPostroad({
    config: configFrom({}, { dataFolder: network.postroad.ports.dataFolder, port: 0, webhookLoopback: true }),
    liveUrl: network.liveUrl,
    testUrl: network.testUrl,
    schemaVersion: await schemaVersion(),
    log: createLog({ level: 'error', write: (line) => process.stderr.write(line) }),
  });
  for (let quiet = 0; quiet < 3; quiet += 1) await process_.settle();
  await process_.stop();
}

let serial = 0;
function eventOf(change: object = {}) {
  serial += 1;
  return {
    type: 'ObjectEvent',
    eventID: `urn:e:${serial}`,
    eventTime: '2026-02-01T10:00:00Z',
    eventTimeZoneOffset: '+00:00',
    action: 'OBSERVE',
    bizStep: 'arriving',
    epcList: [`urn:epc:id:sgtin:4012345.011111.${serial}`],
    ...change,
  };
}
async function capture(client: Client, events: readonly object[]): Promise<void> {
  const document = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-03-01T12:00:00Z',
    epcisBody: { eventList: events },
  };
  must(await client.post('/epcis/capture', document));
}
async function define(
  client: Client,
  name: string,
  query: object = { EQ_bizStep: ['arriving'] },
): Promise<void> {
  expect(await client.post('/epcis/queries', { name, query })).toMatchObject({ status: 201 });
}
async function subscribe(
  client: Client,
  name: string,
  dest: string,
  more: object = { stream: true },
): Promise<Told> {
  const answer = await client.post<Told>(`/epcis/queries/${name}/subscriptions`, {
    ...{ dest, signatureToken: TOKEN },
    ...more,
  });
  expect(answer).toMatchObject({ status: 201 });
  expect(answer.headers.get('location')).toBe(
    `/epcis/queries/${name}/subscriptions/${answer.body.subscriptionID}`,
  );
  return answer.body;
}

const documentIn = ({ body }: Received) => JSON.parse(body.toString()) as Document;
const eventsIn = (one: Received) => documentIn(one).epcisBody.queryResults.resultsBody.eventList;
const idsIn = (one: Received) => eventsIn(one).map(({ eventID }) => eventID);
const allIds = ({ received }: Receiver) => received.flatMap(idsIn);

describe('a named query', () => {
  it('is kept as it was given, finds what it asks for page by page, and goes', async () => {
    const { client } = await tenant('Names');
    const query = { EQ_bizStep: ['arriving'], orderDirection: 'ASC', orderBy: 'recordTime' };
    const created = await client.post('/epcis/queries', { name: 'arrivals', query });
    expect(created).toMatchObject({ status: 201, body: { name: 'arrivals', query } });
    expect(created.headers.get('location')).toBe('/epcis/queries/arrivals');
    const events = [eventOf(), eventOf({ bizStep: 'departing' }), eventOf(), eventOf()];
    await capture(client, events);
    await work();
    const seen: string[] = [];
    let address: string | undefined = '/epcis/queries/arrivals/events?perPage=2';
    for (let page = 0; address !== undefined && page < 5; page += 1) {
      const answer: Awaited<ReturnType<typeof client.get<Document>>> = await client.get<Document>(address);
      const { queryName, resultsBody } = must(answer).epcisBody.queryResults;
      expect(queryName).toBe('arrivals');
      seen.push(...resultsBody.eventList.map(({ eventID }) => eventID));
      address = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(seen.sort()).toEqual([0, 2, 3].map((index) => events[index]!.eventID).sort());
    expect(await client.get('/epcis/queries/arrivals/events?EQ_action=ADD')).toMatchObject({
      status: 400,
      body: { code: 'epcis_query_invalid', type: 'epcisException:QueryParameterException' },
    });
    expect(await client.get('/epcis/queries/arrivals')).toMatchObject({ status: 200, body: { query } });
    expect(await client.send('DELETE', '/epcis/queries/arrivals')).toMatchObject({ status: 204 });
    expect(await client.get('/epcis/queries/arrivals/events')).toMatchObject({
      status: 404,
      body: { code: 'not_found', type: 'epcisException:NoSuchNameException' },
    });
    expect(await client.send('DELETE', '/epcis/queries/arrivals')).toMatchObject({ status: 404 });
  });

  it('has one name in its organisation, and is nothing to others', async () => {
    const [one, other] = [await tenant('One'), await tenant('Other')];
    await define(one.client, 'q');
    expect(await one.client.post('/epcis/queries', { name: 'q', query: {} })).toMatchObject({
      status: 409,
      body: { code: 'epcis_query_name_taken', type: 'epcisException:ResourceAlreadyExistsException' },
    });
    for (const path of ['/epcis/queries/q', '/epcis/queries/q/events', '/epcis/queries/q/subscriptions'])
      expect([path, (await other.client.get(path)).status]).toEqual([path, 404]);
    expect(await other.client.send('DELETE', '/epcis/queries/q')).toMatchObject({ status: 404 });
    expect(
      await other.client.post('/epcis/queries/q/subscriptions', {
        dest: 'https://a.example.com/',
        stream: true,
      }),
    ).toMatchObject({ status: 404 });
    await define(other.client, 'q', { EQ_bizStep: ['departing'] });
    await define(one.client, 'a');
    expect(must(await one.client.get<{ name: string }[]>('/epcis/queries')).map(({ name }) => name)).toEqual([
      'a',
      'q',
    ]);
    const page = await one.client.get('/epcis/queries?limit=1');
    const next = /^<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1] ?? '';
    expect(must(await one.client.get<{ name: string }[]>(next)).map(({ name }) => name)).toEqual(['q']);
  });

  it.each<[object, string, string]>([
    [{ name: 'a', query: { EQ_color: ['red'] } }, 'epcis_query_invalid', 'QueryParameterException'],
    [
      { name: 'a', query: { EQ_eventID: Array.from({ length: 101 }, () => 'urn:a') } },
      'epcis_query_too_complex',
      'QueryTooComplexException',
    ],
    [{ name: 'a b', query: {} }, 'epcis_query_invalid', 'QueryParameterException'],
    [[], 'invalid_request', 'ValidationException'],
  ])('%o is refused', async (body, code, type) => {
    const { client } = await tenant('Refused');
    const answer = await client.post('/epcis/queries', body);
    expect(answer.body).toMatchObject({ code, type: `epcisException:${type}` });
  });

  it('of a role that only reads is read, not made', async () => {
    const clerk = await tenant('Clerk', 'merchant_clerk');
    expect(await clerk.client.get('/epcis/queries')).toMatchObject({ status: 200, body: [] });
    expect(await clerk.client.post('/epcis/queries', { name: 'a', query: {} })).toMatchObject({
      status: 403,
      body: { type: 'epcisException:SecurityException' },
    });
  });
});

describe('a query for fields of one’s own', () => {
  const NAMESPACE = 'https://ns.example.com/';
  const own = (temperature: unknown) =>
    eventOf({ '@context': { theirs: NAMESPACE }, 'theirs:temperature': temperature });

  it('keeps what its prefixes mean, finds by it, and has what comes sent', async () => {
    const { client } = await tenant('Own fields');
    const query = { 'GE_my:temperature': 8 };
    const headers = { 'gs1-extensions': `my=${NAMESPACE}` };
    const created = await client.post('/epcis/queries', { name: 'warm', query }, headers);
    const kept = { '@context': [{ my: NAMESPACE }], ...query };
    expect(created).toMatchObject({ status: 201, body: { query: kept } });
    const taken = await receiver();
    await subscribe(client, 'warm', taken.url);
    // Of thousands of fields none is noted, and a stream looks into the event itself.
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`theirs:f${index}`, index]));
    const [cold, warm, crowded, other] = [
      own(7.9),
      own(8),
      { ...own('9.5'), ...many },
      { ...own(1), ...many },
    ];
    await capture(client, [cold, warm, crowded, other]);
    await work();
    const ids = [warm.eventID, crowded.eventID];
    expect(allIds(taken)).toEqual(ids);
    const polled = must(await client.get<Document>('/epcis/queries/warm/events'));
    const found = polled.epcisBody.queryResults.resultsBody.eventList.map(({ eventID }) => eventID);
    expect(found.sort()).toEqual(ids.sort());
  });

  it('with a prefix that nobody bound is refused by the parameter’s name', async () => {
    const { client } = await tenant('Unbound');
    const body = { name: 'a', query: { 'EXISTS_INNER_my:lid': null } };
    const answer = await client.post<{ detail: string }>('/epcis/queries', body);
    expect(answer).toMatchObject({ status: 400, body: { type: 'epcisException:QueryParameterException' } });
    expect(answer.body.detail).toMatch(/^EXISTS_INNER_my:lid: the prefix my is not bound/);
    expect(await client.post('/epcis/queries', body, { 'gs1-extensions': 'my:x' })).toMatchObject({
      status: 400,
      body: {
        type: 'epcisException:ValidationException',
        detail: expect.stringMatching(/^GS1-Extensions/),
      },
    });
  });
});

describe('a stream', () => {
  it('gets what fits, once, signed, from its own organisation alone', async () => {
    const [owner, other] = [await tenant('Owner'), await tenant('Stranger')];
    await define(owner.client, 'arrivals');
    const before = eventOf();
    await capture(owner.client, [before]);
    await work();
    await advance(1_000);
    const sink = await receiver();
    const told = await subscribe(owner.client, 'arrivals', sink.url);
    expect(JSON.stringify(told)).not.toContain(TOKEN);
    const events = [eventOf(), eventOf({ bizStep: 'departing' }), eventOf()];
    await capture(other.client, [eventOf()]);
    await capture(owner.client, events);
    await work();
    await capture(owner.client, events);
    await work();
    expect(sink.received).toHaveLength(1);
    const [first] = sink.received as [Received];
    expect(documentIn(first)).toMatchObject({
      type: 'EPCISQueryDocument',
      schemaVersion: '2.0',
      epcisBody: { queryResults: { queryName: 'arrivals', subscriptionID: told.subscriptionID } },
    });
    expect(eventsIn(first)[0]).toMatchObject({ ...events[0], recordTime: expect.stringMatching(/Z$/) });
    expect(idsIn(first)).toEqual([events[0]!.eventID, events[2]!.eventID]);
    const { headers, body } = first;
    expect(headers['gs1-epcis-version']).toBe('2.0');
    expect(headers['gs1-signature']).toBe(`sha256=${createHmac('sha256', TOKEN).update(body).digest('hex')}`);
    const secret = `whsec_${Buffer.from(TOKEN).toString('base64')}`;
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'EPCISQueryDocument' });
    expect(must(await owner.client.get<Told[]>('/epcis/queries/arrivals/subscriptions'))).toMatchObject([
      { subscriptionID: told.subscriptionID, stream: true, lastNotifiedAt: expect.any(String) },
    ]);
  });

  it('from a time in the past on begins with what was recorded since', async () => {
    const { client } = await tenant('Backlog');
    const early = eventOf();
    await capture(client, [early]);
    await work();
    await advance(60_000);
    const from = network.postroad.ports.testClock.now();
    const late = [eventOf(), eventOf()];
    for (const one of late) await capture(client, [one]);
    await work();
    await advance(60_000);
    await define(client, 'all', {});
    const sink = await receiver();
    await subscribe(client, 'all', sink.url, { stream: true, initialRecordTime: from });
    await work();
    expect(allIds(sink).sort()).toEqual(late.map(({ eventID }) => eventID).sort());
  });

  it('goes in documents of a hundred, in the order of recording, none lost', async () => {
    const { client } = await tenant('Many');
    await define(client, 'all', {});
    const sink = await receiver();
    await subscribe(client, 'all', sink.url);
    const events = Array.from({ length: 250 }, () => eventOf());
    await capture(client, events.slice(0, 120));
    await capture(client, events.slice(120));
    await work();
    expect(sink.received.map((one) => eventsIn(one).length).every((length) => length <= 100)).toBe(true);
    expect(new Set(allIds(sink)).size).toBe(250);
    expect(allIds(sink)).toHaveLength(250);
    const positions = allIds(sink).map((id) => events.findIndex(({ eventID }) => eventID === id));
    for (const part of [positions.filter((at) => at < 120), positions.filter((at) => at >= 120)])
      expect(part).toEqual(part.toSorted((a, b) => a - b));
  });

  it('whose receiver fails gets each document in its turn, the same bytes under the same id, also after restarts', async () => {
    const { client } = await tenant('Failing');
    await define(client, 'all', {});
    const sink = await receiver(BEHAVIOURS.error500);
    const told = await subscribe(client, 'all', sink.url);
    const [one, two] = [eventOf(), eventOf()];
    await capture(client, [one]);
    await work();
    await capture(client, [two]);
    await work();
    expect(sink.received.map(idsIn)).toEqual([[one.eventID]]);
    sink.behave(BEHAVIOURS.reset);
    await advance(6_000);
    await work();
    sink.behave((response) => response.end());
    await advance(400_000);
    await work();
    expect(sink.received.map(idsIn)).toEqual([[one.eventID], [one.eventID], [one.eventID], [two.eventID]]);
    const [first, , third] = sink.received as [Received, Received, Received];
    expect(third.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(third.body.equals(first.body)).toBe(true);
    const log = must(
      await client.get<{ data: { state: string; attempts: unknown[] }[] }>(
        `/v1/webhook-endpoints/${told.postroad.webhook_endpoint_id}/deliveries`,
      ),
    );
    expect(log.data.map(({ state, attempts }) => [state, attempts.length])).toEqual([
      ['delivered', 1],
      ['delivered', 3],
    ]);
  });

  it('that is gone (410) keeps its place, and goes on with the next capture when it was enabled', async () => {
    const { client } = await tenant('Gone');
    await define(client, 'all', {});
    const sink = await receiver((response) => response.writeHead(410).end());
    const told = await subscribe(client, 'all', sink.url);
    await capture(client, [eventOf()]);
    await work();
    const address = `/epcis/queries/all/subscriptions/${told.subscriptionID}`;
    expect(must(await client.get<Told>(address)).postroad.state).toBe('disabled');
    const missed = eventOf();
    await capture(client, [missed]);
    await work();
    sink.behave((response) => response.end());
    must(
      await client.send('PATCH', `/v1/webhook-endpoints/${told.postroad.webhook_endpoint_id}`, {
        state: 'enabled',
      }),
    );
    const next = eventOf();
    await capture(client, [next]);
    await work();
    expect(sink.received.slice(1).flatMap(idsIn)).toEqual([missed.eventID, next.eventID]);
  });

  it('ends when it is unsubscribed or its query goes: what waited is not sent', async () => {
    const { client } = await tenant('Leaving');
    await define(client, 'all', {});
    const sinks = [await receiver(BEHAVIOURS.error500), await receiver(BEHAVIOURS.error500)];
    const [first, second] = [
      await subscribe(client, 'all', sinks[0]!.url),
      await subscribe(client, 'all', sinks[1]!.url),
    ];
    await capture(client, [eventOf()]);
    await work();
    const address = `/epcis/queries/all/subscriptions/${first.subscriptionID}`;
    expect(await client.send('DELETE', address)).toMatchObject({ status: 204 });
    expect(await client.get(address)).toMatchObject({ status: 404 });
    expect(await client.send('DELETE', '/epcis/queries/all')).toMatchObject({ status: 204 });
    expect(await client.get(`/v1/webhook-endpoints/${second.postroad.webhook_endpoint_id}`)).toMatchObject({
      status: 404,
    });
    await advance(3_600_000);
    await capture(client, [eventOf()]);
    await work();
    expect(sinks.map(({ received }) => received.length)).toEqual([1, 1]);
  });

  it('has an endpoint that its owner sees and replays, and changes by the subscription alone', async () => {
    const { client } = await tenant('Endpoint');
    await define(client, 'all', {});
    const sink = await receiver();
    const { postroad } = await subscribe(client, 'all', sink.url);
    const endpoint = `/v1/webhook-endpoints/${postroad.webhook_endpoint_id}`;
    await capture(client, [eventOf()]);
    await work();
    expect(await client.get(endpoint)).toMatchObject({ body: { purpose: 'epcis', url: sink.url } });
    for (const [method, path, body] of [
      ['DELETE', endpoint, undefined],
      ['PATCH', endpoint, { url: 'https://b.example.com/' }],
      ['POST', `${endpoint}/rotate-secret`, {}],
      ['POST', `${endpoint}/test`, {}],
      ['POST', `${endpoint}/replay`, { since: START }],
    ] as const)
      expect([path, (await client.send<{ code: string }>(method, path, body)).body.code]).toEqual([
        path,
        'webhook_endpoint_of_subscription',
      ]);
    const log = must(await client.get<{ data: { id: string }[] }>(`${endpoint}/deliveries`));
    must(await client.post(`/v1/webhook-deliveries/${log.data[0]!.id}/replay`, {}));
    await work();
    expect(sink.received).toHaveLength(2);
    const [first, again] = sink.received as [Received, Received];
    expect(again.body.equals(first.body)).toBe(true);
    expect(again.headers['webhook-id']).toBe(first.headers['webhook-id']);
  });

  it('and events of the feed do not mix: each endpoint gets its own', async () => {
    const { client } = await tenant('Both');
    await define(client, 'all', {});
    const [stream, feed] = [await receiver(), await receiver()];
    await subscribe(client, 'all', stream.url);
    must(await client.post('/v1/webhook-endpoints', { url: feed.url, event_types: ['epcis.captured'] }));
    await capture(client, [eventOf(), eventOf()]);
    await work();
    expect(stream.received.map((one) => documentIn(one).type)).toEqual(['EPCISQueryDocument']);
    expect(feed.received.map(({ body }) => JSON.parse(body.toString()))).toMatchObject([
      { type: 'epcis.captured', data: { captured: 2 } },
    ]);
  });
});

describe('a schedule', () => {
  const DAY = 86_400_000;
  /** To this time of the next day. */
  async function toTime(time: string): Promise<void> {
    const { testClock } = network.postroad.ports;
    const day = addMs(testClock.now(), DAY).slice(0, 10);
    await testClock.set({ at: instant(`${day}T${time}Z`), running: false });
  }

  it('gets at its time what came since the time before, and nothing when nothing came', async () => {
    const { client } = await tenant('Nightly');
    await define(client, 'arrivals');
    const sink = await receiver();
    await toTime('00:00:00');
    await subscribe(client, 'arrivals', sink.url, { schedule: { hour: '1', minute: '5' } });
    const events = [eventOf(), eventOf(), eventOf({ bizStep: 'departing' })];
    for (const one of events) await capture(client, [one]);
    await work();
    expect(sink.received).toHaveLength(0);
    await advance(64 * 60_000 + 59_000);
    await work();
    expect(sink.received).toHaveLength(0);
    await advance(1_000);
    await work();
    expect(sink.received).toHaveLength(1);
    expect(allIds(sink).sort()).toEqual([events[0]!.eventID, events[1]!.eventID].sort());
    await toTime('01:05:00');
    await work();
    expect(sink.received).toHaveLength(1);
    const late = eventOf();
    await capture(client, [late]);
    await work();
    // Three nights without a process are one run.
    await advance(3 * DAY + 1);
    await work();
    expect(sink.received.slice(1).map(idsIn)).toEqual([[late.eventID]]);
  });

  it('that reports emptiness sends a document without events', async () => {
    const { client } = await tenant('Empty');
    await define(client, 'arrivals');
    const sink = await receiver();
    await toTime('00:00:00');
    await subscribe(client, 'arrivals', sink.url, { schedule: { minute: '0,30' }, reportIfEmpty: true });
    for (let half = 0; half < 3; half += 1) {
      await advance(30 * 60_000);
      if (half === 1) await capture(client, [eventOf()]);
      // Captured now, and seen by this run or by the next.
      await work();
    }
    const counts = sink.received.map((one) => eventsIn(one).length);
    expect(counts).toHaveLength(3);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  });
});

describe('a subscription that cannot be', () => {
  it.each<[object, number, string, string]>([
    [{ dest: 'https://a.example.com/' }, 400, 'epcis_subscription_invalid', 'SubscriptionControlsException'],
    [{ stream: true }, 400, 'epcis_subscription_invalid', 'SubscriptionControlsException'],
    [
      { dest: 'https://a.example.com/', schedule: { minute: '99' } },
      400,
      'epcis_subscription_invalid',
      'SubscriptionControlsException',
    ],
    [{ dest: 'http://10.0.0.1/', stream: true }, 422, 'webhook_url_refused', 'InvalidURIException'],
    [{ dest: 'https://169.254.169.254/', stream: true }, 422, 'webhook_url_refused', 'InvalidURIException'],
    [{ dest: 'file:///etc/passwd', stream: true }, 422, 'webhook_url_refused', 'InvalidURIException'],
    [{ dest: 'https://u:p@a.example.com/', stream: true }, 422, 'webhook_url_refused', 'InvalidURIException'],
  ])('%o is refused by the name of the standard', async (body, status, code, type) => {
    const { client } = await tenant('Wrong');
    await define(client, 'q');
    expect(await client.post('/epcis/queries/q/subscriptions', body)).toMatchObject({
      status,
      body: { code, type: `epcisException:${type}` },
    });
    expect(must(await client.get('/epcis/queries/q/subscriptions'))).toEqual([]);
  });

  it('is one to a query that ends after so many events, one too many, or to no query', async () => {
    const { client } = await tenant('Limits');
    await define(client, 'first', { eventCountLimit: 5 });
    const body = { dest: 'https://a.example.com/', stream: true };
    expect(await client.post('/epcis/queries/first/subscriptions', body)).toMatchObject({
      status: 400,
      body: {
        code: 'epcis_subscription_not_permitted',
        type: 'epcisException:SubscribeNotPermittedException',
      },
    });
    expect(await client.post('/epcis/queries/none/subscriptions', body)).toMatchObject({ status: 404 });
    await define(client, 'all', {});
    for (let count = 0; count < 20; count += 1) await subscribe(client, 'all', 'https://a.example.com/');
    expect(await client.post('/epcis/queries/all/subscriptions', body)).toMatchObject({
      status: 422,
      body: { code: 'epcis_subscription_limit_reached' },
    });
  });
});
