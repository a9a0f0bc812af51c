import type { Order } from './plan.ts';
import { randomOf } from './random.ts';

/** How a parcel's life goes, beside the ordinary one. Shares are our assumptions, within what the field reports. */
export type Fate =
  | 'ordinary'
  | 'cancelled'
  | 'inbound_rejected'
  | 'outbound_late'
  | 'returned_early'
  | 'absent_once'
  | 'absent_twice'
  | 'refused'
  | 'lost'
  | 'damaged'
  | 'customs_held'
  | 'at_point'
  /** Asked back: at the warehouse, on the way, too late, in vain, and for a while only. */
  | 'stopped_early'
  | 'stopped_on_way'
  | 'stop_failed'
  | 'stop_refused'
  | 'stop_withdrawn'
  /** Sent to another door of its town: from the warehouse, or on the way. */
  | 'readdressed_early'
  | 'readdressed_on_way';

const FATES: readonly (readonly [Fate, number])[] = [
  ['ordinary', 696],
  ['cancelled', 20],
  ['inbound_rejected', 8],
  ['outbound_late', 12],
  ['returned_early', 5],
  ['absent_once', 80],
  ['absent_twice', 14],
  ['refused', 15],
  ['lost', 7],
  ['damaged', 8],
  ['customs_held', 41],
  ['at_point', 30],
  ['stopped_early', 12],
  ['stopped_on_way', 12],
  ['stop_failed', 9],
  ['stop_refused', 6],
  ['stop_withdrawn', 6],
  ['readdressed_early', 9],
  ['readdressed_on_way', 10],
];

export const fateOf = (seed: number, order: Order): Fate =>
  randomOf(seed, `fate/${order.index}`).weighted(FATES);
