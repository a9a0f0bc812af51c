import { type Queryable, sql } from '../../platform/db/index.ts';
import type { CountryCode, Instant, OrganisationId } from '../kernel/index.ts';
import type { Area, AreaException, AreaId, Slot, WorkingHours } from './model.ts';
import type { PickupWindow } from './window.policy.ts';

type AreaRow = {
  organisation_id: OrganisationId;
  area_id: AreaId;
  code: string;
  serves_network: boolean;
  country: CountryCode;
  divisions: string[];
  postcode_prefixes: string[];
  zone: string;
  working_hours: WorkingHours[];
  exceptions: AreaException[];
  slot: Slot;
  lead_minutes: number;
  horizon_days: number;
  is_on: boolean;
  has_capacities: boolean;
};

const AREA = sql`select organisation_id, area_id, code, serves_network, country, divisions, postcode_prefixes, zone, working_hours,
  exceptions, slot, lead_minutes, horizon_days, is_on, has_capacities from pickups.area`;

function areaOf(row: AreaRow): Area {
  return {
    id: row.area_id,
    organisationId: row.organisation_id,
    code: row.code,
    servesNetwork: row.serves_network,
    country: row.country,
    divisions: row.divisions,
    postcodePrefixes: row.postcode_prefixes,
    zone: row.zone,
    workingHours: row.working_hours,
    exceptions: row.exceptions,
    slot: row.slot,
    leadMinutes: row.lead_minutes,
    horizonDays: row.horizon_days,
    isOn: row.is_on,
    hasCapacities: row.has_capacities,
  };
}

/** False when the organisation has another area of this code. */
export async function insertArea(db: Queryable, area: Area, now: Instant): Promise<boolean> {
  const written = await db.run(sql`
    insert into pickups.area (organisation_id, area_id, code, serves_network, country, divisions, postcode_prefixes, zone,
      working_hours, exceptions, slot, lead_minutes, horizon_days, is_on, has_capacities, changed_at)
    values (${area.organisationId}, ${area.id}, ${area.code}, ${area.servesNetwork}, ${area.country}, ${area.divisions},
      ${area.postcodePrefixes}, ${area.zone}, ${JSON.stringify(area.workingHours)}::jsonb, ${JSON.stringify(area.exceptions)}::jsonb,
      ${area.slot}, ${area.leadMinutes}, ${area.horizonDays}, ${area.isOn}, ${area.hasCapacities}, ${now})
    on conflict (organisation_id, code) do nothing`);
  return written === 1;
}

/** Country and code stay as they were. */
export async function updateArea(db: Queryable, area: Area, now: Instant): Promise<void> {
  await db.run(sql`
    update pickups.area set divisions = ${area.divisions}, postcode_prefixes = ${area.postcodePrefixes}, zone = ${area.zone},
      working_hours = ${JSON.stringify(area.workingHours)}::jsonb, exceptions = ${JSON.stringify(area.exceptions)}::jsonb,
      slot = ${area.slot}, lead_minutes = ${area.leadMinutes}, horizon_days = ${area.horizonDays}, is_on = ${area.isOn}, changed_at = ${now}
    where organisation_id = ${area.organisationId} and area_id = ${area.id}`);
}

export async function findArea(db: Queryable, id: string): Promise<Area | undefined> {
  const row = await db.maybeRow<AreaRow>(sql`${AREA} where area_id = ${id}`);
  return row === undefined ? undefined : areaOf(row);
}

export async function listAreas(
  db: Queryable,
  organisationId: string,
  after: string,
  limit: number,
): Promise<Area[]> {
  const rows = await db.rows<AreaRow>(sql`
    ${AREA} where organisation_id = ${organisationId} and area_id > ${after} order by area_id limit ${limit}`);
  return rows.map(areaOf);
}

/** Areas of a country that are on: of these carriers, and of the network's own couriers. */
export async function listAreasServing(
  db: Queryable,
  country: string,
  carrierIds: readonly string[],
): Promise<Area[]> {
  const rows = await db.rows<AreaRow>(sql`
    ${AREA} where country = ${country} and is_on and has_capacities and (serves_network or organisation_id = any(${carrierIds}))
    order by serves_network, organisation_id, area_id`);
  return rows.map(areaOf);
}

