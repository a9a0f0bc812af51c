import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Point } from '../network/points/index.ts';
import { savePoints } from '../network/points/store.ts';
import { wallClock } from '../platform/clock/index.ts';
import { type Database, openDatabase } from '../platform/db/index.ts';
import { cpuBetween, memoryOf } from './cpu.ts';
import { option, printLine, rounded } from './figures.ts';
import { compareEngine, MIXES, percentile, placesOf } from './locator-engine.ts';
import { idOf, makePoints, randomOf } from './locator-points.ts';
import { openStage, type Stage } from './stage.ts';

/*
 * The locator over half a million points. First in this process beside PostGIS k-nearest (skipped, and said so, where
 * Debian's PostgreSQL 15 with PostGIS is not installed). Then over HTTP: an open loop of requests at a fixed rate from
 * this process on a server of its own while points change; what the server measured of each request, what the caller
 * waited from the moment at which the request was due, and how long a change takes to be found.
 * Usage: node bench/locator.ts [--points 500000] [--rate 500] [--seconds 10] [--changes 100] [--queries 1000] [--seed 1]
 */
const points = option('points', 500_000);
const rate = option('rate', 500);
const seconds = option('seconds', 10);
const changes = option('changes', 100);
const queries = option('queries', 1_000);
const seed = option('seed', 1);

const engine = await compareEngine(points, queries, seed, wallClock.now());

const folder = mkdtempSync(join(tmpdir(), 'postroad-locator-'));
const requestLog = join(folder, 'requests');
let startedAt = 0;
const stage = await openStage({ BENCH_REQUEST_LOG: requestLog }, async (cluster) => {
  const database = openDatabase({ url: cluster.liveUrl });
  const page: Point[] = [];
  for (const point of makePoints(points, seed)) {
    page.push(point);
    if (page.length === 5_000) await write(database, page.splice(0));
  }
  await write(database, page);
  await database.close();
  startedAt = performance.now();
});
const database = openDatabase({ url: stage.cluster.liveUrl, maxConnections: 2 });
try {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  await untilReady(stage, agent);
  const readySeconds = rounded((performance.now() - startedAt) / 1000, 1);
  const rssMib = Math.round(memoryOf([stage.nodeId]).rss / 1024);
  await stage.analyze();
  const stop = new AbortController();
  const changing = change(database, stop.signal);
  const mixes: Record<string, unknown> = {};
  await load(stage, agent, Object.values(pathsOf()), 3);
  for (const [mix, path] of [...Object.entries(pathsOf()), ['together', undefined] as const])
    mixes[mix] = await load(stage, agent, path === undefined ? Object.values(pathsOf()) : [path], seconds);
  const seenMs = await visible(stage, agent, database);
  stop.abort();
  const changed = await changing;
  printLine({
    bench: 'locator',
    seed,
    points,
    engine,
    http: { readySeconds, rssMib, rate, changesPerSecond: rounded(changed), mixes, changeSeenMs: seenMs },
  });
} finally {
  await database.close();
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function write(on: Database, some: readonly Point[]): Promise<void> {
  await on.transaction('network', async (tx) => ({ keep: true, value: await savePoints(tx, some) }));
}

type PathMaker = () => string;

function pathsOf(): Record<string, PathMaker> {
  const place = placesOf(seed + 2);
  const random = randomOf(seed + 3);
  const near = (more: string) => () => {
    const { latitude, longitude } = place();
    return `/v1/points/search?latitude=${latitude}&longitude=${longitude}${more}`;
  };
  const words = ['PO12345', 'station road', '邮政支局', 'Springfield outlet', '便民店 Hangzhou', '100500'];
  return {
    all: near(''),
    common: near(`&service=${MIXES.common.service}&min_quality=${MIXES.common.minQuality}`),
    open: near('&service=collect&goods_class=liquid&open_now=true'),
    room: () => `${near('&service=collect')()}&capacity_at=${wallClock.now()}`,
    best: near('&order=best'),
    rare: near('&service=mail&kind=locker&goods_class=battery_only&min_quality=100'),
    text: () => `${near('')()}&text=${encodeURIComponent(words[Math.floor(random() * words.length)] ?? '')}`,
    map: () => {
      const zoom = 3 + Math.floor(random() * 13);
      const { latitude, longitude } = place();
      const [width, height] = [Math.min(359, (1_280 / 256) * (360 / 2 ** zoom)), 360 / 2 ** zoom];
      const turned = (degrees: number) => ((degrees + 540) % 360) - 180;
      const [south, north] = [Math.max(-90, latitude - height), Math.min(90, latitude + height)];
      const [west, east] = [turned(longitude - width / 2), turned(longitude + width / 2)];
      return `/v1/points/clusters?west=${west}&south=${south}&east=${east}&north=${north}&zoom=${zoom}`;
    },
  };
}

/** Requests at their times, whatever became of those before: `rate` a second. */
async function load(stage: Stage, agent: Agent, paths: readonly PathMaker[], forSeconds: number) {
  const from = statSync(requestLog).size;
  const cpu = stage.cpu();
  const waited: number[] = [];
  const failed: number[] = [];
  const began = performance.now();
  const under: Promise<void>[] = [];
  for (let number = 0; number < rate * forSeconds; number += 1) {
    const due = began + (number * 1_000) / rate;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    const path = paths[number % paths.length]?.() ?? '';
    under.push(
      ask(stage, agent, path).then(({ status }) => {
        waited.push(performance.now() - due);
        if (status !== 200) failed.push(status);
      }),
    );
  }
  await Promise.all(under);
  if (failed.length > 0) throw new Error(`${failed.length} requests failed, the first with ${failed[0]}`);
  const tookSeconds = (performance.now() - began) / 1_000;
  const used = cpuBetween(cpu, stage.cpu());
  await sleep(300);
  const server = serverTimes(from);
  return {
    serverP50: percentile(server, 0.5),
    serverP99: percentile(server, 0.99),
    serverMax: percentile(server, 1),
    waitedP50: percentile(waited, 0.5),
    waitedP99: percentile(waited, 0.99),
    nodeCpuMsPerRequest: rounded(used.node / waited.length),
    perSecond: Math.round(waited.length / tookSeconds),
  };
}

function serverTimes(from: number): number[] {
  return readFileSync(requestLog)
    .subarray(from)
    .toString()
    .split('\n')
    .filter((line) => line.includes('Points"'))
    .map((line) => (JSON.parse(line) as { durationMs: number }).durationMs);
}

function ask(stage: Stage, agent: Agent, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get(stage.baseUrl + path, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    }).on('error', reject);
  });
}

