import { type Column, type Queryable, sql, unnestRows } from '../../platform/db/index.ts';
import type { Instant, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import { type ContainerKind, type ContainmentFact, type HeldScan, NOT_INSIDE } from './containment.policy.ts';
import type { Correction, ScanId } from './model.ts';
import type { Reporter } from './recognition.policy.ts';

/** Empty: everything that was inside. */
export const EVERYTHING = '';

/** Somebody says that a parcel was put into a container, or taken out. */
export type ContainmentStatement = ContainmentFact & {
  readonly containerId: ParcelId;
  readonly contentId: ParcelId | typeof EVERYTHING;
  readonly kind: ContainerKind;
  readonly reporter: Reporter;
  readonly recordedAt: Instant;
};

type Row = {
  container_id: ParcelId;
  content_id: ParcelId | '';
  action: ContainmentFact['action'];
  occurred_at: Instant;
  reporter_kind: Reporter['kind'];
  reporter_id: string;
  source: string;
  kind: ContainerKind;
  recorded_at: Instant;
};

const STATEMENT: readonly Column<ContainmentStatement>[] = [
  ['bucket', 'smallint', ({ containerId }) => bucketOf(containerId)],
  ['container_id', 'text', ({ containerId }) => containerId],
  ['content_id', 'text', ({ contentId }) => contentId],
  ['action', 'text', ({ action }) => action],
  ['occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt],
  ['reporter_kind', 'text', ({ reporter }) => reporter.kind],
  ['reporter_id', 'text', ({ reporter }) => (reporter.kind === 'network' ? '' : reporter.organisationId)],
  ['source', 'text', ({ reporter }) => (reporter.kind === 'carrier' ? reporter.carrierCode : '')],
  ['kind', 'text', ({ kind }) => kind],
  ['recorded_at', 'timestamptz', ({ recordedAt }) => recordedAt],
];

/** Appends statements and marks their containers, which the caller has locked. Answers the contents of the new ones. */
export async function insertContainment(
  db: Queryable,
  statements: readonly ContainmentStatement[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ content_id: string }>(sql`
    insert into tracking.containment (bucket, container_id, content_id, action, occurred_at, reporter_kind, reporter_id,
      source, kind, recorded_at)
    select bucket, container_id, content_id, action, occurred_at, reporter_kind, reporter_id, source, kind, recorded_at
    from ${unnestRows('s', statements, STATEMENT)}
    on conflict do nothing returning content_id`);
  await markContainers(db, [...new Set(statements.map(({ containerId }) => containerId))]);
  return new Set(rows.map((row) => row.content_id));
}

async function markContainers(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.run(sql`
    update tracking.parcel p set is_container = true
    from unnest(${ids.map(bucketOf)}::smallint[], ${ids}::text[]) as c(bucket, parcel_id)
    where p.bucket = c.bucket and p.parcel_id = c.parcel_id and not p.is_container`);
}

/** All that was said about a container. */
export async function listContainment(db: Queryable, containerId: string): Promise<ContainmentStatement[]> {
  const rows = await db.rows<Row>(sql`
    select container_id, content_id, action, occurred_at, reporter_kind, reporter_id, source, kind, recorded_at
    from tracking.containment where bucket = ${bucketOf(containerId)} and container_id = ${containerId}
    order by occurred_at, content_id`);
  return rows.map(statementOf);
}

/** The containers that some parcels were ever put into, in order of their ids, with those of the parcels. */
export async function listContainersOf(
  db: Queryable,
  contentIds: readonly string[],
): Promise<Map<ParcelId, { kind: ContainerKind; contents: ParcelId[] }>> {
  const rows = await db.rows<{ container_id: ParcelId; content_id: ParcelId; kind: ContainerKind }>(sql`
    select distinct container_id, content_id, kind from tracking.containment
    where content_id = any(${contentIds}) and action = 'pack' order by container_id, content_id`);
  const found = new Map<ParcelId, { kind: ContainerKind; contents: ParcelId[] }>();
  for (const row of rows) {
    const known = found.get(row.container_id);
    if (known === undefined) found.set(row.container_id, { kind: row.kind, contents: [row.content_id] });
    else known.contents.push(row.content_id);
  }
  return found;
}

/**
 * Who was ever named as a piece of the same consignment as a parcel, its parent number included: a list for each
 * consignment. Ids as they were then, also of parcels that were merged since; `lives`: the parcel's own, and those of its
 * numbers.
 */
export async function listConsignmentsOf(
  db: Queryable,
  parcelId: string,
): Promise<{ readonly lives: readonly string[]; readonly consignments: readonly (readonly string[])[] }> {
  const rows = await db.rows<{ container_id: string; content_ids: string[]; lives: string[] }>(sql`
    with life as (
      select ${parcelId}::text as parcel_id
      union select e.parcel_id from tracking.directory d
        join tracking.directory e on e.bucket = d.bucket and e.number = d.number where d.parcel_id = ${parcelId}
    ), parent as (
      select c.bucket, c.container_id from life l join tracking.containment c on c.content_id = l.parcel_id
      where c.kind = 'consignment' and c.action = 'pack'
      union select ${bucketOf(parcelId)}::smallint, ${parcelId}
    )
    select c.container_id, array_agg(distinct c.content_id order by c.content_id) as content_ids,
      (select array_agg(l.parcel_id) from life l) as lives
    from parent p join tracking.containment c on c.bucket = p.bucket and c.container_id = p.container_id
    where c.kind = 'consignment' and c.action = 'pack' and c.content_id <> ${EVERYTHING}
    group by c.container_id order by c.container_id`);
  return {
    lives: rows[0]?.lives ?? [],
    consignments: rows.map((row) => [row.container_id, ...row.content_ids]),
  };
}

function statementOf(row: Row): ContainmentStatement {
  return {
    containerId: row.container_id,
    contentId: row.content_id,
    action: row.action,
    occurredAt: row.occurred_at,
    kind: row.kind,
    recordedAt: row.recorded_at,
    reporter: reporterOf(row),
  };
}

function reporterOf({ reporter_kind: kind, reporter_id: organisationId, source }: Row): Reporter {
  if (kind === 'network') return { kind };
  if (kind === 'carrier') return { kind, organisationId, carrierCode: source };
  return { kind, organisationId };
}

/** Of some parcels what they have of a container's scans, and our own statements about those. */
export async function listHeld(
  db: Queryable,
  parcelIds: readonly string[],
  scanIds: readonly ScanId[],
): Promise<Map<string, HeldScan[]>> {
  const rows = await db.rows<{ parcel_id: string; scan_id: ScanId; correction: Correction | null }>(sql`
    select s.parcel_id, s.scan_id, s.correction from tracking.scan s
    join unnest(${parcelIds.map(bucketOf)}::smallint[], ${parcelIds}::text[]) as p(bucket, parcel_id)
      on s.bucket = p.bucket and s.parcel_id = p.parcel_id
    where s.scan_id = any(${scanIds}) or (s.reporter_kind = 'network' and s.correction ->> 'reason' = ${NOT_INSIDE})`);
  const held = new Map<string, HeldScan[]>();
  for (const { parcel_id: parcel, scan_id: id, correction } of rows) {
    const list = held.get(parcel) ?? [];
    list.push(correction === null ? { id } : { id, correction });
    held.set(parcel, list);
  }
  return held;
}

/** What was said about a merged container goes on under its survivor, which the caller has locked. */
export async function carryContainment(
  db: Queryable,
  parcelId: ParcelId,
  survivorId: ParcelId,
): Promise<void> {
  const statements = await listContainment(db, parcelId);
  await insertContainment(
    db,
    statements.map((statement) => ({ ...statement, containerId: survivorId })),
  );
}
