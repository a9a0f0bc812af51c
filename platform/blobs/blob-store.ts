import { type FileHandle, mkdir, open, opendir, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type Instant, msOf } from '../../network/kernel/index.ts';
import { randomBytes } from '../crypto/index.ts';

/** Where documents such as labels lie. Keys look like `labels/2026-11/lbl_...`; bytes arrive already sealed. */
export type BlobStore = {
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  delete(key: string): Promise<void>;
  /**
   * Removes what was stored below a folder before an instant (of the machine's clock) and is not named, with what
   * crashed writes left there. `named` answers which of some keys are. Answers how many went.
   */
  removeUnnamed(folder: string, before: Instant, named: NamedKeys): Promise<number>;
};
export type NamedKeys = (keys: readonly string[]) => Promise<ReadonlySet<string>>;

const KEY = /^[a-z0-9][a-z0-9_-]*(\/[a-z0-9][a-z0-9_-]*){0,5}$/;
/** What a crash between writing and renaming leaves. */
const CUT_WRITE = /\.[0-9a-f]{12}\.part$/;
/** Asked about at once. */
const BATCH = 500;

/** A folder as blob store. A blob is whole or absent: written beside, synced, then renamed. */
export function openFolderBlobStore(folder: string): BlobStore {
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new RangeError('a blob key has lower-case names joined by /');
    return join(folder, key);
  };
  return {
    put: async (key, bytes) => {
      const path = pathOf(key);
      const beside = `${path}.${Buffer.from(randomBytes(6)).toString('hex')}.part`;
      const file = await openNew(beside);
      try {
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(beside, path);
      } catch (error) {
        await unlink(beside).catch(() => undefined);
        throw error;
      }
      await syncFolder(dirname(path));
    },
    get: async (key) => {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    delete: async (key) => {
      await unlink(pathOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    },
    removeUnnamed: async (below, before, named) => {
      let removed = 0;
      for await (const batch of listOlder(folder, pathOf(below), msOf(before))) {
        const kept = await named(batch.filter((name) => KEY.test(name)));
        const unnamed = batch.filter((name) => !kept.has(name));
        await Promise.all(unnamed.map((name) => unlink(join(folder, name)).catch(passMissing)));
        removed += unnamed.length;
      }
      return removed;
    },
  };
}

/** Makes the folder only when it is missing: it nearly always stands. */
async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    passMissing(error as NodeJS.ErrnoException);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'wx', 0o600);
  }
}

/** Keys and cut writes below a path that are older than an instant, in batches. Other files are not ours. */
async function* listOlder(folder: string, path: string, beforeMs: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  const entries = await opendir(path, { recursive: true }).catch(passMissing);
  if (entries === undefined) return;
  for await (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const name = relative(folder, file).split(sep).join('/');
    if (!KEY.test(name.replace(CUT_WRITE, ''))) continue;
    const found = await stat(file).catch(passMissing);
    if (found === undefined || found.mtimeMs >= beforeMs) continue;
    batch.push(name);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function passMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** The new name itself must survive a power cut. Windows cannot open a folder and needs no such thing. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
