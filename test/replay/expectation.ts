import { atMsOf, boughtAtMs, hasGoods, instantOf, type Order, sideMm } from './orders.ts';

/** What a row must have become, read from the row alone. Limits: those that the Brazilian line states in public. */
export type Expectation =
  | { readonly kind: 'refused'; readonly codes: readonly string[] }
  | {
      readonly kind: 'bought';
      readonly state: 'delivered' | 'in_transit' | 'cancelled' | 'wait_receive';
      readonly freight: 'charged' | 'released' | 'reserved' | 'lapsed';
      readonly milestones: Readonly<Record<string, string>>;
      /** Contradictions that the timeline must name; empty for a row that does not contradict itself. */
      readonly flags: readonly string[];
      readonly contradictions: readonly string[];
    };

const MAX_WEIGHT_GRAMS = 30_000;
const MAX_SIDE_MM = 1000;
const MAX_SUM_OF_SIDES_MM = 2000;
/** So long freight stays held for a parcel that nobody brings. Source: README of the shipments room. */
const HELD_MS = 45 * 86_400_000;

export const CONTRADICTION_FLAGS = [
  'handover_before_order',
  'delivered_before_handover',
  'contradictory_order',
  'scan_after_terminal',
  'conflicting_terminal',
] as const;

/** `endedAtMs`: what the world's clock shows when it is judged. */
export function expectationOf(order: Order, endedAtMs: number): Expectation {
  const codes = refusalCodes(order);
  if (codes.length > 0) return { kind: 'refused', codes };
  const bought = boughtAtMs(order);
  const handover = order.handoverLocal === '' ? undefined : atMsOf(order.handoverLocal);
  const delivered =
    handover === undefined || order.deliveredLocal === '' ? undefined : atMsOf(order.deliveredLocal);
  const flags: string[] = [];
  const contradictions: string[] = [];
  if (handover !== undefined && handover < bought) {
    flags.push('handover_before_order');
    contradictions.push('hand-over before approval');
  }
  if (handover !== undefined && delivered !== undefined && delivered < handover) {
    flags.push('delivered_before_handover', 'scan_after_terminal');
    contradictions.push('delivery before hand-over');
  }
  if (order.status === 'canceled' && handover !== undefined)
    contradictions.push(delivered === undefined ? 'cancelled after hand-over' : 'cancelled and delivered');
  return {
    kind: 'bought',
    ...ending(order, { bought, handover, delivered, endedAtMs }),
    milestones: {
      order_created: instantOf(bought),
      ...(handover === undefined ? {} : { picked_up: instantOf(handover) }),
      ...(delivered === undefined ? {} : { delivered: instantOf(delivered) }),
    },
    flags,
    contradictions,
  };
}

function refusalCodes(order: Order): string[] {
  // Without a seller there is no origin either, so no zone.
  if (!hasGoods(order)) return ['no_goods', 'no_price_zone'];
  const side = sideMm(order);
  return [
    ...(order.weightGrams > MAX_WEIGHT_GRAMS ? ['over_weight'] : []),
    ...(side > MAX_SIDE_MM ? ['side_too_long'] : []),
    ...(3 * side > MAX_SUM_OF_SIDES_MM ? ['sum_of_sides_too_long'] : []),
  ].sort();
}

type Times = {
  readonly bought: number;
  readonly handover: number | undefined;
  readonly delivered: number | undefined;
  readonly endedAtMs: number;
};

/** A parcel in the carrier's hands goes on, whatever the marketplace says of the order. */
function ending(order: Order, { bought, handover, delivered, endedAtMs }: Times) {
  if (delivered !== undefined) return { state: 'delivered', freight: 'charged' } as const;
  if (handover !== undefined) return { state: 'in_transit', freight: 'charged' } as const;
  if (order.status === 'canceled') return { state: 'cancelled', freight: 'released' } as const;
  const freight = bought + HELD_MS <= endedAtMs ? 'lapsed' : 'reserved';
  return { state: 'wait_receive', freight } as const;
}

/** The name of a row's story in the table. */
export function storyOf(order: Order, endedAtMs: number): string {
  const expected = expectationOf(order, endedAtMs);
  if (expected.kind === 'refused') return `refused: ${expected.codes.join(' + ')}`;
  const words: Record<string, string> = {
    delivered: 'delivered',
    in_transit: 'handed over, never delivered: charged, open',
    cancelled: 'cancelled before hand-over: released',
    wait_receive: `bought, never handed over: ${expected.freight}`,
  };
  return words[expected.state] ?? expected.state;
}
