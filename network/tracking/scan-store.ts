import {
  appendRows,
  type Column,
  type Queryable,
  type SqlQuery,
  sql,
  unnestRows,
} from '../../platform/db/index.ts';
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

/** One that is not there yet, with the bucket of its parcel. */
export type NewScan = StoredScan & { readonly bucket: number };

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
  place: ScanPlace | { readonly text: string } | null;
  operator_ref: string | null;
  proof_ref: string | null;
  weight_grams: number | null;
  correction: Correction | null;
  synthetic: boolean;
  facility_unknown: boolean | null;
};

function reporterOf(row: Row): Reporter {
  const organisationId = row.reporter_id ?? '';
  if (row.reporter_kind === 'network') return { kind: 'network' };
  if (row.reporter_kind === 'carrier') return { kind: 'carrier', organisationId, carrierCode: row.source };
  return { kind: row.reporter_kind, organisationId };
}

/** Built for each scan that is read, so without objects that only pass fields on. */
function scanOf(row: Row): StoredScan {
  const scan: { -readonly [Field in keyof StoredScan]: StoredScan[Field] } = {
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
  };
  if (row.text !== null) scan.text = row.text;
  if (row.substatus !== null) scan.substatus = row.substatus;
  if (row.local_time !== null) scan.localTime = row.local_time;
  if (row.zone !== null) scan.zone = row.zone;
  // A place without a country is a text and nothing else.
  if (row.place !== null && 'country' in row.place) scan.place = row.place;
  else if (row.place !== null) scan.placeText = row.place.text;
  if (row.operator_ref !== null) scan.operator = row.operator_ref;
  if (row.proof_ref !== null) scan.proof = row.proof_ref;
  if (row.weight_grams !== null) scan.weightGrams = row.weight_grams;
  if (row.correction !== null) scan.correction = row.correction;
  if (row.facility_unknown === true) scan.facilityUnknown = true;
  return scan;
}

function placeOut({ place, placeText }: Pick<Scan, 'place' | 'placeText'>): string | null {
  return json(place ?? (placeText === undefined ? undefined : { text: placeText }));
}

export function scanKey(scan: { readonly parcel: string; readonly id: string }): string {
  return `${scan.parcel} ${scan.id}`;
}

/** Key of a parcel, by its id. */
export const PARCEL: readonly Column<string>[] = [
  ['bucket', 'smallint', bucketOf],
  ['parcel_id', 'text', (id) => id],
];

type ScanKey = Pick<Scan, 'id' | 'parcel'>;

const KEY: readonly Column<ScanKey>[] = [
  ['bucket', 'smallint', ({ parcel }) => bucketOf(parcel)],
  ['parcel_id', 'text', ({ parcel }) => parcel],
  ['scan_id', 'uuid', ({ id }) => id],
];

/** Of some scans the keys (scanKey) of those that are there. Stays true as long as their parcels are locked. */
export async function listKnown(db: Queryable, scans: readonly ScanKey[]): Promise<Set<string>> {
  if (scans.length === 0) return new Set();
  const rows = await db.rows<{ parcel_id: string; scan_id: string }>(sql`
    select s.parcel_id, s.scan_id from ${unnestRows('k', scans, KEY)}
    join tracking.scan s on s.bucket = k.bucket and s.parcel_id = k.parcel_id and s.scan_id = k.scan_id`);
  return new Set(rows.map((row) => scanKey({ parcel: row.parcel_id, id: row.scan_id })));
}

const json = (value: object | undefined) => (value === undefined ? null : JSON.stringify(value));

