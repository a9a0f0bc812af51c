import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, addDays, type Instant, localDate, type Position } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import { insertUnserved, purgeUnserved } from './store.ts';

type Unserved = {
  readonly occurredAt: Instant;
  readonly service: PointService;
  readonly country: string;
  readonly position: Position;
  readonly subject: { readonly id: string };
  readonly parcels: number;
};

export function coverageReactions(): readonly Reaction[] {
  return [
    {
      name: 'coverage.unserved',
      on: ['DemandUnserved'],
      run: async (work, event) => {
        const { occurredAt, service, country, position, subject, parcels } = event.payload as Unserved;
        await work.actFor('network');
        const day = localDate(occurredAt, 'UTC');
        await insertUnserved(work.db, { country, service, day, subjectId: subject.id, position, parcels });
      },
    },
  ];
}

const PURGE = 'coverage.purge';
/** A quarter tells where points are missing. Our default. */
const KEPT_DAYS = 90;
const nextPurge = (now: Instant) => ({ kind: PURGE, key: 'daily', runAt: addDays(now, 1), payload: {} });

export const coverageJobs: readonly JobHandler[] = [
  {
    kind: PURGE,
    run: async (work) => {
      await purgeUnserved(work.db, localDate(addDays(work.now, -KEPT_DAYS), 'UTC'));
      work.schedule(nextPurge(work.now));
    },
  },
];

/** At the start of a world; harmless when the job waits already. */
export async function scheduleCoverageJobs(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule(nextPurge(work.now));
    return accepted(undefined);
  });
}
