import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import { readRoute } from '../accounts/index.ts';
import { accepted, addMs, countrySchema, type Instant, instantSchema, msBetween } from '../kernel/index.ts';
import { CoordinatesAnswer } from './contract.ts';
import { coordinatesOf } from './coordinates.ts';
import { MilestoneReached } from './events.ts';
import { countLanes, countMilestones, type LaneCount, listMilestoneHours } from './flow-store.ts';
import type { ScanPlace } from './model.ts';

/** Lanes of one answer: more are no map any more. Our default. */
const MAX_LANES = 500;
/** Hours that are counted; older milestones come from recordings. */
const KEPT_HOURS = 7 * 24;
const HOUR_MS = 3_600_000;

const end = z.object({
  country: countrySchema,
  city: z.string().optional(),
  coordinates: CoordinatesAnswer.optional(),
});
const counts = { parcels: z.int(), late: z.int(), stuck: z.int() };

export const FlowAnswer = z
  .object({
    at: instantSchema,
    totals: z.object({ lanes: z.int(), ...counts }),
    lanes: z
      .array(
        z
          .object({
            leg: z.enum(['origin', 'export', 'linehaul', 'import', 'last_mile', 'return']),
            from: end.optional(),
            to: end.optional(),
            ...counts,
          })
          .meta({ id: 'FlowLane' }),
      )
      .meta({ description: 'The largest 500: from where the parcels were last seen to where they go' }),
    hours: z.array(
      z.object({ hour: instantSchema, milestone: z.string(), count: z.int() }).meta({ id: 'MilestoneHour' }),
    ),
  })
  .meta({
    id: 'Flow',
    description: 'late: the promise is over; stuck: not seen for 3 days, between countries for 6',
  });

const FlowQuery = z.strictObject({ hours: z.coerce.number().int().min(1).max(KEPT_HOURS).default(24) });

export function flowRoute(): Route {
  return readRoute({
    operation: 'readFlow',
    method: 'GET',
    path: '/v1/flow',
    tag: 'tracking',
    summary: 'Parcels under way by lane with points to draw, and milestones by hour',
    effect: 'read',
    query: FlowQuery,
    answers: { 200: { description: 'What moves now', body: FlowAnswer } },
    handle: async ({ db, now, caller, query, relation }) => {
      const marketplace = relation === 'any' ? undefined : caller.organisationId;
      return accepted(replyWith(200, await readFlow(db, marketplace, now, query.hours)));
    },
  });
}

async function readFlow(db: Queryable, marketplace: string | undefined, now: Instant, hours: number) {
  const { totals, lanes } = await countLanes(db, marketplace, now, MAX_LANES);
  return {
    at: now,
    totals,
    lanes: lanes.map((lane) => ({
      leg: lane.leg,
      ...endOf('from', lane.atCountry, lane.atCity),
      ...endOf('to', lane.toCountry, lane.toCity),
      parcels: lane.parcels,
      late: lane.late,
      stuck: lane.stuck,
    })),
    hours: await listMilestoneHours(db, marketplace, addMs(now, -hours * HOUR_MS)),
  };
}

function endOf(name: 'from' | 'to', country: LaneCount['atCountry'], city: string | null) {
  if (country === null) return {};
  const place = { country, ...(city === null ? {} : { city }) } as Pick<ScanPlace, 'country' | 'city'>;
  return { [name]: { ...place, coordinates: coordinatesOf(place) } };
}

type Reached = { readonly parcelId: string; readonly milestone: string; readonly occurredAt: Instant };

/** Counts milestones as they are reached. A correction does not take a count back: the hour tells what was reported. */
export const flowReaction: Reaction = reactionOfAll(
  'tracking.milestone_hours',
  [MilestoneReached.name],
  async (work, events: readonly PublishedEvent<Reached>[]) => {
    const recent = events
      .map(({ payload }) => payload)
      .filter(({ occurredAt }) => msBetween(occurredAt, work.now) <= KEPT_HOURS * HOUR_MS);
    if (recent.length > 0) await countMilestones(work.db, recent);
  },
);
