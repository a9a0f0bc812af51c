import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Market, must, openMarket } from '../test/setup/market.ts';
import { cpuBetween, memoryOf } from './cpu.ts';
import { option, printLine, rounded } from './figures.ts';
import { CARRIER_CODE, numberOf, parcelIdOf, putParcels } from './scan-load.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * The buyer's stream: what a reader costs who only waits (memory of Node; CPU of Node and PostgreSQL over the rest of the
 * program), and how long it takes from the answer to a scan until its reader has the event: alone, and while the other
 * parcels are scanned as well. Each reader follows a parcel of its own by its link.
 * Usage: node bench/live.ts [--streams 2000] [--seconds 20] [--scans 100]
 */
const streams = option('streams', 2_000);
const seconds = option('seconds', 20);
const scans = option('scans', 100);
/** One sender's batch; the reader that is measured is in none of them. */
const BATCH = 100;
/** Requests at once while everything is set up. */
const WIDTH = 25;

type Reader = { readonly number: string; events: number; onEvent: (() => void) | undefined };

const stage = await openStage();
try {
  const market = await openMarket(stage, {
    ...{ operator: stage.operator, country: 'NL', currency: 'EUR', topUpMinor: 1_000 },
    carrierCode: CARRIER_CODE,
  });
  const carrier = market.carrier.client;
  const links = await makeLinks(stage, market);
  await stage.settle();
  await sleep(5_000);
  const alone = await rest(stage);
  const memory = memoryOf([stage.nodeId]).rss;
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const readers: Reader[] = [];
  for (let from = 0; from < links.length; from += WIDTH)
    readers.push(
      ...(await Promise.all(links.slice(from, from + WIDTH).map((link) => follow(stage, agent, link)))),
    );
  await sleep(5_000);
  const grown = memoryOf([stage.nodeId]).rss - memory;
  const waiting = await rest(stage);
  const share = (ms: number) => rounded((ms * 1_000) / streams / seconds, 2);
  const quiet = await delays(readers.slice(0, scans), async (reader) => {
    await sleep(50);
    must(await carrier.post('/v1/scans', { scans: [scanOf(reader.number, readers.indexOf(reader))] }));
  });
  let isBusy = true;
  let others = 0;
  const noise = (async () => {
    for (let round = 0; isBusy; round += 1) {
      const part = readers.slice(scans).slice((round * BATCH) % Math.max(1, streams - scans - BATCH));
      const batch = part
        .slice(0, BATCH)
        .map(({ number }, index) => scanOf(number, 10_000 + round * BATCH + index));
      must(await carrier.post('/v1/scans', { scans: batch }));
      others += batch.length;
    }
  })();
  const started = performance.now();
  const busy = await delays(readers.slice(0, scans), async (reader) => {
    must(
      await carrier.post('/v1/scans', { scans: [scanOf(reader.number, 5_000 + readers.indexOf(reader))] }),
    );
  });
  isBusy = false;
  await noise;
  const at = (values: readonly number[], part: number) =>
    rounded([...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN, 1);
  printLine({
    bench: 'live',
    seed: 0,
    streams,
    kibPerStream: rounded(grown / streams, 1),
    idleMicrosecondsPerStreamAndSecond: {
      node: share(waiting.node - alone.node),
      postgres: share(waiting.postgres - alone.postgres),
    },
    ratio: rounded((waiting.node + waiting.postgres) / (alone.node + alone.postgres)),
    idleCpuPercent: { without: percent(alone), with: percent(waiting) },
    scanToReaderMs: { p50: at(quiet, 0.5), p99: at(quiet, 0.99) },
    busy: {
      scanToReaderMs: { p50: at(busy, 0.5), p99: at(busy, 0.99) },
      otherScansPerSecond: Math.round(others / ((performance.now() - started) / 1000)),
    },
    events: readers.reduce((sum, { events }) => sum + events, 0),
  });
  agent.destroy();
} finally {
  await stage.stop();
}

type Cpu = ReturnType<Stage['cpu']>;

function percent({ node, postgres }: Cpu): number {
  return rounded((node + postgres) / seconds / 10);
}

async function rest({ cpu }: Stage): Promise<Cpu> {
  const before = cpu();
  await sleep(seconds * 1_000);
  return cpuBetween(before, cpu());
}

type Link = { readonly number: string; readonly token: string };

/** Parcels put in behind the API, as in the bench of scans; their links are made by their merchant. */
async function makeLinks({ cluster }: Stage, market: Market): Promise<Link[]> {
  await putParcels(cluster.liveUrl, 0, streams, market);
  const links: Link[] = [];
  for (let from = 0; from < streams; from += WIDTH) {
    const part = Array.from({ length: Math.min(WIDTH, streams - from) }, async (_, index) => {
      const parcel = from + index;
      const made = await market.merchant.client.post<{ token: string }>(
        `/v1/parcels/${parcelIdOf(parcel)}/links`,
      );
      return { number: numberOf(parcel), token: must(made).token };
    });
    links.push(...(await Promise.all(part)));
  }
  return links;
}

function scanOf(number: string, serial: number) {
  const at = new Date(Date.UTC(2026, 10, 1) + serial * 1_000).toISOString();
  return { number, milestone: 'in_transit_local', occurred_at: at, place: { country: 'NL', city: 'Venlo' } };
}

function follow(
  { baseUrl }: Stage,
  agent: Agent,
  { number, token }: { number: string; token: string },
): Promise<Reader> {
  return new Promise((resolve, reject) => {
    const reader: Reader = { number, events: 0, onEvent: undefined };
    const body = JSON.stringify({ token });
    const sent = request(
      `${baseUrl}/v1/track/stream`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      },
      (response: IncomingMessage) => {
        if (response.statusCode !== 200) {
          reject(new Error(`a stream was answered with ${response.statusCode}`));
          return;
        }
        response.on('error', () => undefined);
        response.on('data', (chunk: Buffer) => {
          if (!chunk.includes('event: tracking')) return;
          reader.events += 1;
          reader.onEvent?.();
          resolve(reader);
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** From the answer to the scan, which comes after its commit, to the event; milliseconds. */
async function delays(
  readers: readonly Reader[],
  scan: (reader: Reader) => Promise<void>,
): Promise<number[]> {
  const times: number[] = [];
  for (const reader of readers) {
    let toldAt = 0;
    const told = new Promise<void>((resolve) => {
      reader.onEvent = () => {
        toldAt = performance.now();
        resolve();
      };
    });
    await scan(reader);
    const committedAt = performance.now();
    await told;
    times.push(Math.max(0, toldAt - committedAt));
    reader.onEvent = undefined;
  }
  return times;
}
