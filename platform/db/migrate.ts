import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

export type Migration = { readonly number: number; readonly name: string; readonly text: string };

const FILE = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Any two servers that start at once agree on this lock ("postroad" as bytes). */
const LOCK = '8101820293110522212';

/**
 * Reads every `<root>/{platform,network}/<module>/migrations/NNNN-name.sql`.
 * Throws when two files share a number or a name breaks the pattern.
 */
export async function readMigrations(root: string): Promise<readonly Migration[]> {
  const found: Migration[] = [];
  for (const side of ['platform', 'network']) {
    for (const module of await folders(join(root, side))) {
      const folder = join(root, side, module, 'migrations');
      for (const file of await readdir(folder).catch(() => [])) {
        const match = FILE.exec(file);
        if (match === null) throw new Error(`${module}/migrations/${file}: the name is NNNN-words.sql`);
        found.push({
          number: Number(match[1]),
          name: `${module}/${file}`,
          text: await readFile(join(folder, file), 'utf8'),
        });
      }
    }
  }
  found.sort((a, b) => a.number - b.number);
  for (let index = 1; index < found.length; index += 1) {
    const [before, after] = [found[index - 1], found[index]];
    if (before !== undefined && before.number === after?.number) {
      throw new Error(`migrations ${before.name} and ${after.name} share a number`);
    }
  }
  return found;
}

export type MigrationReport = { readonly applied: readonly string[]; readonly version: number };

/**
 * Applies what is missing, each file in a transaction of its own, under an advisory lock.
 * Throws when an applied file was changed since, or when the database is newer than this program.
 */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<MigrationReport> {
  const client = new pg.Client({ connectionString: url, application_name: 'postroad-migrate' });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
    await client.query('create schema if not exists platform');
    await client.query(
      'create table if not exists platform.schema_migration (number integer primary key, name text not null, digest text not null, applied_at timestamptz not null default now())',
    );
    const known = new Map<number, { name: string; digest: string }>();
    for (const row of (await client.query('select number, name, digest from platform.schema_migration'))
      .rows) {
      known.set(row.number, row);
    }
    // Before anything is applied: a program that is too old must leave the database as it is.
    assertNotNewer(known, migrations);
    const applied: string[] = [];
    for (const migration of migrations) {
      const digest = createHash('sha256').update(migration.text).digest('hex');
      const before = known.get(migration.number);
      if (before === undefined) {
        await applyOne(client, migration, digest);
        applied.push(migration.name);
      } else if (before.digest !== digest) {
        throw new Error(`migration ${migration.name} was changed after it was applied`);
      }
    }
    return { applied, version: migrations.at(-1)?.number ?? 0 };
  } finally {
    await client.end();
  }
}

function assertNotNewer(
  known: ReadonlyMap<number, { name: string }>,
  migrations: readonly Migration[],
): void {
  const ours = new Set(migrations.map((migration) => migration.number));
  for (const [number, { name }] of known) {
    if (!ours.has(number)) {
      throw new Error(
        `the database holds migration ${name} that this program lacks: start the newer program`,
      );
    }
  }
}

async function applyOne(client: pg.Client, migration: Migration, digest: string): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.text);
    await client.query('insert into platform.schema_migration (number, name, digest) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      digest,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

async function folders(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
