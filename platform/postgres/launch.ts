import { randomUUID } from 'node:crypto';
import { closeSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { readPostmasterFile, readStartLog } from './cluster-files.ts';
import { isHealthy, type ServerAddress } from './credentials.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { clusterName, type LaunchMarker } from './left-over.ts';
import { openFresh, writeOwned } from './owned-files.ts';
import type { Placement } from './placement.ts';
import { askToStop, type Postmaster, spawnPostmaster, stopPostmaster } from './postmaster.ts';
import { isRunning, lookAt } from './processes.ts';
import { type PostgresSettings, settingArguments, settingsDigest } from './settings.ts';
import { removeStaleSockets, socketFolderOf } from './sockets.ts';

export type Launched = {
  readonly postmaster: Postmaster;
  readonly port: number;
  /** Calls back when the server ends, wanted or not. */
  onExit(listener: (how: string) => void): void;
};

type LaunchRequest = {
  readonly placement: Placement;
  readonly binaries: Binaries;
  readonly password: string;
  readonly settings: PostgresSettings;
  readonly port: number | undefined;
  readonly markerFile: string;
  readonly log: (message: string) => void;
};

/** Between our look for a free port and PostgreSQL's bind another program may take it. Our default. */
const PORT_ATTEMPTS = 5;
/** Recovery after a crash reads the log since the last checkpoint: minutes at worst. Our default. */
const START_TIMEOUT_MS = 600_000;
const PATIENCE_NOTE_MS = 10_000;

/** Children of a killed postmaster hold its memory for a moment, and PostgreSQL waits for nobody. Our default. */
const MEMORY_ATTEMPTS = 40;
const MEMORY_PAUSE_MS = 250;

/** Starts the server on loopback and waits until it takes connections. @throws EmbeddedPostgresError with its own words */
export async function launch(request: LaunchRequest): Promise<Launched> {
  let portsLeft = request.port === undefined ? PORT_ATTEMPTS : 1;
  let pausesLeft = MEMORY_ATTEMPTS;
  for (;;) {
    const port = request.port ?? (await findFreePort());
    const result = await tryLaunch(request, port);
    if ('launched' in result) return result.launched;
    const isMemoryHeld = result.words.includes('pre-existing shared memory block');
    const isPortTaken = /could not bind|could not create any TCP\/IP sockets/.test(result.words);
    portsLeft -= isPortTaken ? 1 : 0;
    pausesLeft -= isMemoryHeld ? 1 : 0;
    if (!(isMemoryHeld || isPortTaken) || portsLeft <= 0 || pausesLeft <= 0) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start on port ${port}: ${result.words}`);
    }
    if (isMemoryHeld) await sleep(MEMORY_PAUSE_MS);
  }
}

async function tryLaunch(
  request: LaunchRequest,
  port: number,
): Promise<{ readonly launched: Launched } | { readonly words: string }> {
  const { placement, binaries, settings } = request;
  const { clusterFolder } = placement;
  const address = { port, socketFolder: socketFolderOf(clusterFolder) };
  const launchId = randomUUID();
  const marker: LaunchMarker = {
    launchId,
    version: binaries.version,
    settingsDigest: settingsDigest(settings),
  };
  // Before the launch: whenever we are killed from here on, the next start knows the server as ours.
  writeOwned(request.markerFile, `${JSON.stringify(marker)}\n`);
  const startLog = path.join(placement.home, 'start.log');
  rmSync(startLog, { force: true });
  const descriptor = openFresh(startLog);
  const startedAtMs = statSync(startLog).mtimeMs;
  removeStaleSockets(clusterFolder);
  const args = ['-D', clusterFolder, ...fixedArguments(address, launchId), ...settingArguments(settings)];
  const child = await spawnPostmaster(binaries.postgres, args, placement.account, descriptor).finally(() =>
    closeSync(descriptor),
  );
  const startedAs = lookAt(child.processId)?.startedAs;
  const postmaster = { processId: child.processId, startedAs, clusterFolder, pgCtl: binaries.pgCtl };
  const stopWithUs = () => askToStop(postmaster, 'fast');
  process.once('exit', stopWithUs);
  try {
    const isUp = await isReady(request, postmaster);
    if (isUp && (await isHealthy(address, request.password, clusterName(launchId)))) {
      return { launched: { postmaster, port, onExit: child.onExit } };
    }
    await stopPostmaster(postmaster);
    if (isUp) return { words: `it started, but does not answer to the password kept in ${placement.home}` };
    return { words: readStartLog(startLog, clusterFolder, startedAtMs) };
  } finally {
    process.removeListener('exit', stopWithUs);
  }
}

/** Loopback and a socket file only, one time zone. These are no caller's choice. */
function fixedArguments({ port, socketFolder }: ServerAddress, launchId: string): string[] {
  return settingArguments({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: socketFolder ?? '',
    cluster_name: clusterName(launchId),
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
  });
}

/** Waits for "ready" in postmaster.pid, so that no stranger on the port is ever sent a log-in. */
async function isReady(request: LaunchRequest, postmaster: Postmaster): Promise<boolean> {
  const begin = performance.now();
  let notedAt = begin;
  while (isRunning(postmaster.processId)) {
    const file = readPostmasterFile(postmaster.clusterFolder);
    if (file?.processId === postmaster.processId && file.status === 'ready') return true;
    const now = performance.now();
    if (now - begin > START_TIMEOUT_MS) return false;
    if (now - notedAt > PATIENCE_NOTE_MS) {
      notedAt = now;
      request.log(`PostgreSQL is still starting after ${Math.round((now - begin) / 1000)} s (recovering)`);
    }
    await sleep(20);
  }
  return false;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
