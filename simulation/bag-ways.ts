import type { BagWay } from './acts.ts';
import type { Order } from './plan.ts';
import { randomOf } from './random.ts';

/** Who brings parcels himself makes up a bag of the day, where a first warehouse counts it; some come by alone. */
const WAREHOUSES: ReadonlySet<string> = new Set(['CN', 'DE', 'BR']);
const ALONE = 0.2;

export const goesIntoBag = (seed: number, order: Order): boolean =>
  !order.isReturn &&
  WAREHOUSES.has(order.origin.country) &&
  !randomOf(seed, `alone/${order.index}`).chance(ALONE);

/** Shares are our assumptions, far above an honest warehouse's, so that each occurs in a small world. */
const WAYS: readonly (readonly [BagWay, number])[] = [
  ['as_listed', 78],
  ['left_behind', 8],
  ['unlisted', 8],
  ['damaged', 6],
];

/** What becomes of each parcel of a bag. Nobody errs with two; one at least is where its list says. */
export function waysOf(seed: number, orders: readonly number[]): readonly BagWay[] {
  return orders.map((order, index) =>
    index === 0 || orders.length < 3 ? 'as_listed' : randomOf(seed, `bag/${order}`).weighted(WAYS),
  );
}
