import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { bucketOf } from '../network/tracking/bucket.policy.ts';
import { findTimelines, timelineOf } from '../network/tracking/views.ts';
import { keepPlans, openDatabase } from '../platform/db/index.ts';
import { APP_ROLE } from '../server/postroad.ts';
import { openMarket } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import type { GetsDone, GetsTask } from './gets.main.ts';
import {
  CARRIER_CODE,
  inBatches,
  parcelIdOf,
  parcelsOfRound,
  putParcels,
  STEPS,
  scansOfRound,
} from './scan-load.ts';
import { openStage } from './stage.ts';

/*
 * Looking up the timeline of a parcel with one to ten scans, by the carrier of the parcels: `GET /v1/parcels/:id/timeline`
 * from a second process, eight at a time. Beside it, in turns and in this process:
 *   bare          a row of a parcel by its primary key, on eight plain connections
 *   room          what the room does of it (read, fold, answer), eight at a time, each in a transaction of its own
 *   roomTogether  the same, eight in a transaction, two of those at a time
 * Target: half the rate of a bare one. The server answers only (role `api`).
 * Usage: node bench/look-ups.ts [--parcels 5000] [--rounds 5] [--width 8] [--seed 1]
 */
const parcels = option('parcels', 5_000);
const rounds = option('rounds', 5);
const width = option('width', 8);
const seed = option('seed', 1);

const began = Date.now();
const stage = await openStage({ POSTROAD_ROLE: 'api' });
const asker = fork(fileURLToPath(new URL('./gets.main.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const database = openDatabase({ url: stage.cluster.liveUrl, role: APP_ROLE });
const clients = Array.from(
  { length: width },
  () => new pg.Client({ connectionString: stage.cluster.liveUrl }),
);
try {
  const market = await openMarket(stage, {
    ...{ operator: stage.operator, country: 'DE', currency: 'EUR', topUpMinor: 1_000 },
    carrierCode: CARRIER_CODE,
  });
  await putParcels(stage.cluster.liveUrl, 0, parcels, market);
  for (let round = 0; round < STEPS; round += 1) {
    for (const scans of inBatches(scansOfRound(parcels, round, began), 500)) {
      const answer = await market.carrier.client.post('/v1/scans', { scans });
      if (answer.status !== 200) throw new Error(`scans were answered with ${answer.status}`);
    }
  }
  await stage.analyze();
  for (const client of clients) client.on('error', () => undefined);
  await Promise.all(clients.map((client) => client.connect()));
  const asked = parcelsOfRound(parcels, STEPS - 1).map(parcelIdOf);
  const paths = asked.map((id) => `/v1/parcels/${id}/timeline`);
  const task = { port: Number(new URL(stage.baseUrl).port), key: market.carrier.key, paths, width };

  const ms = { ours: [] as number[], bare: [] as number[], room: [] as number[], together: [] as number[] };
  const us = { node: [] as number[], postgres: [] as number[] };
  const latencies: number[] = [];
  let bytes = 0;
  for (let turn = -1; turn < rounds; turn += 1) {
    const { done, cpu } = await ask(task);
    const bare = await each(clients, asked, bareLookUp);
    const room = await each(clients, asked, (_, id) => roomLookUp([id]));
    const together = await each(['first', 'second'], inBatches(asked, width), (_, ids) => roomLookUp(ids));
    // The first turn warms up.
    if (turn < 0) continue;
    ms.ours.push(done.tookMs);
    ms.bare.push(bare);
    ms.room.push(room);
    ms.together.push(together);
    us.node.push((cpu.node * 1_000) / asked.length);
    us.postgres.push((cpu.postgres * 1_000) / asked.length);
    latencies.push(...done.latenciesMs);
    bytes = done.bytes / asked.length;
  }
  const rate = (took: readonly number[]) => rounded((asked.length / median(took)) * 1_000, 0);
  printLine({
    bench: 'look-ups',
    unit: 'timelines/s',
    perSecond: rate(ms.ours),
    barePerSecond: rate(ms.bare),
    ratio: rounded(median(ms.bare) / median(ms.ours)),
    roomPerSecond: rate(ms.room),
    roomRatio: rounded(median(ms.bare) / median(ms.room)),
    roomTogetherPerSecond: rate(ms.together),
    roomTogetherRatio: rounded(median(ms.bare) / median(ms.together)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    nodeUs: rounded(median(us.node), 1),
    postgresUs: rounded(median(us.postgres), 1),
    bytes: rounded(bytes, 0),
    ...{ parcels, width, rounds, seed },
  });
} finally {
  asker.kill();
  await database.close();
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  await stage.stop();
}

async function ask(task: GetsTask) {
  asker.send(task);
  await once(asker, 'message');
  const before = stage.cpu();
  asker.send('go');
  const [done] = (await once(asker, 'message')) as [GetsDone];
  if (done.wrong !== undefined) throw new Error(`a look-up was answered so: ${done.wrong}`);
  return { done, cpu: cpuBetween(before, stage.cpu()) };
}

async function bareLookUp(client: pg.Client, id: string): Promise<void> {
  const look = { name: 'look', text: 'select * from tracking.parcel where bucket = $1 and parcel_id = $2' };
  const { rowCount } = await client.query({ ...look, values: [bucketOf(id), id] });
  if (rowCount !== 1) throw new Error(`no parcel ${id}`);
}

async function roomLookUp(ids: readonly string[]): Promise<void> {
  const found = await database.read('network', (tx) => {
    keepPlans(tx);
    return findTimelines(tx, ids);
  });
  for (const id of ids) {
    const parts = found.get(id);
    if (parts === undefined || timelineOf(parts).timeline.entries.length === 0)
      throw new Error(`no parcel ${id}`);
  }
}

/** Elapsed milliseconds: each worker takes the next item when it is through with one. */
async function each<Worker, Item>(
  workers: readonly Worker[],
  items: readonly Item[],
  task: (worker: Worker, item: Item) => Promise<void>,
): Promise<number> {
  const queue = items.values();
  const from = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (const item of queue) await task(worker, item);
    }),
  );
  return performance.now() - from;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN, 1);
}
