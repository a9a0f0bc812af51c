import { monotonicMs } from '../clock/index.ts';

/**
 * What a round did: how much, and how soon there may be more although nothing tells us. `moreWaits`: it left things
 * behind that could be done now; undefined: judged by how much was done.
 */
export type Round = { readonly done: number; readonly againMs?: number; readonly moreWaits?: boolean };

/** Something that looks for work again and again until it is stopped. */
export type Poller = {
  /** There may be work: look at once. */
  wake(): void;
  /** Waits for the round under way; nothing starts after it. */
  stop(): Promise<void>;
  /** Works until a round finds nothing. Rounds never overlap, so what was under way before is done as well. */
  idle(): Promise<void>;
};

export type PollerOptions = {
  readonly round: () => Promise<Round>;
  /** Pause after the last work; it doubles up to `slowMs`, so that an idle server sleeps. */
  readonly quickMs: number;
  readonly slowMs: number;
  /** How far apart rounds lie that left nothing waiting; default 25 ms. */
  readonly gatherMs?: number;
  readonly onError: (error: unknown) => void;
};

/** After failures, such as of a database that is away, the pause grows up to this. Our default. */
const MAX_ERROR_PAUSE_MS = 5_000;

/**
 * A busy server commits hundreds of times a second, and a round that looks for one thing costs nearly what a round
 * that does twenty costs. So rounds behind which nothing waits lie this far apart; the first one after a quiet time
 * begins at once. Our default: 25 ms is no delay for a job or a webhook.
 */
const GATHER_MS = 25;
/** As many as the smallest claim of our pollers (jobs): more is probably waiting. */
const PLENTY = 20;

export function startPoller(options: PollerOptions): Poller {
  let stopped = false;
  let woken = false;
  let endedAt = Number.NEGATIVE_INFINITY;
  let moreWaits = false;
  let sleeper: (() => void) | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  const alone = (): Promise<Round> => {
    const next = tail.then(options.round);
    tail = next.then(
      (round) => {
        endedAt = monotonicMs();
        moreWaits = round.moreWaits ?? round.done >= PLENTY;
      },
      () => undefined,
    );
    return next;
  };
  const sleep = (pauseMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      sleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Further wakes change nothing in it; a stop ends it. */
  async function gather(): Promise<void> {
    const until = moreWaits ? endedAt : endedAt + (options.gatherMs ?? GATHER_MS);
    for (let leftMs = until - monotonicMs(); leftMs > 0 && !stopped; leftMs = until - monotonicMs())
      await sleep(leftMs);
    sleeper = undefined;
  }

  async function loop(): Promise<void> {
    let pauseMs = options.quickMs;
    while (!stopped) {
      await gather();
      if (stopped) break;
      woken = false;
      let againMs: number | undefined;
      try {
        const { done, againMs: soon } = await alone();
        if (done > 0 || woken) {
          pauseMs = options.quickMs;
          continue;
        }
        againMs = soon;
      } catch (error) {
        options.onError(error);
        pauseMs = Math.min(pauseMs * 2, MAX_ERROR_PAUSE_MS);
        againMs = pauseMs;
      }
      if (stopped) break;
      await sleep(Math.max(1, againMs === undefined ? pauseMs : Math.min(againMs, pauseMs)));
      sleeper = undefined;
      pauseMs = woken ? options.quickMs : Math.max(options.quickMs, Math.min(pauseMs * 2, options.slowMs));
    }
  }
  const running = loop();

  const wake = () => {
    woken = true;
    sleeper?.();
  };
  return {
    wake,
    stop: async () => {
      stopped = true;
      wake();
      await running;
      await tail;
    },
    idle: async () => {
      while ((await alone()).done > 0);
    },
  };
}
