import type { Queryable } from '../../platform/db/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  type Id,
  type OfferId,
  type Outcome,
  type PartyRef,
  refused,
  type ShipmentId,
} from '../kernel/index.ts';
import type { GoodsClass } from '../lines/index.ts';
import {
  findOffer,
  makeOffers,
  type OfferAnswer,
  type OfferFacts,
  type OfferRequest,
  type StoredOffer,
} from '../offers/index.ts';
import {
  type CoarsePlace,
  findShipment,
  type HandoverKind,
  purchaseFor,
  type Shipment,
  type ShipmentPorts,
} from '../shipments/index.ts';
import { chooseOffer, handoverFor } from './choice.policy.ts';
import { linkStates } from './external.ts';
import { conflict, enterState } from './handle.ts';
import type { Choice, Order, OrderId } from './model.ts';
import { listSenders } from './sender-store.ts';
import { isOpen, orderStateOf } from './state.policy.ts';
import { insertOrderShipment, listOrderShipments, listOrdersByIds, lockOrder } from './store.ts';

export type OrderPorts = { readonly shipments: ShipmentPorts; readonly offerFacts: OfferFacts };

export type PurchaseLine = {
  readonly orderId: OrderId;
  readonly offerId?: OfferId | undefined;
  readonly choose: Choice;
  readonly handover?: HandoverKind | undefined;
  readonly undeliverable?: 'return' | 'destroy' | undefined;
  readonly programmeId?: Id<'prg'> | undefined;
  /** Where a rule chooses the offer and nobody names a programme: the most generous one pays its part. */
  readonly letProgrammesPay: boolean;
};
export type Bought = { readonly shipment: Shipment; readonly isNew: boolean };

/** An order with where it is shipped from: its own sender, else the merchant's default. */
type Ready = Order & { readonly from: CoarsePlace; readonly senderRef: PartyRef };

