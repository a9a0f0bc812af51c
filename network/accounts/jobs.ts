import { type Clock, wallClock } from '../../platform/clock/index.ts';
import type { JobHandler } from '../../platform/jobs/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, addDays, addMs, type Instant } from '../kernel/index.ts';
import { purgeDevices } from './device-store.ts';
import { FORGET_MS } from './log-in.policy.ts';
import { purgeSessions } from './session-store.ts';

const KIND = 'accounts.purge_sessions';
const EVERY_MS = 3_600_000;
/** Ended sessions are kept for questions that come late. Our default. */
const ENDED_SESSION_DAYS = 30;
/** A device that nobody logs in with for so long is forgotten; its next log-in is that of a new one. Our default. */
const UNUSED_DEVICE_DAYS = 180;

const next = (now: Instant) => ({ kind: KIND, key: 'hourly', runAt: addMs(now, EVERY_MS), payload: {} });

/** Throws away log-in counters and sessions that ended, by the wall clock as they were made. */
export function accountJobs(ports: { readonly clock: Clock } = { clock: wallClock }): readonly JobHandler[] {
  return [
    {
      kind: KIND,
      run: async (work) => {
        const now = ports.clock.now();
        await purgeSessions(work.db, {
          attempts: addMs(now, -FORGET_MS),
          sessions: addDays(now, -ENDED_SESSION_DAYS),
        });
        await purgeDevices(work.db, addDays(now, -UNUSED_DEVICE_DAYS));
        work.schedule(next(work.now));
      },
    },
  ];
}

/** At the start of a world; harmless when the job waits already. */
export async function scheduleAccountJobs(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule(next(work.now));
    return accepted(undefined);
  });
}
