import { type Queryable, sql } from '../../platform/db/index.ts';
import type { CountryCode, Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import type { OrderId } from '../orders/index.ts';
import type { ExternalShipment, ExternalShipmentId, Hold, ReplacedNumber } from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  external_shipment_id: ExternalShipmentId;
  client_platform_id: OrganisationId | null;
  order_id: OrderId;
  order_reference: string;
  version: number;
  state: ExternalShipment['state'];
  carrier_code: string;
  number: string;
  tracking_site: string | null;
  service_name: string | null;
  send_type: ExternalShipment['sendType'];
  description: string | null;
  shipped_at: Instant | null;
  ship_from_country: CountryCode | null;
  weight_grams: number | null;
  hold: Hold | null;
  parcel_ref: ParcelId;
  parcel_id: ParcelId | null;
  tracking_status: string | null;
  is_closed: boolean;
  first_scan_at: Instant | null;
  delivered_at: Instant | null;
  declared_at: Instant;
  number_declared_at: Instant;
  changed_at: Instant;
  withdrawn_at: Instant | null;
  withdrawal_reason: string | null;
  verification_id: string | null;
  verification_state: string | null;
};

const COLUMNS = sql`organisation_id, external_shipment_id, client_platform_id, order_id, order_reference, version, state,
  carrier_code, number, tracking_site, service_name, send_type, description, shipped_at, ship_from_country, weight_grams, hold,
  parcel_ref, parcel_id, tracking_status, is_closed, first_scan_at, delivered_at, declared_at, number_declared_at, changed_at,
  withdrawn_at, withdrawal_reason`;
/** And what its judge says, which this room only repeats. */
const READ = sql`${COLUMNS}, verification_id, verification_state`;

function shipmentOf(row: Row): ExternalShipment {
  return {
    id: row.external_shipment_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    orderId: row.order_id,
    orderReference: row.order_reference,
    version: row.version,
    state: row.state,
    carrierCode: row.carrier_code,
    number: row.number,
    trackingSite: row.tracking_site ?? undefined,
    serviceName: row.service_name ?? undefined,
    sendType: row.send_type,
    description: row.description ?? undefined,
    shippedAt: row.shipped_at ?? undefined,
    shipFromCountry: row.ship_from_country ?? undefined,
    weightGrams: row.weight_grams ?? undefined,
    hold: row.hold ?? undefined,
    parcelRef: row.parcel_ref,
    parcelId: row.parcel_id ?? undefined,
    trackingStatus: row.tracking_status ?? undefined,
    isClosed: row.is_closed,
    firstScanAt: row.first_scan_at ?? undefined,
    deliveredAt: row.delivered_at ?? undefined,
    declaredAt: row.declared_at,
    numberDeclaredAt: row.number_declared_at,
    changedAt: row.changed_at,
    withdrawnAt: row.withdrawn_at ?? undefined,
    withdrawalReason: row.withdrawal_reason ?? undefined,
    verificationId: row.verification_id ?? undefined,
    verificationState: row.verification_state ?? undefined,
  };
}

/** False when the order has a standing declaration of this carrier and number already. */
export async function insertShipment(db: Queryable, one: ExternalShipment): Promise<boolean> {
  const stored = await db.run(sql`
    insert into external.shipment (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.clientPlatformId}, ${one.orderId}, ${one.orderReference}, ${one.version},
      ${one.state}, ${one.carrierCode}, ${one.number}, ${one.trackingSite}, ${one.serviceName}, ${one.sendType},
      ${one.description}, ${one.shippedAt}, ${one.shipFromCountry}, ${one.weightGrams}, ${one.hold}, ${one.parcelRef}, ${one.parcelId},
      ${one.trackingStatus}, ${one.isClosed}, ${one.firstScanAt}, ${one.deliveredAt}, ${one.declaredAt}, ${one.numberDeclaredAt},
      ${one.changedAt}, ${one.withdrawnAt}, ${one.withdrawalReason})
    on conflict do nothing`);
  return stored > 0;
}

