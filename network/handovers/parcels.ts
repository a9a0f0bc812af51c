import type { Work } from '../../platform/world/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import { findShipment, findShipmentOfParcel, type Shipment } from '../shipments/index.ts';
import type { Content, HandoverErrorCode } from './model.ts';

export type Places = {
  readonly carrierId: OrganisationId | undefined;
  readonly warehouseId: OrganisationId | undefined;
  readonly clientPlatformId: OrganisationId | undefined;
};
export type Found = Places & { readonly contents: readonly Omit<Content, 'containerId' | 'state'>[] };
type Code = HandoverErrorCode | 'not_found';

/** Not yet at the first warehouse: what may still be put into a bag. */
const WAITING: ReadonlySet<string> = new Set(['wait_receive', 'picked_up', 'pickup_failed']);

/** The parcels by their shipments; all of the owner, waiting for one and the same warehouse. */
export async function findParcels(
  work: Work,
  owner: string,
  parcelIds: readonly string[],
): Promise<Outcome<Found, Code>> {
  const shipments = new Map<string, Shipment>();
  const contents: Omit<Content, 'containerId' | 'state'>[] = [];
  for (const parcelId of new Set(parcelIds)) {
    const where = await findShipmentOfParcel(work.db, parcelId);
    if (where?.organisationId !== owner) return refused('not_found', '');
    const shipment = shipments.get(where.shipmentId) ?? (await findShipment(work.db, where.shipmentId));
    const parcel = shipment?.parcels.find((candidate) => candidate.id === parcelId);
    if (shipment === undefined || parcel === undefined) return refused('not_found', '');
    if (!WAITING.has(shipment.state)) {
      return refused('parcel_not_to_hand_over', `The shipment of ${parcelId} is ${shipment.state}.`);
    }
    shipments.set(shipment.id, shipment);
    contents.push({ parcelId: parcel.id, shipmentId: shipment.id, number: parcel.number });
  }
  const places = [...shipments.values()].map(({ carrierId, warehouseId, clientPlatformId }) => ({
    carrierId,
    warehouseId,
    clientPlatformId,
  }));
  const merged = mergePlaces(places);
  return merged.ok ? accepted({ ...merged.value, contents }) : merged;
}

/** One warehouse for all; of several carriers none is named. */
export function mergePlaces(places: readonly Places[]): Outcome<Places, 'handover_places_differ'> {
  const known = places.filter((place) => place.warehouseId !== undefined);
  const [first] = known;
  if (first === undefined) {
    return accepted({ carrierId: undefined, warehouseId: undefined, clientPlatformId: undefined });
  }
  if (known.some((place) => place.warehouseId !== first.warehouseId)) {
    return refused('handover_places_differ', 'They go to several warehouses.');
  }
  const isOne = known.every((place) => place.carrierId === first.carrierId);
  const { carrierId, warehouseId, clientPlatformId } = first;
  // Field by field: bags and handovers come in as places too.
  return accepted({ carrierId: isOne ? carrierId : undefined, warehouseId, clientPlatformId });
}
