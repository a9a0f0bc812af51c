import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOT_PULLED, PULL_CLIENTS } from '../../connectors/clients.ts';
import { CONNECTORS, readPayload } from '../../connectors/index.ts';
import { linesOf, type Sample } from '../../connectors/reading/sample.fixture.ts';
import type { CredentialFields, PullClient, PulledNumber } from '../../network/polling/connector-contract.ts';
import { createTokenShelf, type Pulled, type PullPorts, pull } from '../../network/polling/index.ts';
import { createOutbound } from '../../platform/outbound/index.ts';
import {
  BEHAVIOURS,
  type Behaviour,
  type Receiver,
  startReceiver,
} from '../../platform/outbound/receiver.fixture.ts';

/**
 * Every pull client over real HTTP against a carrier on this machine that plays its documented answers, and the
 * fourteen misbehaviours of promise G9. A new client is found in the list.
 */
const NOW_MS = Date.UTC(2026, 2, 4, 12);
const TOKEN = 'token-of-the-double';
const samplesOf = async (connector: string): Promise<readonly Sample[]> =>
  (await import(`../../connectors/${connector}/samples.fixture.ts`)).SAMPLES;
const all = await Promise.all(
  PULL_CLIENTS.map(async (client) => ({ client, samples: await samplesOf(client.connector) })),
);

/** Answers for its token where it asks for one, and behaves as told otherwise. */
type Double = { readonly carrier: Receiver; readonly paths: string[]; behave(behaviour: Behaviour): void };
const doubles = new Map<string, Double>();

async function startDouble(client: PullClient): Promise<Double> {
  const carrier = await startReceiver();
  const paths: string[] = [];
  const facts = { fields: fieldsOf(client), nowMs: NOW_MS, nonce: 'n' };
  const tokenPath = client.token?.request(facts).path;
  const behave = (behaviour: Behaviour) =>
    carrier.behave((response, request, received) => {
      paths.push(`${request.method} ${request.url}`);
      if (tokenPath !== undefined && request.url === tokenPath)
        return response.end(JSON.stringify({ access_token: TOKEN, expires_in: '3600' }));
      return behaviour(response, request, received);
    });
  return { carrier, paths, behave };
}

beforeAll(async () => {
  for (const client of PULL_CLIENTS) doubles.set(client.connector, await startDouble(client));
});
afterAll(async () => {
  for (const { carrier } of doubles.values()) await carrier.close();
});

function doubleOf({ connector }: PullClient): Double {
  const found = doubles.get(connector);
  if (found === undefined) throw new Error(`no double of ${connector}`);
  return found;
}

function fieldsOf(client: PullClient): CredentialFields {
  return Object.fromEntries(client.fields.map(({ name }) => [name, `secret-${name}`]));
}

function numbersOf(client: PullClient, count: number): PulledNumber[] {
  const carrierCode = client.carriers[0] ?? '';
  return Array.from({ length: count }, (_, index) => ({ number: `NUMBER${index}`, carrierCode }));
}

function portsWith(timeoutMs: number): PullPorts {
  let nonces = 0;
  return {
    outbound: createOutbound({ allowLoopback: true, timeoutMs, maxAnswerBytes: 200_000 }),
    readPayload,
    tokens: createTokenShelf(),
    nowMs: () => NOW_MS,
    nonce: () => `nonce-${nonces++}`,
  };
}

function ask(client: PullClient, count = 1, ports = portsWith(5_000)): Promise<Pulled> {
  const { carrier } = doubleOf(client);
  const baseUrl = new URL(carrier.url).origin;
  return pull(ports, client, { id: 'crd', fields: fieldsOf(client), baseUrl }, numbersOf(client, count));
}

const answers =
  ({ payload, contentType }: Sample, status = 200): Behaviour =>
  (response) =>
    response.writeHead(status, { 'content-type': contentType ?? 'application/json' }).end(payload);

it('every connector has a client or says why not, and the list is in order', () => {
  const codes = PULL_CLIENTS.map(({ connector }) => connector);
  expect([...codes, ...Object.keys(NOT_PULLED)].sort()).toEqual(CONNECTORS.map(({ code }) => code).sort());
  expect(codes).toEqual([...codes].sort());
});

