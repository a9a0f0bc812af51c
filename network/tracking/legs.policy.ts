import type { Instant } from '../kernel/index.ts';
import { legAfter } from './milestones.policy.ts';
import type { Leg, Milestone, ScanPlace } from './model.ts';

type CoarsePlace = Pick<ScanPlace, 'country' | 'city'>;
export type Visit = {
  readonly milestone: Milestone;
  readonly occurredAt: Instant;
  readonly place: CoarsePlace | undefined;
  /** By which clock it happened; undefined: nobody knows, and `occurredAt` is what that clock showed. */
  readonly clockZone: string | undefined;
};
/** A part of the journey as it was travelled: from the first to the last place that was reported on it. */
export type TravelledLeg = {
  readonly leg: Leg;
  readonly from: CoarsePlace | undefined;
  readonly to: CoarsePlace | undefined;
  readonly startedAt: Instant;
  readonly startedZone: string | undefined;
  /** Absent for the leg that the parcel is on. */
  readonly endedAt: Instant | undefined;
  readonly endedZone: string | undefined;
};

type OpenLeg = {
  readonly leg: Leg;
  from?: CoarsePlace;
  to?: CoarsePlace;
  readonly first: Visit;
  last: Visit;
};

/** Legs in the order of travel, from observations in the order in which they happened. */
export function travelledLegs(visits: readonly Visit[], isOver: boolean): TravelledLeg[] {
  const legs: OpenLeg[] = [];
  for (const visit of visits) {
    const current = legs.at(-1);
    const leg = legAfter(visit.milestone, current?.leg);
    if (current === undefined || current.leg !== leg) {
      const from = current?.to ?? visit.place;
      legs.push({
        leg,
        ...(from === undefined ? {} : { from }),
        ...(visit.place === undefined ? {} : { to: visit.place }),
        first: visit,
        last: visit,
      });
    } else {
      if (visit.place !== undefined) {
        current.from ??= visit.place;
        current.to = visit.place;
      }
      current.last = visit;
    }
  }
  return legs.map(({ leg, from, to, first, last }, index) => {
    const end = legs[index + 1]?.first ?? (isOver ? last : undefined);
    return {
      ...{ leg, from, to },
      ...{ startedAt: first.occurredAt, startedZone: first.clockZone },
      ...{ endedAt: end?.occurredAt, endedZone: end?.clockZone },
    };
  });
}
