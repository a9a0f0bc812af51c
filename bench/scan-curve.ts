import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { openMarket } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import type { PostsDone, PostsTask } from './posts.main.ts';
import { putHistory } from './scan-history.ts';
import { CARRIER_CODE, inBatches, putParcels, STEPS, scansOfRound } from './scan-load.ts';
import { openStage } from './stage.ts';

/*
 * What a scan costs when ever more scans are stored: batches as in scans.ts by one carrier of parcels that are under way
 * (`slots` of them, the youngest), while the past grows to `stored` scans in as many steps. Target: at most twice the
 * cost of the first step. Stated beside it: PostgreSQL's cache and the size of the database.
 * Usage: node bench/scan-curve.ts [--stored 2000000] [--steps 3] [--slots 20000] [--batch 500] [--rounds 5] [--seed 1]
 */
const stored = option('stored', 2_000_000);
const steps = option('steps', 3);
const slots = option('slots', 20_000);
const batch = option('batch', 500);
const rounds = option('rounds', 5);
const width = option('width', 4);
const seed = option('seed', 1);

type Step = {
  readonly pastScans: number;
  readonly perSecond: number;
  readonly postgresUs: number;
  readonly nodeUs: number;
  readonly databaseMb: number;
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
  const allRounds = STEPS + 1 + (steps + 1) * (rounds + 1);
  await putParcels(stage.cluster.liveUrl, 0, slots * (Math.ceil(allRounds / STEPS) + 1), market);
  const headers = { authorization: `Bearer ${market.carrier.key}`, 'content-type': 'application/json' };
  let round = 0;
  const takeRound = async () => {
    const posts = inBatches(scansOfRound(slots, round++, began), batch).map((scans) => ({
      headers,
      body: JSON.stringify({ scans }),
    }));
    sender.send({ url: `${stage.baseUrl}/v1/scans`, posts, width } satisfies PostsTask);
    await once(sender, 'message');
    const before = stage.cpu();
    sender.send('go');
    const [done] = (await once(sender, 'message')) as [PostsDone];
    const wrong = done.heads.find((head) => !/^200 \{"accepted":\d+,"duplicates":0,"refused":0/.test(head));
    if (wrong !== undefined) throw new Error(`not all were accepted: ${wrong}`);
    return { tookMs: done.tookMs, cpu: cpuBetween(before, stage.cpu()) };
  };
  // The first parcels arrive: what the past is copied from.
  while (round <= STEPS) await takeRound();
  await stage.analyze();

  const curve: Step[] = [];
  for (let step = 0; step <= steps; step += 1) {
    if (step > 0)
      await putHistory(stage.cluster.liveUrl, ((step - 1) * stored) / steps, (step * stored) / steps);
    const turns: Awaited<ReturnType<typeof takeRound>>[] = [];
    for (let turn = -1; turn < rounds; turn += 1) {
      const done = await takeRound();
      // The first turn warms up.
      if (turn >= 0) turns.push(done);
    }
    const point: Step = {
      pastScans: Math.round((step * stored) / steps),
      perSecond: rounded((slots / median(turns.map(({ tookMs }) => tookMs))) * 1_000, 0),
      postgresUs: rounded(median(turns.map(({ cpu }) => (cpu.postgres * 1_000) / slots)), 1),
      nodeUs: rounded(median(turns.map(({ cpu }) => (cpu.node * 1_000) / slots)), 1),
      databaseMb: await databaseMegabytes(),
    };
    curve.push(point);
    // A long run tells on the way how far it is.
    console.error(JSON.stringify({ ...point, load: rounded(loadavg()[0] ?? 0) }));
  }
  const cost = ({ postgresUs, nodeUs }: Step) => postgresUs + nodeUs;
  const [first, last] = [curve[1], curve.at(-1)];
  printLine({
    bench: 'scan-curve',
    unit: 'scans/s recorded; us of CPU a scan',
    curve,
    lastToFirst: first === undefined || last === undefined ? undefined : rounded(cost(last) / cost(first)),
    cache: await answerTo("select current_setting('shared_buffers') as answer"),
    ...{ slots, batch, rounds, width, seed },
  });
} finally {
  sender.kill();
  await stage.stop();
}

async function databaseMegabytes(): Promise<number> {
  return Math.round(
    Number(await answerTo('select pg_database_size(current_database()) as answer')) / 2 ** 20,
  );
}

async function answerTo(text: string): Promise<string> {
  const client = new pg.Client({ connectionString: stage.cluster.liveUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: string }>(text);
    return String(rows[0]?.answer);
  } finally {
    await client.end();
  }
}
