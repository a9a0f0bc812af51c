import type { PastOrders } from '../offers/index.ts';
import { offeredGoodsOf } from './bulk.ts';
import { listPlacedOrders } from './store.ts';

/** Stored orders as cases for a market policy: what was sold, wherever it was sold. */
export const pastOrders: PastOrders = async (db, period) =>
  (await listPlacedOrders(db, period)).map((order) => ({
    id: order.id,
    at: order.placedAt,
    request: {
      orderRef: order.reference,
      to: order.to,
      goods: offeredGoodsOf(order),
      orderAmount: order.orderAmount,
    },
  }));
