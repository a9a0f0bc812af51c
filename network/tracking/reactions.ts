import type { z } from 'zod';
import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { HandoverParcelsArrived } from '../handovers/events.ts';
import type { CountryCode } from '../kernel/index.ts';
import {
  InboundAccepted,
  InboundRejected,
  OutboundCompleted,
  OutboundFailed,
  ShipmentCancelled,
  ShipmentClosed,
  ShipmentPickedUp,
  ShipmentPickupFailed,
  ShipmentPurchased,
  ShipmentSent,
} from '../shipments/events.ts';
import { followDelivery, LAST_MILE_EVENTS } from './delivery-reactions.ts';
import { flowReaction } from './flow.ts';
import type { ScanPlace } from './model.ts';
import { mintedParcel, type TrackedParcel } from './parcel.ts';
import { recordOwnScans } from './record.ts';
import { registerParcels } from './register.ts';

/**
 * What each event of an order means for its parcels, in our own codes. Reasons stay with the order: they are text of
 * people, and a timeline holds none. An order that is closed before it left goes back to its sender.
 */
const CODE_OF: Readonly<Record<string, string>> = {
  [ShipmentPurchased.name]: 'order_created',
  [ShipmentPickedUp.name]: 'picked_up',
  [ShipmentPickupFailed.name]: 'pickup_failed',
  [InboundAccepted.name]: 'warehouse_received',
  [InboundRejected.name]: 'exception.rejected_by_carrier',
  [OutboundCompleted.name]: 'warehouse_outbound',
  [OutboundFailed.name]: 'exception.held_at_facility',
  [ShipmentSent.name]: 'linehaul',
  [ShipmentCancelled.name]: 'cancelled',
  [ShipmentClosed.name]: 'returned',
};

/** The warehouse's sign scan. Weighing may give the same milestone later; the first one counts. */
const ARRIVED_WITH_HANDOVER = 'warehouse_received';

/** The fields that the events of an order share; some have a place, the first also promise and destination. */
type ShipmentFacts = Omit<z.output<typeof ShipmentPickedUp.schema>, never> &
  Partial<Pick<z.output<typeof ShipmentPurchased.schema>, 'to' | 'promise'>> & {
    readonly place?: z.output<typeof ShipmentSent.schema>['place'] | undefined;
  };

/** Follows orders: registers their parcels and records what the network itself saw. */
export const trackingReactions: readonly Reaction[] = [
  {
    name: 'tracking.shipments',
    // One consumer for both: what a courier reports comes after the order that registered the parcel.
    on: [...Object.keys(CODE_OF), ...LAST_MILE_EVENTS, HandoverParcelsArrived.name],
    run: (work: Work, event: PublishedEvent<never>) => {
      if (event.type === HandoverParcelsArrived.name) return followArrival(work, event.payload);
      return LAST_MILE_EVENTS.includes(event.type)
        ? followDelivery(work, event.type, event.payload)
        : followShipment(work, event.type, event.payload);
    },
  },
  flowReaction,
];

/** Parcels of a handover that the warehouse scanned on arrival; what is inside a bag inherits the bag's scan. */
async function followArrival(
  work: Work,
  facts: z.output<typeof HandoverParcelsArrived.schema>,
): Promise<void> {
  await recordOwnScans(
    work,
    facts.parcels.map((parcel) => ({
      parcelId: parcel.parcelId,
      number: parcel.number,
      code: ARRIVED_WITH_HANDOVER,
      occurredAt: facts.occurredAt,
      synthetic: false,
    })),
  );
}

async function followShipment(work: Work, type: string, facts: ShipmentFacts): Promise<void> {
  const code = CODE_OF[type];
  if (code === undefined) throw new Error(`no code for ${type}`);
  // Each event carries enough to register, so none depends on an earlier one having been seen.
  await registerParcels(
    work,
    facts.parcels.map((parcel) => trackedParcelOf(work, facts, parcel)),
    facts.occurredAt,
  );
  const place = facts.place === undefined ? undefined : coarse(facts.place);
  await recordOwnScans(
    work,
    facts.parcels.map((parcel) => ({
      parcelId: parcel.parcelId,
      number: parcel.number,
      code,
      occurredAt: facts.occurredAt,
      ...(place === undefined ? {} : { place }),
      synthetic: facts.synthetic,
    })),
  );
}

function trackedParcelOf(
  work: Work,
  facts: ShipmentFacts,
  parcel: ShipmentFacts['parcels'][number],
): TrackedParcel {
  return {
    ...mintedParcel(parcel.parcelId, parcel.number, facts.carrierCode, work.now),
    organisationId: facts.organisationId,
    clientPlatformId: facts.clientPlatformId,
    carrierId: facts.carrierId,
    warehouseId: facts.warehouseId,
    shipmentId: facts.shipmentId,
    destination: facts.to === undefined ? undefined : cityOf(facts.to),
    promise: facts.promise,
  };
}

function coarse(place: {
  country: string;
  city?: string | undefined;
  postcode?: string | undefined;
}): ScanPlace {
  return {
    ...cityOf(place),
    ...(place.postcode === undefined ? {} : { postcode: place.postcode }),
  };
}

function cityOf(place: { country: string; city?: string | undefined }): Pick<ScanPlace, 'country' | 'city'> {
  const country = place.country as CountryCode;
  return place.city === undefined ? { country } : { country, city: place.city };
}
