import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { addDays, type Instant } from '../network/kernel/index.ts';
import { bodyOf, demoApi } from './demo-api.ts';

/** How far back the living world begins: long enough that parcels of every stage are there. Our default. */
const DAYS_BACK = 8;
/** After this a simulation that does not end is ended. */
const END_MS = 3_000;

/** Before anything happens in it the test world's clock is set back. One that was used already stays as it is. */
export async function startInThePast(baseUrl: string, operatorKey: string, now: Instant): Promise<void> {
  const answer = await demoApi(baseUrl, operatorKey).post('/v1/test/clock', {
    now: addDays(now, -DAYS_BACK),
  });
  if (answer.body.code !== 'clock_goes_forward') bodyOf('set the clock of the test world', answer);
}

export type DemoWorld = { stop(): Promise<void> };

/**
 * The simulation as a program of its own: it has nothing but the address and the keys of demo.json, it ends with the
 * server, and the server never waits for it.
 */
export function startDemoWorld(root: string, dataFolder: string, say: (line: string) => void): DemoWorld {
  const child = spawn(
    process.execPath,
    [`${root}simulation/main.ts`, '--mode', 'gentle', '--data', dataFolder],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let isStopping = false;
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => {
      if (!isStopping) say(`  Demo world: ${line}`);
    });
  child.on('error', (error) => say(`  Demo world: ${error.message}`));
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code) => {
      if (!isStopping) say(`  Demo world: ended (${code ?? 'by a signal'}); the server goes on.`);
      resolve();
    });
  });
  child.unref();
  return {
    stop: async () => {
      isStopping = true;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
