import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, ParcelId, ShipmentId } from '../kernel/index.ts';
import type { Bag, BagId, Content, Handover, HandoverId, HandoverState } from './model.ts';

type SharedRow = {
  organisation_id: OrganisationId;
  client_platform_id: OrganisationId | null;
  carrier_id: OrganisationId | null;
  warehouse_id: OrganisationId | null;
  version: number;
  state: HandoverState;
  goods_ready_at: Instant | null;
  parcel_count: number;
  created_at: Instant;
  changed_at: Instant;
};
type BagRow = SharedRow & {
  bag_id: BagId;
  code: string;
  container: Bag['container'];
  handover_id: HandoverId | null;
  commits: number;
  has_edits: boolean;
  weight_grams: number | null;
};
type HandoverRow = SharedRow & {
  handover_id: HandoverId;
  kind: Handover['kind'];
  number: string;
  carrier_name: string | null;
  tracking_number: string | null;
  reason: string | null;
};

function sharedOf(row: SharedRow) {
  return {
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    carrierId: row.carrier_id ?? undefined,
    warehouseId: row.warehouse_id ?? undefined,
    version: row.version,
    state: row.state,
    goodsReadyAt: row.goods_ready_at ?? undefined,
    parcelCount: row.parcel_count,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}
function bagOf(row: BagRow): Bag {
  return {
    ...sharedOf(row),
    id: row.bag_id,
    code: row.code,
    container: row.container,
    handoverId: row.handover_id ?? undefined,
    commits: row.commits,
    hasEdits: row.has_edits,
    weightGrams: row.weight_grams ?? undefined,
  };
}
function handoverOf(row: HandoverRow): Handover {
  return {
    ...sharedOf(row),
    id: row.handover_id,
    kind: row.kind,
    number: row.number,
    carrierName: row.carrier_name ?? undefined,
    trackingNumber: row.tracking_number ?? undefined,
    reason: row.reason ?? undefined,
  };
}

/** False when the organisation has a bag of this code. */
export async function insertBag(db: Queryable, bag: Bag): Promise<boolean> {
  const written = await db.run(sql`
    insert into handovers.bag (organisation_id, bag_id, client_platform_id, version, state, code, container, handover_id, commits,
      has_edits, weight_grams, goods_ready_at, parcel_count, created_at, changed_at)
    values (${bag.organisationId}, ${bag.id}, ${bag.clientPlatformId}, ${bag.version}, ${bag.state}, ${bag.code}, ${bag.container},
      ${bag.handoverId}, ${bag.commits}, ${bag.hasEdits}, ${bag.weightGrams}, ${bag.goodsReadyAt}, ${bag.parcelCount}, ${bag.createdAt}, ${bag.changedAt})
    on conflict (organisation_id, code) do nothing`);
  return written === 1;
}

export async function saveBag(db: Queryable, bag: Bag): Promise<void> {
  await db.run(sql`
    update handovers.bag set client_platform_id = ${bag.clientPlatformId}, carrier_id = ${bag.carrierId},
      warehouse_id = ${bag.warehouseId}, version = ${bag.version}, state = ${bag.state}, handover_id = ${bag.handoverId},
      commits = ${bag.commits}, has_edits = ${bag.hasEdits}, parcel_count = ${bag.parcelCount}, changed_at = ${bag.changedAt}
    where organisation_id = ${bag.organisationId} and bag_id = ${bag.id}`);
}

export async function findBag(db: Queryable, id: string): Promise<Bag | undefined> {
  const row = await db.maybeRow<BagRow>(sql`select * from handovers.bag where bag_id = ${id}`);
  return row === undefined ? undefined : bagOf(row);
}

/** Bags of an owner, locked in one order for everybody. */
export async function lockBags(db: Queryable, owner: string, ids: readonly string[]): Promise<Bag[]> {
  const rows = await db.rows<BagRow>(sql`
    select * from handovers.bag where organisation_id = ${owner} and bag_id = any(${ids}) order by bag_id for update`);
  return rows.map(bagOf);
}

export async function listBagsOf(db: Queryable, owner: string, handoverId: string): Promise<Bag[]> {
  const rows = await db.rows<BagRow>(sql`
    select * from handovers.bag where organisation_id = ${owner} and handover_id = ${handoverId} order by bag_id`);
  return rows.map(bagOf);
}

/** All bags of a handover follow it in one statement; from then on they are complete. */
export async function moveBags(db: Queryable, handover: Handover): Promise<void> {
  await db.run(sql`
    update handovers.bag set state = ${handover.state}, commits = 2, version = version + 1, changed_at = ${handover.changedAt}
    where organisation_id = ${handover.organisationId} and handover_id = ${handover.id}`);
}

/** Bags with something missing or wrong are signed abnormal, the others normal. */
export async function signBags(
  db: Queryable,
  handover: Handover,
  abnormal: readonly string[],
): Promise<void> {
  await db.run(sql`
    update handovers.bag set state = case when bag_id = any(${abnormal}) then 'signed_abnormal' else 'signed_normal' end,
      version = version + 1, changed_at = ${handover.changedAt}
    where organisation_id = ${handover.organisationId} and handover_id = ${handover.id}`);
}

export async function insertHandover(db: Queryable, handover: Handover): Promise<void> {
  await db.run(sql`
    insert into handovers.handover (organisation_id, handover_id, client_platform_id, version, state, kind, number, carrier_name,
      tracking_number, goods_ready_at, parcel_count, created_at, changed_at)
    values (${handover.organisationId}, ${handover.id}, ${handover.clientPlatformId}, ${handover.version}, ${handover.state},
      ${handover.kind}, ${handover.number}, ${handover.carrierName}, ${handover.trackingNumber}, ${handover.goodsReadyAt},
      ${handover.parcelCount}, ${handover.createdAt}, ${handover.changedAt})`);
}

export async function saveHandover(db: Queryable, handover: Handover): Promise<void> {
  await db.run(sql`
    update handovers.handover set client_platform_id = ${handover.clientPlatformId}, carrier_id = ${handover.carrierId},
      warehouse_id = ${handover.warehouseId}, version = ${handover.version}, state = ${handover.state},
      parcel_count = ${handover.parcelCount}, reason = ${handover.reason}, changed_at = ${handover.changedAt}
    where organisation_id = ${handover.organisationId} and handover_id = ${handover.id}`);
}

export async function findHandover(db: Queryable, id: string): Promise<Handover | undefined> {
  const row = await db.maybeRow<HandoverRow>(sql`select * from handovers.handover where handover_id = ${id}`);
  return row === undefined ? undefined : handoverOf(row);
}

export async function lockHandover(db: Queryable, owner: string, id: string): Promise<Handover | undefined> {
  const row = await db.maybeRow<HandoverRow>(sql`
    select * from handovers.handover where organisation_id = ${owner} and handover_id = ${id} for update`);
  return row === undefined ? undefined : handoverOf(row);
}

/**
 * A page of a table of bags or handovers, newest first. It is cut in each part that the viewer may have, because no
 * index serves the four of them at once. What the owner only drafts is nobody else's business yet (relations.ts says
 * the same of single ones).
 */
function newestFirst(table: SqlQuery, id: SqlQuery, list: ListOf): SqlQuery {
  const { viewer, state, after, limit } = list;
  const below = after === '' ? sql`` : sql` and ${id} < ${after}`;
  const inState = state === undefined ? sql`` : sql` and state = ${state}`;
  const page = (part: SqlQuery) => sql`
    (select * from ${table} where ${part}${inState}${below} order by ${id} desc limit ${limit})`;
  const parts =
    viewer === 'network'
      ? [sql`true`]
      : [
          sql`organisation_id = ${viewer}`,
          sql`client_platform_id = ${viewer}`,
          sql`carrier_id = ${viewer} and state <> 'draft'`,
          sql`warehouse_id = ${viewer} and state <> 'draft'`,
        ];
  return sql`select * from (${joinSql(parts.map(page), sql` union `)}) page order by ${id} desc limit ${limit}`;
}

/** `after` is the last id of the page before, empty at the first. `network` lists all. */
export type ListOf = {
  readonly viewer: string | 'network';
  readonly state: HandoverState | undefined;
  readonly after: string;
  readonly limit: number;
};

export async function listBags(db: Queryable, list: ListOf): Promise<Bag[]> {
  return (await db.rows<BagRow>(newestFirst(sql`handovers.bag`, sql`bag_id`, list))).map(bagOf);
}

export async function listHandovers(db: Queryable, list: ListOf): Promise<Handover[]> {
  const rows = await db.rows<HandoverRow>(newestFirst(sql`handovers.handover`, sql`handover_id`, list));
  return rows.map(handoverOf);
}

/** Puts parcels into a container. Answers how many went in: fewer when one lies in another open container. */
export async function insertContents(
  db: Queryable,
  owner: string,
  containerId: string,
  contents: readonly Pick<Content, 'parcelId' | 'shipmentId' | 'number'>[],
): Promise<number> {
  const rows = contents.map((item) => ({
    parcel_id: item.parcelId,
    shipment_id: item.shipmentId,
    number: item.number,
  }));
  return db.run(sql`
    insert into handovers.content (organisation_id, container_id, parcel_id, shipment_id, number, is_open, state)
    select ${owner}, ${containerId}, parcel_id, shipment_id, number, true, 'init'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(parcel_id text, shipment_id text, number text)
    on conflict do nothing`);
}

export async function deleteContents(
  db: Queryable,
  owner: string,
  containerId: string,
  parcelIds: readonly string[],
): Promise<number> {
  return db.run(sql`
    delete from handovers.content where organisation_id = ${owner} and container_id = ${containerId} and parcel_id = any(${parcelIds})`);
}

/** Moves open parcels from one container into another, all of them if none is named; answers what went. */
export async function moveContents(
  db: Queryable,
  owner: string,
  fromId: string,
  toId: string,
  parcelIds: readonly string[] | undefined,
): Promise<Pick<Content, 'parcelId' | 'shipmentId'>[]> {
  const named = parcelIds === undefined ? sql`` : sql` and parcel_id = any(${parcelIds})`;
  const rows = await db.rows<{ parcel_id: ParcelId; shipment_id: ShipmentId }>(sql`
    update handovers.content set container_id = ${toId}
    where organisation_id = ${owner} and container_id = ${fromId} and is_open${named}
    returning parcel_id, shipment_id`);
  return rows.map((row) => ({ parcelId: row.parcel_id, shipmentId: row.shipment_id }));
}

export async function listContents(
  db: Queryable,
  owner: string,
  containerIds: readonly string[],
): Promise<Content[]> {
  const rows = await db.rows<{
    container_id: string;
    parcel_id: ParcelId;
    shipment_id: ShipmentId;
    number: string;
    state: Content['state'];
  }>(sql`
    select container_id, parcel_id, shipment_id, number, state from handovers.content
    where organisation_id = ${owner} and container_id = any(${containerIds}) order by container_id, parcel_id`);
  return rows.map((row) => ({
    containerId: row.container_id,
    parcelId: row.parcel_id,
    shipmentId: row.shipment_id,
    number: row.number,
    state: row.state,
  }));
}

/** The containers' parcels may go into others. */
export async function closeContents(
  db: Queryable,
  owner: string,
  containerIds: readonly string[],
): Promise<void> {
  await db.run(sql`
    update handovers.content set is_open = false where organisation_id = ${owner} and container_id = any(${containerIds}) and is_open`);
}

/** The open bag that a parcel lies in; containment for those who trace it. */
export async function findBagOf(
  db: Queryable,
  organisationId: string,
  parcelId: string,
): Promise<Bag | undefined> {
  const row = await db.maybeRow<BagRow>(sql`
    select b.* from handovers.content c join handovers.bag b on b.organisation_id = c.organisation_id and b.bag_id = c.container_id
    where c.organisation_id = ${organisationId} and c.parcel_id = ${parcelId} and c.is_open`);
  return row === undefined ? undefined : bagOf(row);
}
