import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** Counts until called; millions of instructions of user and kernel. Undefined: this machine has no `perf` for us. */
export type Counting = () => Promise<number | undefined>;

/**
 * Instructions that processes (and children they get) retire. CPU time of the same work grows by half when neighbours
 * fill the caches of a busy machine; the number of instructions does not. Needs Linux `perf`; only a second opinion.
 */
export async function countInstructions(processIds: readonly number[]): Promise<Counting> {
  const perf = spawn('perf', ['stat', '-x', ',', '-e', 'instructions', '-p', processIds.join(',')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let text = '';
  perf.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const ended = once(perf, 'close').catch(() => undefined);
  // It says nothing when it has attached.
  await sleep(300);
  return async () => {
    perf.kill('SIGINT');
    await ended;
    const count = Number(/^(\d+),/m.exec(text)?.[1]);
    return Number.isFinite(count) ? count / 1e6 : undefined;
  };
}
