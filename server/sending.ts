import { listDeclaredOrders, listDeclaredParcels } from '../network/external/index.ts';
import type { OrganisationId, ParcelId, PartyRef } from '../network/kernel/index.ts';
import { findOrder, findOrderIds } from '../network/orders/index.ts';
import { findShipment, listParcelsOfReference } from '../network/shipments/index.ts';
import { listConsignment, type SendingOf } from '../network/tracking/index.ts';
import type { Vault } from '../network/vault/index.ts';
import { listWaybillsOfParcels } from '../network/waybills/index.ts';
import type { Queryable } from '../platform/db/index.ts';
import { recipientOf, recipientsOf } from './recipient-check.ts';

/** As many as an order is looked through for. Our default. */
const MOST_PARCELS = 200;

type Candidate = {
  readonly parcelId: ParcelId;
  readonly recipientRef: PartyRef | undefined;
  readonly label?: { readonly index: number; readonly count: number };
};
type Asked = Parameters<SendingOf>[1] & { readonly organisationId: OrganisationId };

/**
 * Joins tracking to orders, declarations and waybills: which parcels bring one order to its recipient. Orders are named by
 * whoever buys, and consignments by any carrier, so of both only those count that go to the same person, by the vault's
 * blind index.
 */
export function createSendingOf(vault: Pick<Vault, 'samePerson'>): SendingOf {
  return async (db, { organisationId, ...parcel }) => {
    if (organisationId === undefined) return [];
    const asked: Asked = { ...parcel, organisationId };
    const [order, consignment] = await Promise.all([ofOrder(db, asked), ofConsignment(db, asked)]);
    const candidates = withoutRepeats([...order, ...consignment]);
    if (candidates.every(({ parcelId }) => parcelId === asked.id)) return [];
    const recipient = await recipientOf(db, asked);
    if (recipient?.organisationId !== organisationId) return [];
    const refs = candidates.flatMap(({ recipientRef }) => recipientRef ?? []);
    const same = await vault.samePerson(db, recipient, refs);
    return candidates.filter(
      ({ parcelId, recipientRef }) =>
        parcelId === asked.id || (recipientRef !== undefined && same.has(recipientRef)),
    );
  };
}

/** Parcels of the order that a parcel was bought or declared for: what was bought first. */
async function ofOrder(
  db: Queryable,
  { id, organisationId, shipmentId }: Asked,
): Promise<readonly Candidate[]> {
  const shipment = shipmentId === undefined ? undefined : await findShipment(db, shipmentId);
  const declared = shipment === undefined ? (await listDeclaredOrders(db, [id])).get(id) : undefined;
  const order = declared === undefined ? undefined : await findOrder(db, declared.orderId);
  const reference = shipment?.orderRef ?? order?.reference;
  if (reference === undefined) return [];
  const orderId = order?.id ?? (await findOrderIds(db, organisationId, [reference])).get(reference);
  return [
    ...(await listParcelsOfReference(db, organisationId, reference, MOST_PARCELS)),
    ...(orderId === undefined ? [] : await declaredFor(db, organisationId, orderId)),
  ];
}

async function declaredFor(
  db: Queryable,
  organisationId: OrganisationId,
  orderId: string,
): Promise<readonly Candidate[]> {
  const parcels = await listDeclaredParcels(db, organisationId, orderId, MOST_PARCELS);
  const recipientRef = parcels.length === 0 ? undefined : (await findOrder(db, orderId))?.recipientRef;
  return parcels.map((parcelId) => ({ parcelId, recipientRef }));
}

/** Pieces of one consignment, as its owner's waybills or the carriers of its declarations name them. */
async function ofConsignment(db: Queryable, asked: Asked): Promise<readonly Candidate[]> {
  const pieces = await listConsignment(db, asked);
  if (pieces.length === 0) return [];
  const waybills = await listWaybillsOfParcels(
    db,
    asked.organisationId,
    pieces.map(({ id }) => id),
  );
  const recipients = await recipientsOf(
    db,
    asked.organisationId,
    pieces.filter(({ id }) => !waybills.has(id)),
  );
  return pieces.map(({ id: parcelId }) => {
    const waybill = waybills.get(parcelId);
    if (waybill !== undefined) {
      const label = { index: waybill.pieceIndex, count: waybill.pieceCount };
      return { parcelId, recipientRef: waybill.recipientRef, label };
    }
    const recipient = recipients.get(parcelId);
    const isKnownHere = recipient?.organisationId === asked.organisationId;
    return { parcelId, recipientRef: isKnownHere ? recipient.ref : undefined };
  });
}

function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...new Map(candidates.map((one) => [one.parcelId, one])).values()];
}
