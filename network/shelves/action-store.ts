import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/** What a device recorded without a network, or tried with one under a name of its own. */
export type DeviceAction = {
  readonly deviceId: string;
  readonly clientId: string;
  readonly kind: string;
  readonly number: string;
  readonly shelfParcelId: string | undefined;
  readonly outcome: 'done' | 'conflict';
  readonly conflict: string | undefined;
  readonly detail: object;
  /** As the device's clock said. */
  readonly occurredAt: Instant;
  /** When it counts as having happened, where that clock was put right. */
  readonly countedAt: Instant | undefined;
  readonly receivedAt: Instant;
  readonly resolvedAt: Instant | undefined;
  readonly resolvedBy: string | undefined;
  readonly resolution: string | undefined;
};
/** A stored one, with the point where it was recorded. */
export type RecordedAction = DeviceAction & { readonly pointId: string };
type Row = {
  point_id: string;
  device_id: string;
  client_id: string;
  kind: string;
  number: string;
  shelf_parcel_id: string | null;
  digest: Uint8Array;
  outcome: 'done' | 'conflict';
  conflict: string | null;
  detail: object;
  occurred_at: Instant;
  counted_at: Instant | null;
  received_at: Instant;
  resolved_at: Instant | null;
  resolved_by: string | null;
  resolution: string | null;
};
const COLUMNS = sql`point_id, device_id, client_id, kind, number, shelf_parcel_id, digest, outcome, conflict, detail, occurred_at,
  counted_at, received_at, resolved_at, resolved_by, resolution`;

function actionOf(row: Row): RecordedAction {
  return {
    pointId: row.point_id,
    deviceId: row.device_id,
    clientId: row.client_id,
    kind: row.kind,
    number: row.number,
    shelfParcelId: row.shelf_parcel_id ?? undefined,
    outcome: row.outcome,
    conflict: row.conflict ?? undefined,
    detail: row.detail,
    occurredAt: row.occurred_at,
    countedAt: row.counted_at ?? undefined,
    receivedAt: row.received_at,
    resolvedAt: row.resolved_at ?? undefined,
    resolvedBy: row.resolved_by ?? undefined,
    resolution: row.resolution ?? undefined,
  };
}

/** What became of an action that came before, with the digest of what it said. */
export async function findAction(
  db: Queryable,
  organisationId: string,
  deviceId: string,
  clientId: string,
): Promise<{ readonly action: DeviceAction; readonly digest: Uint8Array } | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from shelves.device_action
    where organisation_id = ${organisationId} and device_id = ${deviceId} and client_id = ${clientId}`);
  return row === undefined ? undefined : { action: actionOf(row), digest: row.digest };
}

/** False when the device sent it twice at once and the other one was first. */
export async function insertAction(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string },
  action: DeviceAction,
  digest: Uint8Array,
): Promise<boolean> {
  const stored = await db.run(sql`
    insert into shelves.device_action (organisation_id, point_id, device_id, client_id, kind, number, shelf_parcel_id, digest,
      outcome, conflict, detail, occurred_at, counted_at, received_at)
    values (${point.organisationId}, ${point.id}, ${action.deviceId}, ${action.clientId}, ${action.kind}, ${action.number},
      ${action.shelfParcelId}, ${digest}, ${action.outcome}, ${action.conflict}, ${JSON.stringify(action.detail)}::jsonb,
      ${action.occurredAt}, ${action.countedAt}, ${action.receivedAt})
    on conflict do nothing`);
  return stored > 0;
}

/** What becomes of an action that was kept, now that another one has arrived. */
export async function saveJudgedAgain(
  db: Queryable,
  organisationId: string,
  one: Pick<
    DeviceAction,
    'deviceId' | 'clientId' | 'shelfParcelId' | 'outcome' | 'conflict' | 'detail' | 'countedAt'
  >,
): Promise<void> {
  await db.run(sql`
    update shelves.device_action set shelf_parcel_id = ${one.shelfParcelId}, outcome = ${one.outcome},
      conflict = ${one.conflict}, detail = ${JSON.stringify(one.detail)}::jsonb, counted_at = ${one.countedAt}
    where organisation_id = ${organisationId} and device_id = ${one.deviceId} and client_id = ${one.clientId}`);
}

/** Acts of a device with one parcel follow each other: of two requests at once one waits for the other. */
export async function lockActs(
  db: Queryable,
  organisationId: string,
  deviceId: string,
  number: string,
): Promise<void> {
  const name = `shelves.acts ${organisationId} ${deviceId} ${number}`;
  await db.rows(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/**
 * What a device did with a parcel and was kept for one of these reasons, as it happened by its clock. What a person has
 * looked at is settled, but for what waits for its act: that is true whatever he saw.
 */
export async function listKept(
  db: Queryable,
  organisationId: string,
  { deviceId, number }: Pick<DeviceAction, 'deviceId' | 'number'>,
  conflicts: readonly string[],
): Promise<readonly RecordedAction[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from shelves.device_action
    where organisation_id = ${organisationId} and device_id = ${deviceId} and number = ${number}
      and outcome = 'conflict' and conflict = any(${conflicts}) and (resolved_at is null or conflict = 'act_missing')
    order by occurred_at, received_at, client_id limit 200`);
  return rows.map(actionOf);
}

/** Conflicts of a point, or of all points of a network without an id, newest first. */
export async function listConflicts(
  db: Queryable,
  point: { readonly organisationId: string; readonly id?: string | undefined },
  isOpen: boolean,
  limit: number,
): Promise<readonly RecordedAction[]> {
  const open = isOpen ? sql` and resolved_at is null` : sql``;
  const here = point.id === undefined ? sql`` : sql` and point_id = ${point.id}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from shelves.device_action
    where organisation_id = ${point.organisationId}${here} and outcome = 'conflict'${open}
    order by received_at desc, client_id limit ${limit}`);
  return rows.map(actionOf);
}

/** False when there is no open conflict of this name. */
export async function resolveConflict(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string },
  named: { readonly deviceId: string; readonly clientId: string },
  by: { readonly resolution: string; readonly byCaller: string },
  now: Instant,
): Promise<boolean> {
  const changed = await db.run(sql`
    update shelves.device_action set resolved_at = ${now}, resolved_by = ${by.byCaller}, resolution = ${by.resolution}
    where organisation_id = ${point.organisationId} and point_id = ${point.id} and device_id = ${named.deviceId}
      and client_id = ${named.clientId} and outcome = 'conflict' and resolved_at is null`);
  return changed === 1;
}

/** The money that a conflict asked for is recorded. */
export async function resolveCashConflict(
  db: Queryable,
  parcel: { readonly organisationId: string; readonly id: string },
  byCaller: string,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update shelves.device_action set resolved_at = ${now}, resolved_by = ${byCaller}, resolution = 'cash_recorded'
    where organisation_id = ${parcel.organisationId} and shelf_parcel_id = ${parcel.id} and conflict = 'cash_open'
      and resolved_at is null`);
}