/** Orders of the caller by id, ready to be shipped; a refusal for each that is not. */
async function readyOrders(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<Map<string, Outcome<Ready>>> {
  const found = new Map(
    (await listOrdersByIds(db, organisationId, ids)).map((order) => [order.id as string, order]),
  );
  const fallback = (await listSenders(db, organisationId)).find((sender) => sender.isDefault);
  return new Map(
    ids.map((id): [string, Outcome<Ready>] => {
      const order = found.get(id);
      if (order === undefined) return [id, refused('not_found', '')];
      const from = order.from ?? fallback?.place;
      const senderRef = order.senderRef ?? fallback?.partyRef;
      return from === undefined || senderRef === undefined
        ? [id, refused('sender_missing', '')]
        : [id, accepted({ ...order, from, senderRef })];
    }),
  );
}

/** What the search is asked for an order. Goods and weights are the declared ones, where none were measured. */
export function offerRequestOf(order: Ready): OfferRequest {
  const declaredGrams = order.goods.reduce((sum, item) => sum + item.quantity * item.unitWeightGrams, 0);
  return {
    orderRef: order.reference,
    from: order.from,
    to: order.to,
    parcels: order.parcels ?? [{ weightGrams: Math.min(declaredGrams, MAX_PARCEL_GRAMS) }],
    goods: offeredGoodsOf(order),
    orderAmount: order.orderAmount,
    incoterm: order.incoterm,
    taxIdKinds: order.taxIdKinds,
    cashOnDelivery: order.cashOnDelivery,
    insuredAmount: order.insuredAmount,
  };
}
/** Heaviest parcel that an offer can be asked for (contract of offers); more than this every line refuses anyway. */
const MAX_PARCEL_GRAMS = 1_000_000;

export function offeredGoodsOf(order: Pick<Order, 'goods'>): OfferRequest['goods'] {
  return order.goods.map((item) => ({
    goodsClass: item.goodsClass as GoodsClass,
    quantity: item.quantity,
    unitValue: item.unitValue,
    unitWeightGrams: item.unitWeightGrams,
    hs6: item.hs6,
  }));
}

/** Offers for stored orders, by order: the same search, without sending the orders again. */
export async function offersForOrders(
  world: World,
  caller: Principal,
  ids: readonly OrderId[],
  ports: OrderPorts,
): Promise<Map<string, Outcome<OfferAnswer>>> {
  const answers = new Map<string, Outcome<OfferAnswer>>();
  await world.command({ organisationId: caller.organisationId }, async (work): Promise<Outcome<unknown>> => {
    const wanted = [...new Set(ids)];
    const orders: Ready[] = [];
    for (const [id, outcome] of await readyOrders(work.db, caller.organisationId, wanted)) {
      if (!outcome.ok) answers.set(id, outcome);
      else if (!isOpen(outcome.value.state)) answers.set(id, conflict(outcome.value));
      else orders.push(outcome.value);
    }
    if (orders.length === 0) return accepted(undefined);
    const made = await makeOffers(work, world, caller, orders.map(offerRequestOf), ports.offerFacts);
    for (const [index, order] of orders.entries()) {
      const answer = made.ok ? made.value[index] : undefined;
      if (!made.ok) answers.set(order.id, made);
      else if (answer !== undefined) answers.set(order.id, accepted(answer));
    }
    return made;
  });
  return answers;
}

/**
 * Buys shipments for orders. Every line is a transaction of its own: a bad line hurts no other, and a batch that is
 * sent again finds the shipments that it bought before.
 */
export async function purchaseOrders(
  world: World,
  caller: Principal,
  lines: readonly PurchaseLine[],
  ports: OrderPorts,
): Promise<Outcome<Bought>[]> {
  const unpriced = lines.filter((line) => line.offerId === undefined).map((line) => line.orderId);
  const offers = await offersForOrders(world, caller, unpriced, ports);
  const outcomes: Outcome<Bought>[] = [];
  for (const line of lines)
    outcomes.push(await purchaseLine(world, caller, line, offers.get(line.orderId), ports));
  return outcomes;
}

type Picked = {
  readonly offerId: OfferId;
  readonly handover: HandoverKind;
  readonly programmeId?: Id<'prg'> | undefined;
};

async function purchaseLine(
  world: World,
  caller: Principal,
  line: PurchaseLine,
  offers: Outcome<OfferAnswer> | undefined,
  ports: OrderPorts,
): Promise<Outcome<Bought>> {
  const scope = { organisationId: caller.organisationId };
  const before = await world.read(scope, async (db) => {
    const order = (await readyOrders(db, caller.organisationId, [line.orderId])).get(line.orderId);
    const bought = await findBought(db, line.orderId);
    return { order, bought };
  });
  if (before.order === undefined || !before.order.ok) return before.order ?? refused('not_found', '');
  if (before.bought !== undefined) return accepted({ shipment: before.bought, isNew: false });
  const picked = pick(line, before.order.value, offers);
  if (!picked.ok) return picked;
  const { offerId } = picked.value;
  const offer = await world.read(scope, (db) => findOffer(db, caller.organisationId, offerId));
  const numbers = await ports.shipments.prepareNumbers(world, caller, offer);
  if (!numbers.ok) return numbers;
  return world.command(scope, (work) => buy(work, world, caller, line, { ...picked.value, offer }, ports));
}

/** The purchase itself: the order is locked, so that two batches buy once. */
async function buy(
  work: Work,
  world: World,
  caller: Principal,
  line: PurchaseLine,
  picked: Picked & { readonly offer: StoredOffer | undefined },
  ports: OrderPorts,
): Promise<Outcome<Bought>> {
  const order = await lockOrder(work.db, caller.organisationId, line.orderId);
  if (order === undefined) return refused('not_found', '');
  const bought = await findBought(work.db, line.orderId);
  if (bought !== undefined) return accepted({ shipment: bought, isNew: false });
  if (!isOpen(order.state)) return conflict(order);
  const ready = (await readyOrders(work.db, caller.organisationId, [line.orderId])).get(line.orderId);
  if (ready === undefined || !ready.ok) return ready ?? refused('not_found', '');
  const { from, to, senderRef, recipientRef } = ready.value;
  const terms = {
    offer: picked.offer,
    orderRef: order.reference,
    goods: order.goods,
    handover: picked.handover,
    undeliverable: line.undeliverable ?? order.undeliverable,
    programmeId: line.programmeId ?? order.programmeId ?? picked.programmeId,
  };
  const ends = { from, to, isForeseen: true, storeParties: async () => ({ senderRef, recipientRef }) };
  const outcome = await purchaseFor(work, world, caller, terms, ends, ports.shipments);
  if (!outcome.ok) return outcome;
  const { id: shipmentId, state } = outcome.value;
  await insertOrderShipment(work.db, caller.organisationId, { orderId: order.id, shipmentId, state });
  await enterState(work, order, orderStateOf(order.state, await linkStates(work.db, order.id)));
  return accepted({ shipment: outcome.value, isNew: true });
}

function pick(line: PurchaseLine, order: Ready, offers: Outcome<OfferAnswer> | undefined): Outcome<Picked> {
  const wanted = line.handover ?? order.handover;
  if (line.offerId !== undefined) return accepted({ offerId: line.offerId, handover: wanted ?? 'drop_off' });
  if (offers === undefined) return conflict(order);
  if (!offers.ok) return offers;
  const offer = chooseOffer(offers.value.offers, line.choose, wanted);
  if (offer === undefined)
    return refused('no_line_fits', `${offers.value.refused.length} lines refuse ${order.reference}.`);
  return accepted({
    offerId: offer.offerId,
    handover: handoverFor(offer, wanted),
    // Offers list the most generous one first.
    programmeId: line.letProgrammesPay ? offer.programmes[0]?.programmeId : undefined,
  });
}

/** The shipment that an order has already and that still counts. */
async function findBought(db: Queryable, orderId: string): Promise<Shipment | undefined> {
  const live = (await listOrderShipments(db, [orderId])).find(
    (link) => orderStateOf('open', [link.state]) !== 'open',
  );
  return live === undefined ? undefined : findShipment(db, live.shipmentId as ShipmentId);
}
