import type { FileHandle } from 'node:fs/promises';
import { link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { randomBytes } from './random.ts';

/** Why a key cannot be used. The text names the file, never the key. */
export type KeyFault = 'malformed' | 'readable_by_others' | 'inside_forbidden_folder' | 'not_a_file';

export class KeyError extends Error {
  readonly fault: KeyFault;

  constructor(fault: KeyFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'KeyError';
    this.fault = fault;
  }
}

/** `created`: a fresh key was just written. A caller whose store already holds sealed data must refuse it. */
export type LoadedKey = { readonly key: Uint8Array; readonly created: boolean };

const KEY_BYTES = 32;
const BASE64_KEY = /^[A-Za-z0-9+/]{43}=$/;
const OTHERS = 0o077;

/** 32 bytes in base64, as in POSTROAD_VAULT_KEY. Throws KeyError. `name` says in the error where it came from. */
export function parseKey(text: string, name: string): Uint8Array {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, 'base64');
  if (!BASE64_KEY.test(trimmed) || key.length !== KEY_BYTES || key.toString('base64') !== trimmed) {
    throw new KeyError('malformed', `${name} must be 32 bytes in base64`);
  }
  if (key.every((byte) => byte === key[0])) throw new KeyError('malformed', `${name} is not a random key`);
  return key;
}

/**
 * The key of a file with mode 0600; on first use a fresh one is written. The file appears whole or not at all, and of
 * several processes that start together one wins and all read its key. `outsideOf`: a folder (the database's) that
 * must not contain it, because a backup of that folder would carry the key along. Throws KeyError.
 */
export async function loadOrCreateKeyFile(
  path: string,
  options: { readonly outsideOf?: string } = {},
): Promise<LoadedKey> {
  if (options.outsideOf !== undefined && isInside(path, options.outsideOf)) {
    throw new KeyError(
      'inside_forbidden_folder',
      `the key file ${path} must lie outside of ${options.outsideOf}`,
    );
  }
  const known = await readKeyFile(path);
  if (known !== undefined) return { key: known, created: false };
  const created = await writeKeyFile(path, randomBytes(KEY_BYTES));
  const key = await readKeyFile(path);
  if (key === undefined)
    throw new KeyError('not_a_file', `the key file ${path} vanished while it was created`);
  return { key, created };
}

async function readKeyFile(path: string): Promise<Uint8Array | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new KeyError('not_a_file', `the key file ${path} cannot be opened`, cause);
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) throw new KeyError('not_a_file', `the key file ${path} is not a file`);
    if (process.platform !== 'win32' && (status.mode & OTHERS) !== 0) {
      throw new KeyError('readable_by_others', `the key file ${path} must have mode 0600: chmod 600 it`);
    }
    return parseKey(await file.readFile('utf8'), `the key file ${path}`);
  } finally {
    await file.close();
  }
}

/** Did this call create the file? Written aside and linked, because a link is refused when the name is taken. */
async function writeKeyFile(path: string, key: Uint8Array): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}`;
  const file = await open(aside, 'wx', 0o600);
  try {
    await file.writeFile(`${Buffer.from(key).toString('base64')}\n`);
    await file.sync();
    await file.close();
    await link(aside, path);
    await syncFolder(dirname(path));
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw cause;
  } finally {
    await unlink(aside);
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(resolve(folder), resolve(path));
  return (
    way === '' || !(way === '..' || way.startsWith('../') || way.startsWith('..\\') || /^[A-Za-z]:/.test(way))
  );
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}
