import type { Instant } from '../kernel/index.ts';
import { POINT_SERVICES, type PointService } from '../points/index.ts';
import { criteriaOf, isPresent } from './criteria.ts';
import type { PointFilter } from './model.ts';
import { isOpenInMinute, minuteOf, nextOpening } from './schedule.ts';
import { type Asked, fulfils } from './sieve.ts';

/** What an answer says of a point beside the point. */
export type PointFacts = {
  readonly isOpenNow: boolean;
  /** Within two weeks; only where it is shut. */
  readonly opensAt: Instant | undefined;
  /** Room for one more parcel of the service now, or where none is named for any that it can reserve. */
  readonly hasCapacityLeft: boolean;
};

/** Of slots that live, for one question. */
export function factsFor(ask: Asked, filter: PointFilter, now: Instant): (slot: number) => PointFacts {
  const { slots } = ask;
  const minute = minuteOf(now);
  const services = filter.service === undefined ? POINT_SERVICES : [filter.service];
  const rooms = services.map((service) => roomFor(ask, service, filter.needsCapacityAt ?? now, now));
  return (slot) => {
    const schedule = slots.schedules.at(slots.columns.schedules[slot] as number);
    if (schedule === undefined) throw new Error('a living point has a schedule');
    const isOpenNow = isOpenInMinute(schedule, minute) && isPresent(slots, slot, now);
    return {
      isOpenNow,
      opensAt: isOpenNow ? undefined : nextOpening(schedule, now),
      hasCapacityLeft: rooms.some((hasRoom) => hasRoom(slot)),
    };
  };
}

function roomFor(
  { slots, fullness }: Asked,
  service: PointService,
  at: Instant,
  now: Instant,
): (slot: number) => boolean {
  const criteria = criteriaOf(slots, { service, needsCapacityAt: at }, now);
  const full = fullness.relevant(service, at);
  return (slot) => fulfils(criteria, slot) && !full.some((set) => set.has(slot));
}
