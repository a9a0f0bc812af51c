import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { earliest, type Instant, type OrganisationId } from '../kernel/index.ts';
import { HoldExpired } from '../ledger/events.ts';
import { TimelineRevised } from '../tracking/events.ts';
import { hasMoved } from '../tracking/index.ts';
import { activateWaybill, closeWaybill } from '../waybills/index.ts';
import { FreightLapsed } from './events.ts';
import { followedStatus, stateOfPieces } from './pieces.policy.ts';
import type { ShipmentPorts } from './ports.ts';
import { emitShipmentEvent, subjectOf, takeStep } from './step.ts';
import { findShipmentOfParcel, lockShipment, noteParcelStatus, saveShipment } from './store.ts';

type Revised = {
  readonly parcelId: string;
  readonly status: string;
  readonly substatus?: string;
  readonly occurredAt: Instant;
  readonly synthetic: boolean;
};

/** The order and its waybills follow the timelines of the parcels. */
export function shipmentReactions(ports: ShipmentPorts): readonly Reaction[] {
  return [
    {
      name: 'shipments.follow_timeline',
      on: [TimelineRevised.name],
      run: (work, event: PublishedEvent<Revised>) => followTimeline(work, event.payload, ports),
    },
    {
      name: 'shipments.lapsed_freight',
      on: [HoldExpired.name],
      run: (work, event: PublishedEvent<LapsedHold>) => noteLapsedFreight(work, event.payload),
    },
  ];
}

async function followTimeline(work: Work, revised: Revised, ports: ShipmentPorts): Promise<void> {
  const found = await findShipmentOfParcel(work.db, revised.parcelId);
  if (found === undefined) return;
  const owner = found.organisationId as OrganisationId;
  await work.actFor({ organisationId: owner });
  const status = followedStatus(revised.status, revised.substatus);
  const statuses = await noteParcelStatus(work.db, owner, revised.parcelId, status);
  if (hasMoved(status)) await followWaybill(work, found.waybillId, status);
  const state = stateOfPieces(statuses);
  if (state === undefined) return;
  const actor = { id: 'timeline', organisationId: owner, world: 'test' as const };
  const input = {
    shipmentId: found.shipmentId,
    occurredAt: earliest(revised.occurredAt, work.now),
    synthetic: revised.synthetic,
  };
  const outcome = await takeStep(
    work,
    owner,
    actor,
    { kind: 'milestone', status: state },
    input,
    ports.freight,
  );
  if (!outcome.ok)
    throw new Error(`a milestone of ${found.shipmentId} was refused: ${outcome.rejection.code}`);
}

type LapsedHold = {
  readonly organisationId: OrganisationId;
  readonly reference: { readonly kind: string; readonly id: string };
};

/** So that who waits for the parcel sees why it will not leave without new funds, before the warehouse is refused. */
async function noteLapsedFreight(work: Work, hold: LapsedHold): Promise<void> {
  if (hold.reference.kind !== 'shipment') return;
  await work.actFor({ organisationId: hold.organisationId });
  const before = await lockShipment(work.db, hold.organisationId, hold.reference.id);
  if (before?.freight !== 'reserved') return;
  const after = {
    ...before,
    freight: 'lapsed' as const,
    version: before.version + 1,
    changedAt: work.now,
  };
  await saveShipment(work.db, after, {
    step: 'freight_lapsed',
    reason: 'hold_expired',
    evidence: undefined,
    byCaller: 'ledger',
    occurredAt: work.now,
  });
  emitShipmentEvent(work, after, FreightLapsed.name, subjectOf(after, work.now));
}

/** From the first scan a number is neither changed nor given back. A cancelled one stays so; the timeline shows it. */
async function followWaybill(work: Work, waybillId: string, status: string): Promise<void> {
  await activateWaybill(work, waybillId);
  if (status === 'delivered' || status === 'returned') await closeWaybill(work, waybillId);
}
