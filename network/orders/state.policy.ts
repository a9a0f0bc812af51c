import type { OrderState } from './model.ts';

/** What a shipment's state means for the order that it brings; undefined: the shipment came to nothing. */
const MEANING: Readonly<Record<string, OrderState | undefined>> = {
  wait_receive: 'booked',
  pickup_failed: 'booked',
  picked_up: 'shipped',
  wait_send: 'shipped',
  outbound_failed: 'shipped',
  outbound_ok: 'shipped',
  sent: 'shipped',
  in_transit: 'shipped',
  delivered: 'delivered',
  returned: 'returned',
  inbound_rejected: 'failed',
  destroyed: 'failed',
  lost: 'failed',
  cancelled: undefined,
  closed: undefined,
  // Shipped outside the network's lines, as the merchant says; a part alone does not ship an order.
  declared: 'shipped',
  declared_part: undefined,
};

/** What needs a look comes before what goes well: an order of several shipments is as far as its slowest. */
const WORST_FIRST: readonly OrderState[] = ['failed', 'returned', 'booked', 'shipped', 'delivered'];

/**
 * State of an order by the states of all its shipments. Without a shipment that still counts it is open again; a
 * cancelled order stays cancelled until somebody buys for it.
 */
export function orderStateOf(before: OrderState, shipmentStates: readonly string[]): OrderState {
  const meanings = shipmentStates.map((state) => MEANING[state]).filter((state) => state !== undefined);
  const worst = WORST_FIRST.find((state) => meanings.includes(state));
  if (worst !== undefined) return worst;
  return before === 'cancelled' ? 'cancelled' : 'open';
}

/** Whether one of some shipments still counts. */
export function isBrought(shipmentStates: readonly string[]): boolean {
  return shipmentStates.some((state) => MEANING[state] !== undefined);
}

/** Whether the order's contents may still change, and it may be cancelled or bought for. */
export function isOpen(state: OrderState): boolean {
  return state === 'open';
}
