import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { EmbeddedPostgresError } from './errors.ts';
import { type Account, isRoot, makeFolder, stands, writeOwned } from './owned-files.ts';
import { canEnter } from './run.ts';
import { ensureSharedFolder } from './shared-folder.ts';

/**
 * Where a cluster lives: `home` holds our own files (lock, password, log of the start) and the PostgreSQL data
 * directory `clusterFolder`. `account` is the user that PostgreSQL must run as; absent when that is ourselves.
 */
export type Placement = {
  readonly home: string;
  readonly clusterFolder: string;
  readonly account: Account | undefined;
};

type PlacementRequest = {
  readonly dataFolder: string;
  readonly sharedFolder: string;
  readonly log: (message: string) => void;
};

/** Stands in the requested folder when the cluster lives in the shared folder, so that the choice stays made. */
const POINTER_FILE = 'location.json';
const CLUSTER = 'cluster';

/**
 * Finds or makes the home of the cluster for a requested data folder. PostgreSQL refuses to run as root, so root
 * starts it as an unprivileged user, and that user must be able to enter every folder above the data. Where a parent
 * is closed to it (a 0700 home), the cluster lives in the shared folder under a name derived from the requested path.
 */
export function placeCluster(request: PlacementRequest): Placement {
  const asked = path.resolve(request.dataFolder);
  const isNew = !stands(asked);
  // 0711: others may pass through to the cluster, which is closed itself (0700), and may not list.
  if (isNew) mkdirSync(asked, { recursive: true });
  if (isNew) chmodSync(asked, isRoot() ? 0o711 : 0o700);
  const requested = realpathSync(asked);
  return isRoot() ? placeAsRoot(requested, request) : placeAsOurselves(requested);
}

function placeAsOurselves(requested: string): Placement {
  const clusterFolder = path.join(requested, CLUSTER);
  const owner = ownerOf(clusterFolder);
  const here = process.getuid?.();
  if (owner !== undefined && here !== undefined && owner.uid !== here) {
    const who = `the database in ${clusterFolder} belongs to user id ${owner.uid}, we are ${here}`;
    throw new EmbeddedPostgresError(
      `${who}; start as root, or hand the whole folder to this user with chown -R`,
    );
  }
  if (stands(path.join(requested, POINTER_FILE))) {
    const who = `the database of ${requested} was made by root and lives in another place (see ${POINTER_FILE} there)`;
    throw new EmbeddedPostgresError(`${who}; start as root, or choose another data folder`);
  }
  try {
    accessSync(requested, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new EmbeddedPostgresError(`the data folder ${requested} is not writable for us`, { cause });
  }
  return { home: requested, clusterFolder, account: undefined };
}

function placeAsRoot(requested: string, { sharedFolder, log }: PlacementRequest): Placement {
  const here = path.join(requested, CLUSTER);
  const owner = ownerOf(here);
  if (owner !== undefined) {
    if (owner.uid === 0) {
      const advice = `chown -R ${nobody().uid}:${nobody().gid} ${here}`;
      throw new EmbeddedPostgresError(
        `the database in ${here} belongs to root; PostgreSQL cannot use it: ${advice}`,
      );
    }
    if (!canEnter(here, owner)) {
      const advice = 'open the folders above it with chmod a+x';
      throw new EmbeddedPostgresError(`user id ${owner.uid} cannot enter its database in ${here}: ${advice}`);
    }
    return { home: requested, clusterFolder: here, account: owner };
  }
  const pointer = path.join(requested, POINTER_FILE);
  if (!stands(pointer) && canEnter(requested, nobody())) {
    return { home: requested, clusterFolder: here, account: nobody() };
  }
  const home = placeInSharedFolder(requested, sharedFolder);
  // Only its presence counts. Its text is for people: a path read from a folder of somebody else is not trusted.
  if (!stands(pointer)) writeOwned(pointer, `${JSON.stringify({ databaseLivesIn: home })}\n`);
  log(`${requested} is closed to user id ${nobody().uid}: its database lives in ${home}`);
  const clusterFolder = path.join(home, CLUSTER);
  return { home, clusterFolder, account: ownerOf(clusterFolder) ?? nobody() };
}

function placeInSharedFolder(requested: string, sharedFolder: string): string {
  ensureSharedFolder(sharedFolder);
  const name = createHash('sha256').update(requested).digest('hex').slice(0, 16);
  const home = path.join(realpathSync(sharedFolder), name);
  if (makeFolder(home, 0o711)) chmodSync(home, 0o711);
  if (!canEnter(home, nobody())) {
    throw new EmbeddedPostgresError(`neither ${requested} nor ${home} is open to user id ${nobody().uid}`);
  }
  return home;
}

function ownerOf(clusterFolder: string): Account | undefined {
  const stat = lstatSync(clusterFolder, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isDirectory()) throw new EmbeddedPostgresError(`${clusterFolder} is not a folder`);
  return { uid: stat.uid, gid: stat.gid };
}

/** The account without rights that every Unix has; 65534 where the list of accounts does not name it. */
function nobody(): Account {
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(readAccounts()) ?? [];
  // macOS writes -2 for 4294967294.
  const unsigned = (text: string | undefined) => (text === undefined ? 65534 : Number(text) >>> 0);
  return { uid: unsigned(uid), gid: unsigned(gid) };
}

function readAccounts(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
