import type { Act, VisitAct } from './acts.ts';
import type { Parties } from './opening.ts';
import type { LookAct, OutsideAct } from './outside/acts.ts';
import type { CounterEntry } from './outside/books.ts';
import type { Story } from './outside/story.ts';
import type { Merchant, Order } from './plan.ts';
import type { Queue } from './queue.ts';
import type { Receivers } from './receivers.ts';
import type { Truth, TruthOrder } from './truth.ts';

/** A pickup visit under way: which orders it collects. */
export type Visit = {
  readonly id: string;
  readonly carrier: string;
  readonly merchant: number;
  readonly orders: readonly number[];
  tries: number;
};

/** A parcel's delivery at our own courier, known once it was on a list. */
export type Door = { readonly deliveryId: string; readonly order: number; readonly parcelIndex: number };

/** Everything that may wait in the queue. */
export type Queued = Act | VisitAct | OutsideAct | LookAct;

/** The world while it runs. */
export type World = {
  readonly seed: number;
  readonly parties: Parties;
  readonly merchants: readonly Merchant[];
  readonly orders: Map<number, Order>;
  readonly truth: Truth;
  readonly queue: Queue<Queued>;
  readonly visits: Map<string, Visit>;
  /** Deliveries by order, one for each parcel. */
  readonly doors: Map<number, Door[]>;
  readonly counts: Map<string, number>;
  /** What is shipped outside our lines; nothing in a world that goes on for ever. */
  readonly stories: ReadonlyMap<number, Story>;
  /** What carriers outside answer to whoever calls with a receipt. */
  readonly books: ReadonlyMap<string, CounterEntry>;
  /** Keys of claims by the id that the network gave them. */
  readonly claimKeys: Map<string, string>;
  /** Labels of ours that a story had made, by its index. */
  readonly labels: Map<number, { readonly id: string; readonly number: string; readonly carrier: string }>;
  /** Where parties have their events sent to; nowhere in a world that may not be called back. */
  readonly receivers?: Receivers;
  /** Of a network in the same program. */
  readonly settle?: () => Promise<void>;
  /** The test world's time in ms; of a running clock, as near as the last look at it. */
  now(): number;
};

export const count = (world: World, what: string, by = 1): void => {
  world.counts.set(what, (world.counts.get(what) ?? 0) + by);
};

export function orderOf(world: World, index: number): Order {
  const order = world.orders.get(index);
  if (order === undefined) throw new Error(`the world has no order ${index}`);
  return order;
}

export function truthOf(world: World, index: number): TruthOrder {
  const truth = world.truth.orders.get(index);
  if (truth === undefined) throw new Error(`order ${index} was never bought`);
  return truth;
}

export function shipmentPath(truth: TruthOrder): { path: { shipment_id: string } } {
  if (truth.shipmentId === undefined) throw new Error(`order ${truth.order} has no shipment`);
  return { path: { shipment_id: truth.shipmentId } };
}

/** What its journey depends on. */
export function boughtOf(truth: TruthOrder): { lineCode: string; carrierCode: string; at: number } {
  const { lineCode, carrierCode, boughtAt } = truth;
  if (lineCode === undefined || carrierCode === undefined || boughtAt === undefined)
    throw new Error(`order ${truth.order} was never bought`);
  return { lineCode, carrierCode, at: boughtAt };
}

/** A world in which nobody ships outside our lines. */
export const nothingOutside = (): Pick<World, 'stories' | 'books' | 'claimKeys' | 'labels'> => ({
  ...{ stories: new Map(), books: new Map(), claimKeys: new Map(), labels: new Map() },
});

/** Lets further deeds of an order wait in the queue. */
export function enqueue(
  world: World,
  order: number,
  deeds: readonly { readonly at: number; readonly kind: string }[],
): void {
  for (const deed of deeds) {
    const step = (world.counts.get('deeds') ?? 0) + 1;
    world.counts.set('deeds', step);
    world.queue.push({ ...deed, order, step } as Act);
  }
}
