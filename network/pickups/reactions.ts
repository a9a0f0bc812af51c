import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Reaction } from '../../platform/outbox/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { decide } from './decide.ts';
import { dropShipment, findPickupOfShipment, lockPickup, savePickup } from './store.ts';
import {
  actOn,
  networkActor,
  type PickupPorts,
  progressOf,
  recordOf,
  settle,
  WINDOW_PASSED,
} from './visit.ts';

type WindowPassed = {
  readonly organisationId: string;
  readonly pickupId: string;
  readonly endsAt: string;
  readonly areaId: string;
};

/** A window that passed without a visit is a failed attempt, whoever's fault it was. */
export function pickupJobs(ports: PickupPorts): readonly JobHandler[] {
  return [
    {
      kind: WINDOW_PASSED,
      run: async (work: Work, payload: never) => {
        const { organisationId, pickupId, endsAt, areaId } = payload as WindowPassed;
        await work.actFor({ organisationId });
        const pickup = await lockPickup(work.db, organisationId, pickupId);
        // Another window was chosen meanwhile; it has a job of its own.
        if (pickup === undefined || pickup.window.endsAt !== endsAt || pickup.areaId !== areaId) return;
        // At the door with the right code nothing is missed; a visit that is over is over.
        if (pickup.state === 'code_verified') return;
        const decision = decide(progressOf(pickup), { kind: 'fail', reason: 'window_missed' });
        if (decision.ok) await settle(work, ports, networkActor(organisationId), pickup, decision.value);
      },
    },
  ];
}

type AboutShipment = { readonly shipmentId: string; readonly organisationId: string };

/** A shipment that was cancelled or came to the warehouse needs no courier; a collected one has arrived with him. */
export function pickupReactions(ports: PickupPorts): readonly Reaction[] {
  return [
    {
      name: 'pickups.shipment_left',
      on: ['ShipmentCancelled', 'InboundAccepted', 'InboundRejected'],
      run: async (work, event) => {
        const { shipmentId, organisationId } = event.payload as AboutShipment;
        await work.actFor({ organisationId });
        const pickupId = await findPickupOfShipment(work.db, organisationId, shipmentId);
        if (pickupId === undefined) return;
        const actor = networkActor(organisationId);
        const pickup = await lockPickup(work.db, organisationId, pickupId);
        if (pickup === undefined) return;
        if (pickup.state === 'collected') {
          await actOn(work, ports, organisationId, actor, pickupId, { kind: 'hand_over' });
          return;
        }
        if (pickup.shipmentIds.length > 1) {
          await dropShipment(work.db, pickup, shipmentId);
          const after = { ...pickup, version: pickup.version + 1, changedAt: work.now };
          const record = recordOf(after, { kind: 'shipment_left' }, actor.id, {});
          await savePickup(work.db, after, [record], true);
          return;
        }
        const command = { kind: 'cancel', by: 'platform', reason: 'shipment_left' } as const;
        await actOn(work, ports, organisationId, actor, pickupId, command);
      },
    },
  ];
}
