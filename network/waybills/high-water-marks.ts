import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NumberShape } from './model.ts';

/** How far a segment was ever used: every serial up to `upTo` may stand on a label somewhere. */
export type HighWaterMark = NumberShape & {
  readonly segmentId: string;
  readonly carrierCode: string;
  readonly epoch: number;
  readonly fromSerial: number;
  readonly upTo: number;
};

export type MarksReading = {
  /** False when nothing was ever written: a first start, or the record is lost. */
  readonly exists: boolean;
  /** The database that the marks belong to: system identifier and database oid. */
  readonly identity: string | undefined;
  readonly marks: ReadonlyMap<string, HighWaterMark>;
  /** Segments that a restored database does not know; kept so that their numbers are not loaded again unseen. */
  readonly retired: ReadonlySet<string>;
};

/**
 * The record outside the database of what was given out (promise G3). What `raise` and `identify` wrote is durable
 * when they return. Every process that issues from one database shares one record.
 */
export type HighWaterMarks = {
  read(): Promise<MarksReading>;
  raise(mark: HighWaterMark): Promise<void>;
  identify(identity: string, retired: readonly string[]): Promise<void>;
};

type MarkLine =
  | { readonly kind: 'mark'; readonly mark: HighWaterMark }
  | { readonly kind: 'identity'; readonly identity: string; readonly retired: readonly string[] };

/**
 * A file that only grows: one JSON line per leased block, so that processes append without waiting for each other and
 * none can set back what another wrote. A line that a crash cut was never acknowledged and is passed over; each
 * record begins with a line break, so that it does not take the next one with it.
 */
export function openMarksFile(path: string): HighWaterMarks {
  const append = async (line: MarkLine): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    try {
      await file.appendFile(`\n${JSON.stringify(line)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
  };
  return {
    read: async () => {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return readMarks(text);
    },
    raise: (mark) => append({ kind: 'mark', mark }),
    identify: (identity, retired) => append({ kind: 'identity', identity, retired }),
  };
}

function readMarks(text: string | undefined): MarksReading {
  const marks = new Map<string, HighWaterMark>();
  const retired = new Set<string>();
  let identity: string | undefined;
  let exists = false;
  for (const line of (text ?? '').split('\n')) {
    const record = parseLine(line);
    if (record === undefined) continue;
    exists = true;
    if (record.kind === 'identity') {
      identity = record.identity;
      for (const id of record.retired) retired.add(id);
      continue;
    }
    const known = marks.get(record.mark.segmentId);
    if (known === undefined || known.upTo < record.mark.upTo) marks.set(record.mark.segmentId, record.mark);
  }
  return { exists, identity, marks, retired };
}

function parseLine(line: string): MarkLine | undefined {
  if (line === '') return undefined;
  try {
    const record = JSON.parse(line) as MarkLine | null;
    if (record?.kind === 'identity' && typeof record.identity === 'string') return record;
    if (record?.kind === 'mark' && Number.isSafeInteger(record.mark?.upTo)) return record;
    return undefined;
  } catch {
    return undefined;
  }
}

/** The name of a new file is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
