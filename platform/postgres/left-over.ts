import { rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type PostmasterFile, readPostmasterFile, readText } from './cluster-files.ts';
import { isHealthy } from './credentials.ts';
import { DataFolderInUseError } from './errors.ts';
import { stands } from './owned-files.ts';
import { type Postmaster, type StopOutcome, stopPostmaster } from './postmaster.ts';
import { isKnownNumber, isPostmasterOf, isRunning, lookAt } from './processes.ts';
import { socketFolderOf } from './sockets.ts';

/** Written before each launch: by it a server that outlived its parent is known as ours, and as fit or not. */
export type LaunchMarker = {
  readonly launchId: string;
  readonly version: string;
  readonly settingsDigest: string;
};

/** A running server of an earlier process that serves as it is. */
export type Adopted = { readonly postmaster: Postmaster; readonly port: number };

type Search = {
  readonly clusterFolder: string;
  readonly dataFolder: string;
  readonly markerFile: string;
  readonly pgCtl: string;
  readonly password: string;
  /** What is asked for now; a left-over with other settings or of another version is replaced. */
  readonly wanted: Omit<LaunchMarker, 'launchId'> & { readonly port: number | undefined };
  readonly log: (message: string) => void;
};

/** A left-over that is still starting (recovering after a crash of the machine) gets this long. Our default. */
const READY_TIMEOUT_MS = 60_000;

/**
 * Deals with a server that a killed process left behind on this cluster: adopts it when it is ours, healthy and as
 * asked for, else stops it. Signals a process only after it is proved to be a postmaster on this folder that carries
 * the mark of our last launch; a postmaster.pid from before a reboot names a stranger. Needs the folder lock.
 *
 * @throws DataFolderInUseError for a PostgreSQL on this folder that we did not start
 */
export async function dealWithLeftOver(search: Search): Promise<Adopted | undefined> {
  const file = await readWholeFile(search);
  if (file === undefined) return undefined;
  const sight = lookAt(file.processId);
  if (sight === undefined || !isPostmasterOf(sight, search.clusterFolder)) {
    removeStale(search, file);
    return undefined;
  }
  const marker = readMarker(search.markerFile);
  if (marker === undefined || !sight.commandLine.includes(clusterName(marker.launchId))) {
    throw new DataFolderInUseError(
      search.dataFolder,
      file.processId,
      'a PostgreSQL that was not started by us',
    );
  }
  const { clusterFolder, pgCtl, log } = search;
  const postmaster = { processId: file.processId, startedAs: sight.startedAs, clusterFolder, pgCtl };
  const port = await findFitPort(search, marker, file.processId);
  if (port !== undefined) {
    log(
      `adopted the PostgreSQL (process ${file.processId}, port ${port}) that an earlier server left running`,
    );
    return { postmaster, port };
  }
  const outcome = await stopPostmaster(postmaster);
  log(
    `stopped a PostgreSQL (process ${file.processId}) that an earlier server left: ${describeStop(outcome)}`,
  );
  return undefined;
}

/** The name under which a launch shows in the process list and in `show cluster_name`. */
export function clusterName(launchId: string): string {
  return `postroad-${launchId}`;
}

export function describeStop(outcome: StopOutcome): string {
  if (outcome === 'fast') return 'clean, with a checkpoint';
  if (outcome === 'already_gone') return 'it had ended already';
  return `not clean (${outcome}), the next start recovers from its log`;
}

/** The port of the left-over when it can serve; `undefined` when it must go, with the reason in the log. */
async function findFitPort(
  search: Search,
  marker: LaunchMarker,
  processId: number,
): Promise<number | undefined> {
  const { wanted, log } = search;
  if (marker.version !== wanted.version || marker.settingsDigest !== wanted.settingsDigest) {
    log(`the PostgreSQL (process ${processId}) left running has other settings or another version`);
    return undefined;
  }
  const file = await waitUntilReady(search.clusterFolder, processId);
  const port = file?.status === 'ready' ? file.port : undefined;
  if (port !== undefined && wanted.port !== undefined && port !== wanted.port) {
    log(
      `the PostgreSQL (process ${processId}) left running listens on port ${port}, asked for is ${wanted.port}`,
    );
    return undefined;
  }
  const socketFolder = socketFolderOf(search.clusterFolder);
  const name = clusterName(marker.launchId);
  if (port !== undefined && (await isHealthy({ port, socketFolder }, search.password, name))) return port;
  log(`the PostgreSQL (process ${processId}) left running does not answer`);
  return undefined;
}

async function waitUntilReady(clusterFolder: string, processId: number): Promise<PostmasterFile | undefined> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  for (;;) {
    const file = readPostmasterFile(clusterFolder);
    const isStarting = file?.processId === processId && (file.status === 'starting' || file.status === '');
    if (!isStarting || !isRunning(processId) || performance.now() > deadline) return file;
    await sleep(50);
  }
}

/**
 * PostgreSQL clears a postmaster.pid of a dead process itself, and refuses to start while the system knows a process
 * of that number, be it a zombie. We looked: it is no postmaster of this folder. Two postmasters stay impossible, the
 * folder's shared memory key guards that.
 */
function removeStale(search: Search, file: PostmasterFile): void {
  const pidFile = path.join(search.clusterFolder, 'postmaster.pid');
  if (!isKnownNumber(file.processId) || !stands(pidFile)) return;
  search.log(
    `postmaster.pid named process ${file.processId}, which is not a PostgreSQL of this folder: left alone`,
  );
  rmSync(pidFile, { force: true });
}

/**
 * Reads postmaster.pid, and removes one without a process id: a power cut leaves it empty, and PostgreSQL would
 * refuse to start until a person deletes it. A server that is just writing the file gets a second for it.
 */
async function readWholeFile(search: Search): Promise<PostmasterFile | undefined> {
  const pidFile = path.join(search.clusterFolder, 'postmaster.pid');
  for (let attempt = 0; attempt < 20 && stands(pidFile); attempt += 1) {
    const file = readPostmasterFile(search.clusterFolder);
    if (file !== undefined) return file;
    // A minus: PostgreSQL in single-user mode, started by a person. PostgreSQL itself answers to that.
    if (/^-\d/.test(readText(pidFile) ?? '')) return undefined;
    await sleep(50);
  }
  if (stands(pidFile)) {
    search.log('removed a postmaster.pid without a process id, as a power cut leaves it');
    rmSync(pidFile, { force: true });
  }
  return undefined;
}

function readMarker(file: string): LaunchMarker | undefined {
  try {
    const marker = JSON.parse(readText(file) ?? '') as Partial<Record<keyof LaunchMarker, unknown>> | null;
    const { launchId, version, settingsDigest } = marker ?? {};
    if (typeof launchId !== 'string' || !/^[0-9a-f-]{36}$/.test(launchId)) return undefined;
    if (typeof version !== 'string' || typeof settingsDigest !== 'string') return undefined;
    return { launchId, version, settingsDigest };
  } catch {
    return undefined;
  }
}
