import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findNativeFolder, prepareBinaries } from './binaries.ts';
import { readClusterState } from './cluster-files.ts';
import { ensurePassword, makeUrl } from './credentials.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { ensureCluster } from './first-use.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { type Launched, launch } from './launch.ts';
import { dealWithLeftOver, describeStop } from './left-over.ts';
import { stands } from './owned-files.ts';
import { type Placement, placeCluster } from './placement.ts';
import { askToStop, type Postmaster, stopPostmaster } from './postmaster.ts';
import { completeSettings, type PostgresSettings, settingsDigest } from './settings.ts';
import { SHARED_FOLDER } from './shared-folder.ts';
import { socketFolderOf } from './sockets.ts';

export type EmbeddedPostgresOptions = {
  /** Where the database is to live; made when absent. As root see `EmbeddedPostgres.home`. */
  readonly dataFolder: string;
  /** One line per thing that a person may want to know; never a password. Default: silence. */
  readonly log?: (message: string) => void;
  /** On top of the usual ones. A left-over server with other settings is replaced. */
  readonly settings?: PostgresSettings;
  /** Loopback port; default: any free one. */
  readonly port?: number;
  /** For tests: the folder `native` of the npm package. */
  readonly nativeFolder?: string;
  /** For tests: where root keeps what is unreachable for the unprivileged user. Default /var/lib/postroad. */
  readonly sharedFolder?: string;
};

export type EmbeddedPostgres = {
  /** The superuser's address of one database, password included: not for logs. */
  url(database: string): string;
  readonly port: number;
  readonly processId: number;
  /** Whether the server was running already, left behind by a process that was killed. */
  readonly adopted: boolean;
  /** Where the cluster really lives: the data folder, or as root perhaps a folder below /var/lib/postroad. */
  readonly home: string;
  /** Stops cleanly: checkpoint and all, so that a copy of the folder is a good backup. Repeated calls share one stop. */
  stop(): Promise<void>;
};

/**
 * Starts PostgreSQL from the npm package on `dataFolder`, or adopts the one that a killed server left running there.
 * The caller stops it; when Node exits without that, a stop is asked for on the way out.
 *
 * @throws DataFolderInUseError while another server lives on the folder
 * @throws EmbeddedPostgresError for everything else that a person must put right
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, sharedFolder = SHARED_FOLDER } = options;
  const settings = completeSettings(options.settings ?? {});
  checkPort(options.port);
  const placement = placeCluster({ dataFolder: options.dataFolder, sharedFolder, log });
  const lock = await lockFolder(placement.home, options.dataFolder);
  try {
    return await startLocked(options, { log, sharedFolder, settings, placement, lock });
  } catch (error) {
    lock.release();
    throw error;
  }
}

type Prepared = {
  readonly log: (message: string) => void;
  readonly sharedFolder: string;
  readonly settings: PostgresSettings;
  readonly placement: Placement;
  readonly lock: FolderLock;
};

async function startLocked(options: EmbeddedPostgresOptions, prepared: Prepared): Promise<EmbeddedPostgres> {
  const { log, sharedFolder, settings, placement, lock } = prepared;
  const { clusterFolder, account } = placement;
  const nativeFolder = options.nativeFolder ?? findNativeFolder();
  const binaries = await prepareBinaries({ nativeFolder, account, sharedFolder, log });
  const password = ensurePassword(placement.home, stands(clusterFolder));
  const isNew = await ensureCluster({ placement, binaries, password, isDurable: settings.fsync !== 'off' });
  if (isNew) log(`made a new database (PostgreSQL ${binaries.version}) in ${clusterFolder}`);
  const markerFile = path.join(placement.home, 'launch.json');
  const { port } = options;
  const wanted = { version: binaries.version, settingsDigest: settingsDigest(settings), port };
  const { pgCtl } = binaries;
  const search = { clusterFolder, dataFolder: options.dataFolder, markerFile, pgCtl, password, wanted, log };
  const request = { placement, binaries, password, settings, port, markerFile, log };
  const adopted = await dealWithLeftOver(search);
  const server = adopted ?? (await launchOnce(request, () => dealWithLeftOver(search)));
  if (adopted === undefined) {
    const user = account === undefined ? '' : ` as user id ${account.uid}`;
    log(
      `PostgreSQL ${binaries.version} runs on 127.0.0.1:${server.port} (process ${server.postmaster.processId})${user}`,
    );
  }
  const handle = { ...server, password, lock, log, home: placement.home };
  return makeHandle({ ...handle, adopted: !('onExit' in server) });
}

type Request = Parameters<typeof launch>[0];
type Server = Omit<Launched, 'onExit'> & Partial<Pick<Launched, 'onExit'>>;

/**
 * A server whose parent was killed within its first milliseconds has not written postmaster.pid when we look, and
 * has when ours starts: then look again, once.
 */
async function launchOnce(request: Request, lookAgain: () => Promise<Server | undefined>): Promise<Server> {
  const { clusterFolder } = request.placement;
  if (readClusterState(clusterFolder) === 'running_or_crashed') {
    request.log('the database was not shut down cleanly last time: PostgreSQL recovers it from its log');
  }
  try {
    return await launch(request);
  } catch (error) {
    const isHeld =
      error instanceof EmbeddedPostgresError && /postmaster\.pid" already exists/.test(error.message);
    if (!isHeld) throw error;
    await sleep(500);
    return (await lookAgain()) ?? launch(request);
  }
}

function makeHandle(server: {
  readonly postmaster: Postmaster;
  readonly port: number;
  readonly onExit?: Launched['onExit'];
  readonly password: string;
  readonly lock: FolderLock;
  readonly log: (message: string) => void;
  readonly adopted: boolean;
  readonly home: string;
}): EmbeddedPostgres {
  const { postmaster, port, password, lock, log } = server;
  const socketFolder = socketFolderOf(postmaster.clusterFolder);
  let stopping: Promise<void> | undefined;
  // The handle may be dropped by its owner; this listener also keeps the lock from being collected with it.
  const stopWithUs = () => {
    askToStop(postmaster, 'fast');
    lock.release();
  };
  process.once('exit', stopWithUs);
  server.onExit?.((how) => {
    if (stopping === undefined) log(`PostgreSQL (process ${postmaster.processId}) ended unasked with ${how}`);
  });
  const stop = async () => {
    const outcome = await stopPostmaster(postmaster);
    process.removeListener('exit', stopWithUs);
    lock.release();
    log(`PostgreSQL (process ${postmaster.processId}) stopped: ${describeStop(outcome)}`);
  };
  return {
    url: (database) => makeUrl({ port, socketFolder }, password, database),
    port,
    processId: postmaster.processId,
    adopted: server.adopted,
    home: server.home,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function checkPort(port: number | undefined): void {
  if (port === undefined) return;

  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new EmbeddedPostgresError(`${port} is not a port that PostgreSQL can listen on`);
  }
}
