import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { asAdmin } from '../../test/setup/database.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';

const NAME = `t_migrate_${process.pid}`;
let url = '';
beforeEach(async () => {
  await asAdmin(inject('adminUrl'), `create database ${NAME}`);
  const address = new URL(inject('adminUrl'));
  address.pathname = `/${NAME}`;
  url = address.toString();
});
afterEach(() => asAdmin(inject('adminUrl'), `drop database if exists ${NAME} with (force)`));

const first: Migration = { number: 1, name: 'a/0001-first.sql', text: 'create table public.first (id int)' };
const second: Migration = {
  number: 2,
  name: 'b/0002-second.sql',
  text: 'create table public.second (id int)',
};

async function tables(): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query("select tablename from pg_tables where schemaname = 'public' order by 1");
  await client.end();
  return result.rows.map((row) => row.tablename);
}

test('what is missing is applied once, in order', async () => {
  expect(await migrate(url, [first])).toEqual({ applied: [first.name], version: 1 });
  expect(await migrate(url, [first, second])).toEqual({ applied: [second.name], version: 2 });
  expect(await migrate(url, [first, second])).toEqual({ applied: [], version: 2 });
});

test('a file that was changed after it was applied is refused', async () => {
  await migrate(url, [first]);
  await expect(migrate(url, [{ ...first, text: `${first.text} ` }])).rejects.toThrow(
    'was changed after it was applied',
  );
});

test('a database that is newer than the program is refused and left as it is', async () => {
  await migrate(url, [second]);
  await expect(migrate(url, [first])).rejects.toThrow('start the newer program');
  expect(await tables()).toEqual(['second']);
});

test('a file that fails leaves nothing and names itself', async () => {
  const broken = { ...second, text: 'create table public.half (id int); select nonsense' };
  await expect(migrate(url, [first, broken])).rejects.toThrow('migration b/0002-second.sql failed');
  expect(await tables()).toEqual(['first']);
});

test('servers that start at once migrate once', async () => {
  const slow = { ...first, text: `${first.text}; select pg_sleep(0.1)` };
  const reports = await Promise.all([1, 2, 3, 4].map(() => migrate(url, [slow, second])));
  expect(reports.flatMap((report) => report.applied).sort()).toEqual([first.name, second.name]);
});

test('files that share a number, or break the pattern of names, are refused', async () => {
  const root = await mkdtemp(join(tmpdir(), 'postroad-migrations-'));
  try {
    for (const module of ['one', 'two']) {
      await mkdir(join(root, 'network', module, 'migrations'), { recursive: true });
    }
    await writeFile(join(root, 'network/one/migrations/0010-a.sql'), 'select 1');
    await writeFile(join(root, 'network/two/migrations/0011-b.sql'), 'select 2');
    expect((await readMigrations(root)).map((migration) => migration.number)).toEqual([10, 11]);
    await writeFile(join(root, 'network/two/migrations/0010-c.sql'), 'select 3');
    await expect(readMigrations(root)).rejects.toThrow('share a number');
    await rm(join(root, 'network/two/migrations/0010-c.sql'));
    await writeFile(join(root, 'network/two/migrations/11-d.sql'), 'select 4');
    await expect(readMigrations(root)).rejects.toThrow('the name is NNNN-words.sql');
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
