/** What must be ended before the process may go, in reverse order of its start. */
export type Lifeline = {
  /** Registers a closer; runs it at once when the stop is under way already. */
  onStop(name: string, close: () => Promise<void>): Promise<void>;
  readonly isStopping: boolean;
  /** Runs all closers once. Answers false when one of them failed or the time was up. */
  stop(): Promise<boolean>;
};

/** Whole stop, requests and database included. Source: our promise of at most 30 s, with a second to spare. */
export const STOP_TIMEOUT_MS = 29_000;

export function createLifeline(onFailure: (name: string, error: unknown) => void): Lifeline {
  const closers: { name: string; close: () => Promise<void> }[] = [];
  let stopping: Promise<boolean> | undefined;

  async function closeOne({ name, close }: { name: string; close: () => Promise<void> }): Promise<boolean> {
    try {
      await close();
      return true;
    } catch (error) {
      onFailure(name, error);
      return false;
    }
  }

  async function closeAll(): Promise<boolean> {
    let clean = true;
    for (;;) {
      const last = closers.pop();
      if (last === undefined) return clean;
      clean = (await closeOne(last)) && clean;
    }
  }

  return {
    get isStopping() {
      return stopping !== undefined;
    },
    onStop: async (name, close) => {
      if (stopping === undefined) closers.push({ name, close });
      else await closeOne({ name, close });
    },
    stop: () => {
      stopping ??= closeAll();
      return stopping;
    },
  };
}

/** Waits for `work`, at most so long; then goes on without it. Answers whether it came to an end. */
export async function atMost(timeoutMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeoutMs);
  });
  try {
    return await Promise.race([work.then(() => true), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
