import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readClusterState } from './cluster-files.ts';
import { checkDurability } from './durability.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { DataFolderInUseError, EmbeddedPostgresError } from './errors.ts';
import { isRunning } from './processes.ts';
import { THROWAWAY_SETTINGS } from './settings.ts';
import { ask, cleanUp, freshFolder, hold, kill, tell, untilGone } from './testbed.ts';

const settings = THROWAWAY_SETTINGS;
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };
const others: ChildProcess[] = [];

/** A process that has nothing to do with us, of the account that PostgreSQL runs as: the one it could mistake. */
function startStranger(): number {
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore', cwd: '/', ...(isRoot ? NOBODY : {}) });
  others.push(stranger);
  return stranger.pid!;
}

afterEach(async () => {
  for (const other of others.splice(0)) other.kill('SIGKILL');
  await cleanUp();
});

describe('a database of one server', () => {
  test('is made at the first start, keeps its rows over a restart and is shut down cleanly', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder });
    expect(first.adopted).toBe(false);
    await ask(
      first.url('postgres'),
      "create table parcels (number text); insert into parcels values ('LX1')",
    );
    const cluster = path.join(first.home, 'cluster');
    expect(readClusterState(cluster)).toBe('running_or_crashed');
    await first.stop();
    await first.stop();
    expect(isRunning(first.processId)).toBe(false);
    expect(readClusterState(cluster)).toBe('shut_down');
    expect(existsSync(path.join(cluster, 'postmaster.pid'))).toBe(false);

    const second = await startEmbeddedPostgres({ dataFolder });
    expect(await ask(second.url('postgres'), 'select number from parcels')).toEqual([{ number: 'LX1' }]);
    await second.stop();
  });

  test('listens on loopback and in its own folder only, in UTC and UTF-8, with checksums, a password and full durability', async () => {
    const server = await startEmbeddedPostgres({ dataFolder: path.join(freshFolder(), 'postgres') });
    const url = server.url('postgres');
    const [row] = await ask(
      url,
      `select current_setting('listen_addresses') listen, current_setting('timezone') zone,
       current_setting('unix_socket_directories') sockets, current_setting('data_checksums') checksums,
       current_setting('server_encoding') encoding, current_setting('wal_segment_size') log_file, d.datlocprovider provider, d.datlocale locale,
       upper('straße é ж') upper from pg_database d where datname = current_database()`,
    );
    expect(row).toEqual({
      listen: '127.0.0.1',
      zone: 'UTC',
      sockets: path.join(server.home, 'cluster'),
      checksums: 'on',
      encoding: 'UTF8',
      log_file: '4MB',
      provider: 'b',
      locale: 'C.UTF-8',
      upper: 'STRAßE É Ж',
    });
    expect(await checkDurability((text) => ask(url, text))).toEqual([]);
    expect(await ask(url, 'select inet_server_addr() as address')).toEqual([{ address: null }]);
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    wrong.searchParams.delete('host');
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(server.home, 'cluster')).mode & 0o777).toBe(0o700);
    const kept = statSync(path.join(server.home, 'password'));
    if (process.platform !== 'win32') expect(kept.mode & 0o777).toBe(0o600);
    await server.stop();
  });

  test('answers in parallel, also on a cluster whose text search was set wrongly by initdb', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder });
    const inParallel =
      "set debug_parallel_query = on; select count(*)::int as count from pg_class where relname = 'pg_class'";
    await ask(first.url('postgres'), inParallel);
    await first.stop();
    appendFileSync(
      path.join(first.home, 'cluster', 'postgresql.conf'),
      "\ndefault_text_search_config = 'pg_catalog.pg_catalog.simple'\n",
    );
    const second = await startEmbeddedPostgres({ dataFolder });
    await ask(second.url('postgres'), inParallel);
    await second.stop();
  });

  test('weak settings are found by the durability check', async () => {
    const server = await startEmbeddedPostgres({
      dataFolder: path.join(freshFolder(), 'postgres'),
      settings,
    });
    const url = server.url('postgres');
    const findings = await checkDurability((text) => ask(url, text));
    expect(findings.map(({ setting, found }) => [setting, found])).toEqual([
      ['fsync', 'off'],
      ['full_page_writes', 'off'],
      ['synchronous_commit', 'off'],
    ]);
    await server.stop();
  });

  test('a weak setting that only the database or an old configuration has does not stay hidden', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataFolder });
    const url = server.url('postgres');
    await ask(url, 'alter database postgres set synchronous_commit = off');
    const findings = await checkDurability((text) => ask(url, text));
    expect(findings.map(({ setting, found }) => [setting, found])).toEqual([['synchronous_commit', 'off']]);
    await ask(url, 'alter system set fsync = off');
    await server.stop();
    const again = await startEmbeddedPostgres({ dataFolder });
    expect(await ask(again.url('postgres'), 'show fsync')).toEqual([{ fsync: 'on' }]);
    await again.stop();
  });

  test('PG variables of the shell do not decide where or how it runs', async () => {
    const env = {
      PGHOST: '192.0.2.1',
      PGPORT: '1',
      PGDATA: '/nowhere',
      PGOPTIONS: '-c nonsense=1',
      PGSSLMODE: 'require',
    };
    const holder = await hold(
      { dataFolder: path.join(freshFolder(), 'postgres'), settings },
      { env: { ...env, PGUSER: 'x', PGDATABASE: 'y', TZ: 'Asia/Shanghai', LC_ALL: 'de_DE.UTF-8' } },
    );
    expect(holder.answer.failed).toBeUndefined();
    expect(await ask(holder.answer.url, 'show timezone')).toEqual([{ TimeZone: 'UTC' }]);
    await tell(holder, 'stop');
  });
});

