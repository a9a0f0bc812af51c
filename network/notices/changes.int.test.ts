import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { STREAMS_OF_PERSON } from './change-watch.ts';
import { topicsOfRole } from './topics.policy.ts';

/** Staff screens that listen: over HTTP, with the keys of the parties alone. */
let network: TestNetwork;
let express: Partner;
let other: Partner;
type Partner = { readonly client: Client; readonly key: string };
const streams: AbortController[] = [];
beforeAll(async () => {
  network = await startTestNetwork();
  const NL = 'NL' as CountryCode;
  express = await network.open(
    { kind: 'carrier', name: 'Express', country: NL, carrierCode: 'postroad_express_eu' },
    'carrier',
  );
  other = await network.open({ kind: 'carrier', name: 'UPS', country: NL, carrierCode: 'ups' }, 'carrier');
});
afterAll(async () => {
  for (const stream of streams) stream.abort();
  await network?.stop();
});

type Told = { readonly id: string; readonly topics: readonly string[] };

async function follow(headers: Record<string, string>) {
  const leaving = new AbortController();
  streams.push(leaving);
  const response = await fetch(`${network.baseUrl}/v1/live`, { signal: leaving.signal, headers });
  const told: Told[] = [];
  const waiting: (() => void)[] = [];
  void (async () => {
    let text = '';
    for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      for (
        let block = /^((?:[^\n]+\n)+)\n/.exec(text);
        block !== null;
        block = /^((?:[^\n]+\n)+)\n/.exec(text)
      ) {
        text = text.slice(block[0].length);
        const id = /^id: (.*)$/m.exec(block[0])?.[1];
        const data = /^data: (.*)$/m.exec(block[0])?.[1];
        if (id !== undefined && data !== undefined) told.push({ id, ...JSON.parse(data) });
        for (const wake of waiting.splice(0)) wake();
      }
    }
  })().catch(() => undefined);
  /** Until it was told a topic; answers all that it was told so far. */
  const hears = async (topic: string): Promise<readonly Told[]> => {
    while (!told.some(({ topics }) => topics.includes(topic)))
      await new Promise<void>((resolve) => waiting.push(resolve));
    return told;
  };
  const opened = async () => {
    while (told.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    return told[0] as Told;
  };
  return { status: response.status, told, hears, opened, leave: () => leaving.abort() };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const namesOf = (told: readonly Told[]) => [...new Set(told.flatMap(({ topics }) => topics))].sort();
let serial = 0;
async function sayUnknown(client: Client) {
  serial += 1;
  const scan = { number: `LIVE00000${serial}`, code: `ODD_${serial}`, occurred_at: new Date().toISOString() };
  expect((await client.post('/v1/scans', { scans: [scan] })).status).toBe(200);
  await network.settle();
}
async function sayImpossible(client: Client) {
  serial += 1;
  const hour = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const at = (country: string, city: string, hours: number) => ({
    number: `LIVE00000${serial}`,
    milestone: 'linehaul',
    occurred_at: hour(hours),
    place: { country, city },
  });
  const scans = [
    at('DE', 'Hamburg', 5),
    at('DE', 'Hamburg', 4),
    at('CN', 'Shanghai', 3),
    at('DE', 'Hamburg', 2),
  ];
  expect((await client.post('/v1/scans', { scans })).status).toBe(200);
  await network.settle();
}

test('who brought a scan hears that it is held or not understood, the network hears all, and nobody hears of another', async () => {
  const mine = await follow(bearer(express.key));
  const theirs = await follow(bearer(other.key));
  const minted = await network.operator.post<{ secret: string }>('/v1/api-keys', {
    name: 'desk',
    role: 'operator',
  });
  const staff = await follow(bearer(minted.body.secret));
  for (const one of [mine, theirs, staff]) expect((await one.opened()).topics).toEqual([]);
  await sayImpossible(express.client);
  await mine.hears('quarantine');
  await sayUnknown(other.client);
  await theirs.hears('unmapped_codes');
  expect(namesOf(mine.told)).toEqual(['quarantine']);
  expect(namesOf(theirs.told)).toEqual(['unmapped_codes']);
  await staff.hears('unmapped_codes');
  expect(namesOf(staff.told)).toEqual(expect.arrayContaining(['quarantine', 'sources', 'unmapped_codes']));
});

test('who comes back hears what changed meanwhile, and everything when nobody knows how long he was away', async () => {
  const first = await follow(bearer(express.key));
  const { id } = await first.opened();
  first.leave();
  await sayUnknown(express.client);
  const again = await follow({ ...bearer(express.key), 'last-event-id': id });
  await again.hears('unmapped_codes');
  expect(namesOf(again.told)).toEqual(['unmapped_codes']);
  const lost = await follow({ ...bearer(express.key), 'last-event-id': 'an id of nobody' });
  expect((await lost.opened()).topics).toEqual(topicsOfRole('carrier'));
});

test('a person has so many streams and no more, and another one his own', async () => {
  const keyed = await network.open(
    { kind: 'merchant', name: 'Shop', country: 'NL' as CountryCode },
    'merchant_app',
  );
  const opened = [];
  for (let index = 0; index < STREAMS_OF_PERSON; index += 1) {
    const one = await follow(bearer(keyed.key));
    await one.opened();
    opened.push(one);
  }
  expect((await follow(bearer(keyed.key))).status).toBe(429);
  expect((await follow(bearer(other.key))).status).toBe(200);
  opened[0]?.leave();
  for (let status = 429; status === 429; ) status = (await follow(bearer(keyed.key))).status;
  expect((await follow({})).status).toBe(401);
});
