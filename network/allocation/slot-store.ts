import { type Queryable, sql } from '../../platform/db/index.ts';
import { addMs, type Instant, type OrganisationId, type PointId } from '../kernel/index.ts';
import type { FullState } from '../locator/index.ts';
import type { PointService } from '../points/index.ts';
import type { Places } from './capacity.policy.ts';

export type PointKey = { readonly organisationId: OrganisationId; readonly pointId: PointId };
export type SlotKey = PointKey & { readonly service: PointService; readonly startsAt: Instant };

type PlacesRow = Places & { starts_at: Instant };

function placesOf({ published, capacity, reserved, used, beyond }: Places): Places {
  return { published, capacity, reserved, used, beyond };
}

/** From here on an attempt at a point can be undone as if it had never been, with the locks that it took. */
export function openAttempt(db: Queryable): void {
  db.later(sql`savepoint allocation_attempt`);
}

/** In the scope in which the attempt was opened: PostgreSQL goes back to that as well. */
export async function undoAttempt(db: Queryable): Promise<void> {
  await db.run(sql`rollback to savepoint allocation_attempt`);
}

/** Makes hours that nobody has touched yet. `published`: by the caller's reading of the plan, which it holds. */
export async function insertSlots(
  db: Queryable,
  key: PointKey & { readonly service: PointService },
  slots: readonly { readonly startsAt: Instant; readonly published: number }[],
): Promise<void> {
  await db.run(sql`
    insert into allocation.slot (organisation_id, point_id, service, starts_at, published, capacity)
    select ${key.organisationId}, ${key.pointId}, ${key.service}, starts_at, published, published
    from unnest(${slots.map((slot) => slot.startsAt)}::timestamptz[], ${slots.map((slot) => slot.published)}::integer[])
      as s(starts_at, published)
    order by starts_at
    on conflict (organisation_id, point_id, service, starts_at) do nothing`);
}

/** Locked in the order of time. Hours that were never touched are absent. */
export async function lockSlots(
  db: Queryable,
  key: PointKey & { readonly service: PointService },
  hours: readonly Instant[],
): Promise<Map<Instant, Places>> {
  const rows = await db.rows<PlacesRow>(sql`
    select starts_at, published, capacity, reserved, used, beyond from allocation.slot
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} and service = ${key.service}
      and starts_at = any(${hours}::timestamptz[])
    order by starts_at for update`);
  return new Map(rows.map((row) => [row.starts_at, placesOf(row)]));
}

/** Has anybody touched the shelf of a point, or an hour that is not over? */
export async function hasPlaces(db: Queryable, key: PointKey, now: Instant): Promise<boolean> {
  const { organisationId, pointId } = key;
  const row = await db.row<{ found: boolean }>(sql`
    select exists (select from allocation.shelf where organisation_id = ${organisationId} and point_id = ${pointId})
      or exists (select from allocation.slot where organisation_id = ${organisationId} and point_id = ${pointId}
        and starts_at > ${addMs(now, -3_600_000)}) as found`);
  return row.found;
}

/** Locks all hours of a point from a moment on, of every service. */
export async function lockSlotsFrom(
  db: Queryable,
  key: PointKey,
  from: Instant,
): Promise<{ service: PointService; startsAt: Instant; places: Places }[]> {
  const rows = await db.rows<PlacesRow & { service: PointService }>(sql`
    select service, starts_at, published, capacity, reserved, used, beyond from allocation.slot
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} and starts_at >= ${from}
    order by service, starts_at for update`);
  return rows.map((row) => ({ service: row.service, startsAt: row.starts_at, places: placesOf(row) }));
}

export function saveSlot(db: Queryable, key: SlotKey, places: Places): void {
  db.later(sql`
    update allocation.slot set published = ${places.published}, capacity = ${places.capacity},
      reserved = ${places.reserved}, used = ${places.used}, beyond = ${places.beyond}
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} and service = ${key.service}
      and starts_at = ${key.startsAt}`);
}

export async function insertShelf(db: Queryable, key: PointKey, published: number): Promise<void> {
  await db.run(sql`
    insert into allocation.shelf (organisation_id, point_id, published, capacity)
    values (${key.organisationId}, ${key.pointId}, ${published}, ${published})
    on conflict (organisation_id, point_id) do nothing`);
}

export async function lockShelf(db: Queryable, key: PointKey): Promise<Places | undefined> {
  const row = await db.maybeRow<Places>(sql`
    select published, capacity, reserved, used, beyond from allocation.shelf
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId} for update`);
  return row === undefined ? undefined : placesOf(row);
}

export function saveShelf(db: Queryable, key: PointKey, places: Places): void {
  db.later(sql`
    update allocation.shelf set published = ${places.published}, capacity = ${places.capacity},
      reserved = ${places.reserved}, used = ${places.used}, beyond = ${places.beyond}
    where organisation_id = ${key.organisationId} and point_id = ${key.pointId}`);
}

/** `lapsed`: places of reservations that are over although nobody has ended them yet. */
export type SeenSlot = { readonly startsAt: Instant; readonly places: Places; readonly lapsed: number };
export type SlotWindow = {
  readonly service: PointService;
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
};

