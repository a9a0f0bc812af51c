import {
  type Column,
  joinSql,
  type Queryable,
  type SqlQuery,
  sql,
  unnestRows,
} from '../../platform/db/index.ts';
import type { CountryCode, Instant, OrganisationId, ParcelId, ShipmentId } from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import type { OfficialTimeline } from './fold.ts';
import { type FoldState, packFoldState, unpackFoldState } from './fold-state.ts';
import type { DeliveryPromise, TrackedParcel } from './parcel.ts';
import { packTimeline, unpackTimeline } from './stored-timeline.ts';

export type ParcelRow = {
  parcel_id: ParcelId;
  number: string;
  carrier_code: string | null;
  organisation_id: OrganisationId | null;
  client_platform_id: OrganisationId | null;
  carrier_id: OrganisationId | null;
  warehouse_id: OrganisationId | null;
  shipment_id: ShipmentId | null;
  destination: TrackedParcel['destination'] | null;
  promise: DeliveryPromise | null;
  route: CountryCode[] | null;
  merged_into: ParcelId | null;
  version: number;
  /** packTimeline. */
  timeline: unknown;
  last_scan_at: Instant | null;
  created_at: Instant;
  changed_at: Instant;
};

/** Of a parcel `p`, as ParcelRow has them. */
export const PARCEL_COLUMNS = sql`p.parcel_id, p.number, p.carrier_code, p.organisation_id, p.client_platform_id, p.carrier_id,
  p.warehouse_id, p.shipment_id, p.destination, p.promise, p.route, p.merged_into, p.version, p.timeline, p.last_scan_at,
  p.created_at, p.changed_at`;

