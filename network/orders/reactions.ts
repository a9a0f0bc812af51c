import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { OrganisationId, ShipmentId } from '../kernel/index.ts';
import {
  InboundAccepted,
  InboundRejected,
  OutboundCompleted,
  OutboundFailed,
  ShipmentCancelled,
  ShipmentClosed,
  ShipmentPickedUp,
  ShipmentPickupFailed,
  ShipmentProgressed,
  ShipmentPurchased,
  ShipmentSent,
} from '../shipments/events.ts';
import { linkStates } from './external.ts';
import { enterState } from './handle.ts';
import { orderStateOf } from './state.policy.ts';
import {
  insertOrderShipment,
  listKnownReferences,
  listLinkedShipments,
  lockOrder,
  lockOrderByReference,
  noteShipmentState,
  referenceKey,
} from './store.ts';

type ShipmentNews = {
  readonly shipmentId: ShipmentId;
  readonly organisationId: OrganisationId;
  readonly orderRef: string;
  readonly state?: string;
};

/** State of the shipment after each of its events; `ShipmentProgressed` says it itself. */
const STATE_AFTER: Readonly<Record<string, string>> = {
  [ShipmentPurchased.name]: 'wait_receive',
  [ShipmentPickedUp.name]: 'picked_up',
  [ShipmentPickupFailed.name]: 'pickup_failed',
  [InboundAccepted.name]: 'wait_send',
  [InboundRejected.name]: 'inbound_rejected',
  [OutboundCompleted.name]: 'outbound_ok',
  [OutboundFailed.name]: 'outbound_failed',
  [ShipmentSent.name]: 'sent',
  [ShipmentCancelled.name]: 'cancelled',
  [ShipmentClosed.name]: 'closed',
};

/** Orders follow their shipments, also those that somebody bought by POST /v1/shipments with the order's reference. */
export function orderReactions(): readonly Reaction[] {
  return [
    reactionOfAll(
      'orders.follow_shipment',
      [...Object.keys(STATE_AFTER), ShipmentProgressed.name],
      followAll,
    ),
  ];
}

/** Most shipments are bought without an order: those are passed over by one look for all. */
async function followAll(work: Work, events: readonly PublishedEvent<ShipmentNews>[]): Promise<void> {
  const [bought, later] = [true, false].map((isPurchase) =>
    events
      .filter(({ type }) => (type === ShipmentPurchased.name) === isPurchase)
      .map(({ payload }) => payload),
  ) as [ShipmentNews[], ShipmentNews[]];
  const [references, linked] = await Promise.all([
    listKnownReferences(work.db, bought),
    listLinkedShipments(work.db, later),
  ]);
  const followed = new Set([
    ...linked,
    ...bought
      .filter((news) => references.has(referenceKey(news.organisationId, news.orderRef)))
      .map((news) => news.shipmentId),
  ]);
  for (const { type, payload } of events)
    if (followed.has(payload.shipmentId)) await follow(work, type, payload);
}

async function follow(work: Work, type: string, news: ShipmentNews): Promise<void> {
  const state = STATE_AFTER[type] ?? news.state;
  if (state === undefined) return;
  const { organisationId, shipmentId } = news;
  await work.actFor({ organisationId });
  if (type === ShipmentPurchased.name) {
    const order = await lockOrderByReference(work.db, organisationId, news.orderRef);
    if (order === undefined) return;
    // Bought through the order: known, and perhaps further by now.
    if (!(await insertOrderShipment(work.db, organisationId, { orderId: order.id, shipmentId, state })))
      return;
    await settle(work, organisationId, order.id);
    return;
  }
  const orderId = await noteShipmentState(work.db, organisationId, shipmentId, state);
  if (orderId !== undefined) await settle(work, organisationId, orderId);
}

async function settle(work: Work, organisationId: OrganisationId, orderId: string): Promise<void> {
  const order = await lockOrder(work.db, organisationId, orderId);
  if (order === undefined) throw new Error('a shipment brings an order that is not there');
  await enterState(work, order, orderStateOf(order.state, await linkStates(work.db, order.id)));
}
