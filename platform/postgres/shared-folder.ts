import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { EmbeddedPostgresError } from './errors.ts';
import { stands } from './owned-files.ts';

/** Where root keeps what must be open to the unprivileged user. Not the temporary folder: reboots empty that. */
export const SHARED_FOLDER = '/var/lib/postroad';

/**
 * Makes the shared folder or checks it: programs and data in a folder that others can write to would let them run
 * their code as the database. Root only.
 */
export function ensureSharedFolder(folder: string): void {
  if (!stands(folder)) {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
  }
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(`${folder} must be a folder of root that nobody else can write to`);
  }
}
