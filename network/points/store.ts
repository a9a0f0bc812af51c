import { joinSql, type Queryable, type SqlQuery, sql, unnestRows } from '../../platform/db/index.ts';
import type { CountryCode, Currency, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { Point, PointState } from './model.ts';

export type Row = {
  point_id: PointId;
  organisation_id: OrganisationId;
  outlet_code: string;
  name: string;
  kind: Point['kind'];
  services: Point['services'];
  goods_classes: string[];
  country: CountryCode;
  division_codes: string[];
  city: string;
  postcode: string | null;
  address_lines: string[];
  latitude: number;
  longitude: number;
  zone: string;
  hours: Point['hours'];
  exceptions: Point['exceptions'];
  service_range: Point['range'] | null;
  capacity: Point['capacity'];
  quality: number;
  fee_minor: number | null;
  fee_currency: Currency | null;
  test_behaviour: Point['testBehaviour'] | null;
  state: PointState;
  trial_until: Instant | null;
  paused_from: Instant | null;
  paused_until: Instant | null;
  exits_at: Instant | null;
  applied_at: Instant;
  changed_at: Instant;
  version: number;
};

export const POINT_COLUMNS = sql`point_id, organisation_id, outlet_code, name, kind, services, goods_classes, country, division_codes, city,
  postcode, address_lines, latitude, longitude, zone, hours, exceptions, service_range, capacity, quality, fee_minor, fee_currency,
  test_behaviour, state, trial_until, paused_from, paused_until, exits_at, applied_at, changed_at, version`;

export function pointOf(row: Row): Point {
  return {
    id: row.point_id,
    organisationId: row.organisation_id,
    outletCode: row.outlet_code,
    name: row.name,
    kind: row.kind,
    services: row.services,
    goodsClasses: row.goods_classes,
    country: row.country,
    divisionCodes: row.division_codes,
    city: row.city,
    postcode: row.postcode ?? undefined,
    addressLines: row.address_lines,
    position: { latitude: row.latitude, longitude: row.longitude },
    zone: row.zone,
    hours: row.hours,
    exceptions: row.exceptions,
    range: row.service_range ?? undefined,
    capacity: row.capacity,
    quality: row.quality,
    feePerParcel:
      row.fee_minor === null || row.fee_currency === null
        ? undefined
        : { amountMinor: row.fee_minor, currency: row.fee_currency },
    testBehaviour: row.test_behaviour ?? undefined,
    state: row.state,
    trialUntil: row.trial_until ?? undefined,
    pausedFrom: row.paused_from ?? undefined,
    pausedUntil: row.paused_until ?? undefined,
    exitsAt: row.exits_at ?? undefined,
    appliedAt: row.applied_at,
    changedAt: row.changed_at,
    version: row.version,
  };
}

const SOURCE = [
  ['point_id', 'text', (point: Point) => point.id],
  ['organisation_id', 'text', (point: Point) => point.organisationId],
  ['outlet_code', 'text', (point: Point) => point.outletCode],
  ['name', 'text', (point: Point) => point.name],
  ['kind', 'text', (point: Point) => point.kind],
  ['services', 'jsonb', (point: Point) => JSON.stringify(point.services)],
  ['goods_classes', 'jsonb', (point: Point) => JSON.stringify(point.goodsClasses)],
  ['country', 'text', (point: Point) => point.country],
  ['division_codes', 'jsonb', (point: Point) => JSON.stringify(point.divisionCodes)],
  ['city', 'text', (point: Point) => point.city],
  ['postcode', 'text', (point: Point) => point.postcode],
  ['address_lines', 'jsonb', (point: Point) => JSON.stringify(point.addressLines)],
  ['latitude', 'text', (point: Point) => String(point.position.latitude)],
  ['longitude', 'text', (point: Point) => String(point.position.longitude)],
  ['zone', 'text', (point: Point) => point.zone],
  ['hours', 'jsonb', (point: Point) => JSON.stringify(point.hours)],
  ['exceptions', 'jsonb', (point: Point) => JSON.stringify(point.exceptions)],
  [
    'service_range',
    'jsonb',
    (point: Point) => (point.range === undefined ? null : JSON.stringify(point.range)),
  ],
  ['capacity', 'jsonb', (point: Point) => JSON.stringify(point.capacity)],
  ['quality', 'smallint', (point: Point) => point.quality],
  ['fee_minor', 'bigint', (point: Point) => point.feePerParcel?.amountMinor],
  ['fee_currency', 'text', (point: Point) => point.feePerParcel?.currency],
  ['test_behaviour', 'text', (point: Point) => point.testBehaviour],
  ['state', 'text', (point: Point) => point.state],
  ['trial_until', 'timestamptz', (point: Point) => point.trialUntil],
  ['paused_from', 'timestamptz', (point: Point) => point.pausedFrom],
  ['paused_until', 'timestamptz', (point: Point) => point.pausedUntil],
  ['exits_at', 'timestamptz', (point: Point) => point.exitsAt],
  ['applied_at', 'timestamptz', (point: Point) => point.appliedAt],
  ['changed_at', 'timestamptz', (point: Point) => point.changedAt],
  ['version', 'bigint', (point: Point) => point.version],
] as const;

/** Arrays of arrays cannot travel in columns; they come as documents and are unpacked here. */
const VALUES = sql`s.point_id, s.organisation_id, s.outlet_code, s.name, s.kind,
  array(select jsonb_array_elements_text(s.services)), array(select jsonb_array_elements_text(s.goods_classes)), s.country,
  array(select jsonb_array_elements_text(s.division_codes)), s.city, s.postcode,
  array(select jsonb_array_elements_text(s.address_lines)), s.latitude::float8, s.longitude::float8, s.zone, s.hours,
  s.exceptions, s.service_range, s.capacity, s.quality, s.fee_minor, s.fee_currency, s.test_behaviour, s.state, s.trial_until,
  s.paused_from, s.paused_until, s.exits_at, s.applied_at, s.changed_at, s.version`;

/**
 * Writes points as they are given, new ones and those that are there. An outlet whose code another point of the network
 * has is left out. Answers how many were written.
 */
export async function savePoints(db: Queryable, points: readonly Point[]): Promise<number> {
  return db.run(sql`
    insert into points.point (${POINT_COLUMNS}) select ${VALUES} from ${unnestRows('s', points, SOURCE)}
    where not exists (select from points.point o
      where o.organisation_id = s.organisation_id and o.outlet_code = s.outlet_code and o.point_id <> s.point_id)
    on conflict (point_id) do update set name = excluded.name, kind = excluded.kind, services = excluded.services,
      goods_classes = excluded.goods_classes, country = excluded.country, division_codes = excluded.division_codes,
      city = excluded.city, postcode = excluded.postcode, address_lines = excluded.address_lines,
      latitude = excluded.latitude, longitude = excluded.longitude, zone = excluded.zone, hours = excluded.hours,
      exceptions = excluded.exceptions, service_range = excluded.service_range, capacity = excluded.capacity,
      quality = excluded.quality, fee_minor = excluded.fee_minor, fee_currency = excluded.fee_currency,
      test_behaviour = excluded.test_behaviour, state = excluded.state, trial_until = excluded.trial_until,
      paused_from = excluded.paused_from, paused_until = excluded.paused_until, exits_at = excluded.exits_at,
      applied_at = excluded.applied_at, changed_at = excluded.changed_at, version = excluded.version,
      change_xid = pg_current_xact_id()`);
}

export async function findPoint(db: Queryable, id: string): Promise<Point | undefined> {
  const row = await db.maybeRow<Row>(sql`select ${POINT_COLUMNS} from points.point where point_id = ${id}`);
  return row === undefined ? undefined : pointOf(row);
}

/** Locked until the transaction ends. */
export async function lockPoint(db: Queryable, id: string): Promise<Point | undefined> {
  const row = await db.maybeRow<Row>(
    sql`select ${POINT_COLUMNS} from points.point where point_id = ${id} for update`,
  );
  return row === undefined ? undefined : pointOf(row);
}

/** Locked in the order of their ids. */
export async function lockPoints(db: Queryable, ids: readonly string[]): Promise<Point[]> {
  const rows = await db.rows<Row>(
    sql`select ${POINT_COLUMNS} from points.point where point_id = any(${ids}) order by point_id for update`,
  );
  return rows.map(pointOf);
}

export async function lockPointsByCode(
  db: Queryable,
  organisationId: string,
  outletCodes: readonly string[],
): Promise<Point[]> {
  const rows = await db.rows<Row>(sql`
    select ${POINT_COLUMNS} from points.point where organisation_id = ${organisationId} and outlet_code = any(${outletCodes})
    order by point_id for update`);
  return rows.map(pointOf);
}

/** In the order of their ids; unknown ones are left out. */
export async function listPoints(db: Queryable, ids: readonly string[]): Promise<Point[]> {
  if (ids.length === 0) return [];
  const rows = await db.rows<Row>(
    sql`select ${POINT_COLUMNS} from points.point where point_id = any(${ids}) order by point_id`,
  );
  return rows.map(pointOf);
}

export async function findPointByCode(
  db: Queryable,
  organisationId: string,
  outletCode: string,
): Promise<Point | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${POINT_COLUMNS} from points.point where organisation_id = ${organisationId} and outlet_code = ${outletCode}`);
  return row === undefined ? undefined : pointOf(row);
}

export type PointFilter = {
  readonly organisationId?: string | undefined;
  readonly state?: PointState | undefined;
  readonly country?: string | undefined;
  readonly outletCode?: string | undefined;
  /** A part of the name, the city or the code. */
  readonly text?: string | undefined;
  /** Only these: of a clerk. */
  readonly ids?: readonly string[] | undefined;
};

/** A page behind an id, in the order of ids. */
export async function pagePoints(
  db: Queryable,
  filter: PointFilter,
  after: string,
  limit: number,
): Promise<Point[]> {
  const conditions: SqlQuery[] = [sql`point_id > ${after}`];
  if (filter.organisationId !== undefined) conditions.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`);
  if (filter.country !== undefined) conditions.push(sql`country = ${filter.country}`);
  if (filter.outletCode !== undefined) conditions.push(sql`outlet_code = ${filter.outletCode}`);
  if (filter.text !== undefined)
    conditions.push(sql`strpos(lower(name || ' ' || city || ' ' || outlet_code), lower(${filter.text})) > 0`);
  if (filter.ids !== undefined) conditions.push(sql`point_id = any(${filter.ids})`);
  const rows = await db.rows<Row>(sql`
    select ${POINT_COLUMNS} from points.point where ${joinSql(conditions, sql` and `)} order by point_id limit ${limit}`);
  return rows.map(pointOf);
}

