import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate, readMigrations } from '../platform/db/index.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/postgres/index.ts';
import type { Answer, Client } from '../test/setup/network.ts';
import { type CpuMs, cpuOf } from './cpu.ts';
import { ROOT } from './figures.ts';

/** A durable cluster of its own in a temporary folder, with both worlds' databases migrated. */
export type Cluster = {
  readonly postgres: EmbeddedPostgres;
  readonly folder: string;
  readonly liveUrl: string;
  readonly testUrl: string;
  stop(): Promise<void>;
};

export type Stage = {
  readonly cluster: Cluster;
  readonly baseUrl: string;
  readonly nodeId: number;
  readonly operator: Client;
  client(key: string): Client;
  /** Waits until relay, jobs and workers have nothing left, so that their work is in the measured window. */
  settle(): Promise<void>;
  cpu(): CpuMs;
  /** What autovacuum does within its first minute: statistics, so that plans are those of a filled database. */
  analyze(): Promise<void>;
  /**
   * Fills 1 GB of PostgreSQL's log with nothing, and lets a checkpoint free it: it then writes into files that it has, as in any
   * database that is older than its first 1 GB (`min_wal_size` of the embedded one).
   */
  turnLog(): Promise<void>;
  /** Waits until Linux has written what lies in its file cache, so that what was done before is not paid for later. */
  writeBack(): void;
  /** As the owner, behind the API: only to fill tables. */
  sql(text: string): Promise<void>;
  stop(): Promise<void>;
};

export async function openCluster(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-bench-'));
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), settings });
  const stop = async () => {
    await postgres.stop();
    rmSync(postgres.home, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const admin = new pg.Client({ connectionString: postgres.url('postgres') });
    await admin.connect();
    const migrations = await readMigrations(ROOT);
    for (const name of ['bench', 'bench_test']) await admin.query(`create database ${name}`);
    await admin.end();
    for (const name of ['bench', 'bench_test']) await migrate(postgres.url(name), migrations);
    return { postgres, folder, liveUrl: postgres.url('bench'), testUrl: postgres.url('bench_test'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A cluster and a server on it. `prepare` fills the databases before the server starts. BENCH_CPU_PROF=folder writes a
 * CPU profile of the server at its stop.
 */
export async function openStage(
  settings: Readonly<Record<string, string>> = {},
  prepare: (cluster: Cluster) => Promise<void> = async () => undefined,
): Promise<Stage> {
  const profiles = process.env.BENCH_CPU_PROF;
  const cluster = await openCluster(
    profiles === undefined
      ? {}
      : { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' },
  );
  try {
    await prepare(cluster);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  const server = fork(
    fileURLToPath(new URL('./server.main.ts', import.meta.url)),
    [cluster.liveUrl, cluster.testUrl, join(cluster.folder, 'server')],
    {
      execArgv: profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profiles}`],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...settings },
    },
  );
  try {
    const [ready] = (await first(server)) as [{ baseUrl: string; operatorKey: string }];
    const client = (key: string) => clientOf(ready.baseUrl, key);
    return {
      cluster,
      baseUrl: ready.baseUrl,
      nodeId: server.pid ?? 0,
      operator: client(ready.operatorKey),
      client,
      settle: async () => {
        server.send('settle');
        await first(server);
      },
      cpu: () => cpuOf(server.pid ?? 0, cluster.postgres.processId),
      analyze: () =>
        runSql(
          cluster,
          profiles === undefined
            ? 'analyze'
            : 'analyze; create extension if not exists pg_stat_statements; select pg_stat_statements_reset()',
        ),
      turnLog: async () => {
        await runSql(
          cluster,
          `select pg_logical_emit_message(false, 'bench', 'x'), pg_switch_wal() from generate_series(1, 256)`,
        );
        await runSql(cluster, 'checkpoint');
      },
      writeBack: () => void execFileSync('sync', ['--file-system', cluster.folder]),
      sql: (text) => runSql(cluster, text),
      stop: async () => {
        if (server.connected) {
          const ended = once(server, 'exit');
          server.send('stop');
          await ended;
        }
        if (profiles !== undefined) await writeStatements(cluster, profiles);
        await cluster.stop();
      },
    };
  } catch (error) {
    server.kill('SIGKILL');
    await cluster.stop();
    throw error;
  }
}

async function runSql(cluster: Cluster, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.liveUrl });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** What PostgreSQL was busy with since `analyze`, by statement; beside the server's profile. */
async function writeStatements(cluster: Cluster, folder: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.liveUrl });
  await client.connect();
  await client.query('create extension if not exists pg_stat_statements');
  const { rows } = await client.query(`
    select calls, rows, wal_records, wal_fpi, wal_bytes, round(total_exec_time::numeric, 1) as exec_ms, round(total_plan_time::numeric, 1) as plan_ms, plans,
      round((total_exec_time + total_plan_time)::numeric / greatest(calls, 1) * 1000) as us,
      regexp_replace(query, '\\s+', ' ', 'g') as query
    from pg_stat_statements order by total_exec_time + total_plan_time desc limit 200`);
  await client.end();
  writeFileSync(join(folder, 'statements.json'), rows.map((row) => JSON.stringify(row)).join('\n'));
}

async function first(server: ChildProcess): Promise<unknown[]> {
  const gone = new AbortController();
  try {
    return await Promise.race([
      once(server, 'message', { signal: gone.signal }),
      once(server, 'exit', { signal: gone.signal }).then(([code]) => {
        throw new Error(`the server ended with code ${code}`);
      }),
    ]);
  } finally {
    gone.abort();
  }
}

/** The program as `npm start` runs it, without the demo's organisations, on a cluster of ours. */
export async function startProgram(cluster: Cluster): Promise<{ nodeId: number; stop(): Promise<void> }> {
  const data = join(cluster.folder, 'program');
  mkdirSync(data);
  const program = spawn(
    process.execPath,
    [join(ROOT, 'server/main.ts'), 'up', '--port', '0', '--data', data],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: cluster.liveUrl, TEST_DATABASE_URL: cluster.testUrl },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const ended = once(program, 'exit');
  for (let tries = 0; ; tries += 1) {
    if (program.exitCode !== null || tries > 300) throw new Error('the program did not come up');
    await sleep(100);
    if (await isReady(data)) break;
  }
  return {
    nodeId: program.pid ?? 0,
    stop: async () => {
      program.kill('SIGTERM');
      await ended;
    },
  };
}

async function isReady(data: string): Promise<boolean> {
  try {
    const { baseUrl } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as { baseUrl: string };
    return (await fetch(`${baseUrl}/readyz`)).ok;
  } catch {
    return false;
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** As light as Node can: the load generator shares the machine with what it measures. */
function clientOf(baseUrl: string, key: string): Client {
  const send: Client['send'] = <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    new Promise<Answer<T>>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = request(
        baseUrl + path,
        {
          method,
          agent,
          headers: {
            authorization: `Bearer ${key}`,
            ...(text === undefined
              ? {}
              : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const bytes = Buffer.concat(chunks);
            const isJson = response.headers['content-type']?.includes('json') === true && bytes.length > 0;
            resolve({
              status: response.statusCode ?? 0,
              headers: new Headers(),
              bytes,
              body: (isJson ? JSON.parse(bytes.toString()) : {}) as T,
            });
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  return {
    send,
    get: (path, headers) => send('GET', path, undefined, headers),
    post: (path, body, headers) => send('POST', path, body, headers),
  };
}
