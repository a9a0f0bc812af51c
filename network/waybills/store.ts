import { isOneOf, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PartyRef, WaybillId } from '../kernel/index.ts';
import type { Area, Holder, SegmentId, Waybill, WaybillRouting, WaybillStatus } from './model.ts';
import { waybillOfParcel } from './own-parcel.policy.ts';

type WaybillRow = {
  organisation_id: OrganisationId;
  waybill_id: WaybillId;
  carrier_code: string;
  number: string;
  epoch: number;
  segment_organisation_id: Holder;
  segment_id: SegmentId;
  serial: number;
  object_id: string;
  package_id: string | null;
  order_refs: string[];
  parent_number: string | null;
  piece_index: number;
  piece_count: number;
  shipment_ref: string | null;
  parcel_ref: string | null;
  sender_ref: PartyRef | null;
  recipient_ref: PartyRef | null;
  from_area: Area | null;
  to_area: Area | null;
  product_code: string | null;
  services: string[];
  weight_grams: number | null;
  remark: string | null;
  routing: WaybillRouting | null;
  status: WaybillStatus;
  print_count: number;
  version: number;
  issued_at: Instant;
  updated_at: Instant;
  last_printed_at: Instant | null;
  activated_at: Instant | null;
  ended_at: Instant | null;
};

const COLUMNS = sql`organisation_id, waybill_id, carrier_code, number, epoch, segment_organisation_id, segment_id, serial,
  object_id, package_id, order_refs, parent_number, piece_index, piece_count, shipment_ref, parcel_ref, sender_ref,
  recipient_ref, from_area, to_area, product_code, services, weight_grams, remark, routing, status, print_count, version,
  issued_at, updated_at, last_printed_at, activated_at, ended_at`;

