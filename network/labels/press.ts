import { createWorkerPool, type WorkerPoolStats } from '../../platform/workers/index.ts';
import type { Outcome } from '../kernel/index.ts';
import type { LabelContent, LabelJob, LabelRejection } from './content.ts';

export type LabelPressOptions = {
  /** Threads; default 1. Each that prints Chinese holds two fonts of 10 MB. */
  readonly workers?: number;
  /** Longest time of one job in a thread; default 30 s (500 labels take about 1 s). */
  readonly timeoutMs?: number;
  /** Jobs that may wait; default 1,000. */
  readonly queueLimit?: number;
};

export type SingleLabelJob = Omit<LabelJob, 'contents'> & { readonly content: LabelContent };

/**
 * Draws labels off the event loop. A label that cannot be printed is refused as a value; a full queue, a time-out or
 * a crashed thread reject with `WorkerPoolError` (platform/workers).
 */
export type LabelPress = {
  readonly render: (job: SingleLabelJob) => Promise<Outcome<Uint8Array, LabelRejection>>;
  /** One file of up to 500 labels: a PDF of as many pages, or ZPL of as many formats. All or none. */
  readonly renderMany: (job: LabelJob) => Promise<Outcome<Uint8Array, LabelRejection>>;
  readonly stats: () => WorkerPoolStats;
  readonly close: () => Promise<void>;
};

export function createLabelPress(options: LabelPressOptions = {}): LabelPress {
  const pool = createWorkerPool<LabelJob, Outcome<Uint8Array, LabelRejection>>({
    script: new URL('./label.worker.ts', import.meta.url),
    ...options,
  });
  return {
    render: ({ content, ...rest }) => pool.run({ ...rest, contents: [content] }),
    renderMany: (job) => pool.run(job),
    stats: pool.stats,
    close: pool.close,
  };
}