/** How many of these ids are areas of the organisation. */
export async function countAreas(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from pickups.area where organisation_id = ${organisationId} and area_id = any(${ids})`);
  return row.count;
}

/** `day`: `daily` or a local date; `hour`: 0 to 23, local. */
export type CapacityRule = { readonly day: string; readonly hour: number; readonly capacity: number };
type AreaKey = { readonly organisationId: string; readonly areaId: string };

/**
 * Writes capacities, `full` in place of all that were there. Holds the area's row, so that no reservation makes an
 * hour from the old rules meanwhile.
 */
export async function writeCapacities(
  db: Queryable,
  key: AreaKey,
  rules: readonly CapacityRule[],
  isFull: boolean,
): Promise<void> {
  const { organisationId, areaId } = key;
  await db.run(sql`
    update pickups.area set has_capacities = true where organisation_id = ${organisationId} and area_id = ${areaId}`);
  if (isFull) {
    await db.run(
      sql`delete from pickups.capacity_rule where organisation_id = ${organisationId} and area_id = ${areaId}`,
    );
  }
  await db.run(sql`
    insert into pickups.capacity_rule (organisation_id, area_id, day, hour, capacity)
    select ${organisationId}, ${areaId}, day, hour, capacity
    from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as r(day text, hour smallint, capacity integer)
    on conflict (organisation_id, area_id, day, hour) do update set capacity = excluded.capacity`);
}

export async function listCapacityRules(db: Queryable, key: AreaKey): Promise<CapacityRule[]> {
  return db.rows<CapacityRule>(sql`
    select day, hour, capacity from pickups.capacity_rule
    where organisation_id = ${key.organisationId} and area_id = ${key.areaId} order by day, hour`);
}

/** Hours that exist already follow the new rules, but never below what is taken of them. */
export async function applyCapacities(
  db: Queryable,
  key: AreaKey,
  zone: string,
  from: Instant,
): Promise<void> {
  await db.run(sql`
    update pickups.capacity_hour h set capacity = greatest(h.reserved + h.used, coalesce(
      (select r.capacity from pickups.capacity_rule r where r.organisation_id = h.organisation_id and r.area_id = h.area_id
        and r.day = to_char(h.starts_at at time zone ${zone}, 'YYYY-MM-DD') and r.hour = extract(hour from h.starts_at at time zone ${zone})),
      (select r.capacity from pickups.capacity_rule r where r.organisation_id = h.organisation_id and r.area_id = h.area_id
        and r.day = 'daily' and r.hour = extract(hour from h.starts_at at time zone ${zone})), 0))
    where h.organisation_id = ${key.organisationId} and h.area_id = ${key.areaId} and h.starts_at >= ${from}`);
}

/** What is left of each hour of these windows: rule, or the hour itself where something was reserved before. */
export async function listHoursLeft(
  db: Queryable,
  key: AreaKey,
  hours: readonly { readonly startsAt: Instant; readonly hour: number; readonly date: string }[],
): Promise<Map<Instant, number>> {
  const rows = await db.rows<{ starts_at: Instant; left: number }>(sql`
    select w.starts_at, coalesce(h.capacity - h.reserved - h.used, d.capacity, g.capacity, 0) as left
    from unnest(${hours.map((item) => item.startsAt)}::timestamptz[], ${hours.map((item) => item.hour)}::smallint[],
      ${hours.map((item) => item.date)}::text[]) as w(starts_at, hour, date)
    left join pickups.capacity_hour h on h.organisation_id = ${key.organisationId} and h.area_id = ${key.areaId} and h.starts_at = w.starts_at
    left join pickups.capacity_rule d on d.organisation_id = ${key.organisationId} and d.area_id = ${key.areaId} and d.day = w.date and d.hour = w.hour
    left join pickups.capacity_rule g on g.organisation_id = ${key.organisationId} and g.area_id = ${key.areaId} and g.day = 'daily' and g.hour = w.hour`);
  return new Map(rows.map((row) => [row.starts_at, row.left]));
}

/**
 * Takes one visit from the first hour of a window that has one left; answers the hour, or undefined when all are
 * full. Any number of clients at once: the row is locked, looked at again, and only then written; a CHECK stands behind.
 */
export async function reserveHour(
  db: Queryable,
  key: AreaKey,
  window: PickupWindow,
  date: string,
): Promise<Instant | undefined> {
  const { organisationId, areaId } = key;
  await db.rows(
    sql`select 1 from pickups.area where organisation_id = ${organisationId} and area_id = ${areaId} for share`,
  );
  const starts = window.hours.map((item) => item.startsAt);
  await db.run(sql`
    insert into pickups.capacity_hour (organisation_id, area_id, starts_at, capacity)
    select ${organisationId}, ${areaId}, w.starts_at, coalesce(d.capacity, g.capacity)
    from unnest(${starts}::timestamptz[], ${window.hours.map((item) => item.hour)}::smallint[]) as w(starts_at, hour)
    left join pickups.capacity_rule d on d.organisation_id = ${organisationId} and d.area_id = ${areaId} and d.day = ${date} and d.hour = w.hour
    left join pickups.capacity_rule g on g.organisation_id = ${organisationId} and g.area_id = ${areaId} and g.day = 'daily' and g.hour = w.hour
    where coalesce(d.capacity, g.capacity) is not null
    order by w.starts_at
    on conflict (organisation_id, area_id, starts_at) do nothing`);
  const open = await db.maybeRow<{ starts_at: Instant }>(sql`
    select starts_at from pickups.capacity_hour
    where organisation_id = ${organisationId} and area_id = ${areaId} and starts_at = any(${starts}::timestamptz[])
      and reserved + used < capacity
    order by starts_at limit 1 for update`);
  if (open === undefined) return undefined;
  const taken = await db.run(sql`
    update pickups.capacity_hour set reserved = reserved + 1
    where organisation_id = ${organisationId} and area_id = ${areaId} and starts_at = ${open.starts_at} and reserved + used < capacity`);
  return taken === 1 ? open.starts_at : undefined;
}

/** Ends a reservation: `use` when the visit was made, `release` when it was not. */
export async function endReservation(
  db: Queryable,
  key: AreaKey,
  startsAt: Instant,
  how: 'use' | 'release',
): Promise<void> {
  await db.run(sql`
    update pickups.capacity_hour set reserved = reserved - 1, used = used + ${how === 'use' ? 1 : 0}
    where organisation_id = ${key.organisationId} and area_id = ${key.areaId} and starts_at = ${startsAt}`);
}