function waybillOf(row: WaybillRow): Waybill {
  return {
    id: row.waybill_id,
    organisationId: row.organisation_id,
    carrierCode: row.carrier_code,
    number: row.number,
    epoch: row.epoch,
    segmentId: row.segment_id,
    segmentHolder: row.segment_organisation_id,
    serial: row.serial,
    objectId: row.object_id,
    packageId: row.package_id ?? undefined,
    orderRefs: row.order_refs,
    parentNumber: row.parent_number ?? undefined,
    pieceIndex: row.piece_index,
    pieceCount: row.piece_count,
    shipmentRef: row.shipment_ref ?? undefined,
    parcelRef: row.parcel_ref ?? undefined,
    senderRef: row.sender_ref ?? undefined,
    recipientRef: row.recipient_ref ?? undefined,
    from: row.from_area ?? undefined,
    to: row.to_area ?? undefined,
    productCode: row.product_code ?? undefined,
    services: row.services,
    weightGrams: row.weight_grams ?? undefined,
    remark: row.remark ?? undefined,
    routing: row.routing ?? undefined,
    status: row.status,
    printCount: row.print_count,
    version: row.version,
    issuedAt: row.issued_at,
    updatedAt: row.updated_at,
    lastPrintedAt: row.last_printed_at ?? undefined,
    activatedAt: row.activated_at ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}

async function listWhere(db: Queryable, rest: SqlQuery): Promise<Waybill[]> {
  const rows = await db.rows<WaybillRow>(sql`select ${COLUMNS} from waybills.waybill ${rest}`);
  return rows.map(waybillOf);
}

function insertedRow(waybill: Waybill): object {
  return {
    waybill_id: waybill.id,
    carrier_code: waybill.carrierCode,
    number: waybill.number,
    epoch: waybill.epoch,
    segment_organisation_id: waybill.segmentHolder,
    segment_id: waybill.segmentId,
    serial: waybill.serial,
    object_id: waybill.objectId,
    package_id: waybill.packageId,
    order_refs: waybill.orderRefs,
    parent_number: waybill.parentNumber,
    piece_index: waybill.pieceIndex,
    piece_count: waybill.pieceCount,
    shipment_ref: waybill.shipmentRef,
    parcel_ref: waybill.parcelRef,
    sender_ref: waybill.senderRef,
    recipient_ref: waybill.recipientRef,
    from_area: waybill.from,
    to_area: waybill.to,
    product_code: waybill.productCode,
    services: waybill.services,
    weight_grams: waybill.weightGrams,
    remark: waybill.remark,
    routing: waybill.routing,
    status: waybill.status,
    version: waybill.version,
    print_count: waybill.printCount,
    last_printed_at: waybill.lastPrintedAt,
  };
}

/** One statement for all. Answers the ids that went in: an object id that is taken is passed over. */
export async function insertWaybills(
  db: Queryable,
  organisationId: string,
  waybills: readonly Waybill[],
  now: Instant,
): Promise<Set<string>> {
  const inserted = await db.rows<{ waybill_id: string }>(sql`
    ${insertion(organisationId, waybills, now)}
    on conflict (organisation_id, object_id) do nothing returning waybill_id`);
  return new Set(inserted.map((row) => row.waybill_id));
}

/** Waybills with object ids that nobody can have: written with what follows. Answers all ids. */
export function insertFreshWaybills(
  db: Queryable,
  organisationId: string,
  waybills: readonly Waybill[],
  now: Instant,
): Set<string> {
  db.later(insertion(organisationId, waybills, now));
  return new Set(waybills.map((waybill) => waybill.id));
}

function insertion(organisationId: string, waybills: readonly Waybill[], now: Instant): SqlQuery {
  const rows = JSON.stringify(waybills.map(insertedRow));
  return sql`
    insert into waybills.waybill (organisation_id, waybill_id, carrier_code, number, epoch, segment_organisation_id,
      segment_id, serial, object_id, package_id, order_refs, parent_number, piece_index, piece_count, shipment_ref,
      parcel_ref, sender_ref, recipient_ref, from_area, to_area, product_code, services, weight_grams, remark, routing,
      status, version, print_count, last_printed_at, issued_at, updated_at)
    select ${organisationId}, waybill_id, carrier_code, number, epoch, segment_organisation_id, segment_id, serial,
      object_id, package_id, order_refs, parent_number, piece_index, piece_count, shipment_ref, parcel_ref, sender_ref,
      recipient_ref, from_area, to_area, product_code, services, weight_grams, remark, routing, status, version, print_count, last_printed_at,
      ${now}, ${now}
    from jsonb_to_recordset(${rows}::jsonb) as w(waybill_id text, carrier_code text, number text, epoch integer,
      segment_organisation_id text, segment_id text, serial bigint, object_id text, package_id text, order_refs text[],
      parent_number text, piece_index smallint, piece_count smallint, shipment_ref text, parcel_ref text,
      sender_ref text, recipient_ref text, from_area jsonb, to_area jsonb, product_code text, services text[],
      weight_grams integer, remark text, routing jsonb, status text, version integer, print_count integer,
      last_printed_at timestamptz)`;
}

/**
 * Claims packages for new waybills. Answers who has each key now: a claim that is younger than `before` stays with its
 * waybill, and waiting here makes two requests at once agree.
 */
export async function claimPackages(
  db: Queryable,
  organisationId: string,
  claims: readonly { readonly key: string; readonly waybillId: string }[],
  now: Instant,
  before: Instant,
): Promise<Map<string, string>> {
  const sorted = [...claims].sort((a, b) => (a.key < b.key ? -1 : 1));
  const keys = sorted.map((claim) => claim.key);
  await db.run(sql`
    insert into waybills.package_claim as c (organisation_id, package_key, waybill_id, claimed_at)
    select ${organisationId}, key, id, ${now}
    from unnest(${keys}::text[], ${sorted.map((claim) => claim.waybillId)}::text[]) as k(key, id)
    on conflict (organisation_id, package_key) do update
      set waybill_id = excluded.waybill_id, claimed_at = excluded.claimed_at where c.claimed_at <= ${before}`);
  const rows = await db.rows<{ package_key: string; waybill_id: string }>(sql`
    select package_key, waybill_id from waybills.package_claim
    where organisation_id = ${organisationId} and package_key = any(${keys})`);
  return new Map(rows.map((row) => [row.package_key, row.waybill_id]));
}

export async function releasePackages(
  db: Queryable,
  organisationId: string,
  waybillIds: readonly string[],
): Promise<void> {
  await db.run(sql`
    delete from waybills.package_claim where organisation_id = ${organisationId} and waybill_id = any(${waybillIds})`);
}

/**
 * One look into the unique index per object id: without statistics a planner may read all rows of the owner instead.
 * A single one is asked for as such, which is planned once (see isOneOf).
 */
export async function listByObjectIds(
  db: Queryable,
  organisationId: string,
  objectIds: readonly string[],
): Promise<Waybill[]> {
  const [only] = objectIds;
  if (only !== undefined && objectIds.length === 1) {
    return listWhere(db, sql`where organisation_id = ${organisationId} and object_id = ${only}`);
  }
  const rows = await db.rows<WaybillRow>(sql`
    select w.* from unnest(${objectIds}::text[]) as k(id) cross join lateral (
      select ${COLUMNS} from waybills.waybill where organisation_id = ${organisationId} and object_id = k.id limit 1) w`);
  return rows.map(waybillOf);
}

export function listByIds(db: Queryable, organisationId: string, ids: readonly string[]) {
  return listWhere(db, sql`where organisation_id = ${organisationId} and ${isOneOf(sql`waybill_id`, ids)}`);
}

/** Newest epoch last. */
export function listByNumbers(db: Queryable, organisationId: string, numbers: readonly string[]) {
  return listWhere(
    db,
    sql`where organisation_id = ${organisationId} and number = any(${numbers}) order by issued_at`,
  );
}

/** The newest waybill that had a number of a carrier, whosever it is: read in the network's scope. */
export async function findWaybillByNumber(
  db: Queryable,
  carrierCode: string,
  number: string,
): Promise<Waybill | undefined> {
  const found = await listWhere(
    db,
    sql`where number = ${number} and carrier_code = ${carrierCode} order by waybill_id desc limit 1`,
  );
  return found[0];
}

export async function findWaybill(db: Queryable, id: string): Promise<Waybill | undefined> {
  return (await listWhere(db, sql`where waybill_id = ${id}`))[0];
}

/** An organisation's waybills of parcels that no order is known of, by parcel. */
export async function listWaybillsOfParcels<Id extends string>(
  db: Queryable,
  organisationId: string,
  parcelIds: readonly Id[],
): Promise<Map<Id, Waybill>> {
  const waybills = await listByIds(db, organisationId, parcelIds.map(waybillOfParcel));
  const byId = new Map<string, Waybill>(waybills.map((waybill) => [waybill.id, waybill]));
  return new Map(
    parcelIds.flatMap((parcelId) => {
      const waybill = byId.get(waybillOfParcel(parcelId));
      return waybill === undefined ? [] : [[parcelId, waybill] as const];
    }),
  );
}

export async function lockWaybill(db: Queryable, id: string): Promise<Waybill | undefined> {
  return (await listWhere(db, sql`where waybill_id = ${id} for update`))[0];
}

/** In id order, so that two batches cannot lock each other out. */
export function lockWaybills(db: Queryable, organisationId: string, ids: readonly string[]) {
  return listWhere(
    db,
    sql`where organisation_id = ${organisationId} and ${isOneOf(sql`waybill_id`, ids)} order by waybill_id for update`,
  );
}

export function lockShipmentWaybills(db: Queryable, organisationId: string, shipmentRef: string) {
  return listWhere(
    db,
    sql`where organisation_id = ${organisationId} and shipment_ref = ${shipmentRef} order by waybill_id for update`,
  );
}

export async function countLivingPieces(
  db: Queryable,
  organisationId: string,
  number: string,
): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*) as count from waybills.waybill
    where organisation_id = ${organisationId} and parent_number = ${number} and status not in ('cancelled', 'expired')`);
  return row.count;
}

/** Writes what may change after issue. */
export async function saveWaybill(db: Queryable, waybill: Waybill): Promise<void> {
  await db.run(sql`
    update waybills.waybill set sender_ref = ${waybill.senderRef}, recipient_ref = ${waybill.recipientRef},
      from_area = ${waybill.from}::jsonb, to_area = ${waybill.to}::jsonb, product_code = ${waybill.productCode},
      services = ${waybill.services}, weight_grams = ${waybill.weightGrams}, remark = ${waybill.remark},
      routing = ${waybill.routing}::jsonb, status = ${waybill.status}, print_count = ${waybill.printCount},
      version = ${waybill.version}, updated_at = ${waybill.updatedAt}, last_printed_at = ${waybill.lastPrintedAt},
      activated_at = ${waybill.activatedAt}, ended_at = ${waybill.endedAt}, parcel_ref = ${waybill.parcelRef},
      shipment_ref = ${waybill.shipmentRef}
    where organisation_id = ${waybill.organisationId} and waybill_id = ${waybill.id}`);
}

/** Waybills without a scan that were issued before an instant, locked. */
export function lockUnscannedIssuedBefore(
  db: Queryable,
  organisationId: string,
  before: Instant,
  limit: number,
) {
  return listWhere(
    db,
    sql`where organisation_id = ${organisationId} and status in ('issued', 'printed')
      and activated_at is null and ended_at is null and issued_at <= ${before}
      order by issued_at, waybill_id limit ${limit} for update`,
  );
}

export async function expireAll(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update waybills.waybill set status = 'expired', version = version + 1, updated_at = ${now}, ended_at = ${now}
    where organisation_id = ${organisationId} and waybill_id = any(${ids})`);
}

