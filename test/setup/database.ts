import pg from 'pg';
import { inject } from 'vitest';
import { type Clock, wallClock } from '../../platform/clock/index.ts';
import { type Database, openDatabase } from '../../platform/db/index.ts';
import { createWorld, type World } from '../../platform/world/index.ts';
import { TEMPLATE } from './template.ts';

let counter = 0;

/** A migrated database of its own, cloned from the template; dropped by `drop`. */
export async function cloneDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const adminUrl = inject('adminUrl');
  counter += 1;
  const name = `t_${process.pid}_${Date.now().toString(36)}_${counter}`;
  await asAdmin(adminUrl, `create database ${name} template ${TEMPLATE}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

/** A world on a fresh migrated database, without a server. `owner`: a superuser's connection, to look behind it. */
export type TestWorld = {
  readonly url: string;
  readonly world: World;
  readonly database: Database;
  readonly owner: pg.Client;
  stop(): Promise<void>;
};

export async function startTestWorld(clock: Clock = wallClock): Promise<TestWorld> {
  const clone = await cloneDatabase();
  const database = openDatabase({ url: clone.url, role: 'postroad_app', maxConnections: 20 });
  const owner = new pg.Client({ connectionString: clone.url });
  await owner.connect();
  return {
    url: clone.url,
    world: createWorld('live', database, clock),
    database,
    owner,
    stop: async () => {
      await database.close();
      await owner.end();
      await clone.drop();
    },
  };
}

export async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
