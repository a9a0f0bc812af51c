import { type Queryable, sql } from '../../platform/db/index.ts';
import type { ParcelId, PartyRef, ShipmentId } from '../kernel/index.ts';
import { FINAL_STATES } from './model.ts';

export type CarrierParcel = {
  readonly parcelId: ParcelId;
  readonly number: string;
  readonly shipmentId: ShipmentId;
};

/**
 * Parcels that an organisation carries, by their ids or numbers; others are left out. A number that was used again
 * answers its newest parcel.
 */
export async function listParcelsOfCarrier(
  db: Queryable,
  carrierId: string,
  references: readonly string[],
): Promise<CarrierParcel[]> {
  const rows = await db.rows<{ parcel_id: ParcelId; number: string; shipment_id: ShipmentId }>(sql`
    select distinct on (p.number) p.parcel_id, p.number, p.shipment_id
    from shipments.parcel p
    join shipments.part t on t.shipment_id = p.shipment_id and t.organisation_id = ${carrierId} and t.part = 'carrier'
    where p.parcel_id = any(${references}) or p.number = any(${references})
    order by p.number, p.shipment_id desc`);
  return rows.map((row) => ({ parcelId: row.parcel_id, number: row.number, shipmentId: row.shipment_id }));
}

/** Shipments under way of which this is a party: whose address somebody may have to see. */
export async function listOpenShipmentsOfParty(
  db: Queryable,
  partyId: string,
): Promise<{ shipmentId: ShipmentId; carrierId: string; warehouseId: string }[]> {
  const rows = await db.rows<{ shipment_id: ShipmentId; carrier_id: string; warehouse_id: string }>(sql`
    select shipment_id, carrier_id, warehouse_id from shipments.shipment
    where (recipient_ref = ${partyId} or sender_ref = ${partyId}) and not state = any(${[...FINAL_STATES]})
    order by shipment_id desc limit 1000`);
  return rows.map((row) => ({
    shipmentId: row.shipment_id,
    carrierId: row.carrier_id,
    warehouseId: row.warehouse_id,
  }));
}

const ofPlatform = (clientPlatformId: string | undefined) =>
  clientPlatformId === undefined ? sql`` : sql` and client_platform_id = ${clientPlatformId}`;

/** Ids of shipments that go to one of these parties, newest first; of one client platform, or of all in the scope. */
export async function listShipmentIdsOfRecipients(
  db: Queryable,
  refs: readonly string[],
  limit: number,
  clientPlatformId?: string,
): Promise<ShipmentId[]> {
  const rows = await db.rows<{ shipment_id: ShipmentId }>(sql`
    select shipment_id from shipments.shipment where recipient_ref = any(${refs})${ofPlatform(clientPlatformId)} order by shipment_id desc limit ${limit}`);
  return rows.map((row) => row.shipment_id);
}

/** Ids of shipments of an order's reference, newest first; of one client platform, or of all in the scope. */
export async function listShipmentIdsOfReference(
  db: Queryable,
  reference: string,
  limit: number,
  clientPlatformId?: string,
): Promise<ShipmentId[]> {
  const rows = await db.rows<{ shipment_id: ShipmentId }>(sql`
    select shipment_id from shipments.shipment where order_ref = ${reference}${ofPlatform(clientPlatformId)} order by shipment_id desc limit ${limit}`);
  return rows.map((row) => row.shipment_id);
}

/** A parcel of an order, and to whom it goes. */
export type OrderParcel = { readonly parcelId: ParcelId; readonly recipientRef: PartyRef };

/** Parcels of all shipments of an organisation's order, in the order in which they were bought; at most `limit`. */
export async function listParcelsOfReference(
  db: Queryable,
  organisationId: string,
  orderRef: string,
  limit: number,
): Promise<OrderParcel[]> {
  const rows = await db.rows<{ parcel_id: ParcelId; recipient_ref: PartyRef }>(sql`
    select p.parcel_id, s.recipient_ref from shipments.shipment s
    join shipments.parcel p on p.organisation_id = s.organisation_id and p.shipment_id = s.shipment_id
    where s.organisation_id = ${organisationId} and s.order_ref = ${orderRef}
    order by s.shipment_id, p.index limit ${limit}`);
  return rows.map((row) => ({ parcelId: row.parcel_id, recipientRef: row.recipient_ref }));
}
