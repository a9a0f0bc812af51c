import { accepted, addDays, addMs } from '../network/kernel/index.ts';
import { purgeOffers } from '../network/offers/index.ts';
import { purgeMilestoneHours, purgeSourceHours } from '../network/tracking/index.ts';
import { purgeIdempotency } from '../platform/http/index.ts';
import type { JobHandler } from '../platform/jobs/index.ts';
import { purgeEvents } from '../platform/outbox/index.ts';
import type { Module } from './module.ts';

const KIND = 'server.housekeeping';
const EVERY_MS = 3_600_000;
/** Our promise is 24 hours; a day more costs little. */
const IDEMPOTENCY_DAYS = 2;
/** Events that every consumer has passed, and counts of milestones by hour; the feed of an organisation keeps its own 30 days. */
const EVENT_DAYS = 7;
/** What came from each source by the hour: the health of sources looks a week back. */
const SOURCE_DAYS = 30;
/** Lapsed offers: last week's are the cases of a market policy's dry run. */
const OFFER_DAYS = 8;

/** Throws away what nobody needs any more, every hour of each world. */
export function housekeepingModule(): Module {
  const next = (now: Parameters<typeof addMs>[0]) => ({
    kind: KIND,
    key: 'hourly',
    runAt: addMs(now, EVERY_MS),
    payload: {},
  });
  const job: JobHandler = {
    kind: KIND,
    run: async (work) => {
      await purgeIdempotency(work.db, addDays(work.now, -IDEMPOTENCY_DAYS));
      await purgeEvents(work.db, addDays(work.now, -EVENT_DAYS));
      await purgeMilestoneHours(work.db, addDays(work.now, -EVENT_DAYS));
      await purgeSourceHours(work.db, addDays(work.now, -SOURCE_DAYS));
      await purgeOffers(work.db, addDays(work.now, -OFFER_DAYS));
      work.schedule(next(work.now));
    },
  };
  return {
    name: 'housekeeping',
    jobs: [job],
    onStart: async (world) => {
      await world.command('network', async (work) => {
        work.schedule(next(work.now));
        return accepted(undefined);
      });
    },
  };
}