export function parcelOf(row: ParcelRow): TrackedParcel {
  return {
    id: row.parcel_id,
    number: row.number,
    carrierCode: row.carrier_code ?? undefined,
    organisationId: row.organisation_id ?? undefined,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierId: row.carrier_id ?? undefined,
    warehouseId: row.warehouse_id ?? undefined,
    shipmentId: row.shipment_id ?? undefined,
    destination: row.destination ?? undefined,
    promise: row.promise ?? undefined,
    route: row.route ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    version: row.version,
    timeline: unpackTimeline(row.timeline),
    lastScanAt: row.last_scan_at ?? undefined,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/**
 * Writes parcels that are not there yet; one that is there learns promise and route when it had none. In the order in which
 * all writers lock parcels.
 */
export async function insertParcels(db: Queryable, parcels: readonly TrackedParcel[]): Promise<void> {
  const rows = parcels.map((parcel) => ({
    bucket: bucketOf(parcel.id),
    parcel_id: parcel.id,
    number: parcel.number,
    carrier_code: parcel.carrierCode,
    organisation_id: parcel.organisationId,
    client_platform_id: parcel.clientPlatformId,
    carrier_id: parcel.carrierId,
    warehouse_id: parcel.warehouseId,
    shipment_id: parcel.shipmentId,
    destination: parcel.destination,
    promise: parcel.promise,
    route: parcel.route,
    timeline: packTimeline(parcel.timeline),
    created_at: parcel.createdAt,
  }));
  await db.run(sql`
    insert into tracking.parcel (bucket, parcel_id, number, carrier_code, organisation_id, client_platform_id, carrier_id,
      warehouse_id, shipment_id, destination, promise, route, timeline, created_at, changed_at)
    select bucket, parcel_id, number, carrier_code, organisation_id, client_platform_id, carrier_id,
      warehouse_id, shipment_id, destination, promise, route, timeline, created_at, created_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as p(bucket smallint, parcel_id text, number text, carrier_code text, organisation_id text, client_platform_id text,
        carrier_id text, warehouse_id text, shipment_id text, destination json, promise json, route text[], timeline json,
        created_at timestamptz)
    order by parcel_id
    on conflict (parcel_id, bucket) do update set promise = coalesce(parcel.promise, excluded.promise),
      destination = coalesce(parcel.destination, excluded.destination),
      route = coalesce(parcel.route, excluded.route),
      -- What was judged without the route is judged anew, and the map shows the new promise and destination.
      fold_state = null
    where parcel.promise is null and excluded.promise is not null`);
}

const KEY: readonly Column<string>[] = [
  ['bucket', 'smallint', bucketOf],
  ['parcel_id', 'text', (id) => id],
];

/** One parcel is asked for by its key, which is planned once; a list is planned at each call (see isOneOf). */
function isAmong(ids: readonly string[]): SqlQuery {
  const [only] = ids;
  return only !== undefined && ids.length === 1
    ? sql`p.bucket = ${bucketOf(only)} and p.parcel_id = ${only}`
    : sql`(p.bucket, p.parcel_id) in (select * from unnest(${ids.map(bucketOf)}::smallint[], ${ids}::text[]))`;
}

/** What a writer has to know of a parcel. */
export type LockedParcel = Omit<TrackedParcel, 'lastScanAt' | 'createdAt' | 'changedAt'> & {
  /** bucketOf(id). */
  readonly bucket: number;
  /** Of what the timeline remembers; absent when only its history tells. */
  readonly foldState: FoldState | undefined;
  /** When its newest scan happened, trusted or not; absent before the first. */
  readonly newestScanAt: Instant | undefined;
  /** It holds other parcels, or did. */
  readonly isContainer: boolean;
};

type LockedRow = Omit<ParcelRow, 'last_scan_at' | 'created_at' | 'changed_at'> & {
  bucket: number;
  fold_state: unknown;
  newest_scan_at: Instant | null;
  is_container: boolean;
};

/** Locks parcels; by id, those that are there. */
export async function lockParcels(db: Queryable, ids: readonly string[]): Promise<Map<string, LockedParcel>> {
  const locked = await lockRows(db, [...ids].sort());
  return new Map(locked.map((parcel) => [parcel.id, parcel]));
}

/** Locks parcels and answers them in order. `ids`: each once, sorted. Throws when one does not exist. */
export async function lockAll(db: Queryable, ids: readonly ParcelId[]): Promise<readonly LockedParcel[]> {
  const locked = await lockRows(db, ids);
  // A database may sort texts by the rules of a language.
  if (locked.length === ids.length && locked.every(({ id }, index) => id === ids[index])) return locked;
  const byId = new Map(locked.map((parcel) => [parcel.id, parcel]));
  return ids.map((id) => {
    const parcel = byId.get(id);
    if (parcel === undefined) throw new Error(`there is no parcel ${id}`);
    return parcel;
  });
}

/**
 * Locks parcels in order of their ids, so that concurrent batches queue up instead of blocking each other. The ids are
 * in order before they are looked up: rows of parcels are wide, and to sort them costs more than to find them.
 */
async function lockRows(db: Queryable, ids: readonly string[]): Promise<LockedParcel[]> {
  const [only] = ids;
  const isOne = only !== undefined && ids.length === 1;
  const source = isOne
    ? sql`tracking.parcel p where p.parcel_id = ${only} and p.bucket = ${bucketOf(only)}`
    : sql`(select * from ${unnestRows('u', ids, KEY)} order by u.parcel_id) k
      join tracking.parcel p on p.parcel_id = k.parcel_id and p.bucket = k.bucket order by k.parcel_id`;
  const rows = await db.rows<LockedRow>(sql`
    select p.bucket, p.parcel_id, p.number, p.carrier_code, p.organisation_id, p.client_platform_id, p.carrier_id,
      p.warehouse_id, p.shipment_id, p.destination, p.promise, p.route, p.merged_into, p.version, p.timeline, p.fold_state,
      p.newest_scan_at, p.is_container
    from ${source} for update of p`);
  return rows.map(lockedOf);
}

function lockedOf(row: LockedRow): LockedParcel {
  return {
    bucket: row.bucket,
    id: row.parcel_id,
    number: row.number,
    carrierCode: row.carrier_code ?? undefined,
    organisationId: row.organisation_id ?? undefined,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierId: row.carrier_id ?? undefined,
    warehouseId: row.warehouse_id ?? undefined,
    shipmentId: row.shipment_id ?? undefined,
    destination: row.destination ?? undefined,
    promise: row.promise ?? undefined,
    route: row.route ?? undefined,
    mergedInto: row.merged_into ?? undefined,
    version: row.version,
    timeline: unpackTimeline(row.timeline),
    foldState: unpackFoldState(row.fold_state),
    newestScanAt: row.newest_scan_at ?? undefined,
    isContainer: row.is_container,
  };
}

export async function listParcelsByIds(db: Queryable, ids: readonly string[]): Promise<TrackedParcel[]> {
  const rows = await db.rows<ParcelRow>(sql`
    select ${PARCEL_COLUMNS} from tracking.parcel p
    where ${isAmong(ids)} order by p.bucket, p.parcel_id`);
  return rows.map(parcelOf);
}

/** Whatever changes a parcel's row changes its stamp: version and instant of the change. */
export async function listStamps(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.rows<{ parcel_id: string; version: number; changed_at: Instant }>(sql`
    select p.parcel_id, p.version, p.changed_at from tracking.parcel p where ${isAmong(ids)}`);
  return new Map(rows.map((row) => [row.parcel_id, `${row.version} ${row.changed_at}`]));
}

/** Parcels that became known up to an instant, in order of birth, behind the one that `after` names. */
export async function listBornAfter(
  db: Queryable,
  after: { readonly createdAt: Instant; readonly parcelId: string } | undefined,
  upTo: Instant,
  limit: number,
): Promise<{ parcelId: string; createdAt: Instant }[]> {
  const behind =
    after === undefined
      ? sql`true`
      : sql`(p.created_at, p.parcel_id) > (${after.createdAt}::timestamptz, ${after.parcelId})`;
  return db.rows(sql`
    select p.parcel_id as "parcelId", p.created_at as "createdAt" from tracking.parcel p
    where p.created_at <= ${upTo} and ${behind} order by p.created_at, p.parcel_id limit ${limit}`);
}

/** A parcel, or the one that it was merged into. */
export async function findSurvivor(db: Queryable, id: string): Promise<TrackedParcel | undefined> {
  const [found] = await listParcelsByIds(db, [id]);
  if (found?.mergedInto === undefined) return found;
  const [survivor] = await listParcelsByIds(db, [found.mergedInto]);
  return survivor;
}

export type TimelineUpdate = {
  readonly parcel: Pick<LockedParcel, 'id' | 'bucket'>;
  readonly version: number;
  readonly timeline: OfficialTimeline;
  /** It is as it was stored: half of all scans tell what was known. */
  readonly isTimelineKept: boolean;
  readonly foldState: FoldState | undefined;
  readonly lastScanAt: Instant | undefined;
  readonly newestScanAt: Instant | undefined;
};

const UPDATE: readonly Column<TimelineUpdate>[] = [
  ['bucket', 'smallint', ({ parcel }) => parcel.bucket],
  ['parcel_id', 'text', ({ parcel }) => parcel.id],
  ['version', 'bigint', ({ version }) => version],
  [
    'timeline',
    'json',
    ({ timeline, isTimelineKept }) => (isTimelineKept ? null : JSON.stringify(packTimeline(timeline))),
  ],
  ['fold_state', 'json', ({ foldState }) => (foldState === undefined ? null : packFoldState(foldState))],
  ['status', 'text', ({ timeline }) => timeline.status],
  ['last_scan_at', 'timestamptz', ({ lastScanAt }) => lastScanAt],
  ['newest_scan_at', 'timestamptz', ({ newestScanAt }) => newestScanAt],
];

/** Leaves with the next statement or the commit. The caller has locked the parcels. */
export function saveTimelines(db: Queryable, updates: readonly TimelineUpdate[], now: Instant): void {
  db.later(sql`
    update tracking.parcel p set version = u.version, timeline = coalesce(u.timeline, p.timeline), fold_state = u.fold_state,
      status = u.status, last_scan_at = u.last_scan_at, newest_scan_at = u.newest_scan_at, changed_at = ${now}
    from ${unnestRows('u', updates, UPDATE)}
    where p.bucket = u.bucket and p.parcel_id = u.parcel_id`);
}

/** Something beside its scans changed that its readers see. A version of its own, as each change of the row has. */
export async function touchParcel(db: Queryable, id: string, now: Instant): Promise<void> {
  await db.run(sql`
    update tracking.parcel p set version = version + 1, changed_at = ${now} where ${isAmong([id])}`);
}

/** Where parcels go from now on. The caller has locked them. Without fold state the next scan moves them on the map, too. */
export async function saveDestinations(
  db: Queryable,
  moved: readonly {
    readonly parcelId: string;
    readonly destination: NonNullable<TrackedParcel['destination']>;
  }[],
  now: Instant,
): Promise<void> {
  const ids = moved.map(({ parcelId }) => parcelId);
  await db.run(sql`
    update tracking.parcel p set destination = m.destination, fold_state = null, changed_at = ${now}
    from unnest(${ids.map(bucketOf)}::smallint[], ${ids}::text[],
      ${moved.map(({ destination }) => JSON.stringify(destination))}::json[]) as m(bucket, parcel_id, destination)
    where p.bucket = m.bucket and p.parcel_id = m.parcel_id`);
}

export async function markMerged(
  db: Queryable,
  merges: readonly { readonly parcelId: string; readonly survivorId: string }[],
  now: Instant,
): Promise<void> {
  const ids = merges.map(({ parcelId }) => parcelId);
  await db.run(sql`
    update tracking.parcel p set merged_into = m.survivor_id, changed_at = ${now}, version = version + 1
    from unnest(${ids.map(bucketOf)}::smallint[], ${ids}::text[], ${merges.map(({ survivorId }) => survivorId)}::text[])
      as m(bucket, parcel_id, survivor_id)
    where p.bucket = m.bucket and p.parcel_id = m.parcel_id`);
}

/** Whose list it is: the column of the part that the reader has, or the whole network. */
export type ParcelReader =
  | 'network'
  | { readonly part: 'organisation' | 'client' | 'carrier' | 'warehouse'; readonly organisationId: string };

export type ParcelFilter = {
  readonly status?: string | undefined;
  /** Changed at or after. */
  readonly since?: Instant | undefined;
  readonly after: string;
  readonly limit: number;
};

const PART_COLUMN: Readonly<Record<'organisation' | 'client' | 'carrier' | 'warehouse', SqlQuery>> = {
  organisation: sql`p.organisation_id`,
  client: sql`p.client_platform_id`,
  carrier: sql`p.carrier_id`,
  warehouse: sql`p.warehouse_id`,
};

/** Parcels of a reader in order of birth; merged ones stand for themselves no more. */
export async function listParcels(
  db: Queryable,
  reader: ParcelReader,
  filter: ParcelFilter,
): Promise<TrackedParcel[]> {
  const conditions = [sql`p.parcel_id > ${filter.after}`, sql`p.merged_into is null`];
  if (reader !== 'network') conditions.push(sql`${PART_COLUMN[reader.part]} = ${reader.organisationId}`);
  if (filter.status !== undefined) conditions.push(sql`p.status = ${filter.status}`);
  if (filter.since !== undefined) conditions.push(sql`p.changed_at >= ${filter.since}`);
  const rows = await db.rows<ParcelRow>(sql`
    select ${PARCEL_COLUMNS} from tracking.parcel p where ${joinSql(conditions, sql` and `)}
    order by p.parcel_id limit ${filter.limit}`);
  return rows.map(parcelOf);
}
