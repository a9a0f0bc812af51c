import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type {
  Correction,
  Milestone,
  ParcelSubstatus,
  Scan,
  ScanId,
  ScanPlace,
  ZoneConfidence,
} from './model.ts';
import type { Reporter } from './recognition.policy.ts';

/** A scan with who brought it, as it is stored. */
export type StoredScan = Scan & { readonly reporter: Reporter };

type Row = {
  parcel_id: ParcelId;
  scan_id: ScanId;
  source: string;
  source_kind: Scan['sourceKind'];
  recognised: boolean;
  reporter_kind: Reporter['kind'];
  reporter_id: string | null;
  number: string;
  code: string;
  text: string | null;
  milestone: Milestone | 'unmapped';
  substatus: ParcelSubstatus | null;
  occurred_at: Instant;
  local_time: string | null;
  zone: string | null;
  zone_confidence: ZoneConfidence;
  received_at: Instant;
  place: ScanPlace | null;
  operator_ref: string | null;
  proof_ref: string | null;
  correction: Correction | null;
  synthetic: boolean;
};

const COLUMNS = sql`parcel_id, scan_id, source, source_kind, recognised, reporter_kind, reporter_id, number, code, text,
  milestone, substatus, occurred_at, local_time, zone, zone_confidence, received_at, place, operator_ref, proof_ref,
  correction, synthetic`;

function reporterOf(row: Row): Reporter {
  const organisationId = row.reporter_id ?? '';
  if (row.reporter_kind === 'network') return { kind: 'network' };
  if (row.reporter_kind === 'carrier') return { kind: 'carrier', organisationId, carrierCode: row.source };
  return { kind: row.reporter_kind, organisationId };
}

function scanOf(row: Row): StoredScan {
  return {
    id: row.scan_id,
    parcel: row.parcel_id,
    source: row.source,
    sourceKind: row.source_kind,
    recognised: row.recognised,
    reporter: reporterOf(row),
    number: row.number,
    code: row.code,
    milestone: row.milestone,
    occurredAt: row.occurred_at,
    zoneConfidence: row.zone_confidence,
    receivedAt: row.received_at,
    synthetic: row.synthetic,
    ...(row.text === null ? {} : { text: row.text }),
    ...(row.substatus === null ? {} : { substatus: row.substatus }),
    ...(row.local_time === null ? {} : { localTime: row.local_time }),
    ...(row.zone === null ? {} : { zone: row.zone }),
    ...(row.place === null ? {} : { place: row.place }),
    ...(row.operator_ref === null ? {} : { operator: row.operator_ref }),
    ...(row.proof_ref === null ? {} : { proof: row.proof_ref }),
    ...(row.correction === null ? {} : { correction: row.correction }),
  };
}

export function scanKey(scan: { readonly parcel: string; readonly id: string }): string {
  return `${scan.parcel} ${scan.id}`;
}

/** Appends scans that are not there yet. Answers the keys (scanKey) of those that were new. */
export async function insertScans(db: Queryable, scans: readonly StoredScan[]): Promise<Set<string>> {
  const ordered = [...scans].sort((a, b) => (scanKey(a) < scanKey(b) ? -1 : 1));
  const rows = ordered.map((scan) => ({
    bucket: bucketOf(scan.parcel),
    parcel_id: scan.parcel,
    scan_id: scan.id,
    source: scan.source,
    source_kind: scan.sourceKind,
    recognised: scan.recognised,
    reporter_kind: scan.reporter.kind,
    reporter_id: scan.reporter.kind === 'network' ? undefined : scan.reporter.organisationId,
    number: scan.number,
    code: scan.code,
    text: scan.text,
    milestone: scan.milestone,
    substatus: scan.substatus,
    occurred_at: scan.occurredAt,
    local_time: scan.localTime,
    zone: scan.zone,
    zone_confidence: scan.zoneConfidence,
    received_at: scan.receivedAt,
    place: scan.place,
    operator_ref: scan.operator,
    proof_ref: scan.proof,
    correction: scan.correction,
    synthetic: scan.synthetic,
  }));
  const inserted = await db.rows<{ parcel_id: string; scan_id: string }>(sql`
    insert into tracking.scan (bucket, ${COLUMNS})
    select bucket, ${COLUMNS} from json_to_recordset(${JSON.stringify(rows)}::json)
      as s(bucket smallint, parcel_id text, scan_id text, source text, source_kind text, recognised boolean,
        reporter_kind text, reporter_id text, number text, code text, text text, milestone text, substatus text,
        occurred_at timestamptz, local_time text, zone text, zone_confidence text, received_at timestamptz, place jsonb,
        operator_ref text, proof_ref text, correction jsonb, synthetic boolean)
    on conflict do nothing returning parcel_id, scan_id`);
  return new Set(inserted.map((row) => scanKey({ parcel: row.parcel_id, id: row.scan_id })));
}

/** All scans of some parcels, by parcel. */
export async function listScans(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, StoredScan[]>> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from tracking.scan
    where (bucket, parcel_id) in (select * from unnest(${parcelIds.map(bucketOf)}::smallint[], ${parcelIds}::text[]))`);
  const found = new Map<string, StoredScan[]>(parcelIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.parcel_id)?.push(scanOf(row));
  return found;
}

/** A scan by its id, under the parcel that counts: after a merge the same scan also stands under the minted one. */
export async function findScan(db: Queryable, scanId: string): Promise<StoredScan | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${joined()} from tracking.scan s join tracking.parcel p using (bucket, parcel_id)
    where s.scan_id = ${scanId} order by (p.merged_into is not null), s.parcel_id limit 1`);
  return row === undefined ? undefined : scanOf(row);
}

function joined() {
  return sql`parcel_id, s.scan_id, s.source, s.source_kind, s.recognised, s.reporter_kind, s.reporter_id, s.number, s.code,
    s.text, s.milestone, s.substatus, s.occurred_at, s.local_time, s.zone, s.zone_confidence, s.received_at, s.place,
    s.operator_ref, s.proof_ref, s.correction, s.synthetic`;
}
