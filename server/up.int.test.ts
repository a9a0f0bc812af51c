import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, expect, inject, test } from 'vitest';
import {
  cleanEnvironment,
  endAll,
  freshDataFolder,
  MAIN,
  readDemo,
  readRun,
  spawnServer,
  startServer,
} from './testbed.ts';

afterEach(endAll);

const get = (url: string, key?: string) =>
  fetch(url, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
const modeOf = (path: string) => statSync(path).mode & 0o777;

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('on an empty folder it brings up everything, hands out keys, and SIGTERM ends all of it', async () => {
  const data = freshDataFolder();
  const server = await startServer(data, ['--demo']);
  expect(await (await get(`${server.baseUrl}/readyz`)).json()).toMatchObject({ status: 'ok' });
  expect((await get(`${server.baseUrl}/docs`)).status).toBe(200);

  const demo = readDemo(data);
  expect(demo).toMatchObject({ base_url: server.baseUrl, pid: server.child.pid });
  for (const name of ['demo.json', 'server.json']) expect(modeOf(join(data, name))).toBe(0o600);
  for (const principal of demo.principals) {
    const me = (await (await get(`${server.baseUrl}/v1/me`, principal.key)).json()) as Record<
      string,
      unknown
    >;
    expect(me).toMatchObject({ role: principal.role, world: principal.world });
    expect(principal.key).toContain(`prd_${principal.world}_`);
  }
  expect(Object.keys(demo.keys.test).sort()).toEqual(Object.keys(demo.keys.live).sort());
  expect(Object.keys(demo.keys.test)).toContain('merchant_admin');

  const wallets = await (await get(`${server.baseUrl}/v1/wallets`, demo.keys.test.merchant_admin)).json();
  expect(wallets).toMatchObject({ data: [{ currency: 'CNY', balance: { amount_minor: 5_000_000 } }] });
  const run = readRun(data);
  expect(await ask(run.liveUrl, 'select 1 as one')).toEqual([{ one: 1 }]);

  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  expect(server.printed()).toContain('clean, with a checkpoint');
  expect(existsSync(join(data, 'server.json'))).toBe(false);
  await expect(ask(run.liveUrl, 'select 1')).rejects.toThrow();
});

test('a restart keeps keys, organisations and money; only a lost key is minted anew', async () => {
  const data = freshDataFolder();
  const first = await startServer(data, ['--demo']);
  const before = readDemo(data);
  const revoked = before.principals.find((one) => one.role === 'merchant_clerk' && one.world === 'test');
  const list = (await (
    await get(`${first.baseUrl}/v1/api-keys?limit=100`, before.keys.test.operator)
  ).json()) as { data: { id: string; organisation_id: string; role: string }[] };
  const id = list.data.find(
    (key) => key.organisation_id === revoked?.organisation_id && key.role === 'merchant_clerk',
  )?.id;
  const gone = await fetch(`${first.baseUrl}/v1/api-keys/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${before.keys.test.operator}` },
  });
  expect(gone.status).toBe(200);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);

  const second = await startServer(data, ['--demo']);
  const after = readDemo(data);
  expect(after.organisations).toEqual(before.organisations);
  const changed = after.principals.filter((one, index) => one.key !== before.principals[index]?.key);
  expect(changed).toMatchObject([
    { role: 'merchant_clerk', organisation_id: revoked?.organisation_id, world: 'test' },
  ]);
  const wallets = await (await get(`${second.baseUrl}/v1/wallets`, after.keys.live.merchant_admin)).json();
  expect(wallets).toMatchObject({ data: [{ balance: { amount_minor: 5_000_000 } }] });
});

test('kill -9 leaves PostgreSQL behind, and the next start adopts it with all keys', async () => {
  const data = freshDataFolder();
  const first = await startServer(data, ['--demo']);
  const before = readDemo(data);
  const run = readRun(data);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await ask(run.liveUrl, 'select 1 as one')).toEqual([{ one: 1 }]);

  const second = await startServer(data, ['--demo']);
  expect(readRun(data).liveUrl).toBe(run.liveUrl);
  expect(readDemo(data).principals).toEqual(before.principals);
  expect((await get(`${second.baseUrl}/v1/me`, before.keys.test.merchant_admin)).status).toBe(200);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
  await expect(ask(run.liveUrl, 'select 1')).rejects.toThrow();
});

test('a second server on the same folder is refused and names the first one', async () => {
  const data = freshDataFolder();
  const first = await startServer(data);
  const second = spawnServer(['up'], data);
  expect(await second.ended).toBe(1);
  expect(second.printed()).toContain('is in use by another server');
  expect(second.printed()).toContain(`(process ${first.child.pid})`);
  expect((await get(`${first.baseUrl}/readyz`)).status).toBe(200);
});