/** Touched hours of a window of several points, by point. */
export async function listSlots(
  db: Queryable,
  points: readonly PointKey[],
  window: SlotWindow,
): Promise<Map<PointId, SeenSlot[]>> {
  const rows = await db.rows<PlacesRow & { point_id: PointId; lapsed: number }>(sql`
    select s.point_id, s.starts_at, s.published, s.capacity, s.reserved, s.used, s.beyond,
      coalesce((select sum(r.parcels) from allocation.reservation r where r.organisation_id = s.organisation_id
        and r.point_id = s.point_id and r.service = s.service and r.starts_at = s.starts_at and r.state = 'held'
        and r.expires_at <= ${window.now}), 0)::integer as lapsed
    from unnest(${points.map((key) => key.organisationId)}::text[], ${points.map((key) => key.pointId)}::text[])
      as k(organisation_id, point_id)
    join allocation.slot s on s.organisation_id = k.organisation_id and s.point_id = k.point_id
    where s.service = ${window.service} and s.starts_at >= ${window.from} and s.starts_at < ${window.to}
    order by s.starts_at`);
  const found = new Map<PointId, SeenSlot[]>();
  for (const row of rows) {
    found
      .getOrInsertComputed(row.point_id, () => [])
      .push({ startsAt: row.starts_at, places: placesOf(row), lapsed: row.lapsed });
  }
  return found;
}

export async function listShelves(
  db: Queryable,
  points: readonly PointKey[],
  now: Instant,
): Promise<Map<PointId, Omit<SeenSlot, 'startsAt'>>> {
  const rows = await db.rows<Places & { point_id: PointId; lapsed: number }>(sql`
    select h.point_id, h.published, h.capacity, h.reserved, h.used, h.beyond,
      coalesce((select sum(r.parcels) from allocation.reservation r where r.organisation_id = h.organisation_id
        and r.point_id = h.point_id and r.service = 'collect' and r.state = 'held' and r.expires_at <= ${now}), 0)::integer as lapsed
    from unnest(${points.map((key) => key.organisationId)}::text[], ${points.map((key) => key.pointId)}::text[])
      as k(organisation_id, point_id)
    join allocation.shelf h on h.organisation_id = k.organisation_id and h.point_id = k.point_id`);
  return new Map(rows.map((row) => [row.point_id, { places: placesOf(row), lapsed: row.lapsed }]));
}

/** An hour (or the shelf, without one) became full or free. Under the lock of its row. */
export function writeOccupancy(
  db: Queryable,
  key: PointKey & { readonly service: PointService; readonly startsAt: Instant | undefined },
  isFull: boolean,
): void {
  db.later(sql`
    insert into allocation.occupancy (organisation_id, point_id, service, starts_at, is_full)
    values (${key.organisationId}, ${key.pointId}, ${key.service}, coalesce(${key.startsAt}::timestamptz, '-infinity'), ${isFull})
    on conflict (organisation_id, point_id, service, starts_at)
      do update set is_full = excluded.is_full, change_xid = pg_current_xact_id()`);
}

/**
 * What became full or free in transactions that were not all over at `horizon` (a transaction id as text; undefined:
 * all that is full), and the horizon to ask with next. One statement, so that nothing falls between the two.
 */
export async function listOccupancySince(
  db: Queryable,
  horizon: string | undefined,
): Promise<{ states: FullState[]; horizon: string }> {
  const since = horizon === undefined ? sql`o.is_full` : sql`o.change_xid >= ${horizon}::text::xid8`;
  const rows = await db.rows<{
    point_id: PointId | null;
    service: PointService;
    starts_at: Instant | null;
    is_full: boolean;
    horizon: string;
  }>(sql`
    select o.point_id, o.service, case when o.starts_at = '-infinity' then null else o.starts_at end as starts_at, o.is_full,
      n.horizon
    from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon) n
    left join allocation.occupancy o on ${since}`);
  const states = rows.flatMap((row) =>
    row.point_id === null
      ? []
      : [
          {
            pointId: row.point_id,
            service: row.service,
            startsAt: row.starts_at ?? undefined,
            isFull: row.is_full,
          },
        ],
  );
  return { states, horizon: rows[0]?.horizon ?? '0' };
}

/** Hours of a network since a moment into which more came than was offered, the newest first. */
export async function listBeyond(
  db: Queryable,
  organisationId: string,
  since: Instant,
  limit: number,
): Promise<{ pointId: PointId; service: PointService; startsAt: Instant; places: Places }[]> {
  const rows = await db.rows<PlacesRow & { point_id: PointId; service: PointService }>(sql`
    select point_id, service, starts_at, published, capacity, reserved, used, beyond from allocation.slot
    where organisation_id = ${organisationId} and starts_at >= ${since} and beyond > 0
    order by starts_at desc, point_id, service limit ${limit}`);
  return rows.map((row) => ({
    pointId: row.point_id,
    service: row.service,
    startsAt: row.starts_at,
    places: placesOf(row),
  }));
}

/** Hours that are over need no index. */
export async function purgeOccupancy(db: Queryable, before: Instant): Promise<void> {
  await db.run(sql`delete from allocation.occupancy where starts_at < ${before} and starts_at > '-infinity'`);
}

/**
 * Deletes the oldest hours before a moment in which nothing is held, at most so many; answers how many. In the network's
 * scope. What somebody has locked is left for the next time.
 */
export async function purgeSlots(db: Queryable, before: Instant, limit: number): Promise<number> {
  return db.run(sql`
    delete from allocation.slot where (organisation_id, point_id, service, starts_at) in (
      select organisation_id, point_id, service, starts_at from allocation.slot
      where starts_at < ${before} and reserved = 0 order by starts_at limit ${limit} for update skip locked)`);
}
