import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Position } from '../network/kernel/index.ts';
import { POINT_KINDS, POINT_SERVICES, type Point } from '../network/points/index.ts';

/** Debian's PostgreSQL 15 with its PostGIS (`apt-get install postgresql-15-postgis-3`); no part of the product. */
const BIN = '/usr/lib/postgresql/15/bin';
const POSTGIS = '/usr/share/postgresql/15/extension/postgis.control';

export type TwinQuestion = {
  readonly position: Position;
  readonly service?: Point['services'][number] | undefined;
  readonly kind?: Point['kind'] | undefined;
  readonly minQuality?: number | undefined;
  readonly goodsClass?: string | undefined;
};

export type Twin = {
  /** How many of ten nearest there are. */
  nearest(question: TwinQuestion): Promise<number>;
  stop(): Promise<void>;
};

/** Undefined: it is not installed here. Every filter is a column of its own, and the tree is GiST over geography. */
export async function openTwin(points: Iterable<Point>): Promise<Twin | undefined> {
  if (!existsSync(POSTGIS)) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'postroad-postgis-'));
  chmodSync(folder, 0o777);
  const data = join(folder, 'data');
  asUser(`${BIN}/initdb`, ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '-N']);
  const settings = `-c listen_addresses='' -k ${folder} -c shared_buffers=1GB -c fsync=off -c jit=off`;
  asUser(`${BIN}/pg_ctl`, ['-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start']);
  const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
  const stop = async () => {
    await client.end().catch(() => undefined);
    asUser(`${BIN}/pg_ctl`, ['-D', data, '-w', '-m', 'immediate', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await client.connect();
    await fill(client, points);
  } catch (error) {
    await stop();
    throw error;
  }
  return { nearest: (question) => ask(client, question), stop };
}

function asUser(program: string, args: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  const words = isRoot ? ['-u', 'postgres', '--', program, ...args] : [...args];
  const ended = spawnSync(isRoot ? 'runuser' : program, words, {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (ended.status !== 0) throw new Error(`${program} failed: ${ended.stderr?.toString() ?? ''}`);
}

const BATCH = 20_000;

async function fill(client: pg.Client, points: Iterable<Point>): Promise<void> {
  await client.query(`create extension postgis;
    create table point (place geography(point, 4326), services int, kind int, goods text[], quality int)`);
  let batch: Point[] = [];
  const flush = async () => {
    await client.query(
      `insert into point select st_makepoint(x, y)::geography, s, k, string_to_array(g, ','), q
       from unnest($1::float8[], $2::float8[], $3::int[], $4::int[], $5::text[], $6::int[]) as t (x, y, s, k, g, q)`,
      [
        batch.map(({ position }) => position.longitude),
        batch.map(({ position }) => position.latitude),
        batch.map(({ services }) => services.reduce((bits, one) => bits | bitOf(one), 0)),
        batch.map(({ kind }) => POINT_KINDS.indexOf(kind)),
        batch.map(({ goodsClasses }) => goodsClasses.join(',')),
        batch.map(({ quality }) => quality),
      ],
    );
    batch = [];
  };
  for (const point of points) {
    batch.push(point);
    if (batch.length === BATCH) await flush();
  }
  await flush();
  await client.query('create index on point using gist (place)');
  await client.query('vacuum analyze point');
}

function bitOf(service: Point['services'][number]): number {
  return 1 << POINT_SERVICES.indexOf(service);
}

async function ask(client: pg.Client, question: TwinQuestion): Promise<number> {
  const { position, service, kind, minQuality, goodsClass } = question;
  const values: unknown[] = [position.longitude, position.latitude];
  const conditions: string[] = [];
  const add = (condition: (place: string) => string, value: unknown) => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (service !== undefined) add((place) => `services & ${place} <> 0`, bitOf(service));
  if (kind !== undefined) add((place) => `kind = ${place}`, POINT_KINDS.indexOf(kind));
  if (minQuality !== undefined) add((place) => `quality >= ${place}`, minQuality);
  if (goodsClass !== undefined) add((place) => `${place} = any(goods)`, goodsClass);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const text = `select quality, st_distance(place, st_makepoint($1, $2)::geography, false) as meters from point ${where}
    order by place <-> st_makepoint($1, $2)::geography limit 10`;
  const { rowCount } = await client.query({ name: `near ${conditions.join(' ')}`, text, values });
  return rowCount ?? 0;
}
