import { type Queryable, sql } from '../../platform/db/index.ts';
import type { ReservationId } from '../allocation/index.ts';
import type { Instant, Money, OrganisationId, ParcelId, PartyRef, PointId } from '../kernel/index.ts';
import {
  type CashMethod,
  type Consent,
  type ExceptionKind,
  type HandOutWay,
  HELD_STATES,
  type ShelfParcel,
  type ShelfParcelId,
  type ShelfState,
  type Size,
} from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  shelf_parcel_id: ShelfParcelId;
  point_id: PointId;
  version: number;
  state: ShelfState;
  number: string;
  carrier_code: string | null;
  parcel_id: ParcelId | null;
  announced_by: OrganisationId;
  client_platform_id: OrganisationId | null;
  recipient_ref: PartyRef | null;
  consent: Consent | null;
  reservation_id: ReservationId | null;
  size: Size;
  place: string | null;
  code: string | null;
  wrong_tries: number;
  stored_at: Instant | null;
  free_until: Instant | null;
  return_at: Instant | null;
  is_extended: boolean;
  rung: number;
  handed_out_at: Instant | null;
  handed_out_by: HandOutWay | null;
  cash_on_delivery: Money | null;
  cash_paid_by: CashMethod | null;
  cash_open_until: Instant | null;
  cash_charged_at: Instant | null;
  storage_fee: Money | null;
  exception: ExceptionKind | null;
  reason: string | null;
  notices: number;
  notice_day: string | null;
  notices_of_day: number;
  lease_device: string | null;
  lease_until: Instant | null;
  announced_at: Instant;
  changed_at: Instant;
};

const COLUMNS = sql`organisation_id, shelf_parcel_id, point_id, version, state, number, carrier_code, parcel_id, announced_by,
  client_platform_id, recipient_ref, consent, reservation_id, size, place, code, wrong_tries, stored_at, free_until, return_at,
  is_extended, rung, handed_out_at, handed_out_by, cash_on_delivery, cash_paid_by,
  cash_open_until, cash_charged_at, storage_fee, exception, reason, notices, notice_day::text as notice_day, notices_of_day, lease_device, lease_until, announced_at, changed_at`;

function parcelOf(row: Row): ShelfParcel {
  return {
    id: row.shelf_parcel_id,
    organisationId: row.organisation_id,
    pointId: row.point_id,
    version: row.version,
    state: row.state,
    number: row.number,
    carrierCode: row.carrier_code ?? undefined,
    parcelId: row.parcel_id ?? undefined,
    announcedBy: row.announced_by,
    clientPlatformId: row.client_platform_id ?? undefined,
    recipientRef: row.recipient_ref ?? undefined,
    consent: row.consent ?? undefined,
    reservationId: row.reservation_id ?? undefined,
    size: row.size,
    place: row.place ?? undefined,
    code: row.code ?? undefined,
    wrongTries: row.wrong_tries,
    storedAt: row.stored_at ?? undefined,
    freeUntil: row.free_until ?? undefined,
    returnAt: row.return_at ?? undefined,
    isExtended: row.is_extended,
    rung: row.rung,
    handedOutAt: row.handed_out_at ?? undefined,
    handedOutBy: row.handed_out_by ?? undefined,
    cashOnDelivery: row.cash_on_delivery ?? undefined,
    cashPaidBy: row.cash_paid_by ?? undefined,
    cashOpenUntil: row.cash_open_until ?? undefined,
    cashChargedAt: row.cash_charged_at ?? undefined,
    storageFee: row.storage_fee ?? undefined,
    exception: row.exception ?? undefined,
    reason: row.reason ?? undefined,
    notices: row.notices,
    noticeDay: row.notice_day ?? undefined,
    noticesOfDay: row.notices_of_day,
    lease:
      row.lease_device === null || row.lease_until === null
        ? undefined
        : { deviceId: row.lease_device, until: row.lease_until },
    announcedAt: row.announced_at,
    changedAt: row.changed_at,
  };
}