/** Saves all that may change. The caller has locked it. */
export async function saveShipment(db: Queryable, one: ExternalShipment): Promise<void> {
  await db.run(sql`
    update external.shipment set version = ${one.version}, state = ${one.state}, carrier_code = ${one.carrierCode},
      number = ${one.number}, tracking_site = ${one.trackingSite}, service_name = ${one.serviceName},
      description = ${one.description}, shipped_at = ${one.shippedAt}, ship_from_country = ${one.shipFromCountry}, weight_grams = ${one.weightGrams},
      hold = ${one.hold}, parcel_ref = ${one.parcelRef}, parcel_id = ${one.parcelId},
      tracking_status = ${one.trackingStatus}, is_closed = ${one.isClosed}, first_scan_at = ${one.firstScanAt}, delivered_at = ${one.deliveredAt},
      number_declared_at = ${one.numberDeclaredAt}, changed_at = ${one.changedAt}, withdrawn_at = ${one.withdrawnAt},
      withdrawal_reason = ${one.withdrawalReason}
    where organisation_id = ${one.organisationId} and external_shipment_id = ${one.id}`);
}

/** The order that a parcel was declared for, the first one where orders share it; by parcel. */
export async function listDeclaredOrders(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<Map<string, { readonly organisationId: OrganisationId; readonly orderId: OrderId }>> {
  const rows = await db.rows<{ parcel_id: string; organisation_id: OrganisationId; order_id: OrderId }>(sql`
    select distinct on (parcel_id) parcel_id, organisation_id, order_id from external.shipment
    where parcel_id = any(${parcelIds}) and hold = 'own' and state = 'declared'
    order by parcel_id, external_shipment_id`);
  return new Map(
    rows.map((row) => [row.parcel_id, { organisationId: row.organisation_id, orderId: row.order_id }]),
  );
}

/** Parcels of an order that its merchant declared, oldest first; none that somebody else has under the number. */
export async function listDeclaredParcels(
  db: Queryable,
  organisationId: string,
  orderId: string,
  limit: number,
): Promise<ParcelId[]> {
  const rows = await db.rows<{ parcel_id: ParcelId }>(sql`
    select parcel_id from external.shipment
    where organisation_id = ${organisationId} and order_id = ${orderId} and hold = 'own' and state = 'declared'
      and parcel_id is not null
    order by external_shipment_id limit ${limit}`);
  return rows.map((row) => row.parcel_id);
}

/** What its merchant says that a parcel weighs, in grams: the newest word of those that stand. */
export async function findStatedWeight(db: Queryable, parcelId: string): Promise<number | undefined> {
  const row = await db.maybeRow<{ weight_grams: number }>(sql`
    select weight_grams from external.shipment
    where parcel_id = ${parcelId} and hold = 'own' and state = 'declared' and weight_grams is not null
    order by external_shipment_id desc limit 1`);
  return row?.weight_grams;
}

export async function findShipment(db: Queryable, id: string): Promise<ExternalShipment | undefined> {
  const row = await db.maybeRow<Row>(
    sql`select ${READ} from external.shipment where external_shipment_id = ${id}`,
  );
  return row === undefined ? undefined : shipmentOf(row);
}

export async function lockShipment(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<ExternalShipment | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${READ} from external.shipment
    where organisation_id = ${organisationId} and external_shipment_id = ${id} for update`);
  return row === undefined ? undefined : shipmentOf(row);
}

/** Of an order, oldest first; the caller has locked the order. */
export async function listOfOrder(
  db: Queryable,
  organisationId: string,
  orderId: string,
): Promise<ExternalShipment[]> {
  const rows = await db.rows<Row>(sql`
    select ${READ} from external.shipment
    where organisation_id = ${organisationId} and order_id = ${orderId} order by external_shipment_id`);
  return rows.map(shipmentOf);
}

/** Whoever declared a number, oldest first: all that the scope shows. */
export async function listByNumber(
  db: Queryable,
  carrierCode: string,
  number: string,
): Promise<ExternalShipment[]> {
  const rows = await db.rows<Row>(sql`
    select ${READ} from external.shipment where number = ${number} and carrier_code = ${carrierCode}
    order by number_declared_at, external_shipment_id`);
  return rows.map(shipmentOf);
}

/** Standing declarations whose number leads to one of some parcels. */
export async function listByParcels(
  db: Queryable,
  parcelIds: readonly string[],
): Promise<ExternalShipment[]> {
  const rows = await db.rows<Row>(sql`
    select ${READ} from external.shipment where parcel_id = any(${parcelIds}) and state = 'declared'
    order by external_shipment_id`);
  return rows.map(shipmentOf);
}

/** Whose declarations: all, a merchant's, or those of a marketplace's merchants. */
export type Viewer = 'network' | { readonly merchant: string } | { readonly marketplace: string };
export type ShipmentFilter = {
  readonly state: string | undefined;
  readonly orderId: string | undefined;
  readonly number: string | undefined;
  readonly since: Instant | undefined;
  readonly verificationState: string | undefined;
};

/** Newest first, before an id. */
export async function listShipments(
  db: Queryable,
  viewer: Viewer,
  filter: ShipmentFilter,
  before: string | undefined,
  limit: number,
): Promise<ExternalShipment[]> {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'merchant' in viewer
        ? sql`organisation_id = ${viewer.merchant}`
        : sql`client_platform_id = ${viewer.marketplace}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const order = filter.orderId === undefined ? sql`` : sql` and order_id = ${filter.orderId}`;
  const number = filter.number === undefined ? sql`` : sql` and number = ${filter.number}`;
  const since = filter.since === undefined ? sql`` : sql` and declared_at >= ${filter.since}`;
  const verdict =
    filter.verificationState === undefined
      ? sql``
      : sql` and verification_state = ${filter.verificationState}`;
  const below = before === undefined ? sql`` : sql` and external_shipment_id < ${before}`;
  const rows = await db.rows<Row>(sql`
    select ${READ} from external.shipment where ${whose}${state}${order}${number}${since}${verdict}${below}
    order by external_shipment_id desc limit ${limit}`);
  return rows.map(shipmentOf);
}

/** The number that was declared until the shipment's present version. */
export async function insertReplaced(
  db: Queryable,
  before: ExternalShipment,
  replacedAt: Instant,
  reason: string,
): Promise<void> {
  await db.run(sql`
    insert into external.replaced_number (organisation_id, external_shipment_id, version, carrier_code, number, declared_at,
      replaced_at, first_scan_at, reason)
    values (${before.organisationId}, ${before.id}, ${before.version}, ${before.carrierCode}, ${before.number},
      ${before.numberDeclaredAt}, ${replacedAt}, ${before.firstScanAt}, ${reason})`);
}

/** By shipment, oldest first. */
export async function listReplaced(
  db: Queryable,
  ids: readonly string[],
): Promise<Map<string, ReplacedNumber[]>> {
  const rows = await db.rows<{
    external_shipment_id: string;
    carrier_code: string;
    number: string;
    declared_at: Instant;
    replaced_at: Instant;
    first_scan_at: Instant | null;
    reason: string;
  }>(sql`
    select external_shipment_id, carrier_code, number, declared_at, replaced_at, first_scan_at, reason
    from external.replaced_number where external_shipment_id = any(${ids}) order by version`);
  const found = new Map<string, ReplacedNumber[]>(ids.map((id) => [id, []]));
  for (const row of rows)
    found.get(row.external_shipment_id)?.push({
      carrierCode: row.carrier_code,
      number: row.number,
      declaredAt: row.declared_at,
      replacedAt: row.replaced_at,
      firstScanAt: row.first_scan_at ?? undefined,
      reason: row.reason,
    });
  return found;
}