test('SIGTERM under load loses nothing that was acknowledged, and answers what is under way', async () => {
  const data = freshDataFolder();
  const server = await startServer(data, ['--demo']);
  const key = readDemo(data).keys.test.operator ?? '';
  const acknowledged: string[] = [];
  const strange: unknown[] = [];
  let running = true;
  const client = async (name: number) => {
    for (let turn = 0; running; turn += 1) {
      const organisation = `load ${name} ${turn}`;
      try {
        const answer = await fetch(`${server.baseUrl}/v1/organisations`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ kind: 'marketplace', name: organisation, country: 'DE' }),
        });
        if (answer.status === 201) acknowledged.push(organisation);
        else if (answer.status !== 503) strange.push(answer.status);
      } catch {
        running = false; // refused or cut between requests: the server is gone
      }
    }
  };
  const load = Promise.all(Array.from({ length: 8 }, (_, name) => client(name)));
  while (acknowledged.length < 60) await new Promise((resolve) => setTimeout(resolve, 10));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  running = false;
  await load;
  expect(strange).toEqual([]);

  await startServer(data);
  const rows = await ask(
    readRun(data).testUrl,
    `select name from accounts.organisation where name like 'load %'`,
  );
  const stored = new Set(rows.map((row) => row.name));
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
});

test('a taken port that was chosen is refused, and PostgreSQL is stopped again', async () => {
  const blocker = createServer(() => undefined);
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
  const { port } = blocker.address() as { port: number };
  try {
    const server = spawnServer(['up', '--port', String(port)], freshDataFolder());
    expect(await server.ended).toBe(1);
    expect(server.printed()).toContain(`port ${port} on 127.0.0.1 is taken`);
    expect(server.printed()).toContain('clean, with a checkpoint');
  } finally {
    await new Promise((resolve) => blocker.close(resolve));
  }
});

test('DATABASE_URL is taken instead; the test world’s database is made beside it', async () => {
  const admin = inject('adminUrl');
  const name = `up_${process.pid}`;
  await ask(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const data = freshDataFolder();
  try {
    const server = await startServer(data, ['--demo'], { DATABASE_URL: url.toString() });
    expect(readRun(data).testUrl).toContain(`/${name}_test`);
    expect(existsSync(join(data, 'postgres'))).toBe(false);
    expect(readDemo(data).principals.length).toBeGreaterThan(20);
    const worker = await startServer(freshDataFolder(), ['--role', 'worker'], {
      DATABASE_URL: url.toString(),
    });
    expect((await get(`${worker.baseUrl}/readyz`)).status).toBe(200);
    expect((await get(`${worker.baseUrl}/v1/me`)).status).toBe(404);
    for (const one of [worker, server]) {
      one.child.kill('SIGTERM');
      expect(await one.ended).toBe(0);
    }
    // The tests' cluster runs without fsync: exactly what production must not start on.
    const strict = spawnServer(['up', '--production'], data, { DATABASE_URL: url.toString() });
    expect(await strict.ended).toBe(1);
    expect(strict.printed()).toContain('fsync is off, must be on');
  } finally {
    await endAll();
    for (const database of [name, `${name}_test`])
      await ask(admin, `drop database if exists ${database} with (force)`);
  }
});

test('a database that is not there, or may not be made, is told in one sentence', async () => {
  const admin = inject('adminUrl');
  const missing = new URL(admin);
  missing.pathname = '/no_such_database';
  const first = spawnServer(['up'], freshDataFolder(), { DATABASE_URL: missing.toString() });
  expect(await first.ended).toBe(1);
  expect(first.printed()).toContain('the database no_such_database does not exist: make it with createdb');

  await ask(admin, `create role up_poor login password 'x'`);
  const poor = new URL(admin);
  poor.username = 'up_poor';
  poor.password = 'x';
  try {
    const second = spawnServer(['up'], freshDataFolder(), { DATABASE_URL: poor.toString() });
    expect(await second.ended).toBe(1);
    expect(second.printed()).toContain('up_poor may not make it');
    expect(second.printed()).toContain('createdb --owner=up_poor postgres_test');
  } finally {
    await ask(admin, 'drop role up_poor');
  }
});

test('doctor, migrate and verify work on a stopped folder; verify also beside a running server', async () => {
  const data = freshDataFolder();
  const migrated = spawnServer(['migrate', '--json'], data);
  expect(await migrated.ended).toBe(0);
  const server = await startServer(data, ['--demo']);
  const beside = spawnServer(['verify', '--json'], data);
  expect(await beside.ended).toBe(0);
  const lines = beside
    .printed()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { broken: string[]; world: string });
  expect(new Set(lines.map((line) => line.world))).toEqual(new Set(['live', 'test']));
  expect(lines.flatMap((line) => line.broken)).toEqual([]);
  const refused = spawnServer(['migrate'], data);
  expect(await refused.ended).toBe(1);
  expect(refused.printed()).toContain('runs on');

  await ask(readRun(data).liveUrl, 'update ledger.wallet set balance_minor = balance_minor + 1');
  const broken = spawnServer(['verify'], data);
  expect(await broken.ended).toBe(1);
  expect(broken.printed()).toContain('BROKEN the ledger adds up');
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  const doctor = spawnServer(['doctor', '--json'], data);
  expect(await doctor.ended).toBe(0);
  expect(doctor.printed()).not.toContain('"state":"bad"');
});

