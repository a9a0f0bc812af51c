import {
  closeSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

export type Account = { readonly uid: number; readonly gid: number };

/** Whether we run with the rights of root (never on Windows). */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Replaces a file in one step, on disk before it returns, readable by its owner only. Root writes in the name of the
 * folder's owner, who must be able to go on without root later. A planted symbolic link is replaced, never followed.
 */
export function writeOwned(file: string, text: string, owner?: Account): void {
  const draft = `${file}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  const descriptor = openFresh(draft, owner);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, file);
  syncFolder(path.dirname(file));
}

/** Makes an empty file where none is. */
export function createOwned(file: string): void {
  try {
    closeSync(openFresh(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  }
}

/** Opens a file that must not exist yet, for writing; the caller closes it. */
export function openFresh(file: string, owner?: Account): number {
  const descriptor = openSync(file, 'wx', 0o600);
  if (isRoot()) {
    const { uid, gid } = owner ?? statSync(path.dirname(file));
    fchownSync(descriptor, uid, gid);
  }
  return descriptor;
}

/** Makes a rename in the folder survive a power cut. Windows cannot open folders and needs no such step. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes one folder; `false` when something stands there already. */
export function makeFolder(folder: string, mode: number): boolean {
  try {
    mkdirSync(folder, { mode });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

/** Whether something, be it a broken link, stands at this path and we may see it. */
export function stands(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
