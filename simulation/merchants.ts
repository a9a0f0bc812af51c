import type { components } from '../sdk/src/index.ts';
import type { Act } from './acts.ts';
import { instantOf } from './calendar.ts';
import { refusalOf } from './caller.ts';
import { firstMile, handoverOf } from './life.ts';
import { type MerchantParty, topUp } from './opening.ts';
import type { Order } from './plan.ts';
import { programmeFor } from './programmes.ts';
import { randomOf } from './random.ts';
import { placeOf, reach, type TruthOrder } from './truth.ts';
import { boughtOf, count, enqueue, orderOf, shipmentPath, truthOf, type World } from './world.ts';

type Of<Kind extends Act['kind']> = Extract<Act, { kind: Kind }>;

/** Asks for offers, takes one as its taste is, buys. Orders that no line takes stay with the merchant. */
export async function buy(world: World, act: Of<'buy'>): Promise<void> {
  const order = orderOf(world, act.order);
  const party = partyOf(world, order);
  const truth = truthFrom(order);
  world.truth.orders.set(order.index, truth);
  if (order.merchant.isWatched === true && !order.isReturn) {
    await writeDown(order, party);
    if (await isLeft(world, order, party)) {
      truth.isUnshipped = true;
      count(world, 'orders left to people');
      return;
    }
  }
  const offers = await party.app.post('/v1/offers', { body: offerRequestOf(order) as never });
  const chosen = choose(order, offers.offers);
  if (chosen === undefined) {
    truth.isUnshipped = true;
    count(world, 'unshipped');
    return;
  }
  const bought = { lineCode: chosen.line_code, carrierCode: chosen.carrier_code, at: world.now() };
  const programme = programmeFor(world.seed, order, chosen.programmes);
  const purchase = () =>
    party.app.post('/v1/shipments', {
      headers: { 'idempotency-key': `world-${world.seed}-${order.index}` },
      body: {
        offer_id: chosen.offer_id,
        order_ref: order.ref,
        sender: order.sender,
        recipient: order.buyer,
        goods: [goodsOf(order)],
        handover: handoverOf(order, bought),
        undeliverable: order.undeliverable,
        ...(programme === undefined ? {} : { programme_id: programme.id }),
      } as never,
    });
  let shipment: Bought | undefined;
  const refused = await refusalOf(
    purchase().then((answer) => {
      shipment = answer;
    }),
  );
  const wasBought = refused === 'idempotency_key_reused';
  if (refused === 'insufficient_funds') {
    await payIn(world, order, programme !== undefined);
    shipment = await purchase();
  } else if (wasBought) {
    shipment = await boughtBefore(world, order, party);
    if (shipment === undefined) {
      truth.isUnshipped = true;
      count(world, 'left as they are');
      return;
    }
  } else if (refused !== undefined) throw new Error(`order ${order.index} was refused: ${refused}`);
  if (shipment === undefined) throw new Error('a purchase without an answer');
  truth.shipmentId = shipment.id;
  truth.lineCode = shipment.line_code;
  truth.carrierCode = shipment.carrier_code;
  truth.boughtAt = Date.parse(shipment.purchased_at);
  truth.freight = 'reserved';
  if (programme !== undefined && !wasBought) {
    truth.programme = programme.name;
    count(world, `paid by a marketplace: ${order.isReturn ? 'returns' : 'sales'}`);
  }
  truth.state = 'wait_receive';
  for (const [index, parcel] of shipment.parcels.entries())
    truth.parcels[index] = {
      id: parcel.id,
      number: parcel.number,
      milestones: {},
      unverified: 0,
      unmapped: 0,
      declaredGrams: order.parcels[index]?.declaredGrams ?? 0,
      declaredSize: order.parcels[index]?.size ?? { length_mm: 0, width_mm: 0, height_mm: 0 },
    };
  reach(truth, 'order_created', truth.boughtAt);
  count(world, 'bought');
  count(world, 'parcels', truth.parcels.length);
  const at = wasBought ? world.now() : truth.boughtAt;
  enqueue(world, order.index, firstMile(world.seed, order, { ...boughtOf(truth), at }));
}

type Bought = components['schemas']['Shipment'];

/**
 * The shipment of an order that a world bought which was ended before it could note that; undefined when that world went
 * on with it. Of two shipments of one reference it is the one that no other order has.
 */
