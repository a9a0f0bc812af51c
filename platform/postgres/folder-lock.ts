import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataFolderInUseError, EmbeddedPostgresError } from './errors.ts';
import { createOwned, writeOwned } from './owned-files.ts';
import { isRunning } from './processes.ts';

export type FolderLock = { release(): void };

const LOCK_FILE = 'server.lock';
const HOLDER_FILE = 'server.lock.json';
const SQLITE_BUSY = 5; // sqlite.org/rescode.html#busy

/**
 * Takes the data folder for this process. The lock is one that the kernel drops when the process ends, however it
 * ends, so no stale lock exists and no process id is trusted. Node has no flock; an open write transaction of its
 * built-in SQLite on an empty file is exactly such a lock (fcntl, LockFileEx) on all our platforms, and holds within
 * one process too. The neighbouring JSON file only serves the message of a refusal.
 *
 * @throws DataFolderInUseError when another server holds it
 */
export async function lockFolder(home: string, dataFolder: string): Promise<FolderLock> {
  const file = path.join(home, LOCK_FILE);
  createOwned(file);
  const lock = openExclusive(file);
  if (lock === undefined)
    throw new DataFolderInUseError(dataFolder, await findHolder(home), 'another server');
  writeOwned(path.join(home, HOLDER_FILE), `${JSON.stringify({ processId: process.pid })}\n`);
  return { release: () => lock.close() };
}

function openExclusive(file: string): DatabaseSync | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // Not EXCLUSIVE: that is reached by way of a shared lock, and two that arrive together refuse each other.
    database.exec('BEGIN IMMEDIATE');
    return database;
  } catch (cause) {
    database.close();
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw new EmbeddedPostgresError(`the lock file ${file} cannot be locked`, { cause });
  }
}

/** The holder writes its id just after it locked: ask for up to a second until a living one stands there. */
async function findHolder(home: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const processId = readHolder(path.join(home, HOLDER_FILE));
    if (processId !== undefined && isRunning(processId)) return processId;
    await sleep(50);
  }
  return undefined;
}

function readHolder(file: string): number | undefined {
  try {
    const { processId } = JSON.parse(readFileSync(file, 'utf8')) as { processId?: unknown };
    return Number.isSafeInteger(processId) && Number(processId) > 0 ? Number(processId) : undefined;
  } catch {
    return undefined;
  }
}