describe('a server that was left behind', () => {
  test('is adopted with its rows after a kill -9 of its parent', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    await ask(holder.answer.url, "create table parcels (number text); insert into parcels values ('LX2')");
    await kill(holder);
    expect(isRunning(holder.answer.processId)).toBe(true);

    const server = await startEmbeddedPostgres({ dataFolder, settings });
    expect(server).toMatchObject({
      adopted: true,
      processId: holder.answer.processId,
      port: holder.answer.port,
    });
    expect(await ask(server.url('postgres'), 'select number from parcels')).toEqual([{ number: 'LX2' }]);
    await server.stop();
    expect(isRunning(server.processId)).toBe(false);
    expect(readClusterState(path.join(server.home, 'cluster'))).toBe('shut_down');
  });

  test('is replaced, with its rows, when other settings are asked for', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    await ask(holder.answer.url, "create table parcels (number text); insert into parcels values ('LX3')");
    await kill(holder);
    const server = await startEmbeddedPostgres({ dataFolder });
    expect(server.adopted).toBe(false);
    expect(isRunning(holder.answer.processId)).toBe(false);
    expect(await ask(server.url('postgres'), 'select number from parcels')).toEqual([{ number: 'LX3' }]);
    await server.stop();
  });

  test('is replaced when it hangs and answers nobody', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    await kill(holder);
    process.kill(holder.answer.processId, 'SIGSTOP');
    const server = await startEmbeddedPostgres({ dataFolder, settings });
    expect(server.adopted).toBe(false);
    expect(isRunning(holder.answer.processId)).toBe(false);
    expect(await ask(server.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await server.stop();
  });

  test('is asked to stop when node exits without stopping it', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    await tell(holder, 'exit');
    await untilGone(holder.answer.processId);
    expect(readClusterState(path.join(holder.answer.home, 'cluster'))).toBe('shut_down');
  });

  test('recovers what was committed when PostgreSQL itself was killed too', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder });
    await ask(holder.answer.url, "create table parcels (number text); insert into parcels values ('LX4')");
    process.kill(holder.answer.processId, 'SIGKILL');
    await kill(holder);
    const notes: string[] = [];
    const server = await startEmbeddedPostgres({ dataFolder, log: (note) => notes.push(note) });
    expect(notes.join('\n')).toContain('not shut down cleanly');
    expect(await ask(server.url('postgres'), 'select number from parcels')).toEqual([{ number: 'LX4' }]);
    await server.stop();
  });
});

describe('a data folder in use', () => {
  test('is refused to a second process, which is told who holds it', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    const refusal = await startEmbeddedPostgres({ dataFolder, settings }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataFolderInUseError);
    expect(refusal).toMatchObject({ processId: holder.child.pid });
    expect(String(refusal)).toContain(`process ${holder.child.pid}`);
    expect(await ask(holder.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await tell(holder, 'stop');
  });

  test('is refused to a second start in the same process, and free again after the stop', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const server = await startEmbeddedPostgres({ dataFolder, settings });
    await expect(startEmbeddedPostgres({ dataFolder, settings })).rejects.toThrow(DataFolderInUseError);
    await server.stop();
    await (await startEmbeddedPostgres({ dataFolder, settings })).stop();
  });

  test('of two that start at once exactly one wins', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const both = await Promise.all([hold({ dataFolder, settings }), hold({ dataFolder, settings })]);
    expect(both.map(({ answer }) => answer.failed).sort()).toEqual(['DataFolderInUseError', undefined]);
    for (const holder of both) if (holder.answer.failed === undefined) await tell(holder, 'stop');
  });

  test('a PostgreSQL on it that somebody else started is neither adopted nor stopped', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const holder = await hold({ dataFolder, settings });
    await kill(holder);
    // Without the mark of our launch it could be anybody's.
    rmSync(path.join(holder.answer.home, 'launch.json'));
    const refusal = await startEmbeddedPostgres({ dataFolder, settings }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DataFolderInUseError);
    expect(refusal).toMatchObject({ processId: holder.answer.processId });
    expect(isRunning(holder.answer.processId)).toBe(true);
  });
});