async function boughtBefore(world: World, order: Order, party: MerchantParty): Promise<Bought | undefined> {
  const known = new Set([...world.truth.orders.values()].map(({ shipmentId }) => shipmentId));
  const { data } = await party.app.get('/v1/shipments', {
    params: { query: { order_ref: order.ref, limit: 100 } },
  });
  return data.findLast(
    ({ id, state, acknowledgement }) =>
      !known.has(id) && state === 'wait_receive' && acknowledgement === 'pending',
  );
}

/** Whose wallet ran dry is not told to the buyer of the other: both are filled. */
async function payIn(world: World, { merchant }: Order, hasProgramme: boolean): Promise<void> {
  const { merchants, marketplaces, finance } = world.parties;
  const payers = [
    [`merchant ${merchant.index}`, merchants[merchant.index]] as const,
    ...(hasProgramme
      ? [[`marketplace ${merchant.marketplace}`, marketplaces[merchant.marketplace]] as const]
      : []),
  ];
  for (const [owner, payer] of payers)
    if (payer !== undefined) await topUp(payer, finance, world.now(), world.truth, owner);
}

/** As a shop's program hands its orders over; the purchase then names the same reference. */
export async function writeDown(order: Order, party: MerchantParty): Promise<void> {
  const answer = await party.app.post('/v1/orders', {
    body: {
      orders: [
        {
          object_id: order.ref,
          order: {
            reference: order.ref,
            placed_at: instantOf(order.at),
            sender: order.sender,
            recipient: order.buyer,
            goods: [goodsOf(order)],
            parcels: order.parcels.map(({ declaredGrams, size }) => ({ weight_grams: declaredGrams, size })),
            order_amount: paidOf(order),
            ...(order.cash === undefined ? {} : { cash_on_delivery: order.cash }),
            ...(order.isAbroad ? { incoterm: 'DDP' } : {}),
            undeliverable: order.undeliverable,
          },
        },
      ],
    } as never,
  });
  const [result] = answer.results;
  if (result?.outcome === 'refused')
    throw new Error(`order ${order.ref} was not taken: ${JSON.stringify(result.error)}`);
}

const LEFT = 0.3;
const MOST_LEFT = 12;

/** Some orders wait for people to ship them; a dozen at a time. */
async function isLeft(world: World, order: Order, party: MerchantParty): Promise<boolean> {
  if (order.isSplit || !randomOf(world.seed, `left/${order.index}`).chance(LEFT)) return false;
  const open = await party.app.get('/v1/orders', {
    params: { query: { state: 'open', limit: MOST_LEFT + 1 } },
  });
  // This one is open as well.
  return open.data.length <= MOST_LEFT;
}

type Offered = {
  readonly offer_id: string;
  readonly line_code: string;
  readonly carrier_code: string;
  readonly total: { readonly amount_minor: number };
  readonly promise: { readonly latest: string };
  readonly programmes: readonly { readonly programme_id: string; readonly name: string }[];
};

function choose(order: Order, offers: readonly Offered[]): Offered | undefined {
  const byPrice = offers.toSorted(
    (a, b) => a.total.amount_minor - b.total.amount_minor || a.line_code.localeCompare(b.line_code),
  );
  if (order.wish === 'cheap') return byPrice[0];
  if (order.wish === 'fast')
    return byPrice.toSorted((a, b) => a.promise.latest.localeCompare(b.promise.latest))[0];
  return byPrice[Math.floor(byPrice.length / 2)];
}

export const partyOf = (world: World, order: Order): MerchantParty => {
  const party = world.parties.merchants[order.merchant.index];
  if (party === undefined) throw new Error(`merchant ${order.merchant.index} is not open`);
  return party;
};

function offerRequestOf(order: Order) {
  const { sender } = order;
  return {
    order_ref: order.ref,
    from: placeOf(sender.address),
    to: placeOf(order.buyer.address),
    parcels: order.parcels.map((parcel) => ({ weight_grams: parcel.declaredGrams, size: parcel.size })),
    goods: [
      {
        goods_class: order.ware.goodsClass,
        quantity: order.quantity,
        unit_value: order.unitValue,
        unit_weight_grams: unitGramsOf(order),
        ...(order.isAbroad ? { hs6: order.ware.hs6 } : {}),
      },
    ],
    order_amount: paidOf(order),
    ...(order.cash === undefined ? {} : { cash_on_delivery: order.cash }),
    ...(order.isAbroad ? { incoterm: 'DDP' } : {}),
    ...(order.isAbroad && order.buyer.tax_ids !== undefined
      ? { tax_id_kinds: order.buyer.tax_ids.map((one) => one.kind) }
      : {}),
  };
}

