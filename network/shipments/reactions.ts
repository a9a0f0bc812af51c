import type { Reaction } from '../../platform/outbox/index.ts';
import { TimelineRevised } from '../tracking/events.ts';
import { followedStatus, stateOfPieces } from './pieces.policy.ts';
import type { ShipmentPorts } from './ports.ts';
import { takeStep } from './step.ts';
import { findShipmentOfParcel, noteParcelStatus } from './store.ts';

type Revised = { readonly parcelId: string; readonly status: string; readonly substatus?: string; readonly occurredAt: Parameters<typeof takeStep>[4]['occurredAt']; readonly synthetic: boolean };

/** The order follows the timelines of its parcels. */
export function shipmentReactions(ports: ShipmentPorts): readonly Reaction[] {
  return [
    {
      name: 'shipments.follow_timeline',
      on: [TimelineRevised.name],
      run: async (work, event) => {
        const revised = event.payload as Revised;
        const found = await findShipmentOfParcel(work.db, revised.parcelId);
        if (found === undefined) return;
        const statuses = await noteParcelStatus(work.db, found.organisationId, revised.parcelId, followedStatus(revised.status, revised.substatus));
        const status = stateOfPieces(statuses);
        if (status === undefined) return;
        await work.actFor({ organisationId: found.organisationId });
        const occurredAt = revised.occurredAt === undefined || revised.occurredAt > work.now ? work.now : revised.occurredAt;
        const network = { id: 'network', organisationId: found.organisationId as never, world: 'test' as const };
        const outcome = await takeStep(work, found.organisationId, network, { kind: 'milestone', status }, { shipmentId: found.shipmentId, occurredAt, synthetic: revised.synthetic }, ports.freight);
        if (!outcome.ok) throw new Error(`a milestone of ${found.shipmentId} was refused: ${outcome.rejection.code}`);
      },
    },
  ];
}
