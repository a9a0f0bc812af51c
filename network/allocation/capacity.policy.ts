import type { Instant } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import type { LocalHour } from './hours.policy.ts';

/**
 * The places of an hour or of a shelf. Always reserved + used <= capacity (domain reference 11, 6). `published`: what
 * the point offers now; `capacity` is larger only while more than that is taken. `beyond`: parcels that came although
 * nothing was left; facts are never refused.
 */
export type Places = {
  readonly published: number;
  readonly capacity: number;
  readonly reserved: number;
  readonly used: number;
  readonly beyond: number;
};
export type PlacesState = 'open' | 'full' | 'closed';

export function emptyPlaces(published: number): Places {
  return { published, capacity: published, reserved: 0, used: 0, beyond: 0 };
}

/** `closed`: nothing is offered, or more came than was offered; it opens again when the point publishes more. */
export function stateOf(places: Places): PlacesState {
  if (places.published === 0 || places.beyond > 0) return 'closed';
  return places.reserved + places.used < places.capacity ? 'open' : 'full';
}

/** Parcels that may still be promised. */
export function roomOf(places: Places): number {
  return stateOf(places) === 'open' ? places.capacity - places.reserved - places.used : 0;
}

/** Undefined when there is no room for all of them. */
export function reserve(places: Places, parcels: number): Places | undefined {
  return roomOf(places) < parcels ? undefined : { ...places, reserved: places.reserved + parcels };
}

/** Gives reserved places back. What was taken beyond the published number is not offered again. */
export function release(places: Places, parcels: number): Places {
  return settle({ ...places, reserved: places.reserved - parcels });
}

/** Reserved places become used ones: they came. */
export function convert(places: Places, parcels: number): Places {
  return { ...places, reserved: places.reserved - parcels, used: places.used + parcels };
}

/** Parcels came without a reservation: into what nobody holds, and beyond it. */
export function arrive(places: Places, parcels: number): Places {
  const inside = Math.max(0, Math.min(parcels, places.capacity - places.reserved - places.used));
  return { ...places, used: places.used + inside, beyond: places.beyond + parcels - inside };
}

/** Parcels left: those beyond the capacity first. More than there were leave none. */
export function leave(places: Places, parcels: number): Places {
  const fromBeyond = Math.min(parcels, places.beyond);
  const used = Math.max(0, places.used - (parcels - fromBeyond));
  return settle({ ...places, used, beyond: places.beyond - fromBeyond });
}

/** The point offers another number. What is taken stays taken; what came beyond moves in as far as it fits now. */
export function publish(places: Places, published: number): Places {
  const capacity = Math.max(published, places.reserved + places.used);
  const inside = Math.min(places.beyond, capacity - places.reserved - places.used);
  return { ...places, published, capacity, used: places.used + inside, beyond: places.beyond - inside };
}

function settle(places: Places): Places {
  return { ...places, capacity: Math.max(places.published, places.reserved + places.used) };
}

/** `daily` or a local date. 0 closes the hour. */
export type CapacityRule = {
  readonly service: PointService;
  readonly day: string;
  readonly hour: number;
  readonly capacity: number;
};

/** What a point publishes beside its outlet's usual numbers. `acceptPercent`: the slider of its clerks. */
export type Plan = {
  readonly acceptPercent: number;
  /** Undefined: until it is moved again. */
  readonly acceptUntil: Instant | undefined;
  readonly rules: ReadonlyMap<string, number>;
};
export const NO_PLAN: Plan = { acceptPercent: 100, acceptUntil: undefined, rules: new Map() };

export function ruleKey(service: PointService, day: string, hour: number): string {
  return `${service} ${day} ${hour}`;
}

/**
 * Parcels of a service that a point takes in an hour in which it is open: by the rule of the date, else of every day,
 * else the outlet's usual number; the slider takes its share of it, rounded down.
 */
export function capacityOf(
  plan: Plan,
  usual: Readonly<Partial<Record<PointService, number | undefined>>>,
  service: PointService,
  hour: LocalHour,
): number {
  const stated =
    plan.rules.get(ruleKey(service, hour.day, hour.hour)) ??
    plan.rules.get(ruleKey(service, 'daily', hour.hour)) ??
    usual[service] ??
    0;
  const isSlid = plan.acceptUntil === undefined || hour.startsAt < plan.acceptUntil;
  return isSlid ? Math.floor((stated * plan.acceptPercent) / 100) : stated;
}
