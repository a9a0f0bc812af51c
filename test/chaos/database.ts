import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../platform/postgres/index.ts';

/** A PostgreSQL with its full durability that can be killed and comes back on the same data and the same port. */
export type KillableDatabase = {
  readonly liveUrl: string;
  readonly testUrl: string;
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
  removeFolder(): void;
};

export async function startKillableDatabase(): Promise<KillableDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-chaos-'));
  // As root PostgreSQL runs as another account, who must be able to pass through.
  chmodSync(folder, 0o711);
  const start = (port?: number) =>
    startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), ...(port === undefined ? {} : { port }) });
  let running: EmbeddedPostgres = await start();
  const { port } = running;
  const urls = { liveUrl: running.url('postroad'), testUrl: running.url('postroad_test') };
  const admin = new pg.Client({ connectionString: running.url('postgres') });
  await admin.connect();
  for (const name of ['postroad', 'postroad_test']) await admin.query(`create database ${name}`);
  await admin.end();
  return {
    ...urls,
    killAndRestart: async () => {
      process.kill(running.processId, 'SIGKILL');
      await running.stop();
      running = await start(port);
    },
    stop: () => running.stop(),
    removeFolder: () => rmSync(folder, { recursive: true, force: true }),
  };
}
