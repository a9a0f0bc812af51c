import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { accepted, type Instant, type Money, type Outcome, refused } from '../kernel/index.ts';
import { cancelWaybill } from '../waybills/index.ts';
import { decideStep, freightEffect, leavesWarehouse, type ShipmentStep } from './decide.ts';
import * as events from './events.ts';
import { listIntercepted } from './interception-store.ts';
import type { FreightLine, Shipment, ShipmentErrorCode } from './model.ts';
import { stateOfPieces } from './pieces.policy.ts';
import { listParcelStatuses, lockShipment, saveShipment } from './store.ts';

/** What a step brings besides itself. */
export type StepInput = {
  readonly shipmentId: string;
  readonly occurredAt?: Instant | undefined;
  readonly reason?: string | undefined;
  readonly evidence?: object | undefined;
  readonly synthetic?: boolean | undefined;
};

/** Who takes a step: a caller, or the network itself when it follows a timeline. */
export type StepActor = Pick<Principal, 'id' | 'organisationId'> & { readonly world: 'live' | 'test' };

export type FreightCharge = {
  readonly lines: readonly FreightLine[];
  readonly total: Money;
  readonly state: 'charged' | 'arrears';
};

/** The money side of a step, done by the ledger (ports.ts). */
export type FreightEffects = {
  /** Answers what was charged and whether it was paid. Refused: the hold lapsed, and the funds do not cover it. */
  charge(work: Work, shipment: Shipment): Promise<Outcome<FreightCharge, 'freight_unpaid'>>;
  release(work: Work, shipment: Shipment): Promise<void>;
};

/**
 * Loads for update, decides, lets the money follow, saves, and tells. `change` adds what the step measured or
 * decided. One transaction, in the name of the owner.
 */
export async function takeStep(
  work: Work,
  owner: string,
  actor: StepActor,
  step: ShipmentStep,
  input: StepInput,
  effects: FreightEffects,
  change: (shipment: Shipment) => Shipment = (shipment) => shipment,
): Promise<Outcome<Shipment, ShipmentErrorCode | 'not_found'>> {
  const timing = checkTiming(input, work.now, actor.world);
  if (timing !== undefined) return timing;
  const before = await lockShipment(work.db, owner, input.shipmentId);
  if (before === undefined) return refused('not_found', '');
  const decision = decideStep(before.state, step);
  if (!decision.ok) return decision;
  if (!decision.value.changed) return accepted(before);
  // Who asks for an interception holds the same lock, so none comes between this look and the step.
  if (leavesWarehouse(step) && (await listIntercepted(work.db, [before.id])).size > 0) {
    return refused('shipment_intercepted', '');
  }
  let after = change({
    ...before,
    state: decision.value.to,
    version: before.version + 1,
    reason: input.reason,
    synthetic: before.synthetic || input.synthetic === true,
    changedAt: work.now,
  });
  if (step.kind === 'cancel' || step.kind === 'carrier_refuses') {
    const returned = await giveNumbersBack(work, after);
    if (!returned.ok) return returned;
  }
  const effect = freightEffect(step);
  const isOpen = after.freight === 'reserved' || after.freight === 'lapsed';
  if (effect === 'charge' && isOpen) {
    const charge = await effects.charge(work, after);
    if (!charge.ok) return charge;
    const { lines, total, state } = charge.value;
    after = { ...after, charged: { lines, total }, freight: state };
  }
  if (effect === 'release' && isOpen) {
    await effects.release(work, after);
    after = { ...after, freight: 'released' };
  }
  const occurredAt = input.occurredAt ?? work.now;
  await saveShipment(work.db, after, {
    step: step.kind,
    reason: input.reason,
    evidence: input.evidence,
    byCaller: actor.id,
    occurredAt,
  });
  announce(work, after, step, occurredAt, input);
  return leavesWarehouse(step) ? catchUp(work, after, effects) : accepted(after);
}

/**
 * Scans may be faster than the warehouse's papers: a parcel that the carrier delivered before its outbound was recorded
 * has ended, and no later news would say so again.
 */
async function catchUp(
  work: Work,
  shipment: Shipment,
  effects: FreightEffects,
): Promise<Outcome<Shipment, ShipmentErrorCode | 'not_found'>> {
  const state = stateOfPieces(await listParcelStatuses(work.db, shipment.organisationId, shipment.id));
  if (state === undefined || state === 'in_transit') return accepted(shipment);
  const actor = { id: 'timeline', organisationId: shipment.organisationId, world: 'test' as const };
  return takeStep(
    work,
    shipment.organisationId,
    actor,
    { kind: 'milestone', status: state },
    { shipmentId: shipment.id },
    effects,
  );
}

