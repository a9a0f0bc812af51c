import { days } from './calendar.ts';
import type { City } from './geography.ts';
import { type Merchant, type Order, planOrder } from './plan.ts';
import { randomOf } from './random.ts';
import { enqueue, orderOf, type World } from './world.ts';

/** A parcel that goes back has its order's index and this. */
const RETURNS_FROM = 100_000_000;
/** Share of what is delivered at home that buyers send back. Our assumption. */
const SENT_BACK = 0.06;
/** Countries out of which a line of the network leads. */
const FROM: ReadonlySet<string> = new Set(['CN', 'DE', 'BR']);

/** The same goods from the buyer to the merchant, who buys the label. Drawn by the order alone. */
export function returnOf(order: Order, at: number): Order {
  const { merchant } = order;
  return {
    ...order,
    index: order.index + RETURNS_FROM,
    at,
    ref: `${order.ref}-R`,
    sender: { name: order.buyer.name, phone: order.buyer.phone, address: order.buyer.address },
    origin: order.city,
    buyer: merchant.sender,
    city: merchant.home,
    cash: undefined,
    wish: 'cheap',
    undeliverable: 'return',
    cheat: undefined,
    isReturn: true,
  };
}

/** An order, or what a buyer sends back of one, by its index alone. */
export function drawAgain(
  seed: number,
  index: number,
  at: number,
  merchant: Merchant,
  cities: ReadonlyMap<string, readonly City[]>,
): Order {
  return index < RETURNS_FROM
    ? planOrder(seed, index, at, merchant, cities)
    : returnOf(planOrder(seed, index - RETURNS_FROM, at, merchant, cities), at);
}

/** Some days after the delivery the buyer wants his money back. */
export function maybeSendBack(world: World, index: number, deliveredAt: number): void {
  const order = orderOf(world, index);
  const isPlain = !order.isReturn && !order.isSplit && order.cash === undefined;
  const random = randomOf(world.seed, `sent-back/${index}`);
  if (!isPlain || !FROM.has(order.city.country) || !random.chance(SENT_BACK)) return;
  const back = returnOf(order, deliveredAt + days(random.spread(2, 5)));
  world.orders.set(back.index, back);
  enqueue(world, back.index, [{ kind: 'buy', at: back.at }]);
}
