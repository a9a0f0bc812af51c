import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readClusterState, readPostmasterFile, readStartLog } from './cluster-files.ts';
import { makeUrl } from './credentials.ts';
import { checkDurability } from './durability.ts';
import { DataFolderInUseError } from './errors.ts';
import { isPostmasterOf, isRunning, lookAt } from './processes.ts';
import { cleanEnvironment } from './run.ts';
import { completeSettings, settingsDigest, THROWAWAY_SETTINGS } from './settings.ts';
import { removeStaleSockets, socketFolderOf } from './sockets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'postroad-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const settled = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
const answering = (values: Record<string, string>) => async () =>
  Object.entries(values).map(([name, setting]) => ({ name, setting }));

test('why a server did not start is read, however much processes of the one before write that they end', () => {
  const startLog = path.join(folder, 'start.log');
  const why = 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use';
  writeFileSync(startLog, `${why}\nHINT:  Terminate any old server processes\n`);
  mkdirSync(path.join(folder, 'log'));
  const ending = 'FATAL:  terminating connection due to unexpected postmaster exit\n';
  writeFileSync(path.join(folder, 'log', 'postgresql-Sun.log'), ending.repeat(40));
  expect(readStartLog(startLog, folder, 0)).toContain(why);
});

describe('the durability check', () => {
  test('finds nothing on a server that keeps what it acknowledges', async () => {
    expect(await checkDurability(answering(settled))).toEqual([]);
    expect(await checkDurability(answering({ ...settled, synchronous_commit: 'remote_apply' }))).toEqual([]);
  });

  test.for([
    ['fsync', 'off'],
    ['full_page_writes', 'off'],
    ['synchronous_commit', 'off'],
    ['synchronous_commit', 'local'],
    ['synchronous_commit', 'remote_write'],
  ] as const)('finds %s = %s', async ([setting, found]) => {
    expect(await checkDurability(answering({ ...settled, [setting]: found }))).toMatchObject([
      { setting, found },
    ]);
  });

  test('takes silence for a finding', async () => {
    expect(await checkDurability(answering({}))).toHaveLength(3);
  });
});

describe('settings', () => {
  test('are durable unless the caller says otherwise', () => {
    expect(completeSettings({})).toMatchObject(settled);
    expect(completeSettings(THROWAWAY_SETTINGS)).toMatchObject({ fsync: 'off', synchronous_commit: 'off' });
  });

  test('hold the cache to the memory of the machine, and a test run to little', () => {
    const megabytes = Number(/^(\d+)MB$/.exec(completeSettings({}).shared_buffers ?? '')?.[1]);
    expect(megabytes).toBeGreaterThanOrEqual(128);
    expect(megabytes).toBeLessThanOrEqual(Math.max(128, totalmem() / 8 / 2 ** 20));
    expect(completeSettings(THROWAWAY_SETTINGS).shared_buffers).toBe('128MB');
  });

  test.for(['port', 'listen_addresses', 'timezone', 'cluster_name', 'Port', 'a b', '', '-c'])(
    '%j is refused',
    (name) => {
      expect(() => completeSettings({ [name]: '1' })).toThrow('cannot be given');
    },
  );

  test('have one digest in any order, another for other values', () => {
    expect(settingsDigest({ a: '1', b: '2' })).toBe(settingsDigest({ b: '2', a: '1' }));
    expect(settingsDigest({ a: '1', b: '2' })).not.toBe(settingsDigest({ a: '1', b: '3' }));
  });
});

test('PostgreSQL sees only what it needs of the environment', () => {
  const seen = cleanEnvironment({
    PATH: '/bin',
    PGHOST: 'x',
    PGDATA: 'y',
    LC_ALL: 'de_DE',
    TZ: 'Asia/Tokyo',
    SECRET: 'z',
  });
  expect(seen).toEqual({ PATH: '/bin', LC_ALL: 'C', TZ: 'UTC' });
});

test('a database name with signs of its own stays one part of the address', () => {
  const url = new URL(makeUrl({ port: 5432, socketFolder: undefined }, 'p', 'a/b?c#d'));
  expect(decodeURIComponent(url.pathname)).toBe('/a/b?c#d');
  expect(url.search).toBe('?sslmode=disable');
});

