import { isDatabaseUnavailable } from './database.ts';

/** Brings together what different callers ask at the same time, and answers each alone. */
export type Gather<Share, Answer> = { take(share: Share): Promise<Answer> };

export type GatherOptions<Share, Answer> = {
  readonly sizeOf: (share: Share) => number;
  /** At most this size together. */
  readonly atOnce: number;
  /** How many transactions may be under way; two when absent. */
  readonly transactions?: number;
  /**
   * One transaction for all of them; undefined when it did not come about. `tell` answers one before the others are
   * through, whatever becomes of them. Only of reads: what is told cannot be taken back when a commit fails.
   */
  readonly together: (
    shares: readonly Share[],
    tell: (index: number, answer: Answer) => void,
  ) => Promise<readonly Answer[] | undefined>;
  /** One transaction for one, with its own failures and refusals. */
  readonly alone: (share: Share) => Promise<Answer>;
};

/** While PostgreSQL is at the one, the next is made ready; a third would only be smaller. */
const TRANSACTIONS = 2;

/**
 * Nobody waits for company: what comes while others are under way goes with the next transaction, so that the more come,
 * the more share one. When one of them spoils it, each that was not told yet is tried alone: only that one fails.
 */
export function openGather<Share, Answer>(options: GatherOptions<Share, Answer>): Gather<Share, Answer> {
  type Waiting = {
    readonly share: Share;
    readonly done: (answer: Answer) => void;
    readonly failed: (error: unknown) => void;
    isTold: boolean;
  };
  const { transactions = TRANSACTIONS } = options;
  let waiting: Waiting[] = [];
  let running = 0;

  function next(): Waiting[] {
    let size = 0;
    const end = waiting.findIndex(({ share }, index) => {
      size += options.sizeOf(share);
      return index > 0 && size > options.atOnce;
    });
    const taken = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    return taken;
  }

  async function commit(taken: readonly Waiting[]): Promise<void> {
    const answers = taken.length === 1 ? undefined : await tryTogether(taken);
    if (answers !== undefined) {
      for (const [index, { done }] of taken.entries()) done(answers[index] as Answer);
      return;
    }
    const left = taken.filter(({ isTold }) => !isTold);
    await Promise.all(left.map(({ share, done, failed }) => options.alone(share).then(done, failed)));
  }

  async function tryTogether(taken: readonly Waiting[]): Promise<readonly Answer[] | undefined> {
    try {
      return await options.together(
        taken.map(({ share }) => share),
        (index, answer) => {
          const one = taken[index] as Waiting;
          one.isTold = true;
          one.done(answer);
        },
      );
    } catch (error) {
      // The database is away for each of them.
      if (isDatabaseUnavailable(error)) throw error;
      return undefined;
    }
  }

  async function work(): Promise<void> {
    running += 1;
    // What else this turn of the event loop brings.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const taken = next();
      await commit(taken).catch((error: unknown) => {
        for (const { failed } of taken) failed(error);
      });
    }
    running -= 1;
  }

  return {
    take: (share) =>
      new Promise((done, failed) => {
        waiting.push({ share, done, failed, isTold: false });
        if (running < transactions) void work();
      }),
  };
}
