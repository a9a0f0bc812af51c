import type { JobHandler } from '../../platform/jobs/index.ts';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { recordUnserved } from '../allocation/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { PointExited, PointPaused, PointRestricted, PointSuspended } from '../points/events.ts';
import { findPoint, takesDemand } from '../points/index.ts';
import { MilestoneReached } from '../tracking/events.ts';
import { MILESTONES, type Milestone } from '../tracking/index.ts';
import { PORTAL } from './code-store.ts';
import type { Movement } from './decide.ts';
import { doorFreight } from './door-freight.ts';
import { actOn, CLOCK, CLOCKWORK, TRACKING } from './handle.ts';
import { DOOR_PASSED, demandFor, holdHandover, leaveHandover } from './handover.ts';
import type { MailingPorts } from './ports.ts';
import { findMailing, listOfNumber, listSentTo, lockMailing, type MailingRef } from './store.ts';

/** Why a sender is sent on, in the words of MailingRouted. */
const REASONS: Readonly<Record<string, string>> = {
  [PointPaused.name]: 'point_paused',
  [PointRestricted.name]: 'point_restricted',
  [PointSuspended.name]: 'point_suspended',
  [PointExited.name]: 'point_exited',
};
/** More than a counter is ever waited for at. Our default. */
const MOVED_AT_ONCE = 1_000;

type Reached = {
  readonly number: string;
  readonly organisationId?: string;
  readonly milestone: Milestone;
};

/** Parcels are followed by their numbers, and senders are sent on when their counter closes. */
export function mailingReactions(ports: MailingPorts): readonly Reaction[] {
  return [
    doorFreight,
    reactionOfAll(
      'mailings.milestones',
      [MilestoneReached.name],
      async (work, events: readonly PublishedEvent<never>[]) => {
        for (const event of events) await followParcel(work, event.payload as Reached);
      },
    ),
    {
      name: 'mailings.reservations',
      on: ['CapacityReleased'],
      run: (work, event) => followReservation(work, ports, event.payload as Released),
    },
    {
      name: 'mailings.points',
      on: [PointPaused.name, PointRestricted.name, PointSuspended.name, PointExited.name],
      run: async (work, event) => {
        const { pointId } = event.payload as { pointId: string };
        await followPoint(work, ports, pointId, REASONS[event.type] ?? 'point_changed');
      },
    },
  ];
}

/** What a milestone says of the parcel; undefined: nobody held it. */
function movementOf(milestone: Milestone): Movement | undefined {
  if (MILESTONES[milestone].notice || milestone === 'cancelled') return undefined;
  switch (milestone) {
    case 'delivered':
    case 'returned':
    case 'lost':
      return milestone;
    case 'disposed':
      return 'lost';
    default:
      return 'moving';
  }
}

async function followParcel(work: Work, { number, organisationId, milestone }: Reached): Promise<void> {
  const movement = movementOf(milestone);
  if (movement === undefined) return;
  for (const ref of await listOfNumber(work.db, number)) {
    // Numbers are shared: a parcel that is known to be somebody else's says nothing about this mailing.
    if (organisationId !== undefined && organisationId !== ref.organisationId) continue;
    await work.actFor({ organisationId: ref.organisationId });
    const one = await lockMailing(work.db, ref.organisationId, ref.id);
    if (one !== undefined) await actOn(work, one, TRACKING, { kind: 'follow', movement });
    await work.actFor('network');
  }
}

type Released = {
  readonly reservationId: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly reason: string;
};

/** A place that somebody took away; one that nobody came to leaves the code as it is: the sender may still come. */
async function followReservation(work: Work, ports: MailingPorts, released: Released): Promise<void> {
  const { subject, reservationId, reason } = released;
  if (subject.kind !== 'mailing' || reason === 'expired') return;
  const one = await findMailing(work.db, subject.id);
  if (one === undefined) return;
  await sendOn(work, ports, one, { reservationId, reason });
}

/** A point that was to take parcels in takes none any more: its senders are sent on. */
async function followPoint(work: Work, ports: MailingPorts, pointId: string, reason: string): Promise<void> {
  for (const ref of await listSentTo(work.db, pointId, MOVED_AT_ONCE)) {
    const startsAt = (await findMailing(work.db, ref.id))?.handover?.startsAt;
    const at = startsAt === undefined || startsAt < work.now ? work.now : startsAt;
    const point = await findPoint(work.db, pointId);
    if (point?.services.includes('mail') === true && takesDemand(point, at)) continue;
    await sendOn(work, ports, ref, { pointId, reason });
  }
}

/**
 * The place that was held is gone: the sender is sent on to the best point that is left, with the code that he has; where
 * none is left he may go to any counter, when one opens. Begins and ends in the network's scope.
 */
export async function sendOn(
  work: Work,
  ports: Pick<MailingPorts, 'pointsOf' | 'blocks'>,
  ref: Pick<MailingRef, 'organisationId' | 'id'>,
  lost: { readonly reservationId?: string; readonly pointId?: string; readonly reason: string },
): Promise<void> {
  await work.actFor({ organisationId: ref.organisationId });
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  const held = before?.handover;
  if (before?.state.name === 'placed' && held?.method === 'point') {
    const isAbout = [
      [lost.reservationId, held.reservationId],
      [lost.pointId, held.pointId],
    ].some(([gone, his]) => gone !== undefined && gone === his);
    if (isAbout) {
      const free = await leaveHandover(work, before, lost.reason);
      const found = await holdHandover(work, ports, free, { method: 'point' }, lost.reason);
      const demand = found.ok ? undefined : await demandFor(work, ports, free);
      if (demand !== undefined) await recordUnserved(work, demand, []);
      const command = found.ok
        ? ({ kind: 'choose_handover' } as const)
        : ({ kind: 'lose_handover', reason: lost.reason } as const);
      const outcome = await actOn(work, found.ok ? found.value : free, CLOCKWORK, command);
      if (!outcome.ok) throw new Error(`a sender was not sent on: ${outcome.rejection.code}`);
    }
  }
  await work.actFor('network');
}

type Rings = { readonly organisationId: OrganisationId; readonly mailingId: string };

export function mailingJobs(): readonly JobHandler[] {
  return [
    {
      kind: CLOCK,
      run: async (work, { organisationId, mailingId }: Rings) => {
        await work.actFor({ organisationId });
        const one = await lockMailing(work.db, organisationId, mailingId);
        if (one !== undefined) await actOn(work, one, CLOCKWORK, { kind: 'time_out' });
      },
    },
    {
      kind: DOOR_PASSED,
      run: async (work, { organisationId, mailingId, startsAt }: Rings & { startsAt: string }) => {
        await work.actFor({ organisationId });
        const before = await lockMailing(work.db, organisationId, mailingId);
        // Another window that was chosen meanwhile has a job of its own.
        const isHis = before?.handover?.method === 'door' && before.handover.startsAt === startsAt;
        if (before?.state.name !== 'placed' || !isHis) return;
        const reason = 'window_missed';
        const free = await leaveHandover(work, before, reason);
        await actOn(work, free, CLOCKWORK, { kind: 'lose_handover', reason });
      },
    },
    PORTAL.purgeJob,
  ];
}
