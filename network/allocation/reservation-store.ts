import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import type { DecisionId, Demand, Reservation, ReservationId, ReservationState } from './model.ts';
import type { PointKey } from './slot-store.ts';

type Row = {
  organisation_id: OrganisationId;
  reservation_id: ReservationId;
  point_id: PointId;
  service: PointService;
  starts_at: Instant;
  parcels: number;
  subject_kind: Demand['subject']['kind'];
  subject_id: string;
  made_for: OrganisationId | null;
  state: ReservationState;
  reason: string | null;
  decision_id: DecisionId;
  version: number;
  expires_at: Instant;
  made_at: Instant;
  changed_at: Instant;
};

const RESERVATION = sql`
  select organisation_id, reservation_id, point_id, service, starts_at, parcels, subject_kind, subject_id, made_for, state,
    reason, decision_id, version, expires_at, made_at, changed_at
  from allocation.reservation`;

function reservationOf(row: Row): Reservation {
  return {
    id: row.reservation_id,
    organisationId: row.organisation_id,
    pointId: row.point_id,
    service: row.service,
    startsAt: row.starts_at,
    parcels: row.parcels,
    subject: { kind: row.subject_kind, id: row.subject_id },
    madeFor: row.made_for ?? undefined,
    state: row.state,
    reason: row.reason ?? undefined,
    decisionId: row.decision_id,
    version: row.version,
    expiresAt: row.expires_at,
    madeAt: row.made_at,
    changedAt: row.changed_at,
  };
}

export function insertReservation(db: Queryable, one: Reservation): void {
  db.later(sql`
    insert into allocation.reservation (organisation_id, reservation_id, point_id, service, starts_at, parcels, subject_kind,
      subject_id, made_for, state, reason, decision_id, version, expires_at, made_at, changed_at)
    values (${one.organisationId}, ${one.id}, ${one.pointId}, ${one.service}, ${one.startsAt}, ${one.parcels},
      ${one.subject.kind}, ${one.subject.id}, ${one.madeFor}, ${one.state}, ${one.reason}, ${one.decisionId}, ${one.version},
      ${one.expiresAt}, ${one.madeAt}, ${one.changedAt})`);
}

/** Network scope, or the point's, or nobody sees it. */
export async function findReservation(db: Queryable, id: string): Promise<Reservation | undefined> {
  const row = await db.maybeRow<Row>(sql`${RESERVATION} where reservation_id = ${id}`);
  return row === undefined ? undefined : reservationOf(row);
}

/** After its hour and shelf, never before: who holds those decides about it. */
export async function lockReservation(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Reservation | undefined> {
  const row = await db.maybeRow<Row>(sql`
    ${RESERVATION} where organisation_id = ${organisationId} and reservation_id = ${id} for update`);
  return row === undefined ? undefined : reservationOf(row);
}

export function saveReservation(db: Queryable, one: Reservation): void {
  db.later(sql`
    update allocation.reservation set state = ${one.state}, reason = ${one.reason}, version = ${one.version},
      expires_at = ${one.expiresAt}, changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and reservation_id = ${one.id}`);
}

/** Held ones of a service of a point whose time is over; of these hours only, when given. Locked. */
export async function lockLapsed(
  db: Queryable,
  key: PointKey & { readonly service: PointService },
  hours: readonly Instant[] | undefined,
  now: Instant,
): Promise<Reservation[]> {
  const rows = await db.rows<Row>(sql`
    ${RESERVATION} where organisation_id = ${key.organisationId} and point_id = ${key.pointId} and service = ${key.service}
      and state = 'held' and expires_at <= ${now} and (${hours ?? null}::timestamptz[] is null or starts_at = any(${hours ?? null}::timestamptz[]))
    order by starts_at, reservation_id for update`);
  return rows.map(reservationOf);
}

/** Of the point network that has the places, or of the organisation that asked for them. From the newest down. */
export async function listReservations(
  db: Queryable,
  organisationId: string,
  filter: {
    readonly pointId?: string | undefined;
    readonly state?: ReservationState | undefined;
    readonly before?: string | undefined;
    readonly limit: number;
  },
): Promise<Reservation[]> {
  const rows = await db.rows<Row>(sql`
    ${RESERVATION} where (organisation_id = ${organisationId} or made_for = ${organisationId})
      and (${filter.pointId}::text is null or point_id = ${filter.pointId})
      and (${filter.state}::text is null or state = ${filter.state})
      and (${filter.before}::text is null or reservation_id < ${filter.before})
    order by reservation_id desc limit ${filter.limit}`);
  return rows.map(reservationOf);
}

/** Deletes the oldest of those that ended before a moment, at most so many; answers how many. In the network's scope. */
export async function purgeReservations(db: Queryable, before: Instant, limit: number): Promise<number> {
  return db.run(sql`
    delete from allocation.reservation where (organisation_id, reservation_id) in (
      select organisation_id, reservation_id from allocation.reservation
      where state <> 'held' and changed_at < ${before} order by changed_at limit ${limit})`);
}
