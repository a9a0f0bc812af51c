import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { CodeFilter, CodeReading, SourceCode } from './code-mapping.policy.ts';
import type { ScanId } from './model.ts';
import type { StoredScan } from './scan-store.ts';

type ReadScan = StoredScan & CodeReading;

const KEY: readonly Column<{ readonly parcel: ParcelId; readonly id: ScanId }>[] = [
  ['bucket', 'smallint', ({ parcel }) => bucketOf(parcel)],
  ['parcel_id', 'text', ({ parcel }) => parcel],
  ['scan_id', 'uuid', ({ id }) => id],
];

const UNMAPPED: readonly Column<ReadScan>[] = [
  ...KEY,
  ['source', 'text', (scan) => scan.source],
  ['reporter_id', 'text', ({ reporter }) => (reporter.kind === 'network' ? null : reporter.organisationId)],
  ['format', 'text', (scan) => scan.format ?? ''],
  ['code', 'text', (scan) => scan.code],
  ['occurred_at', 'timestamptz', (scan) => scan.occurredAt],
  ['received_at', 'timestamptz', (scan) => scan.receivedAt],
  ['state', 'text', (scan) => (scan.milestone === 'unmapped' ? 'open' : 'mapped')],
  ['applied_version', 'bigint', (scan) => scan.mappingVersion ?? 0],
];

/**
 * Notes which of the scans that were just added no shipped table knew, and which of the known ones somebody corrected.
 * The caller has locked their parcels. Writes nothing for a batch that was understood. Leaves with the next statement or
 * the commit. `isMapped`: the corrections are those of a mapping, which keeps the rows itself.
 */
export function saveUnmapped(db: Queryable, added: readonly (ReadScan & { isMapped?: boolean })[]): void {
  const unknown = added.filter(
    (scan) =>
      scan.correction === undefined && (scan.milestone === 'unmapped' || scan.mappingVersion !== undefined),
  );
  if (unknown.length > 0) {
    db.later(sql`
      insert into tracking.unmapped_scan (bucket, parcel_id, scan_id, source, reporter_id, format, code, occurred_at,
        received_at, state, applied_version)
      select * from ${unnestRows('u', unknown, UNMAPPED)} on conflict do nothing`);
  }
  const corrected = added.flatMap(({ correction, parcel, isMapped }) =>
    correction === undefined || isMapped === true ? [] : [{ parcel, id: correction.ofScan }],
  );
  if (corrected.length > 0) {
    db.later(sql`
      update tracking.unmapped_scan u set state = 'corrected' from ${unnestRows('k', corrected, KEY)}
      where u.bucket = k.bucket and u.parcel_id = k.parcel_id and u.scan_id = k.scan_id`);
  }
}

type Move = { readonly from: ParcelId; readonly to: ParcelId; readonly id: ScanId };
const MOVE: readonly Column<Move>[] = [
  ['bucket', 'smallint', ({ from }) => bucketOf(from)],
  ['parcel_id', 'text', ({ from }) => from],
  ['scan_id', 'uuid', ({ id }) => id],
  ['to_bucket', 'smallint', ({ to }) => bucketOf(to)],
  ['to_parcel_id', 'text', ({ to }) => to],
];

/** Scans that were appended under another parcel are unmapped there, as far as they were here. */
export async function moveUnmapped(db: Queryable, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await db.run(sql`
    with gone as (
      delete from tracking.unmapped_scan u using ${unnestRows('m', moves, MOVE)}
      where u.bucket = m.bucket and u.parcel_id = m.parcel_id and u.scan_id = m.scan_id
      returning u.*, m.to_bucket, m.to_parcel_id
    )
    insert into tracking.unmapped_scan (bucket, parcel_id, scan_id, source, reporter_id, format, code, occurred_at,
      received_at, state, applied_version, correction_id)
    select to_bucket, to_parcel_id, scan_id, source, reporter_id, format, code, occurred_at, received_at, state,
      applied_version, correction_id
    from gone
    on conflict (parcel_id, scan_id, bucket) do update set format = excluded.format, state = excluded.state,
      applied_version = excluded.applied_version, correction_id = excluded.correction_id
    where unmapped_scan.applied_version = 0`);
}

