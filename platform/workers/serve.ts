import { parentPort, type Transferable } from 'node:worker_threads';

type Envelope<Job> = { readonly id: number; readonly job: Job };

/**
 * Called once by the module that a pool starts: answers each job with what `handle` gives. A thrown error fails that
 * job only. `transfer` names the buffers of an answer that move to the caller instead of being copied.
 * Throws when the module was not started as a thread.
 */
export function serveJobs<Job, Answer>(
  handle: (job: Job) => Answer | Promise<Answer>,
  transfer: (answer: Answer) => readonly Transferable[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('serveJobs runs in a worker thread');
  port.on('message', async ({ id, job }: Envelope<Job>) => {
    try {
      const value = await handle(job);
      port.postMessage({ id, value }, [...transfer(value)]);
    } catch (error) {
      port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
