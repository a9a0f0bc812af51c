import type { Principal } from '../accounts/index.ts';
import type { Instant, ShipmentId } from '../kernel/index.ts';
import type { StoredOffer } from '../offers/index.ts';
import type { CoarsePlace, DeclaredItem, HandoverKind, Shipment, ShipmentParcel } from './model.ts';
import type { Parts } from './outlook.ts';
import type { WhoPays } from './payers.ts';
import type { ParcelsToNumber } from './ports.ts';

/** What a merchant says of a purchase besides the offer and the parties. */
export type PurchaseOrder = {
  readonly orderRef: string;
  readonly goods: readonly DeclaredItem[];
  readonly handover: HandoverKind;
  readonly undeliverable: 'return' | 'destroy';
} & WhoPays;

/** What is to be numbered for a purchase. */
export function parcelsToNumber(
  caller: Principal,
  order: Pick<PurchaseOrder, 'orderRef'>,
  { offer, request }: StoredOffer,
  shipmentId: ShipmentId,
  ends: Pick<ParcelsToNumber, 'senderRef' | 'recipientRef' | 'from' | 'to' | 'route'>,
): ParcelsToNumber {
  return {
    organisationId: caller.organisationId,
    shipmentId,
    carrierCode: offer.carrierCode,
    lineCode: offer.lineCode,
    orderRef: order.orderRef,
    parcels: request.parcels,
    ...ends,
  };
}

export function newShipment(facts: {
  now: Instant;
  caller: Principal;
  order: PurchaseOrder;
  bought: StoredOffer;
  id: ShipmentId;
  senderRef: Shipment['senderRef'];
  recipientRef: Shipment['recipientRef'];
  from: CoarsePlace;
  to: CoarsePlace;
  parcels: readonly ShipmentParcel[];
  parts: Parts;
  holdSetId: Shipment['holdSetId'];
  programme?: Shipment['quoted']['programme'];
}): Shipment {
  const { now, caller, order, bought } = facts;
  const { promise } = bought.offer;
  return {
    id: facts.id,
    organisationId: caller.organisationId,
    clientPlatformId: caller.clientPlatformId,
    version: 1,
    state: 'wait_receive',
    orderRef: order.orderRef,
    offerId: bought.id,
    lineCode: bought.offer.lineCode,
    carrierCode: bought.offer.carrierCode,
    ...facts.parts,
    handover: order.handover,
    undeliverable: order.undeliverable,
    senderRef: facts.senderRef,
    recipientRef: facts.recipientRef,
    from: facts.from,
    to: facts.to,
    goods: order.goods,
    parcels: facts.parcels,
    incoterm: bought.request.incoterm,
    orderAmount: bought.request.orderAmount,
    cashOnDelivery: bought.request.cashOnDelivery,
    insuredAmount: bought.request.insuredAmount,
    quoted: {
      lines: bought.offer.charges.map(({ type, label, amount }) => ({ type, label, amount })),
      total: bought.offer.total,
      lineVersion: bought.offer.lineVersion,
      ...(facts.programme === undefined ? {} : { programme: facts.programme }),
    },
    charged: undefined,
    freight: 'reserved',
    holdSetId: facts.holdSetId,
    promise: { kind: promise.kind, earliest: promise.earliest, latest: promise.latest },
    acknowledgement: 'pending',
    reason: undefined,
    synthetic: false,
    purchasedAt: now,
    changedAt: now,
  };
}
