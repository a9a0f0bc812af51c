import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, MisuseError } from './exit.ts';

/** The checkout that this file, or the folder we are in, lies in: where the server is. */
export function findCheckout(starts: readonly string[]): string | undefined {
  for (const start of starts) {
    for (let folder = start; ; folder = dirname(folder)) {
      if (isCheckout(folder)) return folder;
      if (dirname(folder) === folder) break;
    }
  }
  return undefined;
}

function isCheckout(folder: string): boolean {
  if (!existsSync(join(folder, 'server', 'main.ts'))) return false;
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
    return manifest.name === 'postroad';
  } catch {
    return false;
  }
}

/**
 * Runs a command of the server (`up`, `doctor`, ...) in its own process, with the Node that npm brought when it is
 * there. `offline`: one that needs neither server nor database. Signals are handed on; answers the exit code.
 */
export async function runServer(
  args: readonly string[],
  script: 'main.ts' | 'offline.main.ts' = 'main.ts',
): Promise<number> {
  const checkout = ownCheckout();
  if (checkout === undefined) {
    throw new MisuseError(
      `${args[0]} needs a checkout of Postroad with its packages: clone it, run npm ci, and call it in there`,
    );
  }
  // Ctrl-C reaches the child from the terminal too; it takes two that come together for one.
  return endOf(spawnIn(checkout, script, args, 'inherit'), true);
}

/** The checkout that this command belongs to, or is called in. */
export function ownCheckout(): string | undefined {
  return findCheckout([dirname(fileURLToPath(import.meta.url)), process.cwd()]);
}

/** Runs a program of the server's folder; what it writes goes on to standard output, or to who called. */
export function spawnIn(
  checkout: string,
  program: string,
  args: readonly string[],
  output: 'inherit' | 'pipe',
): ChildProcess {
  const own = join(checkout, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const node = existsSync(own) ? own : process.execPath;
  return spawn(node, [join(checkout, 'server', program), ...args], { stdio: ['inherit', output, 'inherit'] });
}

/** The exit code of a child. */
export function endOf(child: ChildProcess, handsOnSignals = false): Promise<number> {
  if (handsOnSignals) {
    const handOn = (signal: NodeJS.Signals) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handOn);
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) =>
      resolve(code ?? (signal === null ? EXIT.refused : 128 + constants.signals[signal])),
    );
  });
}
