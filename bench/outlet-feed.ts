import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openOrganisation } from '../network/accounts/index.ts';
import type { CountryCode, OrganisationId } from '../network/kernel/index.ts';
import { receiveFeed } from '../network/points/feed.ts';
import { pointJobs } from '../network/points/index.ts';
import { monotonicMs, wallClock } from '../platform/clock/index.ts';
import { csvText } from '../platform/csv/index.ts';
import { openDatabase, sql } from '../platform/db/index.ts';
import { startJobRunner } from '../platform/jobs/index.ts';
import { createWorld, type World } from '../platform/world/index.ts';
import { cpuBetween, cpuOf } from './cpu.ts';
import { option, printLine, rounded } from './figures.ts';
import { randomOf } from './locator-points.ts';
import { openCluster } from './stage.ts';

/*
 * A post's nightly file of outlets: seconds from the bytes to the last line's report, for the first file (every outlet is
 * new) and for that of the next night (full, one line in a hundred changed). The twin is PostgreSQL alone: COPY of the
 * same file into a table of text, then one upsert into a copy of the table of points with its indexes.
 * Beside them the CPU a line of the first file, of Node and PostgreSQL and of the twin.
 * Usage: node bench/outlet-feed.ts [--lines 100000] [--seed 1]
 */
const lines = option('lines', 100_000);
const seed = option('seed', 1);
const HEADER = [
  ...['outlet_code', 'name', 'kind', 'services', 'country', 'division_codes', 'city', 'postcode', 'address'],
  ...['latitude', 'longitude', 'zone', 'hours', 'collect_per_hour', 'return_per_hour', 'shelf'],
];

function fileOf(isNextNight: boolean): string {
  const random = randomOf(seed);
  const rows = Array.from({ length: lines }, (_, index) => {
    const [north, east] = [20 + random() * 30, 80 + random() * 40];
    const isChanged = isNextNight && index % 100 === 0;
    return [
      ...[
        `PO${index}`,
        `Post office ${index}${isChanged ? ' (new hall)' : ''}`,
        'post_office',
        'collect|return|mail',
      ],
      ...['CN', '330000|330100', 'Hangzhou', '310012', `${index} Wensan Road`],
      ...[
        north.toFixed(6),
        east.toFixed(6),
        'Asia/Shanghai',
        'Mo-Fr 08:00-18:00; Sa 09:00-13:00',
        20,
        10,
        200,
      ],
    ];
  });
  return csvText([HEADER, ...rows]);
}

const cluster = await openCluster();
const database = openDatabase({ url: cluster.liveUrl, role: 'postroad_app', maxConnections: 8 });
const owner = new pg.Client({ connectionString: cluster.liveUrl });
await owner.connect();
const world = createWorld('live', database, wallClock);
const runner = startJobRunner(world, pointJobs, (kind, error) => {
  throw new Error(`${kind} failed`, { cause: error });
});
try {
  const network = await openPost(world);
  const [first, next] = [fileOf(false), fileOf(true)];
  const cpu = () => cpuOf(process.pid, cluster.postgres.processId);
  const before = cpu();
  const firstSeconds = await feed(network, first, 'delta', { opened: lines });
  const used = cpuBetween(before, cpu());
  await owner.query('analyze');
  const changed = Math.ceil(lines / 100);
  const nextSeconds = await feed(network, next, 'full', { changed, unchanged: lines - changed });
  const beforeBare = cpu();
  const bareFirst = await bare(first);
  const bareUsed = cpuBetween(beforeBare, cpu());
  const bareNext = await bare(next);
  printLine({
    bench: 'outlet-feed',
    unit: 'seconds',
    lines,
    ...{ first: rounded(firstSeconds), next: rounded(nextSeconds) },
    ...{ bareFirst: rounded(bareFirst), bareNext: rounded(bareNext) },
    ratio: rounded(firstSeconds / bareFirst, 1),
    ratioNext: rounded(nextSeconds / bareNext, 1),
    cpuUsPerLine: {
      node: rounded((used.node * 1_000) / lines, 1),
      postgres: rounded((used.postgres * 1_000) / lines, 1),
      bare: rounded((bareUsed.postgres * 1_000) / lines, 1),
    },
    linesPerSecond: Math.round(lines / firstSeconds),
    seed,
  });
} finally {
  await runner.stop();
  await database.close();
  await owner.end();
  await cluster.stop();
}

