import type { JobHandler } from '../../platform/jobs/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, addDays, addMs } from '../kernel/index.ts';
import { purgePayloads } from './payload-store.ts';
import { RETENTION_DAYS } from './payloads.ts';

const PURGE_JOB = 'polling.purge';
const ROWS_A_RUN = 2_000;
const EVERY_MS = 3_600_000;
const SOON_MS = 1_000;

/** Clears payloads that did not come again for 90 days, a few thousand at a time. */
const purgeJob: JobHandler = {
  kind: PURGE_JOB,
  run: async (work) => {
    const purged = await purgePayloads(work.db, addDays(work.now, -RETENTION_DAYS), ROWS_A_RUN);
    const runAt = addMs(work.now, purged === ROWS_A_RUN ? SOON_MS : EVERY_MS);
    work.schedule({ kind: PURGE_JOB, key: PURGE_JOB, runAt, payload: {} });
  },
};
export const pollingJobs: readonly JobHandler[] = [purgeJob];

/** The first run; a run schedules the next. */
export async function schedulePollingJobs(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule({ kind: PURGE_JOB, key: PURGE_JOB, runAt: work.now, payload: {} });
    return accepted(undefined);
  });
}
