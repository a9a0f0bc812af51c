import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  addMs,
  type CountryCode,
  type Instant,
  instant,
  type OrganisationId,
} from '../network/kernel/index.ts';
import { aPoint, insertPoints } from '../network/points/points.fixture.ts';
import { openDatabase } from '../platform/db/index.ts';
import { newId } from '../platform/world/index.ts';
import { openMarket } from '../test/setup/market.ts';
import { cpuBetween } from './cpu.ts';
import { median, option, printLine, rounded } from './figures.ts';
import type { PostsDone, PostsTask } from './posts.main.ts';
import { CARRIER_CODE } from './scan-load.ts';
import { openStage } from './stage.ts';

/*
 * Reservations at points that all want: `POST /v1/point-reservations` by 64 clients of another process, for the same hour
 * of a few counters. Each is weighed among all counters, held under lock, and committed with its decision and its event.
 * Beside it, in turns, the bare twin: one conditional update of a counter's hour in a table of its own, a commit each, by
 * as many connections. Each round wants another hour. Twice as many as there are places want the last one: as many get
 * one as there are, and the slots of all rounds never hold more than they may, or the bench fails.
 * No target was set for the rate. The server answers only (role `api`).
 * Usage: node bench/reservations.ts [--count 2000] [--points 8] [--rounds 5] [--width 64] [--seed 1]
 */
const count = option('count', 2_000);
const pointCount = option('points', 8);
const rounds = option('rounds', 5);
const width = option('width', 64);
const seed = option('seed', 1);
const HOUR_MS = 3_600_000;
/** Of a counter in an hour: enough for one round, and half of what the last one asks. */
const perHour = Math.ceil(count / pointCount);

const HERE = { latitude: 30.2741, longitude: 120.1551 };
const allDay = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' }));
const post = newId('org') as OrganisationId;
const points = Array.from({ length: pointCount }, (_, index) =>
  aPoint(newId('pnt'), post, {
    position: { ...HERE, latitude: HERE.latitude + index / 2_000 },
    hours: allDay,
    capacity: { perHour: { collect: perHour, return: perHour, mail: perHour }, shelf: 1_000 },
  }),
);

