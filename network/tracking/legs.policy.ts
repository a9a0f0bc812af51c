import type { Instant } from '../kernel/index.ts';
import { legAfter } from './milestones.policy.ts';
import type { Leg, Milestone, ScanPlace } from './model.ts';

type CoarsePlace = Pick<ScanPlace, 'country' | 'city'>;
export type Visit = {
  readonly milestone: Milestone;
  readonly occurredAt: Instant;
  readonly place: CoarsePlace | undefined;
};
/** A part of the journey as it was travelled: from the first to the last place that was reported on it. */
export type TravelledLeg = {
  readonly leg: Leg;
  readonly from: CoarsePlace | undefined;
  readonly to: CoarsePlace | undefined;
  readonly startedAt: Instant;
  /** Absent for the leg that the parcel is on. */
  readonly endedAt: Instant | undefined;
};

/** Legs in the order of travel, from observations in the order in which they happened. */
export function travelledLegs(visits: readonly Visit[], isOver: boolean): TravelledLeg[] {
  const legs: { leg: Leg; from?: CoarsePlace; to?: CoarsePlace; startedAt: Instant; lastAt: Instant }[] = [];
  for (const visit of visits) {
    const current = legs.at(-1);
    const leg = legAfter(visit.milestone, current?.leg);
    if (current === undefined || current.leg !== leg) {
      const from = current?.to ?? visit.place;
      legs.push({
        leg,
        ...(from === undefined ? {} : { from }),
        ...(visit.place === undefined ? {} : { to: visit.place }),
        startedAt: visit.occurredAt,
        lastAt: visit.occurredAt,
      });
    } else {
      if (visit.place !== undefined) {
        current.from ??= visit.place;
        current.to = visit.place;
      }
      current.lastAt = visit.occurredAt;
    }
  }
  return legs.map(({ lastAt, from, to, ...leg }, index) => {
    const next = legs[index + 1];
    return { ...leg, from, to, endedAt: next?.startedAt ?? (isOver ? lastAt : undefined) };
  });
}