/** False when the number is at a point of the network, or on its way to one. */
export async function insertParcel(db: Queryable, one: ShelfParcel): Promise<boolean> {
  const stored = await db.run(sql`
    insert into shelves.parcel (organisation_id, shelf_parcel_id, point_id, version, state, number, carrier_code, parcel_id,
      announced_by, client_platform_id, recipient_ref, consent, reservation_id, size, cash_on_delivery, announced_at,
      changed_at)
    values (${one.organisationId}, ${one.id}, ${one.pointId}, ${one.version}, ${one.state}, ${one.number}, ${one.carrierCode},
      ${one.parcelId}, ${one.announcedBy}, ${one.clientPlatformId}, ${one.recipientRef},
      ${one.consent === undefined ? null : JSON.stringify(one.consent)}::jsonb, ${one.reservationId}, ${one.size},
      ${one.cashOnDelivery ?? null}::jsonb, ${one.announcedAt}, ${one.changedAt})
    on conflict do nothing`);
  return stored > 0;
}

/** What was done, beside the parcel as it is after it. */
export type StepRecord = {
  readonly version: number;
  readonly fact: string;
  readonly state: ShelfState;
  readonly detail: object | undefined;
  readonly byCaller: string;
  readonly deviceId: string | undefined;
  readonly clientId: string | undefined;
  readonly occurredAt: Instant;
};

/** Saves all that may change, and its new steps. The caller has locked it. */
export async function saveParcel(
  db: Queryable,
  one: ShelfParcel,
  steps: readonly StepRecord[],
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update shelves.parcel set version = ${one.version}, state = ${one.state}, parcel_id = ${one.parcelId},
      point_id = ${one.pointId}, consent = ${one.consent === undefined ? null : JSON.stringify(one.consent)}::jsonb,
      reservation_id = ${one.reservationId}, size = ${one.size}, place = ${one.place}, code = ${one.code},
      wrong_tries = ${one.wrongTries}, stored_at = ${one.storedAt}, free_until = ${one.freeUntil}, return_at = ${one.returnAt},
      is_extended = ${one.isExtended}, rung = ${one.rung}, handed_out_at = ${one.handedOutAt},
      handed_out_by = ${one.handedOutBy}, cash_paid_by = ${one.cashPaidBy}, cash_open_until = ${one.cashOpenUntil},
      cash_charged_at = ${one.cashChargedAt}, storage_fee = ${one.storageFee === undefined ? null : JSON.stringify(one.storageFee)}::jsonb,
      exception = ${one.exception}, reason = ${one.reason}, notices = ${one.notices}, notice_day = ${one.noticeDay},
      notices_of_day = ${one.noticesOfDay}, lease_device = ${one.lease?.deviceId}, lease_until = ${one.lease?.until},
      changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and shelf_parcel_id = ${one.id}`);
  for (const step of steps)
    await db.run(sql`
      insert into shelves.step (organisation_id, shelf_parcel_id, version, fact, state, detail, by_caller, device_id, client_id,
        occurred_at, recorded_at)
      values (${one.organisationId}, ${one.id}, ${step.version}, ${step.fact}, ${step.state},
        ${step.detail === undefined ? null : JSON.stringify(step.detail)}::jsonb, ${step.byCaller}, ${step.deviceId},
        ${step.clientId}, ${step.occurredAt}, ${now})`);
}

export async function findShelfParcel(db: Queryable, id: string): Promise<ShelfParcel | undefined> {
  const row = await db.maybeRow<Row>(
    sql`select ${COLUMNS} from shelves.parcel where shelf_parcel_id = ${id}`,
  );
  return row === undefined ? undefined : parcelOf(row);
}

export async function lockShelfParcel(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<ShelfParcel | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from shelves.parcel
    where organisation_id = ${organisationId} and shelf_parcel_id = ${id} for update`);
  return row === undefined ? undefined : parcelOf(row);
}