export type WaybillFilter = {
  readonly number?: string | undefined;
  readonly objectId?: string | undefined;
  readonly orderRef?: string | undefined;
  readonly shipmentRef?: string | undefined;
  readonly parentNumber?: string | undefined;
  readonly status?: WaybillStatus | undefined;
  readonly carrierCode?: string | undefined;
};

/** Waybills of the current scope after an id, oldest first. */
export function listWaybills(db: Queryable, filter: WaybillFilter, after: string, limit: number) {
  const where = [sql`where waybill_id > ${after}`];
  if (filter.number !== undefined) where.push(sql` and number = ${filter.number}`);
  if (filter.objectId !== undefined) where.push(sql` and object_id = ${filter.objectId}`);
  if (filter.orderRef !== undefined) where.push(sql` and ${filter.orderRef} = any(order_refs)`);
  if (filter.shipmentRef !== undefined) where.push(sql` and shipment_ref = ${filter.shipmentRef}`);
  if (filter.parentNumber !== undefined) where.push(sql` and parent_number = ${filter.parentNumber}`);
  if (filter.status !== undefined) where.push(sql` and status = ${filter.status}`);
  if (filter.carrierCode !== undefined) where.push(sql` and carrier_code = ${filter.carrierCode}`);
  const conditions = where.reduce((whole, part) => sql`${whole}${part}`);
  return listWhere(db, sql`${conditions} order by waybill_id limit ${limit}`);
}
