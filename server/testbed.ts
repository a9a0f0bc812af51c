// What the tests of the start share: the program as a child process on a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DemoFile } from './demo-file.ts';
import type { RunFile } from './run-file.ts';

export const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

export type Started = {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  /** What it has printed so far, both streams. */
  printed(): string;
  /** Resolves with the exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
};

const children: ChildProcess[] = [];
const folders: string[] = [];

/** A data folder that does not exist yet, in a place that every account may pass through. */
export function freshDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'postroad-up-'));
  chmodSync(folder, 0o711);
  folders.push(folder);
  return join(folder, 'data');
}

/** The environment of a test's server: nothing of the caller's shell that would decide anything. */
export function cleanEnvironment(dataFolder: string, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const {
    DATABASE_URL: _live,
    TEST_DATABASE_URL: _test,
    PORT: _port,
    HOST: _host,
    NODE_ENV: _env,
    npm_lifecycle_event: _npm,
    ...rest
  } = process.env;
  return {
    ...rest,
    POSTROAD_DATA: dataFolder,
    PORT: '0',
    POSTROAD_LOG: 'error',
    POSTROAD_DEMO_WORLD: 'off',
    ...more,
  };
}

export function spawnServer(args: readonly string[], dataFolder: string, more: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: cleanEnvironment(dataFolder, more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, printed: () => text, ended };
}

/** Starts `up` and waits until it says that it is ready. Throws with its words when it ends before. */
export async function startServer(
  dataFolder: string,
  args: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
): Promise<Started> {
  const { child, printed, ended } = spawnServer(['up', ...args], dataFolder, more);
  for (;;) {
    const ready = /(?:is ready \(.*?\): |health: )(http:\/\/\S+?)(\/readyz)?\n/.exec(printed())?.[1];
    if (ready !== undefined) return { child, printed, ended, baseUrl: ready };
    const end = await Promise.race([ended, new Promise<undefined>((resolve) => setTimeout(resolve, 50))]);
    if (end !== undefined) throw new Error(`the server ended with ${end}: ${printed()}`);
  }
}

export function readDemo(dataFolder: string): DemoFile {
  return JSON.parse(readFileSync(join(dataFolder, 'demo.json'), 'utf8')) as DemoFile;
}

export function readRun(dataFolder: string): RunFile {
  return JSON.parse(readFileSync(join(dataFolder, 'server.json'), 'utf8')) as RunFile;
}

/** Ends what a test left running, also a failed one, and removes its folders. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'close');
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
