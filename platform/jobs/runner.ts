import { isDatabaseUnavailable, type Transaction } from '../db/index.ts';
import {
  newId,
  openWork,
  type Poller,
  type Round,
  startPoller,
  type Work,
  type World,
} from '../world/index.ts';
import {
  buryJob,
  type ClaimedJob,
  claimJobs,
  extendLeases,
  finishJob,
  postponeJob,
  releaseJobs,
} from './store.ts';

export type JobHandler = {
  readonly kind: string;
  /** Its writes commit together with the end of the job: a kill in between runs it again, never half. */
  run(work: Work, payload: never, key: string): Promise<void>;
};

export type JobRunner = Poller;

/** Lease and heartbeat; source: promises, "Leases 30 s with heartbeat". */
const LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const CLAIM_AT_ONCE = 20;
const POLL_QUICK_MS = 250;
const POLL_SLOW_MS = 1_000;
/** Waits between attempts; after the last the job is dead and waits for a replay. */
const RETRY_MS: readonly number[] = [1_000, 5_000, 30_000, 120_000, 600_000];

class LeaseLostError extends Error {}

/** Runs due jobs of one world until stopped. `onFailure` is told every failed attempt. */
export function startJobRunner(
  world: World,
  handlers: readonly JobHandler[],
  onFailure: (kind: string, error: unknown, dead: boolean) => void,
): JobRunner {
  const byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  const kinds = [...byKind.keys()];
  let stopped = false;

  async function round(): Promise<Round> {
    if (kinds.length === 0) return { done: 0 };
    const token = newId('lea');
    const claimed = await inTransaction(world, (tx) =>
      claimJobs(tx, kinds, world.clock.now(), token, LEASE_MS, CLAIM_AT_ONCE),
    );
    if (claimed.length === 0) return { done: 0 };
    const heartbeat = setInterval(() => {
      inTransaction(world, (tx) => extendLeases(tx, token, LEASE_MS)).catch(() => undefined);
    }, HEARTBEAT_MS);
    const open = [...claimed];
    try {
      for (let job = open.shift(); job !== undefined; job = stopped ? undefined : open.shift()) {
        const handler = byKind.get(job.kind);
        if (handler !== undefined) await runOne(world, handler, job, token, onFailure);
      }
    } finally {
      clearInterval(heartbeat);
      const ids = open.map((job) => job.id);
      if (ids.length > 0)
        await inTransaction(world, (tx) => releaseJobs(tx, ids, token)).catch(() => undefined);
    }
    return { done: claimed.length - open.length };
  }

  const poller = startPoller({
    round,
    quickMs: POLL_QUICK_MS,
    slowMs: kinds.length === 0 ? NEVER_MS : POLL_SLOW_MS,
    onError: (error) => onFailure('claim', error, false),
  });
  return {
    ...poller,
    stop: () => {
      stopped = true;
      return poller.stop();
    },
  };
}

/** The longest pause of a timer: about 24 days. */
const NEVER_MS = 2 ** 31 - 1;

async function runOne(
  world: World,
  handler: JobHandler,
  job: ClaimedJob,
  token: string,
  onFailure: (kind: string, error: unknown, dead: boolean) => void,
): Promise<void> {
  try {
    const left = await inTransaction(world, async (tx) => {
      const { work, flush } = openWork(tx, world.clock.now(), world.name);
      await handler.run(work, job.payload as never, job.key);
      await tx.setScope('network');
      // The end of the job comes before what it schedules: a job may schedule its own successor under its key.
      if (!(await finishJob(tx, job.id, token))) throw new LeaseLostError('the lease went to another worker');
      return flush();
    });
    world.signalCommit(left);
  } catch (error) {
    if (error instanceof LeaseLostError) return;
    const delay = RETRY_MS[job.attempts - 1];
    const dead = delay === undefined && !isDatabaseUnavailable(error);
    onFailure(handler.kind, error, dead);
    await inTransaction(world, async (tx) => {
      if (dead) await buryJob(tx, job.id, token, failureText(error), world.clock.now());
      else await postponeJob(tx, job.id, token, delay ?? RETRY_MS.at(-1) ?? LEASE_MS, failureText(error));
    });
  }
}

function inTransaction<T>(world: World, body: (tx: Transaction) => Promise<T>): Promise<T> {
  return world.database.transaction('network', async (tx) => ({ keep: true, value: await body(tx) }));
}

function failureText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
