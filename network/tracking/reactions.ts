import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
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
import { takeOutOfAll } from './containment.ts';
import { BAG_EVENTS, containerReaction, followBag } from './containment-reactions.ts';
import { declaredNumbersReaction } from './declared-numbers.ts';
import { followDelivery, LAST_MILE_EVENTS } from './delivery-reactions.ts';
import { destinationZone } from './destination-zone.policy.ts';
import { flowReaction } from './flow.ts';
import type { ScanPlace } from './model.ts';
import { mintedParcel, type TrackedParcel } from './parcel.ts';
import { followPoint, POINT_EVENTS } from './point-reactions.ts';
import { type OwnScan, recordOwnScans } from './record.ts';
import { registerParcels } from './register.ts';
import { waybillReaction } from './waybill-reactions.ts';

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
  Partial<Pick<z.output<typeof ShipmentPurchased.schema>, 'from' | 'to' | 'promise'>> & {
    readonly place?: z.output<typeof ShipmentSent.schema>['place'] | undefined;
  };

/** Follows orders: registers their parcels and records what the network itself saw. */
export const trackingReactions: readonly Reaction[] = [
  // One consumer for all: what a courier reports comes after the order that registered the parcel.
  reactionOfAll(
    'tracking.shipments',
    [
      ...Object.keys(CODE_OF),
      ...LAST_MILE_EVENTS,
      ...BAG_EVENTS,
      ...POINT_EVENTS,
      HandoverParcelsArrived.name,
    ],
    followAll,
  ),
  waybillReaction,
  containerReaction,
  declaredNumbersReaction,
  flowReaction,
];

type ShipmentEvent = { readonly type: string; readonly payload: ShipmentFacts };

/**
 * Events of different orders that follow each other are recorded together, the others one by one in their turn: each
 * event of an order stays a step of its timeline.
 */
async function followAll(work: Work, events: readonly PublishedEvent<never>[]): Promise<void> {
  let ofOrders = new Map<string, ShipmentEvent>();
  const follow = async () => {
    if (ofOrders.size > 0) await followShipments(work, [...ofOrders.values()]);
    ofOrders = new Map();
  };
  for (const event of events) {
    if (CODE_OF[event.type] !== undefined) {
      const order: ShipmentEvent = event;
      if (ofOrders.has(order.payload.shipmentId)) await follow();
      ofOrders.set(order.payload.shipmentId, order);
      continue;
    }
    await follow();
    if (event.type === HandoverParcelsArrived.name) await followArrival(work, event.payload);
    else if (BAG_EVENTS.includes(event.type))
      await followBag(work, event.type, event.payload, event.occurredAt);
    else if (POINT_EVENTS.includes(event.type)) await followPoint(work, event.type, event.payload);
    else await followDelivery(work, event.type, event.payload);
  }
  await follow();
}

/**
 * Parcels of a handover that the warehouse scanned on arrival; what is inside a bag inherits the bag's scan, and the
 * bag is emptied here.
 */
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
  const unpacked = facts.parcels.flatMap(({ parcelId, bagId }) => (bagId === undefined ? [] : [parcelId]));
  if (unpacked.length > 0) await takeOutOfAll(work, unpacked, facts.occurredAt, { kind: 'network' });
}

async function followShipments(work: Work, events: readonly ShipmentEvent[]): Promise<void> {
  // Each event carries enough to register, so none depends on an earlier one having been seen.
  await registerParcels(
    work,
    events.flatMap(({ payload: facts }) =>
      facts.parcels.map((parcel) => ({
        parcel: trackedParcelOf(work, facts, parcel),
        at: facts.occurredAt,
      })),
    ),
  );
  await recordOwnScans(work, events.flatMap(scansOf));
}

function scansOf({ type, payload: facts }: ShipmentEvent): OwnScan[] {
  const code = CODE_OF[type];
  if (code === undefined) throw new Error(`no code for ${type}`);
  const place = facts.place === undefined ? undefined : coarse(facts.place);
  return facts.parcels.map((parcel) => ({
    parcelId: parcel.parcelId,
    number: parcel.number,
    code,
    occurredAt: facts.occurredAt,
    ...(place === undefined ? {} : { place }),
    synthetic: facts.synthetic,
  }));
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
    promise: facts.promise && {
      ...facts.promise,
      zone: facts.to === undefined ? undefined : destinationZone(facts.to),
    },
    route: routeOf(facts),
  };
}

/** The countries of both ends; a line says of no other that it touches it. */
function routeOf({ from, to }: ShipmentFacts): CountryCode[] | undefined {
  if (from === undefined || to === undefined) return undefined;
  return [...new Set([from.country, to.country] as CountryCode[])];
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
