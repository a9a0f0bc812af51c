import type { JobHandler } from '../../platform/jobs/index.ts';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import { PointExited, PointPaused, PointRestricted, PointSuspended } from '../points/events.ts';
import { MilestoneReached } from '../tracking/events.ts';
import { MILESTONES, type Milestone } from '../tracking/index.ts';
import { PORTAL } from './code-store.ts';
import { actOn, type By, CLOCK, CLOCKWORK } from './handle.ts';
import type { ReturnCase } from './model.ts';
import type { ReturnPorts } from './ports.ts';
import { DOOR_PASSED, missDoor, sendOn } from './route-choice.ts';
import { findReturn, listOfNumber, listRoutedTo, lockReturn } from './store.ts';

/** Why a buyer is sent on, in the words of ReturnRouted. */
const REASONS: Readonly<Record<string, string>> = {
  [PointPaused.name]: 'point_paused',
  [PointRestricted.name]: 'point_restricted',
  [PointSuspended.name]: 'point_suspended',
  [PointExited.name]: 'point_exited',
};
/** More than a counter is ever waited for at. Our default. */
const MOVED_AT_ONCE = 1_000;
const TRACKING: By = { party: 'tracking', callerId: 'tracking' };

type Reached = {
  readonly number: string;
  readonly organisationId?: string;
  readonly milestone: Milestone;
  readonly occurredAt: Instant;
};

/** Parcels on their way back, and replacements on theirs, are followed by their numbers. */
export function returnReactions(ports: ReturnPorts): readonly Reaction[] {
  return [
    reactionOfAll(
      'returns.milestones',
      [MilestoneReached.name],
      async (work, events: readonly PublishedEvent<never>[]) => {
        for (const event of events) await followParcel(work, ports, event.payload as Reached);
      },
    ),
    {
      name: 'returns.reservations',
      on: ['CapacityReleased'],
      run: (work, event) => followReservation(work, ports, event.payload as Released),
    },
    {
      name: 'returns.points',
      on: [PointPaused.name, PointRestricted.name, PointSuspended.name, PointExited.name],
      run: async (work, event) => {
        const { pointId } = event.payload as { pointId: string };
        await followPoint(work, ports, pointId, REASONS[event.type] ?? 'point_changed');
      },
    },
  ];
}

async function followParcel(work: Work, ports: ReturnPorts, reached: Reached): Promise<void> {
  // Announcements move nothing; nobody held the parcel.
  if (MILESTONES[reached.milestone].notice || reached.milestone === 'cancelled') return;
  for (const ref of await listOfNumber(work.db, reached.number)) {
    // Numbers are shared: a parcel that is known to be somebody else's says nothing about this return.
    if (reached.organisationId !== undefined && reached.organisationId !== ref.organisationId) continue;
    await work.actFor({ organisationId: ref.organisationId });
    const one = await lockReturn(work.db, ref.organisationId, ref.id);
    if (one !== undefined)
      await (ref.isReplacement ? followReplacement : followBack)(work, ports, one, reached);
    await work.actFor('network');
  }
}

async function followBack(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  { milestone, occurredAt }: Reached,
): Promise<void> {
  const { name } = one.state;
  const isWithCarrier = name === 'accepted_at_point' || name === 'collected';
  const moving = isWithCarrier
    ? await actOn(work, ports, one, TRACKING, { kind: 'hand_over', by: 'tracking' })
    : undefined;
  const after = moving?.ok === true ? moving.value : one;
  const isFirstDelivery = after.state.name === 'in_transit' && after.state.deliveredAt === undefined;
  if (milestone === 'delivered' && isFirstDelivery)
    await actOn(work, ports, after, TRACKING, { kind: 'arrive', at: occurredAt });
}

async function followReplacement(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  { milestone }: Reached,
): Promise<void> {
  if (milestone === 'delivered' && one.state.name === 'replacement_sent')
    await actOn(work, ports, one, TRACKING, { kind: 'confirm_replacement' });
}

type Released = {
  readonly reservationId: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly reason: string;
};

/** A place that somebody took away; one that nobody came to leaves the code as it is: the buyer may still come. */
async function followReservation(work: Work, ports: ReturnPorts, released: Released): Promise<void> {
  const { subject, reservationId, reason } = released;
  if (subject.kind !== 'return' || reason === 'expired') return;
  const one = await findReturn(work.db, subject.id);
  if (one === undefined) return;
  await work.actFor({ organisationId: one.organisationId });
  await sendOn(work, ports, one, { reservationId, reason });
  await work.actFor('network');
}

/** A point that was to take goods in takes none any more: its buyers are sent on. */
async function followPoint(work: Work, ports: ReturnPorts, pointId: string, fact: string): Promise<void> {
  for (const ref of await listRoutedTo(work.db, pointId, MOVED_AT_ONCE)) {
    const one = await findReturn(work.db, ref.id);
    const startsAt = one?.route?.method === 'point' ? one.route.startsAt : undefined;
    const at = startsAt === undefined || startsAt < work.now ? work.now : startsAt;
    if (await ports.points.takesReturns(work.db, pointId, at)) continue;
    await work.actFor({ organisationId: ref.organisationId });
    await sendOn(work, ports, ref, { pointId, reason: fact });
    await work.actFor('network');
  }
}

type Rings = { readonly organisationId: OrganisationId; readonly returnId: string };

export function returnJobs(ports: ReturnPorts): readonly JobHandler[] {
  return [
    {
      kind: CLOCK,
      run: async (work, { organisationId, returnId }: Rings) => {
        await work.actFor({ organisationId });
        const one = await lockReturn(work.db, organisationId, returnId);
        if (one !== undefined) await actOn(work, ports, one, CLOCKWORK, { kind: 'time_out' });
      },
    },
    {
      kind: DOOR_PASSED,
      run: async (work, { organisationId, returnId: id, startsAt }: Rings & { startsAt: string }) => {
        await work.actFor({ organisationId });
        await missDoor(work, ports, { organisationId, id }, startsAt);
      },
    },
    PORTAL.purgeJob,
  ];
}
