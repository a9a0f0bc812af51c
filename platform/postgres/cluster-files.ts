import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

/** What a postmaster wrote about itself (source: PostgreSQL 18, src/include/utils/pidfile.h). */
export type PostmasterFile = {
  readonly processId: number;
  readonly port: number | undefined;
  /** "starting", "ready", "stopping", "standby"; empty in the first moments. */
  readonly status: string;
};

/** Reads postmaster.pid; `undefined` when it is absent or does not begin with a process id. */
export function readPostmasterFile(clusterFolder: string): PostmasterFile | undefined {
  const text = readText(path.join(clusterFolder, 'postmaster.pid'));
  if (text === undefined) return undefined;
  const lines = text.split('\n').map((line) => line.trim());
  // A single-user backend writes its id with a minus sign: not a server that can be adopted.
  const processId = wholeNumber(lines[0]);
  if (processId === undefined || processId < 1) return undefined;
  return { processId, port: wholeNumber(lines[3]), status: lines[7] ?? '' };
}

/** The state in which PostgreSQL last left a cluster. */
export type ClusterState = 'shut_down' | 'running_or_crashed' | 'unknown';

/**
 * Reads the state from global/pg_control, as pg_controldata does (source: PostgreSQL 18, catalog/pg_control.h: after
 * system id (8 bytes), format (4) and catalogue version (4) stands DBState; 1 = shut down, 2 = shut down in
 * recovery). Both supported byte orders are little-endian.
 */
export function readClusterState(clusterFolder: string): ClusterState {
  const head = Buffer.alloc(20);
  try {
    const descriptor = openSync(path.join(clusterFolder, 'global', 'pg_control'), 'r');
    try {
      if (readSync(descriptor, head, 0, head.length, 0) < head.length) return 'unknown';
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return 'unknown';
  }
  const state = head.readUInt32LE(16);
  if (state === 1 || state === 2) return 'shut_down';
  return state <= 6 ? 'running_or_crashed' : 'unknown';
}

/** The major version that made the cluster, e.g. "18". */
export function readClusterVersion(clusterFolder: string): string | undefined {
  return readText(path.join(clusterFolder, 'PG_VERSION'))?.trim();
}

/**
 * The last lines that PostgreSQL wrote since `sinceMs`: in the file of its start, then in its own log folder. Of each,
 * because processes of a server before may still be writing there that they end.
 */
export function readStartLog(startLog: string, clusterFolder: string, sinceMs: number): string {
  const files = [startLog, ...listLogs(path.join(clusterFolder, 'log'), sinceMs)];
  return files.flatMap(lastLines).join('\n');
}

function lastLines(file: string): string[] {
  const lines = readText(file)?.slice(-4000).split('\n') ?? [];
  return lines.filter((line) => line.trim() !== '').slice(-12);
}

function listLogs(folder: string, sinceMs: number): string[] {
  try {
    const files = readdirSync(folder).map((name) => path.join(folder, name));
    return files.filter((file) => file.endsWith('.log') && statSync(file).mtimeMs >= sinceMs);
  } catch {
    return [];
  }
}

export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}
