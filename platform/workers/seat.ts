import { Worker } from 'node:worker_threads';

/** Why a job has no answer. `failed`: the handler threw; the others say what the pool did. */
export type WorkerFailure = 'queue_full' | 'timeout' | 'crashed' | 'closed' | 'failed';

/** A failure of the pool, never a business refusal: a handler answers those as values. */
export class WorkerPoolError extends Error {
  readonly reason: WorkerFailure;
  constructor(reason: WorkerFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WorkerPoolError';
    this.reason = reason;
  }
}

type Reply<Answer> = { readonly id: number; readonly value?: Answer; readonly error?: string };

/** A job that waits or runs. Exactly one of the two functions is called, once. */
export type Task<Job, Answer> = {
  readonly id: number;
  readonly job: Job;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: WorkerPoolError) => void;
};

export type SeatOptions = {
  readonly script: URL;
  readonly timeoutMs: number;
  readonly maxHeapMb: number;
  /** The seat can take a job again. */
  readonly onFree: () => void;
};

/** A place for one thread and at most one job. */
export type Seat<Job, Answer> = {
  readonly isBusy: () => boolean;
  readonly hasThread: () => boolean;
  /** Threads lost to a crash or a time-out. */
  readonly lost: () => number;
  readonly start: (task: Task<Job, Answer>) => void;
  readonly close: (reason: WorkerPoolError) => Promise<void>;
};

export function openSeat<Job, Answer>(options: SeatOptions): Seat<Job, Answer> {
  let worker: Worker | undefined;
  let task: Task<Job, Answer> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let lost = 0;

  /** Takes the job out of the seat; an idle thread does not keep the process alive. */
  const settle = (): Task<Job, Answer> | undefined => {
    const settled = task;
    clearTimeout(timer);
    task = undefined;
    worker?.unref();
    return settled;
  };

  /** The seat is empty before its job is rejected, so that a late message of the old thread finds nobody. */
  const vacate = (gone: Worker, error: WorkerPoolError): void => {
    if (worker !== gone) return;
    const settled = settle();
    worker = undefined;
    lost += 1;
    void gone.terminate();
    settled?.reject(error);
    options.onFree();
  };

  const answered = (from: Worker, reply: Reply<Answer>): void => {
    if (worker !== from || task?.id !== reply.id) return;
    const settled = settle();
    if (reply.error === undefined) settled?.resolve(reply.value as Answer);
    else settled?.reject(new WorkerPoolError('failed', reply.error));
    options.onFree();
  };

  const start = (next: Task<Job, Answer>): void => {
    const thread = worker ?? hire(options, answered, vacate);
    worker = thread;
    task = next;
    thread.ref();
    timer = setTimeout(() => {
      vacate(thread, new WorkerPoolError('timeout', `the job took longer than ${options.timeoutMs} ms`));
    }, options.timeoutMs);
    try {
      thread.postMessage({ id: next.id, job: next.job });
    } catch (cause) {
      settle()?.reject(new WorkerPoolError('failed', 'the job cannot be sent to a thread', { cause }));
      queueMicrotask(options.onFree);
    }
  };

  const close = async (reason: WorkerPoolError): Promise<void> => {
    const thread = worker;
    const settled = settle();
    worker = undefined;
    settled?.reject(reason);
    await thread?.terminate();
  };

  return {
    isBusy: () => task !== undefined,
    hasThread: () => worker !== undefined,
    lost: () => lost,
    start,
    close,
  };
}

function hire<Answer>(
  options: SeatOptions,
  answered: (from: Worker, reply: Reply<Answer>) => void,
  vacate: (gone: Worker, error: WorkerPoolError) => void,
): Worker {
  // No environment: a thread needs no secrets. No inherited flags: loaders of a test runner stay outside.
  const limits = { maxOldGenerationSizeMb: options.maxHeapMb };
  const worker = new Worker(options.script, { env: {}, execArgv: [], resourceLimits: limits });
  worker.on('message', (reply: Reply<Answer>) => answered(worker, reply));
  worker.on('error', (cause) => {
    vacate(worker, new WorkerPoolError('crashed', 'the worker thread crashed', { cause }));
  });
  worker.on('exit', (code) => {
    vacate(worker, new WorkerPoolError('crashed', `the worker thread ended with code ${code}`));
  });
  return worker;
}