/**
 * Points that changed at or after a horizon (all of them without one), behind `after` in the order of ids. The answered
 * horizon is that of this statement's snapshot: whoever reads several pages keeps that of the first one and asks for
 * what is newer with it. A row may come twice, none is missed.
 */
export async function listPointsChangedSince(
  db: Queryable,
  horizon: string | undefined,
  after: PointId | '',
  limit: number,
): Promise<{ readonly points: Point[]; readonly horizon: string }> {
  const since = horizon === undefined ? sql`` : sql`and change_xid >= ${horizon}::xid8`;
  const rows = await db.rows<{ horizon: string } & ({ [Key in keyof Row]: null } | Row)>(sql`
    select h.horizon, p.* from (select pg_snapshot_xmin(pg_current_snapshot())::text as horizon) h
    left join (select ${POINT_COLUMNS} from points.point where point_id > ${after} ${since} order by point_id limit ${limit}) p on true
    order by p.point_id`);
  const [first] = rows;
  if (first === undefined) throw new Error('a snapshot has a horizon');
  return {
    horizon: first.horizon,
    points: rows.flatMap((row) => (row.point_id === null ? [] : [pointOf(row)])),
  };
}

/** Outlets of a network by state; states without one are absent. */
export async function countByState(
  db: Queryable,
  organisationId: string,
): Promise<{ state: PointState; outlets: number }[]> {
  return db.rows(sql`
    select state, count(*)::integer as outlets from points.point where organisation_id = ${organisationId}
    group by state order by state`);
}
