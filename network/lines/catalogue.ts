import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import type { World } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import { digestOf } from '../rulebooks/index.ts';
import { type CompiledLine, compileLine } from './compiled-line.ts';
import { operatorServiceLineSchema } from './contract.ts';
import type { ServiceLine } from './model.ts';
import { type LinePeriod, listPeriods, readDocuments } from './store.ts';

/** Which version of which line was, is or will be in force. */
export type LineHistory = {
  /** The lines in force at a moment, by code. */
  at(moment: Instant): readonly CompiledLine[];
  /** The line as it was at a moment; undefined before it began and after its end. */
  find(code: string, moment: Instant): CompiledLine | undefined;
  /** A version by its number, in force or not; of a history with `codes` also one that never began. */
  version(code: string, number: number): CompiledLine | undefined;
};

/**
 * Lines as data with dates. With `world` what is in force is believed for two seconds (a change by this process shows
 * at once); without it, or with `codes`, the database is asked.
 */
export type LineCatalogue = {
  history(
    db: Queryable,
    options?: { readonly world?: World; readonly codes?: readonly string[] },
  ): Promise<LineHistory>;
};

/** How long another process may go on by old versions after a change (our default, as for rulebooks). */
const PERIODS_MS = 2_000;
const CACHED_VERSIONS = 2_000;
let unsettledUntil = 0;

/** Told by the commands of this process before their commit. */
export function distrustCachedLines(): void {
  unsettledUntil = monotonicMs() + 2 * PERIODS_MS;
}

/**
 * The catalogue over the database. `shipped`: lines that came with the program, so that their documents need not be
 * read back. Compiled versions are shared by both worlds: equal content of the same number is the same thing.
 */
export function createLineCatalogue(shipped: readonly ServiceLine[]): LineCatalogue {
  const documents = new Map<string, ServiceLine>(shipped.map((line) => [digestOf(line), line]));
  const compiled = new Map<string, CompiledLine>();
  const kept = new WeakMap<World, { readonly until: number; readonly history: LineHistory }>();

  async function loadDocuments(db: Queryable, periods: readonly LinePeriod[]): Promise<void> {
    const missing = periods.filter((period) => !documents.has(period.digest));
    if (missing.length === 0) return;
    for (const [digest, document] of await readDocuments(db, missing)) {
      const parsed = operatorServiceLineSchema.safeParse(document);
      if (!parsed.success)
        throw new Error('a stored line does not fit the schema of lines any more', { cause: parsed.error });
      documents.set(digest, parsed.data as ServiceLine);
    }
  }

  function versionOf(period: LinePeriod): CompiledLine {
    const key = `${period.version} ${period.digest}`;
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const document = documents.get(period.digest);
    if (document === undefined)
      throw new Error(`version ${period.version} of ${period.code} has no document`);
    if (compiled.size >= CACHED_VERSIONS) compiled.clear();
    const line = compileLine(document, period.version);
    compiled.set(key, line);
    return line;
  }

  async function read(db: Queryable, codes: readonly string[] | 'all'): Promise<LineHistory> {
    const periods = await listPeriods(db, codes);
    await loadDocuments(db, periods);
    return {
      at: (moment) => periods.filter((period) => holds(period, moment)).map(versionOf),
      find: (code, moment) => {
        const period = periods.find((candidate) => candidate.code === code && holds(candidate, moment));
        return period === undefined ? undefined : versionOf(period);
      },
      version: (code, number) => {
        const period = periods.find((candidate) => candidate.code === code && candidate.version === number);
        return period === undefined ? undefined : versionOf(period);
      },
    };
  }

  return {
    history: async (db, { world, codes } = {}) => {
      if (codes !== undefined || world === undefined) return read(db, codes ?? 'all');
      const now = monotonicMs();
      const known = kept.get(world);
      if (known !== undefined && known.until > now && unsettledUntil <= now) return known.history;
      const history = await read(db, 'all');
      kept.set(world, { until: now + PERIODS_MS, history });
      return history;
    },
  };
}

function holds({ validFrom, validTo }: LinePeriod, at: Instant): boolean {
  return validFrom <= at && (validTo === undefined || at < validTo);
}
