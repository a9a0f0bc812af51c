import { openSeat, type Task, WorkerPoolError } from './seat.ts';

/**
 * `script`: a module that calls `serveJobs`. `workers`: threads, started when first needed (default 1: half of the
 * smallest machine we promise). `queueLimit`: jobs that may wait (default 1,000), the next is refused at once.
 * `timeoutMs`: from the moment a thread gets the job, its start included (default 30 s). `maxHeapMb`: old space of
 * one thread (default 512). All defaults are ours.
 */
export type WorkerPoolOptions = {
  readonly script: URL;
  readonly workers?: number;
  readonly queueLimit?: number;
  readonly timeoutMs?: number;
  readonly maxHeapMb?: number;
};

export type WorkerPoolStats = {
  readonly threads: number;
  readonly busy: number;
  readonly waiting: number;
  /** Threads lost to a crash or a time-out since the start. */
  readonly lost: number;
};

export type WorkerPool<Job, Answer> = {
  /** Rejects with WorkerPoolError. Job and answer must survive structured cloning. */
  readonly run: (job: Job) => Promise<Answer>;
  readonly stats: () => WorkerPoolStats;
  /** Ends all threads; jobs that run or wait are rejected as `closed`. Safe to call twice. */
  readonly close: () => Promise<void>;
};

/** Threads for work that would hold up the event loop. A thread that crashes or hangs is replaced; its job fails. */
export function createWorkerPool<Job, Answer>(options: WorkerPoolOptions): WorkerPool<Job, Answer> {
  const { script, workers = 1, queueLimit = 1000, timeoutMs = 30_000, maxHeapMb = 512 } = options;
  if (!Number.isInteger(workers) || workers < 1) throw new RangeError('a pool has at least one worker');
  const waiting: Task<Job, Answer>[] = [];
  let nextId = 1;
  let closed = false;

  const fill = (): void => {
    for (const seat of seats) {
      if (seat.isBusy()) continue;
      const task = waiting.shift();
      if (task === undefined) return;
      seat.start(task);
    }
  };
  const seats = Array.from({ length: workers }, () =>
    openSeat<Job, Answer>({ script, timeoutMs, maxHeapMb, onFree: fill }),
  );

  const run = (job: Job): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new WorkerPoolError('closed', 'the pool is closed'));
        return;
      }
      if (seats.every((seat) => seat.isBusy()) && waiting.length >= queueLimit) {
        reject(new WorkerPoolError('queue_full', `more than ${queueLimit} jobs wait`));
        return;
      }
      waiting.push({ id: nextId++, job, resolve, reject });
      fill();
    });

  const close = async (): Promise<void> => {
    closed = true;
    const gone = new WorkerPoolError('closed', 'the pool is closed');
    for (const task of waiting.splice(0)) task.reject(gone);
    await Promise.all(seats.map((seat) => seat.close(gone)));
  };

  const stats = (): WorkerPoolStats => ({
    threads: seats.filter((seat) => seat.hasThread()).length,
    busy: seats.filter((seat) => seat.isBusy()).length,
    waiting: waiting.length,
    lost: seats.reduce((sum, seat) => sum + seat.lost(), 0),
  });
  return { run, stats, close };
}