/** The one that is on its way to a point of the network, or lies there. */
export async function lockByNumber(
  db: Queryable,
  organisationId: string,
  number: string,
): Promise<ShelfParcel | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from shelves.parcel
    where organisation_id = ${organisationId} and number = ${number}
      and state in ('announced', 'stored', 'exception', 'returning') for update`);
  return row === undefined ? undefined : parcelOf(row);
}

/** The newest of a number whatever became of it. */
export async function lockNewestOfNumber(
  db: Queryable,
  organisationId: string,
  number: string,
): Promise<ShelfParcel | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from shelves.parcel where organisation_id = ${organisationId} and number = ${number}
    order by shelf_parcel_id desc limit 1 for update`);
  return row === undefined ? undefined : parcelOf(row);
}

/** The newest of each parcel, in the scope's sight. */
export async function listOfParcels(db: Queryable, parcelIds: readonly string[]): Promise<ShelfParcel[]> {
  const rows = await db.rows<Row>(sql`
    select distinct on (parcel_id) ${COLUMNS} from shelves.parcel where parcel_id = any(${parcelIds})
    order by parcel_id, shelf_parcel_id desc`);
  return rows.map(parcelOf);
}

export type ShelfFilter = {
  readonly pointId: string | undefined;
  readonly states: readonly ShelfState[] | undefined;
  readonly number: string | undefined;
  readonly code: string | undefined;
  readonly overdueAt: Instant | undefined;
};
/** Whose: all, those at the points of a network, or those that an organisation or its merchants announced. */
export type ShelfViewer = 'network' | { readonly owner: string } | { readonly announcer: string };

/** Newest first, before an id. */
export async function listShelfParcels(
  db: Queryable,
  viewer: ShelfViewer,
  filter: ShelfFilter,
  before: string | undefined,
  limit: number,
): Promise<ShelfParcel[]> {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'owner' in viewer
        ? sql`organisation_id = ${viewer.owner}`
        : sql`(announced_by = ${viewer.announcer} or client_platform_id = ${viewer.announcer})`;
  const point = filter.pointId === undefined ? sql`` : sql` and point_id = ${filter.pointId}`;
  const states = filter.states === undefined ? sql`` : sql` and state = any(${filter.states})`;
  const number = filter.number === undefined ? sql`` : sql` and number = ${filter.number}`;
  const code = filter.code === undefined ? sql`` : sql` and code = ${filter.code}`;
  const overdue =
    filter.overdueAt === undefined
      ? sql``
      : sql` and state = any(${HELD_STATES}) and free_until <= ${filter.overdueAt}`;
  const below = before === undefined ? sql`` : sql` and shelf_parcel_id < ${before}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from shelves.parcel
    where ${whose}${point}${states}${number}${code}${overdue}${below}
    order by shelf_parcel_id desc limit ${limit}`);
  return rows.map(parcelOf);
}

