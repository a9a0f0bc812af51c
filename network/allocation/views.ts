import type { Instant } from '../kernel/index.ts';
import { openHoursOf, type Point, type PointService } from '../points/index.ts';
import {
  type CapacityRule,
  capacityOf,
  emptyPlaces,
  type Places,
  type Plan,
  release,
  roomOf,
  stateOf,
} from './capacity.policy.ts';
import { hoursOf } from './hours.policy.ts';
import type { Decision, Excluded, Option, Reservation } from './model.ts';
import type { SeenSlot } from './slot-store.ts';

export function optionView({ point, ...option }: Option) {
  const { id, organisationId, name, kind, city, postcode, addressLines, position, zone } = point;
  return {
    ...{ pointId: id, organisationId, name, kind, city, postcode, addressLines, position, zone },
    ...option,
  };
}

/** Whom a network does not serve is its own: outside the network's staff a point that is left out for that is not named. */
export function toldOutside(excluded: readonly Excluded[]): readonly Excluded[] {
  return excluded.filter(({ reason }) => reason !== 'blocked');
}

/** A marketplace sees why, and neither what networks are paid, have left and got elsewhere nor whom they block. */
export function decisionView(decision: Decision, isStaff: boolean) {
  if (isStaff) return decision;
  const candidates = decision.candidates.map(
    ({ room: _room, capacity: _capacity, fee: _fee, gotShare: _share, ...candidate }) => candidate,
  );
  return { ...decision, candidates, excluded: toldOutside(decision.excluded) };
}

export function reservationView({ madeFor: _, version: __, ...reservation }: Reservation) {
  return reservation;
}

export function capacityView(point: Point, plan: Plan, hours: readonly CapacityRule[]) {
  const { acceptPercent, acceptUntil } = plan;
  const { perHour: usual, shelf } = point.capacity;
  return { pointId: point.id, acceptPercent, acceptUntil, usual, shelf, hours };
}

/** Every open hour of a window, touched or not. */
export function slotViews(
  point: Point,
  window: { readonly from: Instant; readonly to: Instant },
  seen: { readonly service: PointService; readonly plan: Plan; readonly slots: readonly SeenSlot[] },
) {
  const { service, plan } = seen;
  const touched = new Map(seen.slots.map((slot) => [slot.startsAt, slot]));
  return hoursOf(openHoursOf(point, window.from, window.to), point.zone).map((hour) => {
    const published = capacityOf(plan, point.capacity.perHour, service, hour);
    return { service, startsAt: hour.startsAt, ...placesView(touched.get(hour.startsAt), published) };
  });
}

export function placesView(seen: Omit<SeenSlot, 'startsAt'> | undefined, published: number) {
  const places: Places = seen === undefined ? emptyPlaces(published) : release(seen.places, seen.lapsed);
  const { reserved, used, beyond } = places;
  return {
    state: stateOf(places),
    capacity: places.published,
    reserved,
    used,
    beyond,
    room: roomOf(places),
  };
}
