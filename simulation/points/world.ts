import type { Caller } from '../caller.ts';
import type { Queue } from '../queue.ts';
import type { PlannedMailing, PlannedParcel, PlannedPoint, PlannedReturn, PointPlan } from './plan.ts';
import type { PointTruth, TruthAction, TruthMailing, TruthReturn, TruthWaiting } from './truth.ts';

export type WaitingStep =
  | 'reserve'
  | 'store'
  | 'restore'
  | 'fetch'
  | 'again'
  | 'extend'
  | 'cancel'
  | 'withdraw'
  | 'mend'
  | 'home';
export type ReturnStep =
  | 'apply'
  | 'answer'
  | 'escalate'
  | 'decide'
  | 'route'
  | 'bring'
  | 'finish'
  | 'hand_over'
  | 'arrive'
  | 'receive'
  | 'screen'
  | 'accept'
  | 'replace'
  | 'replaced';

export type MailingStep = 'order' | 'bring' | 'hand_over' | 'arrive';

/** Something that one party does at a whole hour. Plain data. */
export type PointAct = { readonly at: number } & (
  | { readonly kind: 'waiting'; readonly step: WaitingStep; readonly index: number }
  | { readonly kind: 'return'; readonly step: ReturnStep; readonly index: number }
  | { readonly kind: 'mailing'; readonly step: MailingStep; readonly index: number }
  | { readonly kind: 'device'; readonly step: 'cut' | 'back'; readonly point: number }
  | { readonly kind: 'payday' }
);

export type OpenNetwork = {
  readonly organisationId: string;
  /** Supervisors: they unlock, hand out by identity, settle conflicts, read statements. */
  readonly office: Caller;
};
export type OpenPoint = {
  readonly plan: PlannedPoint;
  readonly id: string;
  /** Who stands at the counter: the network's counter system, or a person who logged in. */
  readonly counter: Caller;
};
export type Market = {
  readonly marketplace: Caller;
  readonly merchant: Caller;
  /** Brings the merchant's goods, and returns to him. */
  readonly carrierOffice: Caller;
};

/** A device that lost its network: what it recorded meanwhile. */
export type CutDevice = {
  /** What it calls itself; the network may know it by its log-in. */
  readonly name: string;
  readonly deviceId: string;
  /** How far its clock is off, in ms. */
  readonly clockOff: number;
  /** Until when it may hand out what it holds. */
  readonly leasedUntil: number;
  readonly holds: Set<string>;
  readonly actions: TruthAction[];
  readonly bodies: object[];
};

export type PointWorld = {
  readonly plan: PointPlan;
  readonly truth: PointTruth;
  readonly queue: Queue<PointAct>;
  readonly operator: Caller;
  readonly finance: Caller;
  readonly service: Caller;
  /** Without a key. */
  readonly buyer: Caller;
  /** Brings everything to points and doors; its scans deliver orders. */
  readonly bringer: Caller;
  readonly networks: readonly OpenNetwork[];
  readonly points: readonly OpenPoint[];
  readonly markets: ReadonlyMap<string, Market>;
  readonly cut: Map<number, CutDevice>;
  /** Compartments of lockers and when they are taken, by point. */
  readonly compartments: Map<number, Set<string>>;
  /** Parcels to announce at the end of the hour, by country. */
  readonly toAnnounce: Map<string, { readonly truth: TruthWaiting; readonly body: object }[]>;
  readonly counts: Map<string, number>;
  /** The test world's time, in ms. */
  now: number;
  readonly settle?: () => Promise<void>;
};

export function countOf(world: PointWorld, what: string): void {
  world.counts.set(what, (world.counts.get(what) ?? 0) + 1);
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`the world has no ${what}`);
  return value;
}
export const parcelOf = (world: PointWorld, index: number): PlannedParcel =>
  found(world.plan.parcels[index], `parcel ${index}`);
export const returnOf = (world: PointWorld, index: number): PlannedReturn =>
  found(world.plan.returns[index], `return ${index}`);
export const pointOf = (world: PointWorld, index: number): OpenPoint =>
  found(world.points[index], `point ${index}`);
export const officeOf = (world: PointWorld, point: number): Caller =>
  found(world.networks[pointOf(world, point).plan.network], `network of point ${point}`).office;
export const marketOf = (world: PointWorld, country: string): Market =>
  found(world.markets.get(country), `market of ${country}`);
export const waitingOf = (world: PointWorld, index: number): TruthWaiting =>
  found(world.truth.waiting.get(index), `truth of parcel ${index}`);
export const goneBack = (world: PointWorld, index: number): TruthReturn =>
  found(world.truth.returns.get(index), `truth of return ${index}`);
export const mailingOf = (world: PointWorld, index: number): PlannedMailing =>
  found(world.plan.mailings[index], `mailing ${index}`);
export const sentBy = (world: PointWorld, index: number): TruthMailing =>
  found(world.truth.mailings.get(index), `truth of mailing ${index}`);
/** An id that somebody was given. */
export const known = <Value>(value: Value | undefined, what: string): Value => found(value, what);

/** Lets something wait for its hour. */
export const schedule = (world: PointWorld, act: PointAct): void => world.queue.push(act);