async function openPost(here: World): Promise<OrganisationId> {
  const bootstrap = { id: 'bootstrap', role: 'operator', scopes: [] } as never;
  const command = { kind: 'point_operator', name: 'Post', country: 'CN' as CountryCode } as const;
  const opened = await here.command('network', (work) => openOrganisation(work, bootstrap, command));
  if (!opened.ok) throw new Error(opened.rejection.code);
  const { id } = opened.value;
  await owner.query(
    `insert into points.contract (organisation_id, number, needs_documents, needs_site_check, valid_from, by_caller, changed_at)
     values ($1, 'P-1', false, false, '2020-01-01', 'bench', now())`,
    [id],
  );
  return id;
}

async function feed(
  organisationId: OrganisationId,
  text: string,
  mode: 'full' | 'delta',
  expected: Readonly<Record<string, number>>,
): Promise<number> {
  const bytes = Buffer.from(text);
  const before = monotonicMs();
  const command = { organisationId, mode, byCaller: 'bench', body: piecesOf(bytes) };
  const taken = await receiveFeed(world, command, async () => undefined);
  if (!taken.ok) throw new Error(taken.rejection.code);
  await runner.idle();
  const seconds = (monotonicMs() - before) / 1_000;
  const found = await database.read('network', (tx) =>
    tx.rows<{ outcome: string; count: number }>(sql`
      select outcome, count(*)::int as count from points.feed_line where feed_id = ${taken.value.id} group by outcome`),
  );
  const counts = Object.fromEntries(found.map(({ outcome, count }) => [outcome, count]));
  for (const [outcome, count] of Object.entries(expected))
    if (counts[outcome] !== count) throw new Error(`${outcome}: ${counts[outcome]}, not ${count}`);
  return seconds;
}

/** As a socket gives them. */
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** PostgreSQL alone: the same columns, as text and then as a point. */
async function bare(text: string): Promise<number> {
  const file = join(cluster.folder, 'outlets.csv');
  writeFileSync(file, text);
  chmodSync(file, 0o644);
  await owner.query(`create schema if not exists bench;
    create table if not exists bench.point (like points.point including all);
    drop table if exists bench.line;
    create table bench.line (${HEADER.map((column) => `${column} text`).join(', ')})`);
  const before = monotonicMs();
  await owner.query(`copy bench.line from '${file}' (format csv, header)`);
  await owner.query(`
    insert into bench.point (point_id, organisation_id, outlet_code, name, kind, services, goods_classes, country, division_codes,
      city, postcode, address_lines, latitude, longitude, zone, hours, exceptions, capacity, quality, state, applied_at, changed_at, version)
    select outlet_code, 'org', outlet_code, name, kind, string_to_array(services, '|'), '{}', country,
      string_to_array(division_codes, '|'), city, postcode, array[address], latitude::float8, longitude::float8, zone,
      to_jsonb(hours), '[]', jsonb_build_object('perHour', jsonb_build_object('collect', collect_per_hour), 'shelf', shelf), 50,
      'trial', now(), now(), 1
    from bench.line
    on conflict (point_id) do update set name = excluded.name, kind = excluded.kind, services = excluded.services,
      country = excluded.country, division_codes = excluded.division_codes, city = excluded.city, postcode = excluded.postcode,
      address_lines = excluded.address_lines, latitude = excluded.latitude, longitude = excluded.longitude,
      zone = excluded.zone, hours = excluded.hours, capacity = excluded.capacity, changed_at = excluded.changed_at,
      version = point.version + 1`);
  return (monotonicMs() - before) / 1_000;
}
