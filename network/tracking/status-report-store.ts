import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Id, Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { ParcelStatus } from './model.ts';
import type { ParcelReader } from './parcel-store.ts';
import type { ParcelParts } from './recognition.policy.ts';

export type ReportId = Id<'rpt'>;
export const REPORT_KINDS = [
  'not_delivered_to_me',
  'delivered_elsewhere',
  'not_ordered',
  'wrong_place_or_time',
  'damaged',
  'other',
] as const;
export type ReportKind = (typeof REPORT_KINDS)[number];
export const REPORT_STATES = ['open', 'answered', 'closed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];
/** Who answered, as a buyer may know it. */
export const ANSWERERS = ['merchant', 'marketplace', 'carrier', 'network'] as const;
export type Answerer = (typeof ANSWERERS)[number];

export type StatusReport = ParcelParts & {
  readonly id: ReportId;
  readonly parcelId: ParcelId;
  readonly organisationId: OrganisationId;
  readonly number: string;
  readonly kind: ReportKind;
  readonly status: ParcelStatus;
  /** The state of the parcel that it was said about. */
  readonly about: string;
  readonly step: { readonly milestone: string; readonly occurredAt: Instant } | undefined;
  readonly sealedText: Uint8Array | undefined;
  readonly state: ReportState;
  readonly reportedAt: Instant;
  readonly answer: string | undefined;
  readonly answeredBy: string | undefined;
  readonly answeredByKind: Answerer | undefined;
  readonly answeredAt: Instant | undefined;
  readonly closedBy: string | undefined;
  readonly closedAt: Instant | undefined;
};

type Row = {
  report_id: ReportId;
  parcel_id: ParcelId;
  organisation_id: OrganisationId;
  client_platform_id: string | null;
  carrier_id: string | null;
  warehouse_id: string | null;
  number: string;
  kind: ReportKind;
  status: ParcelStatus;
  about: string;
  step_milestone: string | null;
  step_occurred_at: Instant | null;
  sealed_text: Uint8Array | null;
  state: ReportState;
  reported_at: Instant;
  answer: string | null;
  answered_by: string | null;
  answered_by_kind: Answerer | null;
  answered_at: Instant | null;
  closed_by: string | null;
  closed_at: Instant | null;
};

function reportOf(row: Row): StatusReport {
  const { step_milestone: milestone, step_occurred_at: occurredAt } = row;
  return {
    id: row.report_id,
    parcelId: row.parcel_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierId: row.carrier_id ?? undefined,
    warehouseId: row.warehouse_id ?? undefined,
    number: row.number,
    kind: row.kind,
    status: row.status,
    about: row.about,
    step: milestone === null || occurredAt === null ? undefined : { milestone, occurredAt },
    sealedText: row.sealed_text ?? undefined,
    state: row.state,
    reportedAt: row.reported_at,
    answer: row.answer ?? undefined,
    answeredBy: row.answered_by ?? undefined,
    answeredByKind: row.answered_by_kind ?? undefined,
    answeredAt: row.answered_at ?? undefined,
    closedBy: row.closed_by ?? undefined,
    closedAt: row.closed_at ?? undefined,
  };
}

/** False: of this state of the parcel there is one already. */
export async function insertReport(db: Queryable, report: StatusReport): Promise<boolean> {
  const { step } = report;
  const written = await db.run(sql`
    insert into tracking.status_report (bucket, report_id, parcel_id, organisation_id, client_platform_id, carrier_id,
      warehouse_id, number, kind, status, about, step_milestone, step_occurred_at, sealed_text, state, reported_at)
    values (${bucketOf(report.parcelId)}, ${report.id}, ${report.parcelId}, ${report.organisationId},
      ${report.clientPlatformId ?? null}, ${report.carrierId ?? null}, ${report.warehouseId ?? null}, ${report.number},
      ${report.kind}, ${report.status}, ${report.about}, ${step?.milestone ?? null}, ${step?.occurredAt ?? null},
      ${report.sealedText ?? null}, ${report.state}, ${report.reportedAt})
    on conflict (parcel_id, about, bucket) do nothing`);
  return written === 1;
}

export async function findReport(db: Queryable, id: string): Promise<StatusReport | undefined> {
  const row = await db.maybeRow<Row>(sql`select * from tracking.status_report where report_id = ${id}`);
  return row === undefined ? undefined : reportOf(row);
}

export async function lockReport(db: Queryable, id: string): Promise<StatusReport | undefined> {
  const row = await db.maybeRow<Row>(
    sql`select * from tracking.status_report where report_id = ${id} for update`,
  );
  return row === undefined ? undefined : reportOf(row);
}

/** What has become of a locked report. */
export async function saveReport(db: Queryable, report: StatusReport): Promise<void> {
  await db.run(sql`
    update tracking.status_report set state = ${report.state}, answer = ${report.answer ?? null},
      answered_by = ${report.answeredBy ?? null}, answered_by_kind = ${report.answeredByKind ?? null},
      answered_at = ${report.answeredAt ?? null}, closed_by = ${report.closedBy ?? null},
      closed_at = ${report.closedAt ?? null}
    where report_id = ${report.id} and bucket = ${bucketOf(report.parcelId)}`);
}

/** A parcel's, newest first. */
export async function listReportsOf(db: Queryable, parcelId: string, limit: number): Promise<StatusReport[]> {
  const rows = await db.rows<Row>(sql`
    select * from tracking.status_report where parcel_id = ${parcelId} order by report_id desc limit ${limit}`);
  return rows.map(reportOf);
}

const PART_COLUMN: Readonly<Record<'organisation' | 'client' | 'carrier' | 'warehouse', SqlQuery>> = {
  organisation: sql`organisation_id`,
  client: sql`client_platform_id`,
  carrier: sql`carrier_id`,
  warehouse: sql`warehouse_id`,
};

/** Of a reader, newest first; `before` is the last id of the page before. */
export async function listReports(
  db: Queryable,
  reader: ParcelReader,
  filter: {
    readonly state?: ReportState | undefined;
    readonly parcelId?: string | undefined;
    readonly before: string;
    readonly limit: number;
  },
): Promise<StatusReport[]> {
  const conditions = [sql`true`];
  if (filter.before !== '') conditions.push(sql`report_id < ${filter.before}`);
  if (reader !== 'network') conditions.push(sql`${PART_COLUMN[reader.part]} = ${reader.organisationId}`);
  if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`);
  if (filter.parcelId !== undefined) conditions.push(sql`parcel_id = ${filter.parcelId}`);
  const rows = await db.rows<Row>(sql`
    select * from tracking.status_report where ${joinSql(conditions, sql` and `)}
    order by report_id desc limit ${filter.limit}`);
  return rows.map(reportOf);
}
