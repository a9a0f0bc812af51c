import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './errors.ts';
import { isRunning, lookAt } from './processes.ts';
import { spawnBasics } from './run.ts';

/** A postmaster that we may stop. `startedAs` guards against signalling a later process with the same number. */
export type Postmaster = {
  readonly processId: number;
  readonly startedAs: string | undefined;
  readonly clusterFolder: string;
  readonly pgCtl: string;
};

export type StopMode = 'fast' | 'immediate';

/** How a stop ended: 'fast' = with a checkpoint, nothing to recover; the others recover from the log at next start. */
export type StopOutcome = StopMode | 'killed' | 'already_gone';

/** source: PostgreSQL 18 manual, chapter 18.5 "Shutting Down the Server" */
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const satisfies Record<StopMode, NodeJS.Signals>;

/** Our defaults. A fast stop writes a checkpoint, which takes as long as the disk needs. */
const FAST_STOP_TIMEOUT_MS = 20_000;
/** The postmaster itself kills its children five seconds after an immediate stop; leave it room for that. */
const IMMEDIATE_STOP_TIMEOUT_MS = 8_000;
const KILL_TIMEOUT_MS = 5_000;

/** Stops by ever rougher means and answers which one it took. @throws EmbeddedPostgresError when none worked */
export async function stopPostmaster(postmaster: Postmaster): Promise<StopOutcome> {
  if (!isStillSame(postmaster)) return 'already_gone';
  for (const [mode, timeoutMs] of [
    ['fast', FAST_STOP_TIMEOUT_MS],
    ['immediate', IMMEDIATE_STOP_TIMEOUT_MS],
  ] as const) {
    askToStop(postmaster, mode);
    if (await isGoneWithin(postmaster.processId, timeoutMs)) return mode;
  }
  if (isStillSame(postmaster)) signal(postmaster.processId, 'SIGKILL');
  if (await isGoneWithin(postmaster.processId, KILL_TIMEOUT_MS)) return 'killed';
  throw new EmbeddedPostgresError(
    `PostgreSQL (process ${postmaster.processId}) does not stop, not even when killed`,
  );
}

/** Asks and does not wait: all that can be done while our own process exits. */
export function askToStop(postmaster: Postmaster, mode: StopMode): void {
  if (!isStillSame(postmaster)) return;
  if (process.platform === 'win32') {
    // Windows has no such signals: pg_ctl speaks to the postmaster through a pipe of its own.
    const args = ['stop', '-D', postmaster.clusterFolder, '-m', mode, '-W'];
    spawnSync(postmaster.pgCtl, args, { ...spawnBasics(undefined), stdio: 'ignore' });
  } else {
    signal(postmaster.processId, SIGNALS[mode]);
    // One that was suspended would never see it.
    signal(postmaster.processId, 'SIGCONT');
  }
}

/** Starts the program in the background, outside our terminal's reach, writing to the open file `logDescriptor`. */
export function spawnPostmaster(
  program: string,
  args: readonly string[],
  account: { uid: number; gid: number } | undefined,
  logDescriptor: number,
): Promise<{ readonly processId: number; onExit(listener: (how: string) => void): void }> {
  // detached: a Ctrl-C in the terminal must reach our server only, which then stops PostgreSQL in its own order.
  // Output goes to a file, not a pipe: it must survive a kill -9 of this process.
  const stdio: ['ignore', number, number] = ['ignore', logDescriptor, logDescriptor];
  const child = spawn(program, args, { ...spawnBasics(account), detached: true, stdio });
  child.unref();
  return new Promise((resolve, reject) => {
    child.on('error', (cause) =>
      reject(new EmbeddedPostgresError(`${program} cannot be started`, { cause })),
    );
    child.on('spawn', () =>
      resolve({
        processId: child.pid ?? 0,
        onExit: (listener) => {
          child.on('exit', (code, name) => listener(name === null ? `exit code ${code}` : `signal ${name}`));
        },
      }),
    );
  });
}

function isStillSame({ processId, startedAs }: Postmaster): boolean {
  if (!isRunning(processId)) return false;
  return startedAs === undefined || lookAt(processId)?.startedAs === startedAs;
}

async function isGoneWithin(processId: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(processId)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function signal(processId: number, name: NodeJS.Signals): void {
  try {
    process.kill(processId, name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}
