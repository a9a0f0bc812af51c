import type { PublishedEvent, Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { earliest, type Instant, type OrganisationId } from '../kernel/index.ts';
import { TimelineRevised } from '../tracking/events.ts';
import { activateWaybill, closeWaybill } from '../waybills/index.ts';
import { followedStatus, hasMoved, stateOfPieces } from './pieces.policy.ts';
import type { ShipmentPorts } from './ports.ts';
import { takeStep } from './step.ts';
import { findShipmentOfParcel, noteParcelStatus } from './store.ts';

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

/** From the first scan a number is neither changed nor given back. A cancelled one stays so; the timeline shows it. */
async function followWaybill(work: Work, waybillId: string, status: string): Promise<void> {
  await activateWaybill(work, waybillId);
  if (status === 'delivered' || status === 'returned') await closeWaybill(work, waybillId);
}
