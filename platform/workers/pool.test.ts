import { afterEach, describe, expect, test } from 'vitest';
import type { EchoJob } from './echo.fixture.ts';
import { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './index.ts';

const script = new URL('./echo.fixture.ts', import.meta.url);
let pool: WorkerPool<EchoJob, string> | undefined;

function open(options: Omit<WorkerPoolOptions, 'script'> = {}): WorkerPool<EchoJob, string> {
  pool = createWorkerPool<EchoJob, string>({ script, ...options });
  return pool;
}

afterEach(async () => {
  await pool?.close();
});

describe('a worker pool', () => {
  test('answers every job with its own answer', async () => {
    const { run, stats } = open({ workers: 2 });
    const texts = Array.from({ length: 50 }, (_, index) => `job ${index}`);
    expect(await Promise.all(texts.map((text) => run({ do: 'echo', text })))).toEqual(texts);
    expect(stats()).toEqual({ threads: 2, busy: 0, waiting: 0, lost: 0 });
  });

  test('starts no thread before the first job', () => {
    expect(open().stats().threads).toBe(0);
  });

  test('a job that throws fails alone and keeps its thread', async () => {
    const { run, stats } = open();
    await expect(run({ do: 'throw' })).rejects.toMatchObject({
      reason: 'failed',
      message: 'the handler threw',
    });
    expect(await run({ do: 'echo', text: 'next' })).toBe('next');
    expect(stats().lost).toBe(0);
  });

  test('a crash costs its job and the jobs behind it are answered by a new thread', async () => {
    const { run, stats } = open();
    const crash = run({ do: 'exit' });
    const behind = run({ do: 'echo', text: 'behind' });
    await expect(crash).rejects.toMatchObject({ reason: 'crashed' });
    expect(await behind).toBe('behind');
    expect(stats().lost).toBe(1);
  });

  test('a job that never ends is stopped by the time-out', async () => {
    const { run, stats } = open({ timeoutMs: 3_000 });
    const hang = run({ do: 'hang' });
    const behind = run({ do: 'echo', text: 'behind' });
    await expect(hang).rejects.toMatchObject({ reason: 'timeout' });
    expect(await behind).toBe('behind');
    expect(stats().lost).toBe(1);
  });

  test('the job that finds the queue full is refused at once', async () => {
    const { run } = open({ queueLimit: 1 });
    const first = run({ do: 'sleep', ms: 50 });
    const second = run({ do: 'echo', text: 'waits' });
    await expect(run({ do: 'echo', text: 'third' })).rejects.toMatchObject({ reason: 'queue_full' });
    expect(await Promise.all([first, second])).toEqual(['slept 50', 'waits']);
  });

  test('closing rejects what runs, what waits and what comes later', async () => {
    const { run, close } = open();
    const jobs = [run({ do: 'sleep', ms: 60_000 }), run({ do: 'echo', text: 'waits' })];
    const answers = Promise.allSettled(jobs);
    await close();
    await close();
    for (const answer of await answers) expect(answer).toMatchObject({ reason: { reason: 'closed' } });
    await expect(run({ do: 'echo', text: 'late' })).rejects.toMatchObject({ reason: 'closed' });
  });

  test('a job that cannot be cloned fails and the pool goes on', async () => {
    const { run } = open();
    const uncloneable = { do: 'echo', text: (() => '') as unknown as string } as const;
    await expect(run(uncloneable)).rejects.toMatchObject({ reason: 'failed' });
    expect(await run({ do: 'echo', text: 'on' })).toBe('on');
  });

  test('a thread sees no environment variables', async () => {
    process.env.POOL_CANARY = 'secret';
    expect(await open().run({ do: 'env' })).toBe('');
  });

  test('a pool without workers is a programming error', () => {
    expect(() => createWorkerPool({ script, workers: 0 })).toThrow(RangeError);
  });
});