async function untilReady(stage: Stage, agent: Agent): Promise<void> {
  for (;;) {
    const { status } = await ask(stage, agent, '/v1/points/search?latitude=0&longitude=0&limit=1');
    if (status === 200) return;
    await sleep(100);
  }
}

/** Points that move and change all else, in batches four times a second; answers how many a second. */
async function change(on: Database, signal: AbortSignal): Promise<number> {
  const began = performance.now();
  let changed = 0;
  let version = 2;
  while (!signal.aborted) {
    const batch: Point[] = [];
    for (const point of makePoints(Math.ceil(changes / 4), seed + version)) {
      const number = 1 + ((changed + batch.length) % points);
      batch.push({ ...point, id: idOf(number), outletCode: `PO${number}`, version });
    }
    await write(on, batch);
    changed += batch.length;
    version += 1;
    const due = began + (changed / changes) * 1_000;
    await sleep(Math.max(1, due - performance.now()));
  }
  return changed / ((performance.now() - began) / 1_000);
}

/** From the commit of a change until a search finds it: milliseconds of the slowest of ten. */
async function visible(stage: Stage, agent: Agent, on: Database): Promise<number> {
  let slowest = 0;
  // One of its own: the others change meanwhile.
  const [point] = [...makePoints(1, seed)].map((one) => ({
    ...one,
    id: idOf(points + 1),
    outletCode: 'probe',
  }));
  for (let turn = 0; turn < 10; turn += 1) {
    const name = `probe${turn}`;
    if (point !== undefined) await write(on, [{ ...point, name, version: 1_000 + turn }]);
    const began = performance.now();
    while (!(await ask(stage, agent, `/v1/points/search?text=${name}`)).text.includes(name)) await sleep(10);
    slowest = Math.max(slowest, performance.now() - began);
    await sleep(137);
  }
  return Math.round(slowest);
}
