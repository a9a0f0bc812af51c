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
 * from a second process, eight at a time, then by a crowd of 64 as that of single scans (scans.ts). Beside it, in turns and
 * in this process:
 *   bare          a row of a parcel by its primary key, on eight plain connections, and on 64
 *   room          what the room does of it (read, fold, answer), eight at a time, each in a transaction of its own
 *   roomTogether  the same, eight in a transaction, two of those at a time
 * Target: half the rate of a bare one. The server answers only (role `api`).
 * Usage: node bench/look-ups.ts [--parcels 5000] [--rounds 5] [--width 8] [--seed 1]
 */
const parcels = option('parcels', 5_000);
const rounds = option('rounds', 5);
const width = option('width', 8);
const CROWD = 64;
const seed = option('seed', 1);

const began = Date.now();
const stage = await openStage({ POSTROAD_ROLE: 'api' });
const asker = fork(fileURLToPath(new URL('./gets.main.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const database = openDatabase({ url: stage.cluster.liveUrl, role: APP_ROLE });
const clients = Array.from(
  { length: Math.max(width, CROWD) },
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
  const task = { port: Number(new URL(stage.baseUrl).port), key: market.carrier.key, paths };

  const ms = { bare: [] as number[], crowd: [] as number[], room: [] as number[], together: [] as number[] };
  const [few, crowd] = [measure(width), measure(CROWD)];
  for (let turn = -1; turn < rounds; turn += 1) {
    const isWarm = turn >= 0;
    await few.ask(task, isWarm);
    await crowd.ask(task, isWarm);
    const crowdBare = await each(clients.slice(0, CROWD), asked, bareLookUp);
    const bare = await each(clients.slice(0, width), asked, bareLookUp);
    const room = await each(clients.slice(0, width), asked, (_, id) => roomLookUp([id]));
    const together = await each(['first', 'second'], inBatches(asked, width), (_, ids) => roomLookUp(ids));
    // The first turn warms up.
    if (!isWarm) continue;
    ms.bare.push(bare);
    ms.crowd.push(crowdBare);
    ms.room.push(room);
    ms.together.push(together);
  }
  const rate = (took: readonly number[]) => rounded((asked.length / median(took)) * 1_000, 0);
  printLine({
    bench: 'look-ups',
    unit: 'timelines/s',
    ...few.figures(ms.bare),
    crowd: { ...crowd.figures(ms.crowd), barePerSecond: rate(ms.crowd), width: CROWD },
    barePerSecond: rate(ms.bare),
    roomPerSecond: rate(ms.room),
    roomRatio: rounded(median(ms.bare) / median(ms.room)),
    roomTogetherPerSecond: rate(ms.together),
    roomTogetherRatio: rounded(median(ms.bare) / median(ms.together)),
    ...{ parcels, width, rounds, seed },
  });
} finally {
  asker.kill();
  await database.close();
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  await stage.stop();
}

/** What so many callers at a time were answered, over all rounds that count. */
function measure(callers: number) {
  const took: number[] = [];
  const latencies: number[] = [];
  const us = { node: [] as number[], postgres: [] as number[] };
  let bytes = 0;
  return {
    async ask(task: Omit<GetsTask, 'width'>, counts: boolean): Promise<void> {
      asker.send({ ...task, width: callers } satisfies GetsTask);
      await once(asker, 'message');
      const before = stage.cpu();
      asker.send('go');
      const [done] = (await once(asker, 'message')) as [GetsDone];
      if (done.wrong !== undefined) throw new Error(`a look-up was answered so: ${done.wrong}`);
      if (!counts) return;
      const cpu = cpuBetween(before, stage.cpu());
      took.push(done.tookMs);
      latencies.push(...done.latenciesMs);
      us.node.push((cpu.node * 1_000) / task.paths.length);
      us.postgres.push((cpu.postgres * 1_000) / task.paths.length);
      bytes = done.bytes / task.paths.length;
    },
    figures: (bareMs: readonly number[]) => ({
      perSecond: rounded((parcels / median(took)) * 1_000, 0),
      ratio: rounded(median(bareMs) / median(took)),
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      nodeUs: rounded(median(us.node), 1),
      postgresUs: rounded(median(us.postgres), 1),
      bytes: rounded(bytes, 0),
    }),
  };
}

async function bareLookUp(client: pg.Client, id: string): Promise<void> {
  const look = { name: 'look', text: 'select * from tracking.parcel where bucket = $1 and parcel_id = $2' };
  const { rowCount } = await client.query({ ...look, values: [bucketOf(id), id] });
  if (rowCount !== 1) throw new Error(`no parcel ${id}`);
}

async function roomLookUp(ids: readonly string[]): Promise<void> {
  let found = 0;
  await database.read('network', (tx) => {
    keepPlans(tx);
    return findTimelines(tx, ids, (id, parts) => {
      if (timelineOf(parts).timeline.entries.length === 0) throw new Error(`nothing of parcel ${id}`);
      found += 1;
    });
  });
  if (found !== ids.length) throw new Error(`${found} parcels of ${ids.length}`);
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
