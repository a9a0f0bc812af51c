import { listDeclaredOrders } from '../network/external/index.ts';
import { idFromUuid, type OrganisationId, type ParcelId, type PartyRef } from '../network/kernel/index.ts';
import { listRecipients } from '../network/orders/index.ts';
import { listRecipientsOfParcels } from '../network/shelves/index.ts';
import { listShipmentsByIds } from '../network/shipments/index.ts';
import type { RecipientCheck } from '../network/tracking/index.ts';
import type { PartyKey, Vault } from '../network/vault/index.ts';
import { listWaybillsOfParcels } from '../network/waybills/index.ts';
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

type Asked = NonNullable<Parameters<RecipientCheck>[1]>;

/** To whom a parcel goes; undefined when nobody told. A number that nobody knows is looked for as long as any other. */
export async function recipientOf(db: Queryable, parcel: Asked | undefined): Promise<PartyKey | undefined> {
  const asked = parcel ?? { id: '' as ParcelId, organisationId: undefined, shipmentId: undefined };
  return (await recipientsOf(db, asked.organisationId, [asked])).get(asked.id);
}

type Recipients = ReadonlyMap<string, PartyKey>;

/**
 * To whom parcels of one owner go, by parcel, as far as somebody told: who bought them, who declared them, whose waybill they
 * have, or who announced them to a point.
 */
export async function recipientsOf(
  db: Queryable,
  organisationId: OrganisationId | undefined,
  parcels: readonly Pick<Asked, 'id' | 'shipmentId'>[],
): Promise<Recipients> {
  const found = new Map(await ofShipments(db, parcels));
  let open = parcels.flatMap(({ id, shipmentId }) => (shipmentId === undefined ? [id] : []));
  for (const told of [ofDeclarations, ofWaybills, listRecipientsOfParcels]) {
    if (open.length === 0) break;
    for (const [id, recipient] of await told(db, open, organisationId)) found.set(id, recipient);
    open = open.filter((id) => !found.has(id));
  }
  return found;
}

/** What was bought here goes where its shipment says, and nowhere else. */
async function ofShipments(
  db: Queryable,
  parcels: readonly Pick<Asked, 'id' | 'shipmentId'>[],
): Promise<Recipients> {
  const ids = [...new Set(parcels.flatMap(({ shipmentId }) => shipmentId ?? []))];
  if (ids.length === 0) return new Map();
  const shipments = new Map<string, PartyKey>(
    (await listShipmentsByIds(db, ids)).map(({ id, organisationId, recipientRef }) => [
      id,
      { organisationId, ref: recipientRef },
    ]),
  );
  return new Map(
    parcels.flatMap(({ id, shipmentId }) => {
      const recipient = shipmentId === undefined ? undefined : shipments.get(shipmentId);
      return recipient === undefined ? [] : [[id, recipient] as const];
    }),
  );
}

async function ofDeclarations(db: Queryable, parcelIds: readonly ParcelId[]): Promise<Recipients> {
  const declared = await listDeclaredOrders(db, parcelIds);
  if (declared.size === 0) return new Map();
  const orderIds = [...new Set([...declared.values()].map(({ orderId }) => orderId))];
  const recipients = await listRecipients(db, orderIds);
  return new Map(
    [...declared].flatMap(([id, { organisationId, orderId }]) => {
      const ref = recipients.get(orderId);
      return ref === undefined ? [] : [[id, { organisationId, ref }] as const];
    }),
  );
}

async function ofWaybills(
  db: Queryable,
  parcelIds: readonly ParcelId[],
  organisationId: OrganisationId | undefined,
): Promise<Recipients> {
  const waybills = await listWaybillsOfParcels(db, organisationId ?? '', parcelIds);
  return new Map(
    [...waybills].flatMap(([id, { organisationId: owner, recipientRef: ref }]) =>
      ref === undefined ? [] : [[id, { organisationId: owner, ref }] as const],
    ),
  );
}
