import type { JobHandler } from '../../platform/jobs/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, addDays, addMs } from '../kernel/index.ts';
import { purgeDeliveries } from './delivery-store.ts';
import { purgeFeed } from './feed-store.ts';
import { RETENTION_DAYS } from './model.ts';

const PURGE_JOB = 'notices.purge';
const ROWS_A_RUN = 5_000;
const EVERY_MS = 3_600_000;
const SOON_MS = 1_000;

/** Clears feed and delivery log behind 30 days, a few thousand rows at a time. */
export const purgeJob: JobHandler = {
  kind: PURGE_JOB,
  run: async (work) => {
    const before = addDays(work.now, -RETENTION_DAYS);
    const deliveries = await purgeDeliveries(work.db, before, ROWS_A_RUN);
    const events = await purgeFeed(work.db, before, ROWS_A_RUN);
    const isFull = Math.max(deliveries, events) === ROWS_A_RUN;
    const runAt = addMs(work.now, isFull ? SOON_MS : EVERY_MS);
    work.schedule({ kind: PURGE_JOB, key: PURGE_JOB, runAt, payload: {} });
  },
};

/** The first run; a run schedules the next. */
export async function schedulePurge(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule({ kind: PURGE_JOB, key: PURGE_JOB, runAt: work.now, payload: {} });
    return accepted(undefined);
  });
}
