import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openMarket } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import type { PostsDone, PostsTask } from './posts.main.ts';
import {
  CARRIER_CODE,
  inBatches,
  parcelIdOf,
  parcelsOfRound,
  putParcels,
  STEPS,
  scansOfRound,
} from './scan-load.ts';
import { openTwins } from './scan-twins.ts';
import { openStage } from './stage.ts';

/*
 * Intake of scans: `POST /v1/scans` in batches from a second process, by the carrier of the parcels. A scan counts when
 * it is committed with timeline and events. Beside it, in turns, the bare twins of scan-twins.ts. Then duplicates, late
 * scans, batches at 70 % of the peak and single scans (look-ups: look-ups.ts). The server answers only (role `api`):
 * what the relay does with the events later is not in the figures. Each parcel of a slot gets one scan a round
 * (scan-load.ts). A young database makes a new file of its log for every 10,000 scans; with `--turned 1` the log has gone
 * round once, as in one that is older.
 * Targets: 10,000 scans/s, 0.5 of the same rows, 0.25 of the bare insert, 60 us of PostgreSQL and 25 us of Node a scan,
 * p99 250 ms; duplicates and late scans at most 1.5 times as dear; single scans 4,000/s at p99 30 ms.
 * Usage: node bench/scans.ts [--slots 20000] [--batch 500] [--rounds 5] [--width 4] [--singles 20000] [--turned 0] [--seed 1]
 */
const slots = option('slots', 20_000);
const batch = option('batch', 500);
const rounds = option('rounds', 5);
const width = option('width', 4);
const singles = option('singles', 20_000);
const isTurned = option('turned', 0) === 1;
const seed = option('seed', 1);
const SINGLE_WIDTH = 64;
const ALL_ROUNDS = STEPS + 1 + rounds + rounds + Math.ceil(singles / slots) + 1;

/** How an answer begins that is as it should be. */
const ANSWERS = {
  accepted: /^200 \{"accepted":\d+,"duplicates":0,"refused":0/,
  duplicates: /^200 \{"accepted":0,"duplicates":\d+,"refused":0/,
};

const began = Date.now();
const stage = await openStage({ POSTROAD_ROLE: 'api' });
const sender = fork(fileURLToPath(new URL('./posts.main.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  const market = await openMarket(stage, {
    ...{ operator: stage.operator, country: 'DE', currency: 'EUR', topUpMinor: 1_000 },
    carrierCode: CARRIER_CODE,
  });
  const generations = Math.ceil(ALL_ROUNDS / STEPS) + 1;
  await putParcels(stage.cluster.liveUrl, 0, slots * generations, market);
  const headers = { authorization: `Bearer ${market.carrier.key}`, 'content-type': 'application/json' };
  const post = (scans: readonly object[]) => ({ headers, body: JSON.stringify({ scans }) });
  const batchesOf = (scans: readonly object[]) => inBatches(scans, batch).map(post);
  const url = `${stage.baseUrl}/v1/scans`;

  let round = 0;
  const nextScans = () => scansOfRound(slots, round++, began);
  for (; round < STEPS; ) await measured({ url, posts: batchesOf(nextScans()), width }, 'accepted');
  await stage.analyze();
  if (isTurned) await stage.turnLog();
  const twins = await openTwins(stage.cluster.liveUrl, width);

  const ms = { ours: [] as number[], same: [] as number[], insert: [] as number[] };
  const us = { node: [] as number[], postgres: [] as number[], same: [] as number[] };
  const dear = { fresh: [] as number[], duplicate: [] as number[], late: [] as number[] };
  for (let turn = -1; turn < rounds; turn += 1) {
    const since = new Date().toISOString();
    const scans = nextScans();
    const posts = batchesOf(scans);
    const ours = await measured({ url, posts, width }, 'accepted');
    const again = await measured({ url, posts, width }, 'duplicates');
    const rows = await twins.rowsOf(
      since,
      inBatches(parcelsOfRound(slots, round - 1).map(parcelIdOf), batch),
    );
    const before = stage.cpu();
    const same = await twins.run('same_rows', rows);
    const sameCpu = cpuBetween(before, stage.cpu());
    const insert = await twins.run('insert', rows);
    const late = await measured(
      { url, posts: batchesOf(scansOfRound(slots, round - 1, began, true)), width },
      'accepted',
    );
    // The first turn warms up.
    if (turn < 0) continue;
    ms.ours.push(ours.tookMs);
    ms.same.push(same);
    ms.insert.push(insert);
    us.node.push((ours.cpu.node * 1_000) / slots);
    us.postgres.push((ours.cpu.postgres * 1_000) / slots);
    us.same.push((sameCpu.postgres * 1_000) / slots);
    const cost = ({ cpu }: { cpu: { node: number; postgres: number } }) => (cpu.node + cpu.postgres) / slots;
    dear.fresh.push(cost(ours));
    dear.duplicate.push(cost(again));
    dear.late.push(cost(late));
  }
  const peak = (slots / median(ms.ours)) * 1_000;

  // The copies of the twins.
  stage.writeBack();
  const everyMs = (batch / (0.7 * peak)) * 1_000;
  const paced: number[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const done = await measured({ url, posts: batchesOf(nextScans()), width, everyMs }, 'accepted');
    paced.push(...done.latenciesMs);
  }

  const one = nextScans().slice(0, singles);
  const single = await measured(
    { url, posts: one.map((scan) => post([scan])), width: SINGLE_WIDTH },
    'accepted',
  );

  await twins.stop();
  printLine({
    bench: 'scans',
    unit: 'scans/s recorded; us of CPU a scan',
    perSecond: rounded(peak, 0),
    sameRowsPerSecond: rounded((slots / median(ms.same)) * 1_000, 0),
    insertPerSecond: rounded((slots / median(ms.insert)) * 1_000, 0),
    ratio: rounded(median(ms.same) / median(ms.ours)),
    ratioToInsert: rounded(median(ms.insert) / median(ms.ours)),
    postgresUs: rounded(median(us.postgres), 1),
    nodeUs: rounded(median(us.node), 1),
    sameRowsPostgresUs: rounded(median(us.same), 1),
    duplicateTimes: rounded(median(dear.duplicate) / median(dear.fresh)),
    lateTimes: rounded(median(dear.late) / median(dear.fresh)),
    batchMs: { atPerSecond: rounded(0.7 * peak, 0), p50: quantile(paced, 0.5), p99: quantile(paced, 0.99) },
    single: {
      perSecond: rounded((one.length / single.tookMs) * 1_000, 0),
      p50: quantile(single.latenciesMs, 0.5),
      p99: quantile(single.latenciesMs, 0.99),
      width: SINGLE_WIDTH,
    },
    ...{ slots, batch, rounds, width, isTurned, seed },
  });
} finally {
  sender.kill();
  await stage.stop();
}

async function measured(task: PostsTask, expected: keyof typeof ANSWERS) {
  sender.send(task);
  await answerOf(sender);
  const before = stage.cpu();
  sender.send('go');
  const done = (await answerOf(sender)) as PostsDone;
  const wrong = done.heads.find((head) => !ANSWERS[expected].test(head));
  if (wrong !== undefined || done.heads.length !== task.posts.length)
    throw new Error(`not all were ${expected}: ${wrong}`);
  return { ...done, cpu: cpuBetween(before, stage.cpu()) };
}

async function answerOf(process: ChildProcess): Promise<unknown> {
  const [message] = await once(process, 'message');
  return message;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN, 1);
}
