import { isOneOf, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/** When which version of a line is in force: from `validFrom` to just before `validTo`. */
export type LinePeriod = {
  readonly code: string;
  readonly version: number;
  readonly digest: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | undefined;
};

type PeriodRow = {
  line_code: string;
  version: number;
  digest: string;
  valid_from: Instant;
  valid_to: Instant | null;
};

function periodOf(row: PeriodRow): LinePeriod {
  return {
    code: row.line_code,
    version: row.version,
    digest: row.digest,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
  };
}

/** Every period of some lines, or those of all lines that are not empty, by code and time. */
export async function listPeriods(db: Queryable, codes: readonly string[] | 'all'): Promise<LinePeriod[]> {
  const which =
    codes === 'all' ? sql`valid_to is null or valid_from < valid_to` : isOneOf(sql`line_code`, codes);
  const rows = await db.rows<PeriodRow>(sql`
    select line_code, version, digest, valid_from, valid_to from lines.line_version
    where ${which} order by line_code, valid_from, version`);
  return rows.map(periodOf);
}

/** Documents by digest. */
export async function readDocuments(
  db: Queryable,
  periods: readonly LinePeriod[],
): Promise<Map<string, unknown>> {
  const rows = await db.rows<{ digest: string; document: unknown }>(sql`
    select v.digest, v.document from lines.line_version v
    join unnest(${periods.map((period) => period.code)}::text[], ${periods.map((period) => period.version)}::int[])
      as wanted(line_code, version) using (line_code, version)`);
  return new Map(rows.map((row) => [row.digest, row.document]));
}

export type LineRow = {
  readonly code: string;
  readonly openedAt: Instant;
  readonly endedAt: Instant | undefined;
};

export async function findLine(db: Queryable, code: string): Promise<LineRow | undefined> {
  return readLine(db, code, sql``);
}

/** Locks a line, so that its versions come one by one; undefined when there is none. */
export async function lockLine(db: Queryable, code: string): Promise<LineRow | undefined> {
  return readLine(db, code, sql` for update`);
}

async function readLine(db: Queryable, code: string, lock: SqlQuery): Promise<LineRow | undefined> {
  const row = await db.maybeRow<{ line_code: string; opened_at: Instant; ended_at: Instant | null }>(sql`
    select line_code, opened_at, ended_at from lines.line where line_code = ${code}${lock}`);
  return row === undefined
    ? undefined
    : { code: row.line_code, openedAt: row.opened_at, endedAt: row.ended_at ?? undefined };
}

/** False when the code is taken. */
export async function insertLine(db: Queryable, code: string, now: Instant): Promise<boolean> {
  const inserted = await db.run(sql`
    insert into lines.line (line_code, opened_at) values (${code}, ${now}) on conflict do nothing`);
  return inserted === 1;
}

export type NewVersion = {
  readonly code: string;
  readonly document: unknown;
  readonly digest: string;
  readonly author: string;
  readonly note: string | undefined;
  readonly validFrom: Instant;
};

/**
 * Writes a version behind the last and lets it be the last word from `validFrom` on: what is in force then ends, and
 * what had been planned for later never begins. The line must be locked. Answers the version's number.
 */
export async function insertLineVersion(db: Queryable, version: NewVersion, now: Instant): Promise<number> {
  await endPeriods(db, version.code, version.validFrom);
  const row = await db.row<{ version: number }>(sql`
    insert into lines.line_version (line_code, version, document, digest, author, note, valid_from, recorded_at)
    select ${version.code}, coalesce(max(version), 0) + 1, ${JSON.stringify(version.document)}::jsonb, ${version.digest},
      ${version.author}, ${version.note}, ${version.validFrom}, ${now}
    from lines.line_version where line_code = ${version.code} returning version`);
  return row.version;
}

async function endPeriods(db: Queryable, code: string, at: Instant): Promise<void> {
  await db.run(sql`
    update lines.line_version set valid_to = greatest(valid_from, ${at}::timestamptz)
    where line_code = ${code} and (valid_to is null or valid_to > greatest(valid_from, ${at}::timestamptz))`);
}

/** From `at` on no version is in force. The line must be locked. */
export async function markLineEnded(db: Queryable, code: string, at: Instant): Promise<void> {
  await endPeriods(db, code, at);
  await db.run(sql`update lines.line set ended_at = ${at} where line_code = ${code}`);
}

/** The author of what the program brings; an operator's version is by its key. */
export const SHIPPED = 'shipped';

/** The last version of each line: what a newer program compares its own lines with. */
export async function listLastVersions(
  db: Queryable,
): Promise<Map<string, { readonly author: string; readonly digest: string }>> {
  const rows = await db.rows<{ line_code: string; author: string; digest: string }>(sql`
    select distinct on (line_code) line_code, author, digest from lines.line_version order by line_code, version desc`);
  return new Map(rows.map((row) => [row.line_code, { author: row.author, digest: row.digest }]));
}

export type LineVersionRecord = LinePeriod & {
  readonly author: string;
  readonly note: string | undefined;
  readonly recordedAt: Instant;
};

/** Every version of a line, newest first, also those that never began. */
export async function listLineVersions(db: Queryable, code: string): Promise<LineVersionRecord[]> {
  const rows = await db.rows<PeriodRow & { author: string; note: string | null; recorded_at: Instant }>(sql`
    select line_code, version, digest, valid_from, valid_to, author, note, recorded_at
    from lines.line_version where line_code = ${code} order by version desc`);
  return rows.map((row) => ({
    ...periodOf(row),
    author: row.author,
    note: row.note ?? undefined,
    recordedAt: row.recorded_at,
  }));
}
