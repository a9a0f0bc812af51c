import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { ShipmentAcknowledged } from './events.ts';
import type { Shipment } from './model.ts';
import type { ShipmentPorts } from './ports.ts';
import { emitShipmentEvent, subjectOf, takeStep } from './step.ts';
import { lockShipment, saveShipment } from './store.ts';

export type Acknowledgement = {
  readonly shipmentId: string;
  readonly accepted: boolean;
  readonly reason?: string | undefined;
};

/**
 * The carrier takes the order or refuses it. Once: a second equal answer changes nothing, the opposite one is a
 * conflict. A refusal cancels the order and releases its freight.
 */
export async function acknowledge(
  work: Work,
  owner: string,
  caller: Principal,
  answer: Acknowledgement,
  ports: ShipmentPorts,
): Promise<Outcome<Shipment>> {
  const before = await lockShipment(work.db, owner, answer.shipmentId);
  if (before === undefined) return refused('not_found', '');
  const wanted = answer.accepted ? 'accepted' : 'refused';
  if (before.acknowledgement === wanted) return accepted(before);
  if (before.acknowledgement !== 'pending')
    return refused('state_conflict', `The order was ${before.acknowledgement} already.`);
  const acknowledged: Shipment = {
    ...before,
    acknowledgement: wanted,
    version: before.version + 1,
    changedAt: work.now,
  };
  await saveShipment(work.db, acknowledged, {
    step: 'acknowledge',
    reason: answer.reason,
    evidence: undefined,
    byCaller: caller.id,
    occurredAt: work.now,
  });
  emitShipmentEvent(work, acknowledged, ShipmentAcknowledged.name, {
    ...subjectOf(acknowledged, work.now),
    accepted: answer.accepted,
    reason: answer.reason,
  });
  if (answer.accepted) return accepted(acknowledged);
  return takeStep(
    work,
    owner,
    caller,
    { kind: 'carrier_refuses' },
    { shipmentId: before.id, reason: answer.reason ?? 'refused by the carrier' },
    ports.freight,
  );
}
