import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { CountryCode, OrganisationId } from '../network/kernel/index.ts';
import {
  createWaybillPorts,
  issueWaybills,
  loadSegment,
  type WaybillRequest,
} from '../network/waybills/index.ts';
import { monotonicMs, wallClock } from '../platform/clock/index.ts';
import { type Database, migrate, openDatabase, readMigrations, sql } from '../platform/db/index.ts';
import { startEmbeddedPostgres } from '../platform/postgres/index.ts';
import { createWorld, type World } from '../platform/world/index.ts';

/*
 * How fast waybill numbers are issued, against bare inserts of the very same rows (waybills and their events) into
 * tables of the same shape and indexes. Both run in batches of the same size, one transaction each, interleaved in one
 * run on a durable embedded PostgreSQL; the median of the rounds counts. Target: a ratio of at least 0.5.
 * Usage: node bench/waybill-numbers.ts [--batch 100] [--batches 20] [--rounds 5] [--seed 1]
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CARRIER = 'postroad_express_eu';
const MERCHANT = 'org_01jd3v9k2m4n6p8q0r1s2t3v4w' as OrganisationId;
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const batch = option('batch', 100);
const batches = option('batches', 20);
const rounds = option('rounds', 5);
const seed = option('seed', 1);

const folder = mkdtempSync(join(tmpdir(), 'postroad-bench-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
try {
  const admin = new pg.Client({ connectionString: server.url('postgres') });
  await admin.connect();
  await admin.query('create database bench');
  await admin.end();
  const url = server.url('bench');
  await migrate(url, await readMigrations(ROOT));
  await copyTables(url);
  const database = openDatabase({ url, role: 'postroad_app' });
  try {
    console.log(JSON.stringify(await measure(database)));
  } finally {
    await database.close();
  }
} finally {
  await server.stop();
  rmSync(server.home, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

async function copyTables(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`create schema bench; grant usage on schema bench to postroad_app;
    create table bench.waybill (like waybills.waybill including all);
    create table bench.outbox (like platform.outbox_organisation including all);
    grant select, insert on bench.waybill, bench.outbox to postroad_app`);
  await client.end();
}

async function analyze(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze');
  await client.end();
}

async function measure(database: Database): Promise<object> {
  const world = createWorld('live', database, wallClock);
  const ports = createWaybillPorts({ dataFolder: folder, blobs: none(), press: none(), vault: none() });
  await prepare(world, ports);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const issueMs = await issueRound(world, ports, round);
    // Without statistics the join that reads the rows back takes minutes; autovacuum would make them too late.
    await analyze(server.url('bench'));
    const insertMs = await insertRound(database, round);
    // The first round warms up.
    if (round >= 0) {
      ours.push(issueMs);
      bare.push(insertMs);
    }
  }
  const numbers = batch * batches;
  const [issueMs, bareMs] = [median(ours), median(bare)];
  return {
    bench: 'waybill-numbers',
    figure: Math.round((numbers / issueMs) * 1000),
    unit: 'numbers/s',
    bare: Math.round((numbers / bareMs) * 1000),
    ratio: Math.round((bareMs / issueMs) * 1000) / 1000,
    target: 0.5,
    batch,
    batches,
    rounds,
    seed,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    commit: commit(),
  };
}

/** This bench prints nothing and stores no blob. */
function none<T>(): T {
  return {} as T;
}

async function prepare(world: World, ports: ReturnType<typeof createWaybillPorts>): Promise<void> {
  const outcome = await world.command('network', (work) =>
    ports
      .marksOf(world)
      .read()
      .then((reading) =>
        loadSegment(
          work,
          reading,
          {
            carrierCode: CARRIER,
            holder: 'network',
            prefix: 'PRE',
            suffix: '',
            digits: 11,
            fromSerial: seed * 1_000_000,
            toSerial: 90_000_000_000,
            checkRule: 'mod11',
            checkCovers: 'serial',
          },
          'bench',
        ),
      ),
  );
  if (!outcome.ok) throw new Error(outcome.rejection.code);
}

async function issueRound(
  world: World,
  ports: ReturnType<typeof createWaybillPorts>,
  round: number,
): Promise<number> {
  const issuer = ports.issuerOf(world);
  const start = monotonicMs();
  for (let index = 0; index < batches; index += 1) {
    const requests = Array.from(
      { length: batch },
      (_, n): WaybillRequest => ({
        objectId: `r${round}-${index}-${n}`,
        carrierCode: CARRIER,
        orderRefs: [],
        to: { country: 'DE' as CountryCode, postcode: String(10_000 + ((seed + n * 7_919) % 10_000)) },
        weightGrams: 100 + n,
      }),
    );
    const ready = await issuer.ensure(MERCHANT, CARRIER, batch);
    if (!ready.ok) throw new Error(ready.rejection.code);
    await world.command({ organisationId: MERCHANT }, async (work) => {
      const outcomes = await issueWaybills(
        work,
        { issuer, rules: ports.rules, vault: ports.vault },
        MERCHANT,
        requests,
      );
      const refusedOne = outcomes.find((outcome) => !outcome.ok);
      if (refusedOne !== undefined) throw new Error(JSON.stringify(refusedOne));
      return { ok: true, value: undefined };
    });
  }
  return monotonicMs() - start;
}

/** The rows that the round before wrote, again, into the copies. */
async function insertRound(database: Database, round: number): Promise<number> {
  const rows = await database.read('network', async (tx) => ({
    waybills: await tx.rows<{ row: object }>(sql`
      select to_jsonb(w) as row from waybills.waybill w where object_id like ${`r${round}-%`} order by waybill_id`),
    events: await tx.rows<{ row: object }>(sql`
      select to_jsonb(o) as row from platform.outbox_organisation o
      join waybills.waybill w on w.waybill_id = o.subject_id where w.object_id like ${`r${round}-%`} order by o.event_id`),
  }));
  const parts = Array.from({ length: batches }, (_, index) => ({
    waybills: JSON.stringify(rows.waybills.slice(index * batch, (index + 1) * batch).map(({ row }) => row)),
    events: JSON.stringify(rows.events.slice(index * batch, (index + 1) * batch).map(({ row }) => row)),
  }));
  const start = monotonicMs();
  for (const part of parts) {
    await database.transaction('network', async (tx) => {
      await tx.run(sql`
        insert into bench.waybill select * from jsonb_populate_recordset(null::bench.waybill, ${part.waybills}::jsonb)`);
      await tx.run(sql`
        insert into bench.outbox select * from jsonb_populate_recordset(null::bench.outbox, ${part.events}::jsonb)`);
      return { keep: true, value: undefined };
    });
  }
  return monotonicMs() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