function goodsOf(order: Order) {
  return {
    description_en: order.ware.en,
    description_cn: order.ware.cn,
    quantity: order.quantity,
    unit_value: order.unitValue,
    unit_weight_grams: unitGramsOf(order),
    goods_class: order.ware.goodsClass,
    ...(order.isAbroad ? { hs6: order.ware.hs6, origin_country: 'CN' } : {}),
  };
}

const unitGramsOf = (order: Order) => {
  const grams = order.parcels.reduce((sum, parcel) => sum + parcel.declaredGrams, 0);
  return Math.max(1, Math.floor(grams / order.quantity));
};

const paidOf = (order: Order) => ({
  amount_minor: order.unitValue.amount_minor * order.quantity,
  currency: order.unitValue.currency,
});

function truthFrom(order: Order): TruthOrder {
  return {
    order: order.index,
    merchant: order.merchant.index,
    ref: order.ref,
    from: placeOf(order.sender.address),
    to: placeOf(order.buyer.address),
    goodsClass: order.ware.goodsClass,
    paid: paidOf(order),
    parcels: [],
    ...(order.cash === undefined ? {} : { cash: order.cash }),
    ...(order.cheat === undefined ? {} : { cheat: order.cheat }),
    isSplit: order.isSplit,
  };
}

/** A label on each parcel. ZPL, as for a thermal printer. */
export async function print(world: World, act: Of<'print'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { app } = partyOf(world, orderOf(world, act.order));
  const shipment = await app.get('/v1/shipments/{shipment_id}', { params: shipmentPath(truth) });
  for (const parcel of shipment.parcels)
    await app.post('/v1/waybills/{waybill_id}/labels', {
      params: { path: { waybill_id: parcel.waybill_id } },
      body: { format: 'zpl', size: '100x150mm' } as never,
    });
}

export async function cancel(world: World, act: Of<'cancel'>): Promise<void> {
  const truth = truthOf(world, act.order);
  await partyOf(world, orderOf(world, act.order)).app.post('/v1/shipments/{shipment_id}/cancellation', {
    params: shipmentPath(truth),
    body: { reason: 'the buyer changed his mind' },
  });
  truth.state = 'cancelled';
  truth.freight = 'released';
  reach(truth, 'cancelled', world.now());
  count(world, 'cancelled');
}

/** How the parcels come to the warehouse when no courier collects them. */
export async function declare(world: World, act: Of<'declare'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { app } = partyOf(world, orderOf(world, act.order));
  const params = shipmentPath(truth);
  if (act.number === undefined || act.carrierName === undefined) {
    await app.post('/v1/shipments/{shipment_id}/drop-off', { params, body: {} });
    return;
  }
  await app.post('/v1/shipments/{shipment_id}/self-post', {
    params,
    body: { carrier_name: act.carrierName, number: act.number },
  });
}

/** What is bought a moment ago is not tracked yet; who wants to be believed asks again, for a quarter of a minute. */
const CLAIM_TRIES = 60;
const CLAIM_AGAIN_MS = 250;

/** A merchant's own program says what pays: that its parcel arrived. Throws when the network never knew the number. */
export async function claimDelivery(world: World, act: Of<'forge'>): Promise<void> {
  const truth = truthOf(world, act.order);
  const { app } = partyOf(world, orderOf(world, act.order));
  for (let tries = 1; ; tries += 1) {
    const receipts = await app.post('/v1/scans', {
      body: {
        scans: truth.parcels.map((parcel) => ({
          number: parcel.number,
          code: act.fact.code,
          occurred_at: instantOf(act.fact.occurredAt),
          place: act.fact.place,
        })),
      },
    });
    if (!receipts.data.some((receipt) => receipt.code === 'number_unknown')) return;
    if (tries === CLAIM_TRIES) throw new Error(`the network does not track order ${act.order}`);
    await new Promise((resolve) => setTimeout(resolve, CLAIM_AGAIN_MS));
  }
}