export type UnmappedScan = {
  readonly parcel: ParcelId;
  readonly id: ScanId;
  readonly correctionId: ScanId | undefined;
};

/** Scans of a code that a version of its mapping was not worked into yet; `among` parcels, when given. */
export async function listToReinterpret(
  db: Queryable,
  of: SourceCode,
  version: number,
  limit: number,
  among?: readonly string[],
): Promise<UnmappedScan[]> {
  const rows = await db.rows<{ parcel_id: ParcelId; scan_id: ScanId; correction_id: ScanId | null }>(sql`
    select parcel_id, scan_id, correction_id from tracking.unmapped_scan
    where source = ${of.source} and format = ${of.format} and code = ${of.code} and applied_version < ${version}
      and state <> 'corrected' and (${among ?? null}::text[] is null or parcel_id = any(${among ?? null}::text[]))
    order by parcel_id, scan_id limit ${limit}`);
  return rows.map((row) => ({
    parcel: row.parcel_id,
    id: row.scan_id,
    correctionId: row.correction_id ?? undefined,
  }));
}

export type Reinterpreted = {
  readonly parcel: ParcelId;
  readonly id: ScanId;
  readonly state: 'open' | 'mapped';
  readonly correctionId: ScanId | undefined;
};
const REINTERPRETED: readonly Column<Reinterpreted>[] = [
  ...KEY,
  ['state', 'text', ({ state }) => state],
  ['correction_id', 'uuid', ({ correctionId }) => correctionId],
];

export function saveReinterpreted(db: Queryable, scans: readonly Reinterpreted[], version: number): void {
  db.later(sql`
    update tracking.unmapped_scan u set state = r.state, correction_id = r.correction_id, applied_version = ${version}
    from ${unnestRows('r', scans, REINTERPRETED)}
    where u.bucket = r.bucket and u.parcel_id = r.parcel_id and u.scan_id = r.scan_id`);
}

export type CodeCounts = {
  /** Not understood now. */
  readonly open: number;
  readonly mapped: number;
  /** Not read yet by the newest version. */
  readonly waiting: number;
};

export async function countScansOf(
  db: Queryable,
  of: SourceCode,
  version: number,
  reporterId: string | undefined,
): Promise<CodeCounts> {
  return db.row<CodeCounts>(sql`
    select (count(*) filter (where state = 'open'))::int as open,
      (count(*) filter (where state = 'mapped'))::int as mapped,
      (count(*) filter (where state <> 'corrected' and applied_version < ${version}))::int as waiting
    from tracking.unmapped_scan where source = ${of.source} and format = ${of.format} and code = ${of.code}
      and (${reporterId ?? null}::text is null or reporter_id = ${reporterId ?? null})`);
}

/** What a mapping would reach: scans that happened since `from`, and their parcels. */
export async function countReach(
  db: Queryable,
  of: SourceCode,
  from: Instant | undefined,
): Promise<{ scans: number; parcels: number }> {
  return db.row(sql`
    select count(*)::int as scans, (count(distinct parcel_id))::int as parcels from tracking.unmapped_scan
    where source = ${of.source} and format = ${of.format} and code = ${of.code} and state <> 'corrected'
      and (${from ?? null}::timestamptz is null or occurred_at >= ${from ?? null})`);
}

