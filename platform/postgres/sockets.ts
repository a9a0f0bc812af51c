import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** `sun_path` with its closing zero byte on macOS; Linux has 108 (source: sys/un.h). */
const ADDRESS_BYTES = 104;
const LONGEST_NAME = '/.s.PGSQL.65535';

/**
 * The folder of the server's socket file: the cluster's own, which is closed (0700) to all but its user and root.
 * A round trip through it costs about 0.4 of what loopback does, on both sides. Undefined where the path is too long
 * for a socket's address or the system has no such files: then everybody connects by loopback.
 */
export function socketFolderOf(clusterFolder: string): string | undefined {
  const isShort = Buffer.byteLength(clusterFolder) + LONGEST_NAME.length < ADDRESS_BYTES;
  return isShort && process.platform !== 'win32' ? clusterFolder : undefined;
}

/** What killed servers left: PostgreSQL takes one for a living server's when its process id is somebody else's now. */
export function removeStaleSockets(clusterFolder: string): void {
  for (const name of readdirSync(clusterFolder))
    if (/^\.s\.PGSQL\.\d+(\.lock)?$/.test(name)) rmSync(path.join(clusterFolder, name), { force: true });
}