test('an address names the folder of the socket file, and loopback for whoever reads the host alone', () => {
  const url = new URL(makeUrl({ port: 5432, socketFolder: '/a b/c' }, 'p%', 'x'));
  expect([url.hostname, url.port, decodeURIComponent(url.password)]).toEqual(['127.0.0.1', '5432', 'p%']);
  expect(url.searchParams.get('host')).toBe('/a b/c');
});

test('a folder whose socket file would have too long a path has none', () => {
  expect(socketFolderOf(`/${'x'.repeat(87)}`)).toHaveLength(88);
  expect(socketFolderOf(`/${'x'.repeat(88)}`)).toBeUndefined();
});

test('socket files of killed servers are removed, and nothing else', () => {
  const cluster = path.join(folder, 'cluster');
  mkdirSync(cluster);
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock', 'PG_VERSION'])
    writeFileSync(path.join(cluster, name), '');
  removeStaleSockets(cluster);
  expect(readdirSync(cluster)).toEqual(['PG_VERSION']);
});

test.for([
  ['42\n/data\n1\n5433\n\n127.0.0.1\n 1 2\nready   \n', { processId: 42, port: 5433, status: 'ready' }],
  ['42\n', { processId: 42, port: undefined, status: '' }],
  ['', undefined],
  ['-42\n', undefined],
  ['0\n', undefined],
  ['4e2\n', undefined],
  ['99999999999\n', undefined],
] as const)('postmaster.pid %j is read as %j', ([text, expected]) => {
  writeFileSync(path.join(folder, 'postmaster.pid'), text);
  expect(readPostmasterFile(folder)).toEqual(expected);
});

test.for([
  [1, 'shut_down'],
  [2, 'shut_down'],
  [5, 'running_or_crashed'],
  [6, 'running_or_crashed'],
  [99, 'unknown'],
] as const)('state %i of pg_control means %s', ([state, expected]) => {
  const head = Buffer.alloc(32);
  head.writeUInt32LE(state, 16);
  mkdirSync(path.join(folder, 'global'), { recursive: true });
  writeFileSync(path.join(folder, 'global', 'pg_control'), head);
  expect(readClusterState(folder)).toBe(expected);
});

test('a short or missing pg_control tells nothing', () => {
  mkdirSync(path.join(folder, 'global'), { recursive: true });
  writeFileSync(path.join(folder, 'global', 'pg_control'), 'short');
  expect(readClusterState(folder)).toBe('unknown');
  expect(readClusterState('/nowhere')).toBe('unknown');
});

describe('a process', () => {
  const sight = {
    commandLine: '/x/native/bin/postgres -D /data/cluster',
    workingFolder: undefined,
    startedAs: '1',
  };

  test('is a postmaster of a folder by program and folder', () => {
    expect(isPostmasterOf({ ...sight, workingFolder: '/data/cluster' }, '/data/cluster')).toBe(true);
    expect(isPostmasterOf(sight, '/data/cluster')).toBe(true);
    expect(
      isPostmasterOf({ ...sight, commandLine: '"C:\\x\\postgres.exe" -D /data/cluster' }, '/data/cluster'),
    ).toBe(true);
  });

  test('is none when only one of both fits', () => {
    expect(isPostmasterOf({ ...sight, workingFolder: '/other' }, '/data/cluster')).toBe(false);
    expect(
      isPostmasterOf({ ...sight, commandLine: 'vi', workingFolder: '/data/cluster' }, '/data/cluster'),
    ).toBe(false);
    expect(isPostmasterOf({ ...sight, commandLine: 'tail -f /data/cluster/log' }, '/data/cluster')).toBe(
      false,
    );
  });

  test('that runs is seen with its start, one that does not is not', () => {
    expect(lookAt(process.pid)?.startedAs).not.toBe('');
    expect(isRunning(process.pid)).toBe(true);
    expect(lookAt(2 ** 30)).toBeUndefined();
  });
});

test('the refusal names the folder and the process', () => {
  const error = new DataFolderInUseError('/d', 7, 'another server');
  expect(error.message).toContain('/d is in use by another server (process 7)');
  expect(error.name).toBe('DataFolderInUseError');
});
