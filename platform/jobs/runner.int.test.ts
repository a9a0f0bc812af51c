import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Instant } from '../../network/kernel/index.ts';
import { accepted } from '../../network/kernel/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { sql } from '../db/index.ts';
import type { Work } from '../world/index.ts';
import { type JobHandler, type JobRunner, startJobRunner } from './runner.ts';
import { cancelJob, claimJobs, countJobs, extendLeases, finishJob, reviveJobs } from './store.ts';

const START = '2030-01-01T00:00:00.000Z' as Instant;
let now = START;
let bed: TestWorld;
let runners: JobRunner[] = [];
let failures: { kind: string; dead: boolean }[] = [];

beforeEach(async () => {
  now = START;
  bed = await startTestWorld({ now: () => now });
  runners = [];
  failures = [];
  await bed.owner.query('create table public.effect (key text, number bigserial)');
  await bed.owner.query('grant all on public.effect to postroad_app');
  await bed.owner.query('grant all on sequence public.effect_number_seq to postroad_app');
});
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  await bed.stop();
});

function run(...handlers: JobHandler[]): JobRunner {
  const runner = startJobRunner(bed.world, handlers, (kind, _error, dead) => failures.push({ kind, dead }));
  runners.push(runner);
  return runner;
}

function handler(
  kind: string,
  then?: (work: Work, key: string, payload: { n?: number }) => Promise<void> | void,
) {
  return {
    kind,
    run: async (work: Work, payload: never, key: string) => {
      await work.db.run(sql`insert into public.effect (key) values (${key})`);
      await then?.(work, key, payload);
    },
  } satisfies JobHandler;
}

const schedule = (kind: string, key: string, runAt: string = START, payload: object = {}) =>
  bed.world.command('network', async (work) => {
    work.schedule({ kind, key, runAt: runAt as Instant, payload });
    return accepted(undefined);
  });

const effects = async (): Promise<string[]> =>
  (await bed.owner.query('select key from public.effect order by number')).rows.map((row) => row.key);
const noWait = () => bed.owner.query('update platform.job set lease_until = null where lease_token is null');
const write = <T>(body: Parameters<typeof bed.database.transaction<T>>[1]) =>
  bed.database.transaction('network', body);

test('a job runs when its time of the world has come, in the order of time', async () => {
  await schedule('k', 'later', '2030-01-02T00:00:00.000Z');
  await schedule('k', 'second', '2029-12-31T00:00:00.000Z');
  await schedule('k', 'first', '2029-12-30T00:00:00.000Z');
  const runner = run(handler('k'));
  await runner.idle();
  expect(await effects()).toEqual(['first', 'second']);
  now = '2030-01-02T00:00:00.000Z' as Instant;
  await runner.idle();
  expect(await effects()).toEqual(['first', 'second', 'later']);
});

test('scheduling the same key again changes nothing; other kinds have keys of their own', async () => {
  await schedule('k', 'a', START, { n: 1 });
  await schedule('k', 'a', '2031-01-01T00:00:00.000Z', { n: 2 });
  await schedule('other', 'a');
  const rows = await bed.owner.query('select kind, payload from platform.job order by kind');
  expect(rows.rows).toEqual([
    { kind: 'k', payload: { n: 1 } },
    { kind: 'other', payload: {} },
  ]);
});

test('three runners share 100 jobs and none runs twice', async () => {
  for (let number = 0; number < 100; number += 1) await schedule('k', `j${number}`);
  const three = [run(handler('k')), run(handler('k')), run(handler('k'))];
  await Promise.all(three.map((runner) => runner.idle()));
  const done = await effects();
  expect(done).toHaveLength(100);
  expect(new Set(done).size).toBe(100);
});

test('a failing job leaves nothing, waits, and is dead after six attempts; reviving runs it again', async () => {
  let broken = true;
  const runner = run(
    handler('k', () => {
      if (broken) throw new Error('no');
    }),
    handler('well'),
  );
  await schedule('k', 'bad');
  await schedule('well', 'good');
  await runner.idle();
  expect(await effects()).toEqual(['good']);
  await runner.idle();
  expect(failures).toHaveLength(1);
  for (let attempt = 2; attempt <= 6; attempt += 1) {
    await noWait();
    await runner.idle();
  }
  expect(failures.map((failure) => failure.dead)).toEqual([false, false, false, false, false, true]);
  expect(await bed.world.read('network', (db) => countJobs(db, now))).toEqual({
    due: 0,
    dead: 1,
    waiting: 0,
  });
  await noWait();
  await runner.idle();
  expect(failures).toHaveLength(6);
  broken = false;
  expect(await write(async (tx) => ({ keep: true, value: await reviveJobs(tx, 'k') }))).toBe(1);
  await runner.idle();
  expect(await effects()).toEqual(['good', 'bad']);
});

