import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { dumpSchema } from '../../server/schema-dump.ts';
import { cloneDatabase } from '../setup/network.ts';

test('schema.sql is what the migrations make: npm run generate', async () => {
  const database = await cloneDatabase();
  try {
    const made = await dumpSchema(database.url);
    expect(made).toBe(await dumpSchema(database.url));
    const committed = await readFile(join(import.meta.dirname, '../../schema.sql'), 'utf8');
    expect(made === committed, 'run "npm run generate" and commit schema.sql').toBe(true);
  } finally {
    await database.drop();
  }
});

test('the dump sees what a reviewer must see: columns, checks, walls, rights and comments', async () => {
  const database = await cloneDatabase();
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const before = await dumpSchema(database.url);
    for (const change of [
      'alter table accounts.organisation add column extra text',
      `alter table accounts.organisation add check (name <> 'x')`,
      'alter table accounts.organisation disable row level security',
      'drop policy acts_for on accounts.api_key',
      'revoke delete on accounts.api_key from postroad_app',
      'create index on accounts.organisation (name)',
      `comment on table accounts.organisation is 'something else'`,
      'alter table accounts.organisation alter column country drop not null',
    ]) {
      await client.query('begin');
      await client.query(change);
      await client.query('commit');
      const after = await dumpSchema(database.url);
      expect(after, change).not.toBe(before);
    }
  } finally {
    await client.end();
    await database.drop();
  }
});
