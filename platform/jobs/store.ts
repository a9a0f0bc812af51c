import type { IdSource, Instant } from '../../network/kernel/index.ts';
import { type Column, type Queryable, sql, unnestRows } from '../db/index.ts';

/**
 * Work for later. `kind` names its handler, `key` makes it unique within the kind (scheduling the same again changes
 * nothing), `runAt` is time of the world.
 */
export type NewJob = {
  readonly kind: string;
  readonly key: string;
  readonly runAt: Instant;
  readonly payload: object;
};

export type ClaimedJob = {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly attempts: number;
  readonly payload: unknown;
};

type NewRow = { readonly id: string; readonly job: NewJob };
const COLUMNS: readonly Column<NewRow>[] = [
  ['id', 'text', ({ id }) => id],
  ['kind', 'text', ({ job }) => job.kind],
  ['key', 'text', ({ job }) => job.key],
  ['run_at', 'timestamptz', ({ job }) => job.runAt],
  ['payload', 'jsonb', ({ job }) => JSON.stringify(job.payload)],
];

export function insertJobs(db: Queryable, jobs: readonly NewJob[], newId: IdSource): void {
  const rows = jobs.map((job): NewRow => ({ id: newId('job'), job }));
  const [only] = rows;
  // Most transactions leave one: a plain row costs a third of a list.
  if (only !== undefined && rows.length === 1) {
    const { id, job } = only;
    db.later(sql`
      insert into platform.job (id, kind, key, run_at, payload)
      values (${id}, ${job.kind}, ${job.key}, ${job.runAt}, ${job.payload}::jsonb)
      on conflict (kind, key) do nothing`);
    return;
  }
  db.later(sql`
    insert into platform.job (id, kind, key, run_at, payload)
    select id, kind, key, run_at, payload from ${unnestRows('j', rows, COLUMNS)}
    on conflict (kind, key) do nothing`);
}

/** Leases due jobs whose kind has a handler here. `token` is the proof of the lease. */
export async function claimJobs(
  db: Queryable,
  kinds: readonly string[],
  now: Instant,
  token: string,
  leaseMs: number,
  limit: number,
): Promise<ClaimedJob[]> {
  return db.rows<ClaimedJob>(sql`
    with claimed as (
      update platform.job set lease_token = ${token}, attempts = attempts + 1,
        lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
      where id in (
        select id from platform.job
        where dead_at is null and run_at <= ${now} and kind = any(${kinds})
          and (lease_until is null or lease_until < clock_timestamp())
        order by run_at, id limit ${limit} for update skip locked)
      returning id, kind, key, attempts, payload, run_at)
    select id, kind, key, attempts, payload from claimed order by run_at, id`);
}

/** Gives back what was claimed and not begun; the attempt does not count. */
export async function releaseJobs(db: Queryable, ids: readonly string[], token: string): Promise<void> {
  await db.run(sql`
    update platform.job set lease_token = null, lease_until = null, attempts = attempts - 1
    where id = any(${ids}) and lease_token = ${token}`);
}

export async function extendLeases(db: Queryable, token: string, leaseMs: number): Promise<number> {
  return db.run(sql`
    update platform.job set lease_until = clock_timestamp() + make_interval(secs => ${leaseMs / 1000})
    where lease_token = ${token} and dead_at is null`);
}

/** Deletes the job in the transaction of its effect; false when the lease went to somebody else meanwhile. */
export async function finishJob(db: Queryable, id: string, token: string): Promise<boolean> {
  return (await db.run(sql`delete from platform.job where id = ${id} and lease_token = ${token}`)) === 1;
}

export async function postponeJob(
  db: Queryable,
  id: string,
  token: string,
  delayMs: number,
  failure: string,
) {
  await db.run(sql`
    update platform.job set lease_token = null, lease_until = clock_timestamp() + make_interval(secs => ${delayMs / 1000}), failure = ${failure}
    where id = ${id} and lease_token = ${token}`);
}

export async function buryJob(
  db: Queryable,
  id: string,
  token: string,
  failure: string,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update platform.job set dead_at = ${now}, failure = ${failure}, lease_token = null, lease_until = null
    where id = ${id} and lease_token = ${token}`);
}

export async function cancelJob(db: Queryable, kind: string, key: string): Promise<void> {
  await db.run(sql`delete from platform.job where kind = ${kind} and key = ${key} and lease_token is null`);
}

/** Back from the dead: replays dead jobs of a kind. Answers how many. */
export async function reviveJobs(db: Queryable, kind: string): Promise<number> {
  return db.run(sql`
    update platform.job set dead_at = null, attempts = 0, failure = null where kind = ${kind} and dead_at is not null`);
}

export type JobKindState = {
  readonly kind: string;
  readonly due: number;
  readonly running: number;
  readonly waiting: number;
  readonly dead: number;
  readonly oldestDueAt: Instant | undefined;
  /** Of the last dead one. */
  readonly failure: string | undefined;
};

/** Jobs by kind. `running`: leased just now; `due`: should run and are not; `waiting`: for their time. */
export async function listJobKinds(db: Queryable, now: Instant): Promise<JobKindState[]> {
  const rows = await db.rows<
    Omit<JobKindState, 'oldestDueAt' | 'failure'> & { oldest: Instant | null; failure: string | null }
  >(sql`
    select kind,
      count(*) filter (where dead_at is null and run_at <= ${now} and lease_token is null)::int as due,
      count(*) filter (where dead_at is null and lease_token is not null)::int as running,
      count(*) filter (where dead_at is null and run_at > ${now} and lease_token is null)::int as waiting,
      count(*) filter (where dead_at is not null)::int as dead,
      min(run_at) filter (where dead_at is null and run_at <= ${now} and lease_token is null) as oldest,
      (array_agg(failure order by dead_at desc) filter (where dead_at is not null))[1] as failure
    from platform.job group by kind order by kind`);
  return rows.map(({ oldest, failure, ...row }) => ({
    ...row,
    oldestDueAt: oldest ?? undefined,
    failure: failure ?? undefined,
  }));
}

export async function countJobs(
  db: Queryable,
  now: Instant,
): Promise<{ due: number; dead: number; waiting: number }> {
  return db.row(sql`
    select count(*) filter (where dead_at is null and run_at <= ${now}) as due,
           count(*) filter (where dead_at is not null) as dead,
           count(*) filter (where dead_at is null and run_at > ${now}) as waiting
    from platform.job`);
}