const stage = await openStage({ POSTROAD_ROLE: 'api' }, async ({ liveUrl }) => {
  const database = openDatabase({ url: liveUrl });
  await database.transaction('network', async (tx) => ({
    keep: true,
    value: await insertPoints(tx, points),
  }));
  await database.close();
});
const sender = fork(fileURLToPath(new URL('./posts.main.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const connect = () => new pg.Client({ connectionString: stage.cluster.liveUrl });
const first = connect();
const clients = [first, ...Array.from({ length: width - 1 }, connect)];
// When something fails the cluster stops under them; what failed is told, not that.
for (const client of clients) client.on('error', () => undefined);
try {
  const { merchant } = await openMarket(stage, {
    ...{ operator: stage.operator, country: 'CN' as CountryCode, currency: 'CNY', topUpMinor: 1_000 },
    carrierCode: CARRIER_CODE,
  });
  await Promise.all(clients.map((client) => client.connect()));
  await stage.sql(`create schema bench; create table bench.slot (like allocation.slot including all)`);
  const full = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const hourOf = (round: number) => addMs(instant(new Date(full).toISOString()), (round + 2) * HOUR_MS);

  const ms = { ours: [] as number[], bare: [] as number[] };
  const us = { node: [] as number[], postgres: [] as number[] };
  const latencies: number[] = [];
  for (let turn = 0; turn <= rounds; turn += 1) {
    const done = await reserveAll(merchant.key, hourOf(turn), count);
    const bare = await reserveBare(hourOf(turn));
    if (turn === 0) {
      // The first turn warms up.
      await stage.analyze();
      continue;
    }
    if (done.made !== count) throw new Error(`${done.made} of ${count} were made: ${done.other}`);
    ms.ours.push(done.tookMs);
    ms.bare.push(bare);
    us.node.push((done.cpu.node * 1_000) / count);
    us.postgres.push((done.cpu.postgres * 1_000) / count);
    latencies.push(...done.latenciesMs);
  }
  const crowd = await reserveAll(merchant.key, hourOf(rounds + 1), 2 * count);
  await mustHold(crowd.made, (rounds + 1) * count);
  const rate = (took: readonly number[]) => rounded((count / median(took)) * 1_000, 0);
  printLine({
    bench: 'reservations',
    unit: 'reservations/s; us of CPU a reservation',
    perSecond: rate(ms.ours),
    barePerSecond: rate(ms.bare),
    ratio: rounded(median(ms.bare) / median(ms.ours)),
    nodeUs: rounded(median(us.node), 0),
    postgresUs: rounded(median(us.postgres), 0),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    crowd: { asked: 2 * count, places: perHour * pointCount, got: crowd.made },
    ...{ points: pointCount, count, width, rounds, seed },
  });
} finally {
  sender.kill();
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  await stage.stop();
}

async function reserveAll(key: string, startsAt: Instant, asked: number) {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const posts = Array.from({ length: asked }, (_, index) => ({
    headers,
    body: JSON.stringify({
      ...{ service: 'return', country: 'CN', position: HERE, parcels: 1 },
      ...{ not_before: startsAt, not_after: addMs(startsAt, HOUR_MS) },
      subject: { kind: 'return', id: `${startsAt}-${index}` },
    }),
  }));
  const task: PostsTask = { url: `${stage.baseUrl}/v1/point-reservations`, posts, width };
  sender.send(task);
  await answerOf(sender);
  const before = stage.cpu();
  sender.send('go');
  const done = (await answerOf(sender)) as PostsDone;
  const others = done.heads.filter((head) => !head.startsWith('201 '));
  // Who comes too late is refused, and nothing else goes wrong.
  const wrong = others.find((head) => !head.startsWith('422 '));
  if (wrong !== undefined) throw new Error(`a reservation was answered so: ${wrong}`);
  return { ...done, cpu: cpuBetween(before, stage.cpu()), made: asked - others.length, other: others[0] };
}

/** The same demand on as many rows, each by the one statement that keeps the sum; milliseconds. */
async function reserveBare(startsAt: Instant): Promise<number> {
  await first.query(
    `insert into bench.slot (organisation_id, point_id, service, starts_at, published, capacity)
     select $1, p, 'return', $2, $3, $3 from unnest($4::text[]) p`,
    [post, startsAt, perHour, points.map(({ id }) => id)],
  );
  const queue = Array.from({ length: count }, (_, index) => points[index % pointCount]?.id).values();
  const take = {
    name: 'take',
    text: `update bench.slot set reserved = reserved + 1
      where organisation_id = $1 and point_id = $2 and service = 'return' and starts_at = $3
        and reserved + used + 1 <= capacity`,
  };
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (const id of queue) {
        const { rowCount } = await client.query({ ...take, values: [post, id, startsAt] });
        if (rowCount !== 1) throw new Error('a bare update found no room');
      }
    }),
  );
  return performance.now() - began;
}

/** Nothing beyond its capacity, and as many places taken as reservations were answered. */
async function mustHold(crowd: number, before: number): Promise<void> {
  const { rows } = await first.query<{ reserved: number; beyond: number; held: number }>(
    `select coalesce(sum(reserved), 0)::integer as reserved, count(*) filter (where reserved + used > capacity)::integer as beyond,
       (select count(*)::integer from allocation.reservation where state = 'held') as held
     from allocation.slot`,
  );
  const { reserved = 0, beyond = 0, held = 0 } = rows[0] ?? {};
  const places = perHour * pointCount;
  if (beyond > 0) throw new Error(`${beyond} hours hold more than they may`);
  if (crowd !== places) throw new Error(`${crowd} got a place where there were ${places}`);
  if (reserved !== before + crowd || held !== reserved)
    throw new Error(`${before + crowd} were answered, ${held} are held, ${reserved} places are taken`);
}

async function answerOf(process: ChildProcess): Promise<unknown> {
  const [message] = await once(process, 'message');
  return message;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN, 1);
}
