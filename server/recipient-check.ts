import { findShipment } from '../network/shipments/index.ts';
import type { RecipientCheck } from '../network/tracking/index.ts';
import type { Vault } from '../network/vault/index.ts';

/** Joins tracking to the vault: do these digits end the phone of the recipient of a shipment? By blind index only. */
export function createRecipientCheck(vault: Vault): RecipientCheck {
  return async (db, { shipmentId, phoneLast4 }) => {
    const shipment = shipmentId === undefined ? undefined : await findShipment(db, shipmentId);
    if (shipment === undefined) return false;
    const refs = await vault.findParties(db, shipment.organisationId, 'phone_tail', phoneLast4);
    return refs.includes(shipment.recipientRef);
  };
}