test('a worker that lost its lease leaves no effect', async () => {
  let stolen = false;
  const runner = run(
    handler('k', async () => {
      if (stolen) return;
      stolen = true;
      await bed.owner.query(
        "update platform.job set lease_token = 'other', lease_until = clock_timestamp() + interval '1 hour'",
      );
    }),
  );
  await schedule('k', 'a');
  await runner.idle();
  expect(await effects()).toEqual([]);
  expect(failures).toEqual([]);
  await bed.owner.query("update platform.job set lease_until = clock_timestamp() - interval '1 s'");
  await runner.idle();
  expect(await effects()).toEqual(['a']);
});

test('a lease keeps others away until it runs out; a heartbeat prolongs it', async () => {
  await schedule('k', 'a');
  const claim = (token: string) =>
    write(async (tx) => ({ keep: true, value: await claimJobs(tx, ['k'], now, token, 30_000, 5) }));
  const mine = await claim('one');
  expect(mine).toHaveLength(1);
  expect(await claim('two')).toEqual([]);
  await bed.owner.query("update platform.job set lease_until = clock_timestamp() - interval '1 s'");
  expect(await write(async (tx) => ({ keep: true, value: await extendLeases(tx, 'one', 30_000) }))).toBe(1);
  expect(await claim('two')).toEqual([]);
  await bed.owner.query("update platform.job set lease_until = clock_timestamp() - interval '1 s'");
  expect(await claim('two')).toHaveLength(1);
  expect(await write(async (tx) => ({ keep: true, value: await extendLeases(tx, 'one', 30_000) }))).toBe(0);
  expect(await write(async (tx) => ({ keep: true, value: await finishJob(tx, mine[0]!.id, 'one') }))).toBe(
    false,
  );
});

test('a job schedules its own successor, and what it schedules runs', async () => {
  const runner = run(
    handler('k', (work, key, payload) => {
      const n = payload.n ?? 0;
      if (n < 3) work.schedule({ kind: 'k', key, runAt: work.now, payload: { n: n + 1 } });
    }),
  );
  await schedule('k', 'chain');
  await runner.idle();
  expect(await effects()).toEqual(['chain', 'chain', 'chain', 'chain']);
});

test('a cancelled job does not run; one that runs is not taken away', async () => {
  const runner = run(handler('k'));
  const cancel = (key: string) => write(async (tx) => ({ keep: true, value: await cancelJob(tx, 'k', key) }));
  await schedule('k', 'a', '2031-01-01T00:00:00.000Z');
  await cancel('a');
  await schedule('k', 'b');
  now = '2032-01-01T00:00:00.000Z' as Instant;
  await runner.idle();
  expect(await effects()).toEqual(['b']);
});

test('stopping lets the present job end and gives the others back, uncounted', async () => {
  for (let number = 0; number < 5; number += 1) await schedule('k', `j${number}`);
  let entered: (() => void) | undefined;
  const begun = new Promise<void>((resolve) => {
    entered = resolve;
  });
  let release: (() => void) | undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const runner = run(
    handler('k', async () => {
      entered?.();
      await held;
    }),
  );
  await begun;
  const stopped = runner.stop();
  release?.();
  await stopped;
  expect(await effects()).toHaveLength(1);
  const rest = await bed.owner.query('select attempts, lease_token from platform.job');
  expect(rest.rows).toEqual(Array.from({ length: 4 }, () => ({ attempts: 0, lease_token: null })));
});

test('a job of a kind without a handler here waits for a program that has one', async () => {
  const runner = run(handler('k'));
  await schedule('unknown', 'a');
  await runner.idle();
  expect(await bed.world.read('network', (db) => countJobs(db, now))).toEqual({
    due: 1,
    dead: 0,
    waiting: 0,
  });
});