/** Numbers of a cancelled order count as stock again; a parcel that was scanned meanwhile cannot be cancelled. */
async function giveNumbersBack(
  work: Work,
  shipment: Shipment,
): Promise<Outcome<undefined, 'state_conflict'>> {
  // Pieces hang on the first parcel's waybill, so it goes last.
  for (const parcel of shipment.parcels.toReversed()) {
    const outcome = await cancelWaybill(work, parcel.waybillId);
    if (!outcome.ok)
      return refused('state_conflict', `The number ${parcel.number} is in use: ${outcome.rejection.code}.`);
  }
  return accepted(undefined);
}

function checkTiming(input: StepInput, now: Instant, world: 'live' | 'test') {
  if (input.occurredAt !== undefined && input.occurredAt > now)
    return refused('occurred_in_future' as const, `It is ${now}.`);
  if (input.synthetic === true && world === 'live') return refused('synthetic_in_live' as const, '');
  return undefined;
}

export function audienceOf(shipment: Shipment): string[] {
  const all = [shipment.organisationId, shipment.clientPlatformId, shipment.carrierId, shipment.warehouseId];
  return [...new Set(all.filter((id) => id !== undefined))];
}

export function subjectOf(shipment: Shipment, occurredAt: Instant) {
  return {
    shipmentId: shipment.id,
    organisationId: shipment.organisationId,
    clientPlatformId: shipment.clientPlatformId,
    carrierId: shipment.carrierId,
    carrierCode: shipment.carrierCode,
    warehouseId: shipment.warehouseId,
    lineCode: shipment.lineCode,
    orderRef: shipment.orderRef,
    parcels: shipment.parcels.map((parcel) => ({
      parcelId: parcel.id,
      waybillId: parcel.waybillId,
      number: parcel.number,
      index: parcel.index,
    })),
    occurredAt,
    synthetic: shipment.synthetic,
  };
}

export function emitShipmentEvent(work: Work, shipment: Shipment, name: string, payload: object): void {
  work.emit({
    type: name,
    group: { organisationId: shipment.organisationId },
    subjectId: shipment.id,
    subjectSequence: shipment.version,
    audience: audienceOf(shipment),
    payload,
  });
}

function announce(
  work: Work,
  shipment: Shipment,
  step: ShipmentStep,
  occurredAt: Instant,
  input: StepInput,
): void {
  const subject = { ...subjectOf(shipment, occurredAt), synthetic: input.synthetic === true };
  const { event, more } = newsOf(shipment, step, input.reason ?? 'unstated');
  emitShipmentEvent(work, shipment, event.name, { ...subject, ...more });
}

function newsOf(
  shipment: Shipment,
  step: ShipmentStep,
  reason: string,
): { event: { readonly name: string }; more: object } {
  // The first warehouse stands in the country of origin; its exact address is its own matter.
  const place = { country: shipment.from.country };
  switch (step.kind) {
    case 'pick_up':
      return { event: events.ShipmentPickedUp, more: {} };
    case 'fail_pickup':
      return { event: events.ShipmentPickupFailed, more: { reason } };
    case 'accept_inbound':
      return { event: events.InboundAccepted, more: { place, measured: measuredOf(shipment) } };
    case 'reject_inbound':
      return { event: events.InboundRejected, more: { place, reason } };
    case 'complete_outbound':
      return { event: events.OutboundCompleted, more: { place, chargedTotal: shipment.charged?.total } };
    case 'fail_outbound':
      return { event: events.OutboundFailed, more: { place, reason } };
    case 'send':
      return { event: events.ShipmentSent, more: { place } };
    case 'cancel':
    case 'carrier_refuses':
      return { event: events.ShipmentCancelled, more: { reason } };
    case 'return_before_departure':
      return { event: events.ShipmentClosed, more: { reason } };
    case 'milestone':
      return { event: events.ShipmentProgressed, more: { state: shipment.state } };
  }
}

function measuredOf(shipment: Shipment) {
  return shipment.parcels.flatMap((parcel) =>
    parcel.measured === undefined
      ? []
      : [{ parcelId: parcel.id, weightGrams: parcel.measured.weightGrams, size: parcel.measured.size }],
  );
}