export async function isSeen(db: Queryable, of: SourceCode): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 from tracking.unmapped_scan
    where source = ${of.source} and format = ${of.format} and code = ${of.code} limit 1`);
  return row !== undefined;
}

/** The scans of a code that came last, of different parcels. */
export async function listNewestOf(db: Queryable, of: SourceCode, limit: number): Promise<UnmappedScan[]> {
  const rows = await db.rows<{ parcel_id: ParcelId; scan_id: ScanId; correction_id: ScanId | null }>(sql`
    select distinct on (parcel_id) parcel_id, scan_id, correction_id from (
      select * from tracking.unmapped_scan
      where source = ${of.source} and format = ${of.format} and code = ${of.code} and state <> 'corrected'
      order by received_at desc limit ${limit}) newest
    order by parcel_id, occurred_at desc`);
  return rows.map((row) => ({
    parcel: row.parcel_id,
    id: row.scan_id,
    correctionId: row.correction_id ?? undefined,
  }));
}

export type UnmappedCode = SourceCode & {
  readonly scans: number;
  readonly firstReceivedAt: Instant;
  readonly lastReceivedAt: Instant;
  readonly mappingId: string | undefined;
};
export type UnmappedFilter = {
  readonly code: CodeFilter;
  readonly reporterId: string | undefined;
  /** The last one of the page before. */
  readonly after: (SourceCode & { readonly scans: number }) | undefined;
  readonly limit: number;
};

/** Codes that nobody understands now, the most frequent first. The groups come from the index of the open ones. */
export async function listUnmappedCodes(db: Queryable, filter: UnmappedFilter): Promise<UnmappedCode[]> {
  const { source, format, code } = filter.code;
  const { after } = filter;
  const past =
    after === undefined
      ? sql``
      : sql` and (-c.scans, c.source, c.format, c.code) > (${-after.scans}, ${after.source}, ${after.format}, ${after.code})`;
  const rows = await db.rows<UnmappedCode & { mapping_id: string | null }>(sql`
    with counted as (
      select u.source, u.format, u.code, count(*)::int as scans, min(u.received_at) as "firstReceivedAt",
        max(u.received_at) as "lastReceivedAt"
      from tracking.unmapped_scan u where u.state = 'open'
        and (${source ?? null}::text is null or u.source = ${source ?? null})
        and (${format ?? null}::text is null or u.format = ${format ?? null})
        and (${code ?? null}::text is null or u.code = ${code ?? null})
        and (${filter.reporterId ?? null}::text is null or u.reporter_id = ${filter.reporterId ?? null})
      group by 1, 2, 3
    )
    select c.*, m.mapping_id from counted c left join tracking.code_mapping m using (source, format, code)
    where true${past}
    order by -c.scans, c.source, c.format, c.code limit ${filter.limit}`);
  return rows.map(({ mapping_id, ...row }) => ({ ...row, mappingId: mapping_id ?? undefined }));
}

export type UnmappedExample = {
  readonly scanId: ScanId;
  readonly parcelId: ParcelId;
  readonly number: string;
  readonly text: string | null;
  readonly occurredAt: Instant;
  readonly receivedAt: Instant;
};

/** The newest scans of each of some codes, by its place in `codes`. */
export async function listExamples(
  db: Queryable,
  codes: readonly SourceCode[],
  reporterId: string | undefined,
  each: number,
): Promise<Map<number, UnmappedExample[]>> {
  const rows = await db.rows<UnmappedExample & { at: number }>(sql`
    select k.at::int as at, s.scan_id as "scanId", s.parcel_id as "parcelId", s.number, s.text,
      s.occurred_at as "occurredAt", s.received_at as "receivedAt"
    from unnest(${codes.map(({ source }) => source)}::text[], ${codes.map(({ format }) => format)}::text[],
      ${codes.map(({ code }) => code)}::text[]) with ordinality as k(source, format, code, at)
    cross join lateral (select u.bucket, u.parcel_id, u.scan_id from tracking.unmapped_scan u
      where u.state = 'open' and u.source = k.source and u.format = k.format and u.code = k.code
        and (${reporterId ?? null}::text is null or u.reporter_id = ${reporterId ?? null})
      order by u.received_at desc limit ${each}) u
    join tracking.scan s on s.bucket = u.bucket and s.parcel_id = u.parcel_id and s.scan_id = u.scan_id
    order by k.at, s.received_at desc, s.scan_id`);
  const found = new Map<number, UnmappedExample[]>();
  for (const { at, ...example } of rows) found.set(at - 1, [...(found.get(at - 1) ?? []), example]);
  return found;
}
