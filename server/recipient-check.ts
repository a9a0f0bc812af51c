import { findDeclaredOrder } from '../network/external/index.ts';
import { idFromUuid, type OrganisationId, type PartyRef } from '../network/kernel/index.ts';
import { findOrder } from '../network/orders/index.ts';
import { findRecipientOfParcel } from '../network/shelves/index.ts';
import { findShipment } from '../network/shipments/index.ts';
import type { RecipientCheck } from '../network/tracking/index.ts';
import type { PartyKey, Vault } from '../network/vault/index.ts';
import { findWaybillOfParcel } from '../network/waybills/index.ts';
import type { Queryable } from '../platform/db/index.ts';

const NO_UUID = new Uint8Array(16);
/** Asked for in place of a person who is not there, so that the time of the answer tells nothing. */
const NOBODY: PartyKey = {
  organisationId: idFromUuid('org', NO_UUID) as OrganisationId,
  ref: idFromUuid('pty', NO_UUID) as PartyRef,
};

/** Joins tracking to the vault: do these digits end the phone of the recipient of a parcel? By blind index only. */
export function createRecipientCheck(vault: Pick<Vault, 'partyHas'>): RecipientCheck {
  return async (db, parcel, phoneLast4) =>
    vault.partyHas(db, (await recipientOf(db, parcel)) ?? NOBODY, 'phone_tail', phoneLast4);
}

type Asked = Parameters<RecipientCheck>[1];

/** To whom a parcel goes; undefined when nobody told. */
export async function recipientOf(db: Queryable, parcel: Asked): Promise<PartyKey | undefined> {
  if (parcel?.shipmentId !== undefined) {
    const shipment = await findShipment(db, parcel.shipmentId);
    return shipment && { organisationId: shipment.organisationId, ref: shipment.recipientRef };
  }
  const declared = await findDeclaredOrder(db, parcel?.id ?? '');
  if (declared !== undefined) {
    const order = await findOrder(db, declared.orderId);
    return order && { organisationId: order.organisationId, ref: order.recipientRef };
  }
  const waybill = await findWaybillOfParcel(db, parcel?.id ?? '');
  if (waybill?.recipientRef === undefined || waybill.organisationId !== parcel?.organisationId)
    return findRecipientOfParcel(db, parcel?.id ?? '');
  return { organisationId: waybill.organisationId, ref: waybill.recipientRef };
}
