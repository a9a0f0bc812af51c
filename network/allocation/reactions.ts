import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { World } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant, type PointId } from '../kernel/index.ts';
import { findPoint } from '../points/index.ts';
import { addTallies, findDecision, purgeTallies } from './decision-store.ts';
import { endLapsed } from './facts.ts';
import type { ReservationId } from './model.ts';
import { followPoint } from './publish.ts';
import { RESERVATION_ENDS } from './reserve.ts';
import { nextRetention, retentionJob } from './retention.ts';
import { purgeOccupancy } from './slot-store.ts';
import { dayBeside, TALLY_DAYS } from './weigh.ts';

const PURGE = 'allocation.purge';
const HOUR_MS = 3_600_000;
/** Hours stay in the indexes so long after they began: clerks' offline facts come late. Our default. */
const OCCUPANCY_KEPT_MS = 48 * HOUR_MS;

const nextPurge = (now: Instant) => ({
  kind: PURGE,
  key: 'hourly',
  runAt: addMs(now, HOUR_MS),
  payload: {},
});

export const allocationJobs: readonly JobHandler[] = [
  {
    kind: RESERVATION_ENDS,
    run: (work, payload) => endLapsed(work, (payload as { reservationId: ReservationId }).reservationId),
  },
  {
    kind: PURGE,
    run: async (work) => {
      await purgeOccupancy(work.db, addMs(work.now, -OCCUPANCY_KEPT_MS));
      await purgeTallies(work.db, dayBeside(work.now, -2 * TALLY_DAYS));
      work.schedule(nextPurge(work.now));
    },
  },
  retentionJob,
];

/** At the start of a world; harmless when the jobs wait already. */
export async function scheduleAllocationJobs(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule(nextPurge(work.now));
    work.schedule(nextRetention(work.now));
    return accepted(undefined);
  });
}

export function allocationReactions(): readonly Reaction[] {
  return [
    {
      // One consumer counts for all, so that no two demands wait for the same row of a large network.
      name: 'allocation.tallies',
      on: ['CapacityReserved'],
      run: async (work, event) => {
        const { decisionId } = event.payload as { decisionId: string };
        await work.actFor('network');
        const decision = await findDecision(work.db, decisionId);
        if (decision === undefined) return;
        const networks = new Map<string, number>();
        const points = decision.candidates.map(({ pointId, organisationId }) => {
          const got = pointId === decision.pointId ? 1 : 0;
          networks.set(organisationId, Math.max(networks.get(organisationId) ?? 0, got));
          return { organisationId, pointId: pointId as string, got };
        });
        const whole = [...networks].map(([organisationId, got]) => ({ organisationId, pointId: '', got }));
        await addTallies(work.db, dayBeside(decision.decidedAt, 0), [...points, ...whole]);
      },
    },
    {
      name: 'allocation.point_changed',
      on: ['PointChanged'],
      run: async (work, event) => {
        const { pointId } = event.payload as { pointId: PointId };
        const point = await findPoint(work.db, pointId);
        if (point === undefined) return;
        await work.actFor({ organisationId: point.organisationId });
        await followPoint(work, point);
      },
    },
  ];
}
