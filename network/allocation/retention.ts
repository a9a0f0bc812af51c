import type { Queryable } from '../../platform/db/index.ts';
import type { JobHandler, NewJob } from '../../platform/jobs/index.ts';
import { addDays, addMs, type Instant } from '../kernel/index.ts';
import { activeVersion, NETWORK } from '../rulebooks/index.ts';
import { purgeDecisions } from './decision-store.ts';
import { purgeReservations } from './reservation-store.ts';
import { DEFAULT_KEPT_DAYS, type PointAllocationDocument } from './rulebook.ts';
import { POINT_ALLOCATION_KIND } from './rulebook-kind.ts';
import { purgeSlots } from './slot-store.ts';

const KIND = 'allocation.retention';
const EVERY_MS = 3_600_000;
const SOON_MS = 1_000;
/** Rows of one commit: half a second of deleting, and less than a busy network writes in an hour. Our default. */
const AT_ONCE = 5_000;

export const nextRetention = (runAt: Instant): NewJob => ({ kind: KIND, key: KIND, runAt, payload: {} });

/** Since when decisions, reservations that have ended, and hours are still all there. In the network's scope. */
export async function keptSince(
  db: Queryable,
  now: Instant,
): Promise<{ readonly decisions: Instant; readonly reservations: Instant; readonly slots: Instant }> {
  const version = await activeVersion(db, POINT_ALLOCATION_KIND, NETWORK, now);
  const days: KeptDays = version?.document.keptDays ?? DEFAULT_KEPT_DAYS;
  return {
    decisions: addDays(now, -days.decisions),
    reservations: addDays(now, -days.reservations),
    slots: addDays(now, -(days.slots ?? days.reservations)),
  };
}

type KeptDays = NonNullable<PointAllocationDocument['keptDays']>;

/** What is older than the rule leaves in parts, so that nobody waits for it. */
export const retentionJob: JobHandler = {
  kind: KIND,
  run: async (work) => {
    const since = await keptSince(work.db, work.now);
    const gone = await Promise.all([
      purgeDecisions(work.db, since.decisions, AT_ONCE),
      purgeReservations(work.db, since.reservations, AT_ONCE),
      purgeSlots(work.db, since.slots, AT_ONCE),
    ]);
    const isMoreLeft = gone.includes(AT_ONCE);
    work.schedule(nextRetention(addMs(work.now, isMoreLeft ? SOON_MS : EVERY_MS)));
  },
};