describe('a stale postmaster.pid', () => {
  test('that names a stranger does not get him killed, and the database starts', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder, settings });
    await ask(first.url('postgres'), 'create table parcels ()');
    const pidFile = path.join(first.home, 'cluster', 'postmaster.pid');
    const before = readFileSync(pidFile, 'utf8');
    await first.stop();
    const stranger = startStranger();
    writeFileSync(pidFile, before.replace(/^\d+/, String(stranger)));
    if (isRoot) chmodSync(pidFile, 0o644);
    const second = await startEmbeddedPostgres({ dataFolder, settings });
    expect(isRunning(stranger)).toBe(true);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url('postgres'), 'select count(*)::int n from parcels')).toEqual([{ n: 0 }]);
    await second.stop();
    expect(isRunning(stranger)).toBe(true);
  });

  test('that names the PostgreSQL of another folder leaves that one alone', async () => {
    const other = await startEmbeddedPostgres({ dataFolder: path.join(freshFolder(), 'postgres'), settings });
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder, settings });
    await first.stop();
    const pidFile = (home: string) => path.join(home, 'cluster', 'postmaster.pid');
    writeFileSync(pidFile(first.home), readFileSync(pidFile(other.home), 'utf8'));
    const second = await startEmbeddedPostgres({ dataFolder, settings });
    expect(second.processId).not.toBe(other.processId);
    expect(await ask(other.url('postgres'), 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
    await other.stop();
  });

  test.for(['', 'rubbish\n', '0\n', '1\n', '99999999999999999999\n'])(
    "holding %j is in nobody's way",
    async (text) => {
      const dataFolder = path.join(freshFolder(), 'postgres');
      const first = await startEmbeddedPostgres({ dataFolder, settings });
      await first.stop();
      writeFileSync(path.join(first.home, 'cluster', 'postmaster.pid'), text);
      const again = await startEmbeddedPostgres({ dataFolder, settings });
      expect(again.adopted).toBe(false);
      await again.stop();
    },
  );

  test('of a person in single-user mode is respected', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder, settings });
    await first.stop();
    const person = startStranger();
    writeFileSync(path.join(first.home, 'cluster', 'postmaster.pid'), `-${person}\n`);
    await expect(startEmbeddedPostgres({ dataFolder, settings })).rejects.toThrow(/already exists/);
    expect(isRunning(person)).toBe(true);
  });
});

describe('what cannot work is said clearly', () => {
  test('a taken port, an impossible port and a setting that is ours are refused', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    const dataFolder = path.join(freshFolder(), 'postgres');
    await expect(startEmbeddedPostgres({ dataFolder, settings, port })).rejects.toThrow(`port ${port}`);
    taken.close();
    await expect(startEmbeddedPostgres({ dataFolder, port: 70_000 })).rejects.toThrow('not a port');
    for (const bad of [
      { listen_addresses: '*' },
      { hba_file: '/x' },
      { 'fsync=off -c port': '1' },
      { jit: 'a\0b' },
    ]) {
      await expect(startEmbeddedPostgres({ dataFolder, settings: bad as never })).rejects.toThrow(
        EmbeddedPostgresError,
      );
    }
    await expect(startEmbeddedPostgres({ dataFolder, settings: { shared_buffers: 'much' } })).rejects.toThrow(
      'much',
    );
    // The failed starts left nothing that is in the way.
    await (await startEmbeddedPostgres({ dataFolder, settings })).stop();
  });

  test('a database without its password, or of another version, is not touched', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    const first = await startEmbeddedPostgres({ dataFolder, settings });
    await first.stop();
    const password = path.join(first.home, 'password');
    const kept = readFileSync(password, 'utf8');
    rmSync(password);
    await expect(startEmbeddedPostgres({ dataFolder, settings })).rejects.toThrow(/password is missing/);
    writeFileSync(password, 'another', { mode: 0o600 });
    await expect(startEmbeddedPostgres({ dataFolder, settings })).rejects.toThrow(
      /does not answer to the password/,
    );
    writeFileSync(password, kept, { mode: 0o600 });
    writeFileSync(path.join(first.home, 'cluster', 'PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres({ dataFolder, settings })).rejects.toThrow(/made by PostgreSQL 17/);
  });

  test('a first start that was killed in the middle is repeated', async () => {
    const dataFolder = path.join(freshFolder(), 'postgres');
    mkdirSync(path.join(dataFolder, 'cluster.draft', 'base'), { recursive: true });
    writeFileSync(path.join(dataFolder, 'password.initdb'), 'half');
    if (isRoot) chmodSync(dataFolder, 0o711);
    const server = await startEmbeddedPostgres({ dataFolder, settings });
    expect(readdirSync(server.home).filter((name) => /draft|initdb/.test(name))).toEqual([]);
    await server.stop();
  });

  test('a data folder that is a file is an error', async () => {
    const file = path.join(freshFolder(), 'postgres');
    writeFileSync(file, '');
    await expect(startEmbeddedPostgres({ dataFolder: file, settings })).rejects.toThrow();
  });
});