const SCAN: readonly Column<NewScan>[] = [
  ['bucket', 'smallint', (scan) => scan.bucket],
  ['parcel_id', 'text', (scan) => scan.parcel],
  ['scan_id', 'uuid', (scan) => scan.id],
  ['source', 'text', (scan) => scan.source],
  ['source_kind', 'text', (scan) => scan.sourceKind],
  ['recognised', 'boolean', (scan) => scan.recognised],
  ['reporter_kind', 'text', ({ reporter }) => reporter.kind],
  ['reporter_id', 'text', ({ reporter }) => (reporter.kind === 'network' ? null : reporter.organisationId)],
  ['number', 'text', (scan) => scan.number],
  ['code', 'text', (scan) => scan.code],
  ['text', 'text', (scan) => scan.text],
  ['milestone', 'text', (scan) => scan.milestone],
  ['substatus', 'text', (scan) => scan.substatus],
  ['occurred_at', 'timestamptz', (scan) => scan.occurredAt],
  ['local_time', 'text', (scan) => scan.localTime],
  ['zone', 'text', (scan) => scan.zone],
  ['zone_confidence', 'text', (scan) => scan.zoneConfidence],
  ['received_at', 'timestamptz', (scan) => scan.receivedAt],
  ['place', 'json', placeOut],
  ['operator_ref', 'text', (scan) => scan.operator],
  ['proof_ref', 'text', (scan) => scan.proof],
  ['weight_grams', 'integer', (scan) => scan.weightGrams],
  ['correction', 'json', (scan) => json(scan.correction)],
  ['synthetic', 'boolean', (scan) => scan.synthetic],
  ['facility_unknown', 'boolean', (scan) => scan.facilityUnknown],
];

/**
 * Appends scans; the caller has locked their parcels and knows that they are not there yet. Leaves with the next
 * statement or the commit.
 */
export function insertScans(db: Queryable, scans: readonly NewScan[]): void {
  db.later(appendRows('tracking.scan', scans, SCAN));
}

/** One parcel's are asked for by its key, which is planned once; a list is planned at each call. */
function scansOf(parcelIds: readonly string[]): SqlQuery {
  const [only] = parcelIds;
  return only !== undefined && parcelIds.length === 1
    ? sql`tracking.scan s where s.parcel_id = ${only} and s.bucket = ${bucketOf(only)}`
    : sql`${unnestRows('k', parcelIds, PARCEL)}
      join tracking.scan s on s.parcel_id = k.parcel_id and s.bucket = k.bucket`;
}

/** All scans of some parcels, each named once; by parcel. */
export async function listScans(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, StoredScan[]>> {
  const rows = await db.rows<Row>(sql`select ${joined(sql`s.parcel_id`)} from ${scansOf(parcelIds)}`);
  return byParcel(parcelIds, rows);
}

function byParcel(parcelIds: readonly string[], rows: readonly Row[]): Map<string, StoredScan[]> {
  const found = new Map<string, StoredScan[]>(parcelIds.map((id) => [id, []]));
  for (const row of rows) found.get(row.parcel_id)?.push(scanOf(row));
  return found;
}

/** Whether this program itself recorded a code for a parcel. */
export async function hasOwnScan(db: Queryable, parcelId: string, code: string): Promise<boolean> {
  const row = await db.maybeRow(sql`
    select 1 as found from tracking.scan where bucket = ${bucketOf(parcelId)} and parcel_id = ${parcelId}
      and reporter_kind = 'network' and code = ${code} limit 1`);
  return row !== undefined;
}

/**
 * A scan by its id, under the parcel that counts: after a merge the same scan also stands under the minted one, and that
 * of a container under all that was inside.
 */
export async function findScan(db: Queryable, scanId: string): Promise<StoredScan | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${joined(sql`parcel_id`)} from tracking.scan s join tracking.parcel p using (bucket, parcel_id)
    where s.scan_id = ${scanId} order by (p.merged_into is not null), (p.number <> s.number), s.parcel_id limit 1`);
  return row === undefined ? undefined : scanOf(row);
}

function joined(parcelId: SqlQuery): SqlQuery {
  return sql`${parcelId}, s.scan_id, s.source, s.source_kind, s.recognised, s.reporter_kind, s.reporter_id, s.number, s.code,
    s.text, s.milestone, s.substatus, s.occurred_at, s.local_time, s.zone, s.zone_confidence, s.received_at, s.place,
    s.operator_ref, s.proof_ref, s.weight_grams, s.correction, s.synthetic, s.facility_unknown`;
}
