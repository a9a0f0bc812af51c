import { newId, openWork, type Work, type World } from '../world/index.ts';
import { buryJob, claimJobs, extendLeases, finishJob, postponeJob } from './store.ts';

export type JobHandler = {
  readonly kind: string;
  /** Its writes commit together with the end of the job: a kill in between runs it again, never half. */
  run(work: Work, payload: never, key: string): Promise<void>;
};

export type JobRunner = { wake(): void; stop(): Promise<void>; idle(): Promise<void> };

const LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const POLL_MS = 1_000;
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
  let woken = false;
  let sleeper: { timer: NodeJS.Timeout; wake: () => void } | undefined;

  async function runOne(
    id: string,
    kind: string,
    key: string,
    attempts: number,
    payload: unknown,
    token: string,
  ) {
    const handler = byKind.get(kind);
    if (handler === undefined) return;
    try {
      await world.database.transaction('network', async (tx) => {
        const { work, flush } = openWork(tx, world.clock.now());
        await handler.run(work, payload as never, key);
        // The end of the job comes before what it schedules: a job may schedule its own successor under its key.
        if (!(await finishJob(tx, id, token))) throw new LeaseLostError('the lease went to another worker');
        await flush();
        return { keep: true, value: undefined };
      });
    } catch (error) {
      if (error instanceof LeaseLostError) return;
      const delay = RETRY_MS[attempts - 1];
      onFailure(kind, error, delay === undefined);
      await world.database.transaction('network', async (tx) => {
        if (delay === undefined) await buryJob(tx, id, token, failureText(error), world.clock.now());
        else await postponeJob(tx, id, token, delay, failureText(error));
        return { keep: true, value: undefined };
      });
    }
  }

  async function round(): Promise<number> {
    const token = newId('lea');
    const claimed = await world.database.transaction('network', async (tx) => ({
      keep: true,
      value: await claimJobs(tx, kinds, world.clock.now(), token, LEASE_MS, 20),
    }));
    if (claimed.length === 0) return 0;
    const heartbeat = setInterval(() => {
      world.database
        .transaction('network', async (tx) => ({
          keep: true,
          value: await extendLeases(tx, token, LEASE_MS),
        }))
        .catch(() => undefined);
    }, HEARTBEAT_MS);
    try {
      for (const job of claimed) {
        if (stopped) break;
        await runOne(job.id, job.kind, job.key, job.attempts, job.payload, token);
      }
    } finally {
      clearInterval(heartbeat);
    }
    return claimed.length;
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      woken = false;
      const done = await round().catch((error) => {
        onFailure('claim', error, false);
        return 0;
      });
      if (done > 0 || woken || stopped) continue;
      await new Promise<void>((resolve) => {
        sleeper = { timer: setTimeout(resolve, POLL_MS), wake: resolve };
      });
      sleeper = undefined;
    }
  }
  const running = kinds.length === 0 ? Promise.resolve() : loop();

  const wake = () => {
    woken = true;
    if (sleeper !== undefined) {
      clearTimeout(sleeper.timer);
      sleeper.wake();
    }
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await running;
    },
    idle: async () => {
      while ((await round()) > 0);
    },
  };
}

function failureText(error: unknown): string {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
}
