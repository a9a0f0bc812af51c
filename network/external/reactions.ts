import type { z } from 'zod';
import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { PenaltyImposed, PenaltyRevoked, VerificationMoved } from '../authenticity/events.ts';
import type { Instant, OrganisationId, ParcelId } from '../kernel/index.ts';
import { lockOrderFor } from '../orders/index.ts';
import {
  DeclaredNumberFreed,
  DeclaredNumberSettled,
  MilestoneReached,
  TimelineRevised,
} from '../tracking/events.ts';
import { listParcelStates, type ParcelState } from '../tracking/index.ts';
import { ExternalShipmentProgressed } from './events.ts';
import { seek, settleOrder, tell } from './handle.ts';
import type { ExternalShipment, Hold } from './model.ts';
import { listByNumber, listByParcels, listOfOrder, lockShipment, saveShipment } from './store.ts';
import { saveSuspension, saveVerdict } from './verdict-store.ts';

type Settled = z.output<typeof DeclaredNumberSettled.schema>;
type Freed = z.output<typeof DeclaredNumberFreed.schema>;
type Moved = z.output<typeof VerificationMoved.schema>;
type Penalty = z.output<typeof PenaltyImposed.schema>;
type OfParcel = { readonly parcelId: ParcelId };

/** Declarations learn what their numbers lead to, and follow their parcels. */
export function externalReactions(): readonly Reaction[] {
  return [
    reactionOfAll(
      'external.numbers',
      [DeclaredNumberSettled.name, DeclaredNumberFreed.name],
      async (work, events: readonly PublishedEvent<never>[]) => {
        for (const { type, payload } of events) {
          if (type === DeclaredNumberSettled.name) await noteHold(work, payload as Settled);
          else await passOn(work, payload as Freed);
        }
      },
    ),
    reactionOfAll(
      'external.timelines',
      [MilestoneReached.name, TimelineRevised.name],
      async (work, events: readonly PublishedEvent<never>[]) => {
        const parcelIds = [...new Set(events.map(({ payload }) => (payload as OfParcel).parcelId))];
        const declared = await listByParcels(work.db, parcelIds);
        if (declared.length === 0) return;
        const states = await listParcelStates(work.db, [
          ...new Set(declared.flatMap(({ parcelId }) => parcelId ?? [])),
        ]);
        for (const one of declared)
          await progress(work, one, (now) => {
            const state = now.parcelId === undefined ? undefined : states.get(now.parcelId);
            return state === undefined ? undefined : withState(now, state);
          });
      },
    ),
    reactionOfAll(
      'external.verdicts',
      [VerificationMoved.name, PenaltyImposed.name, PenaltyRevoked.name],
      async (work, events: readonly PublishedEvent<never>[]) => {
        for (const { type, payload } of events) {
          const { organisationId } = payload as Moved;
          await work.actFor({ organisationId });
          if (type === VerificationMoved.name) await saveVerdict(work.db, payload as Moved, payload as Moved);
          else {
            const { suspendedUntil, changes = 0 } = payload as Penalty;
            await saveSuspension(work.db, organisationId, {
              suspendedUntil: suspendedUntil as Instant | undefined,
              changes,
            });
          }
        }
        await work.actFor('network');
      },
    ),
  ];
}

async function noteHold(work: Work, settled: Settled): Promise<void> {
  const { externalShipmentId, organisationId, number, carrierCode } = settled;
  await progress(work, { id: externalShipmentId, organisationId }, (now) => {
    // Corrected meanwhile: the answer to the later question comes.
    if (now.number !== number || now.carrierCode !== carrierCode) return undefined;
    const held = { ...now, hold: settled.hold as Hold, parcelId: settled.parcelId as ParcelId | undefined };
    if (settled.status === undefined) return held;
    return withState(held, {
      status: settled.status,
      terminal: settled.terminal === true,
      firstScanAt: settled.firstScanAt as Instant | undefined,
      deliveredAt: settled.deliveredAt as Instant | undefined,
    });
  });
}

function withState(one: ExternalShipment, state: ParcelState): ExternalShipment {
  return {
    ...one,
    trackingStatus: state.status,
    isClosed: state.terminal,
    firstScanAt: state.firstScanAt,
    deliveredAt: state.deliveredAt,
  };
}

/** Saves what has changed of a standing declaration, tells it, and lets its order follow. */
async function progress(
  work: Work,
  { id, organisationId }: { readonly id: string; readonly organisationId: string },
  change: (now: ExternalShipment) => ExternalShipment | undefined,
): Promise<void> {
  await work.actFor({ organisationId });
  const now = await lockShipment(work.db, organisationId, id);
  const changed = now === undefined || now.state !== 'declared' ? undefined : change(now);
  if (now !== undefined && changed !== undefined && isOther(now, changed)) {
    const saved = { ...changed, version: now.version + 1, changedAt: work.now };
    await saveShipment(work.db, saved);
    tell(work, saved, ExternalShipmentProgressed.name, {
      hold: saved.hold ?? 'own',
      trackingStatus: saved.trackingStatus,
    });
    const found = await lockOrderFor(work.db, organisationId as OrganisationId, { orderId: saved.orderId });
    if (found === undefined) throw new Error('a declaration is of an order that is not there');
    await settleOrder(work, found.order, await listOfOrder(work.db, organisationId, saved.orderId));
  }
  await work.actFor('network');
}

function isOther(before: ExternalShipment, after: ExternalShipment): boolean {
  const keys = ['hold', 'parcelId', 'trackingStatus', 'isClosed', 'firstScanAt', 'deliveredAt'] as const;
  return keys.some((key) => before[key] !== after[key]);
}

/** A number is free again: who declared it first of those that only pointed at it gets it. */
async function passOn(work: Work, { carrierCode, number }: Freed): Promise<void> {
  const next = (await listByNumber(work.db, carrierCode, number)).find(
    ({ state, hold }) => state === 'declared' && hold === 'shared',
  );
  if (next === undefined) return;
  const { organisationId } = next;
  await work.actFor({ organisationId });
  const now = await lockShipment(work.db, organisationId, next.id);
  if (now?.state === 'declared' && now.number === number) {
    const found = await lockOrderFor(work.db, organisationId, { orderId: now.orderId });
    const asked = { ...now, hold: undefined, parcelRef: work.newId('pcl'), version: now.version + 1 };
    await saveShipment(work.db, asked);
    if (found !== undefined) seek({ work, shipment: asked, order: found.order });
  }
  await work.actFor('network');
}