describe.each(all)('$client.connector', ({ client, samples }) => {
  it('names its documents, an https address and a rate', () => {
    expect(client.source.length).toBeGreaterThan(10);
    expect(client.rateSource.length).toBeGreaterThan(10);
    expect(client.baseUrl).toMatch(/^https:\/\/[a-z0-9.-]+$/);
    expect(client.rate.requests / client.rate.perMs).toBeGreaterThan(0);
    expect(client.carriers.length).toBeGreaterThan(0);
  });

  it('reads what its carrier is documented to answer, and what it refuses', async () => {
    const double = doubleOf(client);
    for (const sample of samples) {
      double.behave(answers(sample));
      const { outcome, pages } = await ask(client);
      if (Object.keys(sample.reads).length > 0) {
        expect(outcome).toBe('read');
        expect(pages.map(({ reading }) => linesOf(reading))).toEqual([sample.reads]);
      } else expect(pages.flatMap(({ reading }) => reading.errors)).not.toEqual([]);
    }
  });

  it('asks for as many numbers as fit, with its credential and no other', async () => {
    const double = doubleOf(client);
    double.behave((response) => response.end('{}'));
    double.carrier.received.length = 0;
    double.paths.length = 0;
    await ask(client, client.batchSize);
    const asked = double.carrier.received
      .map(({ headers, body }, index) => `${double.paths[index]} ${JSON.stringify(headers)} ${body}`)
      .join('\n');
    const readable = decodeURIComponent(asked.replaceAll('+', ' '));
    for (let index = 0; index < client.batchSize; index += 1) expect(readable).toContain(`NUMBER${index}`);
    expect(readable).not.toContain('undefined');
  });

  it('is never shaken by a number or a secret with marks of its format', async () => {
    const double = doubleOf(client);
    double.behave((response) => response.end('{}'));
    const fields = Object.fromEntries(
      client.fields.map(({ name }) => [name, '<&"\'>%+/?#=']),
    ) as CredentialFields;
    const facts = { fields, nowMs: NOW_MS, nonce: 'n', token: TOKEN };
    const request = client.request([{ number: '<&"\'>/..?#', carrierCode: client.carriers[0] ?? '' }], facts);
    expect(request.path).toMatch(/^\/[\x21-\x7e]*$/);
    expect(request.path).not.toMatch(/[<>"#]|\.\.\//);
  });

  it.each([
    ['timeout', BEHAVIOURS.silence],
    ['timeout', BEHAVIOURS.drip],
    ['connection_broken', BEHAVIOURS.reset],
    ['connection_broken', BEHAVIOURS.resetInAnswer],
    ['connection_broken', BEHAVIOURS.half],
    ['connection_broken', BEHAVIOURS.garbage],
    ['carrier_failed', BEHAVIOURS.error500],
    ['carrier_unavailable', BEHAVIOURS.busy503],
    ['rate_limited', BEHAVIOURS.limit429],
    ['answer_not_of_carrier', (response) => response.end('<html><body>Welcome</body></html>')],
    ['answer_cut_off', (response) => response.end('{"trackResponse":{"shipment":[{"pack')],
    ['answer_not_text', (response) => response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
    ['answer_too_large', BEHAVIOURS.huge],
    ['answer_not_of_carrier', (response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end()],
  ] as readonly (readonly [string, Behaviour])[])('names %s', async (outcome, behaviour) => {
    doubleOf(client).behave(behaviour);
    const quick = behaviour === BEHAVIOURS.silence || behaviour === BEHAVIOURS.drip;
    expect(await ask(client, 1, portsWith(quick ? 80 : 5_000))).toMatchObject({ outcome });
  });

  it('takes a lost answer and an old one for what they are: the same scans under the same ids', async () => {
    const sample = samples.find(({ reads }) => Object.keys(reads).length > 0) as Sample;
    const double = doubleOf(client);
    let tries = 0;
    // The request was heard, its answer got lost: asked again, it changes nothing.
    double.behave((response, request, received) =>
      tries++ === 0 ? response.socket?.resetAndDestroy() : answers(sample)(response, request, received),
    );
    const first = await ask(client);
    const again = await ask(client);
    const ids = ({ pages }: Pulled) =>
      pages.flatMap(({ reading }) => reading.parcels.flatMap(({ scans }) => scans.map(({ id }) => id)));
    expect(first.outcome).toBe('read');
    expect(ids(first)).toEqual(ids(again));
  });

  it('renews a refused token once, and gives a wrong credential up', async () => {
    const double = doubleOf(client);
    const ports = portsWith(5_000);
    const sample = samples.find(({ reads }) => Object.keys(reads).length > 0) as Sample;
    let refusals = 1;
    double.behave((response, request, received) =>
      refusals-- > 0 ? response.writeHead(401).end() : answers(sample)(response, request, received),
    );
    const first = await ask(client, 1, ports);
    expect(first.outcome).toBe(client.token === undefined ? 'credential_refused' : 'read');
    double.behave((response) => response.writeHead(401).end());
    const { outcome, requests } = await ask(client, 1, ports);
    expect(outcome).toBe('credential_refused');
    expect(requests).toBeLessThanOrEqual(3);
  });
});

it('a carrier that is not there is a failed connection', async () => {
  const { url, close } = await startReceiver();
  await close();
  const [client] = PULL_CLIENTS as [PullClient];
  const credential = { id: 'crd', fields: fieldsOf(client), baseUrl: new URL(url).origin };
  expect(await pull(portsWith(5_000), client, credential, numbersOf(client, 1))).toMatchObject({
    outcome: 'connection_failed',
    pages: [],
  });
});