export type StepView = {
  readonly fact: string;
  readonly state: ShelfState;
  readonly detail: object | undefined;
  readonly deviceId: string | undefined;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

/** Everything that was recorded of one, in order. */
export async function listSteps(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<readonly StepView[]> {
  const rows = await db.rows<{
    fact: string;
    state: ShelfState;
    detail: object | null;
    device_id: string | null;
    occurred_at: Instant;
    recorded_at: Instant;
  }>(sql`
    select fact, state, detail, device_id, occurred_at, recorded_at from shelves.step
    where organisation_id = ${organisationId} and shelf_parcel_id = ${id} order by version`);
  return rows.map((row) => ({
    fact: row.fact,
    state: row.state,
    detail: row.detail ?? undefined,
    deviceId: row.device_id ?? undefined,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  }));
}

/** Facts after which a parcel is somewhere else, or in other hands. */
const CHANGES = [
  ...['stored', 'storing_undone', 'handed_out', 'hand_out_undone', 'excepted', 'restocked', 'voided'],
  ...['return_started', 'sent_back', 'cancelled'],
];
export type LastChange = {
  readonly fact: string;
  readonly deviceId: string | null;
  readonly clientId: string | null;
  readonly recordedAt: Instant;
  readonly detail: { readonly lease_until?: Instant } | null;
};

/** The last such fact of a parcel, and by which action of which device. */
export function findLastChange(
  db: Queryable,
  { organisationId, id }: Pick<ShelfParcel, 'organisationId' | 'id'>,
): Promise<LastChange | undefined> {
  return db.maybeRow<LastChange>(sql`
    select fact, device_id as "deviceId", client_id as "clientId", recorded_at as "recordedAt", detail from shelves.step
    where organisation_id = ${organisationId} and shelf_parcel_id = ${id} and fact = any(${CHANGES})
    order by version desc limit 1`);
}

/** When the latest of such facts happened, in whichever order they were told. */
export async function findLatestChange(
  db: Queryable,
  { organisationId, id }: Pick<ShelfParcel, 'organisationId' | 'id'>,
): Promise<Instant | undefined> {
  const row = await db.row<{ at: Instant | null }>(sql`
    select max(occurred_at) as at from shelves.step
    where organisation_id = ${organisationId} and shelf_parcel_id = ${id} and fact = any(${CHANGES})`);
  return row.at ?? undefined;
}

/** When a supervisor allowed codes again, the last time. */
export async function findUnlockedAt(
  db: Queryable,
  { organisationId, id }: Pick<ShelfParcel, 'organisationId' | 'id'>,
): Promise<Instant | undefined> {
  const row = await db.row<{ at: Instant | null }>(sql`
    select max(occurred_at) as at from shelves.step
    where organisation_id = ${organisationId} and shelf_parcel_id = ${id} and fact = 'code_unlocked'`);
  return row.at ?? undefined;
}

export type PlaceUse = { readonly place: string; readonly size: Size; readonly parcels: number };

/** What lies where. */
export async function shelfMap(
  db: Queryable,
  organisationId: string,
  pointId: string,
): Promise<readonly PlaceUse[]> {
  return db.rows<PlaceUse>(sql`
    select coalesce(place, '') as place, size, count(*)::int as parcels from shelves.parcel
    where organisation_id = ${organisationId} and point_id = ${pointId} and state = any(${HELD_STATES})
    group by 1, 2 order by 1, 2`);
}

/**
 * Whether something lies behind this door of a locker; a row of a shelf has room for many. Whoever asks next waits until
 * this transaction has ended: of two one gets it.
 */
export async function isDoorTaken(
  db: Queryable,
  point: { readonly organisationId: string; readonly id: string; readonly kind: string },
  place: string,
): Promise<boolean> {
  if (point.kind !== 'locker') return false;
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`shelves.place ${point.id} ${place}`}, 0))`,
  );
  const row = await db.maybeRow<{ taken: boolean }>(sql`
    select true as taken from shelves.parcel
    where organisation_id = ${point.organisationId} and point_id = ${point.id} and place = ${place}
      and state = any(${HELD_STATES}) limit 1`);
  return row !== undefined;
}

/** Of those that were at a point under a number without a parcel. In the network's scope. */
export async function noteParcel(db: Queryable, number: string, parcelId: string): Promise<void> {
  await db.run(sql`
    update shelves.parcel set parcel_id = ${parcelId}
    where number = ${number} and parcel_id is null and stored_at is not null`);
}

/** Of one network, in the order of their ids. */
export async function findShelfParcels(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<ShelfParcel[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from shelves.parcel where organisation_id = ${organisationId} and shelf_parcel_id = any(${ids})
    order by shelf_parcel_id`);
  return rows.map(parcelOf);
}

/** For what has a file of its own. */
export { COLUMNS as PARCEL_COLUMNS, parcelOf, type Row as ParcelRow };