test('under npm the end of npm’s shell ends the server too', async () => {
  const data = freshDataFolder();
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${MAIN}" up; true`], {
    env: cleanEnvironment(data, { npm_lifecycle_event: 'start' }),
    stdio: 'ignore',
  });
  await expect.poll(() => existsSync(join(data, 'server.json')), { timeout: 40_000 }).toBe(true);
  const { liveUrl } = readRun(data);
  shell.kill('SIGKILL');
  await expect.poll(() => existsSync(join(data, 'server.json')), { timeout: 40_000 }).toBe(false);
  await expect
    .poll(
      () =>
        ask(liveUrl, 'select 1').then(
          () => 'up',
          () => 'down',
        ),
      { timeout: 40_000 },
    )
    .toBe('down');
});

test('a second signal ends it at once, and PostgreSQL goes with it', async () => {
  const data = freshDataFolder();
  const server = await startServer(data);
  const [row] = await ask(readRun(data).liveUrl, `select pg_postmaster_start_time() is not null as up`);
  expect(row).toEqual({ up: true });
  const { liveUrl } = readRun(data);
  server.child.kill('SIGTERM');
  // A second signal after the first second goes at once: the exit listener stops PostgreSQL all the same.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  server.child.kill('SIGTERM');
  expect([0, 143]).toContain(await server.ended);
  await expect
    .poll(
      () =>
        ask(liveUrl, 'select 1').then(
          () => 'up',
          () => 'down',
        ),
      { timeout: 10_000 },
    )
    .toBe('down');
});

test('misuse is exit code 2 with help, on any command', () => {
  for (const args of [[], ['frobnicate'], ['up', '--wat'], ['up', 'extra'], ['up', '--port']]) {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
      encoding: 'utf8',
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('Usage:');
  }
});

test('with --https the same server answers phones too, trusted through the authority it made, and stops with it', async () => {
  const data = freshDataFolder();
  const server = await startServer(data, ['--https-port', '0']);
  const url = /https:\/\/127\.0\.0\.1:\d+/.exec(server.printed())?.[0] ?? '';
  const ca = readFileSync(join(data, 'tls', 'authority.crt'));
  const ask = (path: string, trust: Buffer | undefined) =>
    new Promise<string>((resolve) => {
      request(`${url}${path}`, { agent: false, ...(trust === undefined ? {} : { ca: trust }) }, (answer) => {
        answer.resume();
        resolve(`${answer.statusCode} ${answer.headers['request-id'] === undefined ? '' : 'ours'}`);
      })
        .on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
        .end();
    });
  expect(await ask('/readyz', ca)).toBe('200 ours');
  expect(await ask('/v1/me', ca)).toBe('401 ours');
  expect(await ask('/readyz', undefined)).toBe('SELF_SIGNED_CERT_IN_CHAIN');
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
  expect(await ask('/readyz', ca)).toBe('ECONNREFUSED');
});

test('a world lives beside the demo, goes on after a restart without doubling anything, and ends with the server', async () => {
  const data = freshDataFolder();
  const living = { POSTROAD_DEMO_WORLD: 'on' };
  const first = await startServer(data, ['--demo'], living);
  const demo = readDemo(data);
  expect(demo.look_in).toBe('test');
  const operator = demo.keys.test.operator;
  const count = async (baseUrl: string, path: string) => {
    const page = (await (await get(`${baseUrl}${path}?limit=100`, operator)).json()) as {
      data: { name?: string; order_ref?: string; state?: string }[];
    };
    return page.data;
  };
  await expect
    .poll(async () => new Set((await count(first.baseUrl, '/v1/shipments')).map((one) => one.state)).size, {
      timeout: 120_000,
      interval: 1_000,
    })
    .toBeGreaterThan(2);
  first.child.kill('SIGTERM');
  expect(await first.ended).toBe(0);
  const notebook = JSON.parse(readFileSync(join(data, 'world.json'), 'utf8')) as { seats: { key: string }[] };
  expect(modeOf(join(data, 'world.json'))).toBe(0o600);

  const second = await startServer(data, ['--demo'], living);
  const before = await count(second.baseUrl, '/v1/organisations');
  await expect
    .poll(() => statSync(join(data, 'world.json')).mtimeMs, { timeout: 120_000, interval: 500 })
    .toBeGreaterThan(Date.now() - 3_000);
  const names = (await count(second.baseUrl, '/v1/organisations')).map((one) => one.name);
  expect(names).toHaveLength(before.length);
  expect(new Set(names).size).toBe(names.length);
  const again = JSON.parse(readFileSync(join(data, 'world.json'), 'utf8')) as { seats: { key: string }[] };
  const keys = (seats: readonly { key: string }[]) => seats.map((seat) => seat.key).sort();
  expect(keys(again.seats)).toEqual(keys(notebook.seats));
  const refs = (await count(second.baseUrl, '/v1/shipments')).map((one) => one.order_ref);
  expect(refs.length).toBeGreaterThan(0);
  second.child.kill('SIGTERM');
  expect(await second.ended).toBe(0);
}, 300_000);
