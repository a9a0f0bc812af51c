import { type Column, joinSql, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { Milestone, QuarantineReason, ScanId, ScanPlace, ZoneConfidence } from './model.ts';
import type { StoredScan } from './scan-store.ts';

/** A scan that a parcel's fold judges to be impossible. */
export type QuarantinedScan = {
  readonly id: string;
  readonly scan: StoredScan;
  readonly reason: QuarantineReason;
};

const ROW: readonly Column<QuarantinedScan>[] = [
  ['bucket', 'smallint', ({ scan }) => bucketOf(scan.parcel)],
  ['parcel_id', 'text', ({ scan }) => scan.parcel],
  ['scan_id', 'text', ({ scan }) => scan.id],
  ['reason', 'text', ({ reason }) => reason],
  ['quarantine_id', 'text', ({ id }) => id],
  ['source', 'text', ({ scan }) => scan.source],
  [
    'reporter_id',
    'text',
    ({ scan: { reporter } }) => (reporter.kind === 'network' ? null : reporter.organisationId),
  ],
  ['number_tail', 'text', ({ scan }) => scan.number.slice(-4)],
  ['milestone', 'text', ({ scan }) => scan.milestone],
  ['code', 'text', ({ scan }) => scan.code],
  ['occurred_at', 'timestamptz', ({ scan }) => scan.occurredAt],
  ['zone_confidence', 'text', ({ scan }) => scan.zoneConfidence],
  ['received_at', 'timestamptz', ({ scan }) => scan.receivedAt],
  ['place', 'jsonb', ({ scan }) => (scan.place === undefined ? null : JSON.stringify(coarse(scan.place)))],
];
const KEY = ['bucket', 'parcel_id', 'scan_id', 'reason'];
const SHOWN = sql`quarantine_id, parcel_id, scan_id, reason, source, number_tail, milestone, code, occurred_at,
  zone_confidence, received_at, place`;
const COLUMNS = sql`${SHOWN}, reporter_id, since`;

function coarse({ country, city, facility }: ScanPlace) {
  return { country, city, facility };
}

/**
 * Some parcels' scans in quarantine are these and no others. What stays keeps its id and since when it is there. Leaves
 * with the next statement or the commit; the caller has locked the parcels.
 */
export function saveQuarantine(
  db: Queryable,
  parcelIds: readonly string[],
  scans: readonly QuarantinedScan[],
  now: Instant,
): void {
  if (parcelIds.length === 0) return;
  const keys = ROW.filter(([name]) => KEY.includes(name));
  db.later(sql`
    delete from tracking.quarantine q
    where (q.bucket, q.parcel_id) in (select * from unnest(${parcelIds.map(bucketOf)}::smallint[], ${parcelIds}::text[]))
      and not exists (select from ${unnestRows('k', scans, keys)}
        where k.bucket = q.bucket and k.parcel_id = q.parcel_id and k.scan_id = q.scan_id and k.reason = q.reason)`);
  if (scans.length === 0) return;
  db.later(sql`
    insert into tracking.quarantine (bucket, ${COLUMNS})
    select bucket, ${SHOWN}, reporter_id, ${now} from ${unnestRows('s', scans, ROW)}
    on conflict (parcel_id, bucket, scan_id) do nothing`);
}

/** Merged parcels stand for themselves no more. */
export async function deleteQuarantine(db: Queryable, parcelIds: readonly string[]): Promise<void> {
  await db.run(sql`
    delete from tracking.quarantine q using unnest(${parcelIds.map(bucketOf)}::smallint[], ${parcelIds}::text[])
      as m(bucket, parcel_id)
    where q.bucket = m.bucket and q.parcel_id = m.parcel_id`);
}

/** A row as a list shows it. */
export type QuarantineRow = {
  readonly id: string;
  readonly parcelId: ParcelId;
  readonly scanId: ScanId;
  readonly reason: QuarantineReason;
  readonly source: string;
  readonly numberTail: string;
  readonly milestone: Milestone | 'unmapped';
  readonly code: string;
  readonly occurredAt: Instant;
  readonly zoneConfidence: ZoneConfidence;
  readonly receivedAt: Instant;
  readonly place: Pick<ScanPlace, 'country' | 'city' | 'facility'> | null;
  readonly since: Instant;
};

export type QuarantineFilter = {
  readonly reason: QuarantineReason | undefined;
  readonly source: string | undefined;
  /** Organisation that brought the scans; absent: all. */
  readonly reporterId: string | undefined;
  /** Id of the last one of the page before; empty for the first page. */
  readonly after: string;
  readonly limit: number;
};

/** The newest first. */
export async function listQuarantine(db: Queryable, filter: QuarantineFilter): Promise<QuarantineRow[]> {
  const { reason, source, reporterId, after, limit } = filter;
  const conditions = [sql`true`];
  if (after !== '') conditions.push(sql`q.quarantine_id < ${after}`);
  if (reason !== undefined) conditions.push(sql`q.reason = ${reason}`);
  if (source !== undefined) conditions.push(sql`q.source = ${source}`);
  if (reporterId !== undefined) conditions.push(sql`q.reporter_id = ${reporterId}`);
  return db.rows<QuarantineRow>(sql`
    select q.quarantine_id as id, q.parcel_id as "parcelId", q.scan_id as "scanId", q.reason, q.source,
      q.number_tail as "numberTail", q.milestone, q.code, q.occurred_at as "occurredAt",
      q.zone_confidence as "zoneConfidence", q.received_at as "receivedAt", q.place, q.since
    from tracking.quarantine q where ${joinSql(conditions, sql` and `)}
    order by q.quarantine_id desc limit ${limit}`);
}
