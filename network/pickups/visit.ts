import { randomBytes } from '../../platform/crypto/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { accepted, addMs, type Instant, type Outcome, refused, type ShipmentId } from '../kernel/index.ts';
import { type FreightEffects, type StepActor, takeStep } from '../shipments/index.ts';
import type { Vault } from '../vault/index.ts';
import { endReservation } from './area-store.ts';
import { newCode } from './code.policy.ts';
import { decide, evolve, type PickupCommand, type PickupFact, type Progress } from './decide.ts';
import * as events from './events.ts';
import { MISSED_GRACE_MS, type Pickup, type PickupErrorCode, SETTLED_STATES } from './model.ts';
import { type FactRecord, lockPickup, savePickup } from './store.ts';

/** What pickups needs of the program besides lower rooms' functions. */
export type PickupPorts = { readonly vault: Vault; readonly freight: FreightEffects };

/** What a fact brings besides itself. */
export type FactInput = {
  readonly evidence?: readonly string[] | undefined;
  readonly occurredAt?: Instant | undefined;
  readonly synthetic?: boolean | undefined;
};

export type VisitOutcome<Code extends string = PickupErrorCode> = Outcome<Pickup, string & (Code | string)>;

/** The network itself, when its clock or another room moves a pickup. */
export function networkActor(organisationId: string): StepActor {
  return { id: 'system', organisationId: organisationId as StepActor['organisationId'], world: 'live' };
}

export function progressOf(pickup: Pickup): Progress {
  const { state, courierId, attempts, wrongTries, reason, cancelledBy } = pickup;
  return { state, courierId, attempts, wrongTries, reason, cancelledBy };
}

/** Loads for update, decides and settles. One transaction, in the name of the owner. */
export async function actOn(
  work: Work,
  ports: PickupPorts,
  owner: string,
  actor: StepActor,
  pickupId: string,
  command: PickupCommand,
  input: FactInput = {},
): Promise<VisitOutcome> {
  const pickup = await lockPickup(work.db, owner, pickupId);
  if (pickup === undefined) return refused('not_found', '');
  const decision = decide(progressOf(pickup), command);
  if (!decision.ok) return decision;
  return settle(work, ports, actor, pickup, decision.value, input);
}

/**
 * Folds facts into a pickup, lets capacity and shipments follow, saves and tells. `pickup` may hold already what came
 * with the command: a new window, what became of the parcels.
 */
export async function settle(
  work: Work,
  ports: PickupPorts,
  actor: StepActor,
  pickup: Pickup,
  facts: readonly PickupFact[],
  input: FactInput = {},
): Promise<VisitOutcome> {
  let after = pickup;
  const records: FactRecord[] = [];
  for (const fact of facts) {
    after = {
      ...after,
      ...evolve(progressOf(after), fact),
      version: after.version + 1,
      changedAt: work.now,
    };
    if (fact.kind === 'rescheduled' || fact.kind === 'code_renewed') {
      after = { ...after, code: await sealNewCode(work, ports.vault, after) };
    }
    const effect = await follow(work, ports, actor, after, fact, input);
    if (!effect.ok) return effect;
    after = effect.value;
    records.push(recordOf(after, fact, actor.id, input));
    announce(work, after, fact, input);
  }
  if (records.length > 0) await savePickup(work.db, after, records, !SETTLED_STATES.has(after.state));
  return accepted(after);
}

async function follow(
  work: Work,
  ports: PickupPorts,
  actor: StepActor,
  pickup: Pickup,
  fact: PickupFact,
  input: FactInput,
): Promise<VisitOutcome> {
  switch (fact.kind) {
    case 'failed':
    case 'refused':
      await failShipments(work, ports, actor, pickup, pickup.shipmentIds, fact.reason, input);
      return accepted(await freeCapacity(work, pickup, 'release'));
    case 'cancelled':
      return accepted(await freeCapacity(work, pickup, 'release'));
    case 'collected': {
      const refusal = await collectShipments(work, ports, actor, pickup, input);
      return refusal ?? accepted(await freeCapacity(work, pickup, 'use'));
    }
    default:
      return accepted(pickup);
  }
}

/** Ends what the visit holds of the carrier's capacity, if it holds any. */
export async function freeCapacity(work: Work, pickup: Pickup, how: 'use' | 'release'): Promise<Pickup> {
  if (pickup.heldHour === undefined) return pickup;
  await work.actFor({ organisationId: pickup.carrierId });
  const key = { organisationId: pickup.carrierId, areaId: pickup.areaId };
  await endReservation(work.db, key, pickup.heldHour, how);
  await work.actFor({ organisationId: pickup.organisationId });
  return { ...pickup, heldHour: undefined };
}

/** A shipment of which the courier has at least one parcel is picked up; one of which he has none is not. */
async function collectShipments(
  work: Work,
  ports: PickupPorts,
  actor: StepActor,
  pickup: Pickup,
  input: FactInput,
): Promise<VisitOutcome | undefined> {
  const left: ShipmentId[] = [];
  for (const shipmentId of pickup.shipmentIds) {
    const items = pickup.items.filter((item) => item.shipmentId === shipmentId);
    const collected = items.filter((item) => item.outcome === 'collected');
    if (collected.length === 0) {
      left.push(shipmentId);
      continue;
    }
    const reason = collected.length < items.length ? 'partly_collected' : undefined;
    const evidence = {
      pickupId: pickup.id,
      parcels: collected.map(({ parcelId, weightGrams, evidence }) => ({ parcelId, weightGrams, evidence })),
    };
    const step = await takeStep(
      work,
      pickup.organisationId,
      actor,
      { kind: 'pick_up' },
      { shipmentId, reason, evidence, occurredAt: input.occurredAt, synthetic: input.synthetic },
      ports.freight,
    );
    if (!step.ok) return step;
  }
  await failShipments(work, ports, actor, pickup, left, 'parcels_not_ready', input);
  return undefined;
}

/** Shipments that went another way meanwhile stay as they are. */
async function failShipments(
  work: Work,
  ports: PickupPorts,
  actor: StepActor,
  pickup: Pickup,
  shipmentIds: readonly ShipmentId[],
  reason: string,
  input: FactInput,
): Promise<void> {
  for (const shipmentId of shipmentIds) {
    const evidence = { pickupId: pickup.id, photos: input.evidence ?? [] };
    await takeStep(
      work,
      pickup.organisationId,
      actor,
      { kind: 'fail_pickup' },
      { shipmentId, reason, evidence, occurredAt: input.occurredAt, synthetic: input.synthetic },
      ports.freight,
    );
  }
}

const CODE_NAME = 'pickup code';

export async function sealNewCode(
  work: Work,
  vault: Vault,
  pickup: Pick<Pickup, 'id' | 'organisationId'>,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(newCode(randomBytes));
  return vault.sealBlob(work, {
    organisationId: pickup.organisationId,
    name: `${CODE_NAME} ${pickup.id}`,
    bytes,
  });
}

export function openCode(db: Work['db'], vault: Vault, pickup: Pickup): Promise<Uint8Array> {
  return vault.openBlob(db, {
    organisationId: pickup.organisationId,
    name: `${CODE_NAME} ${pickup.id}`,
    sealed: pickup.code,
  });
}

export const WINDOW_PASSED = 'pickups.window_passed';

/** Wakes when the window is over, with some grace; a window chosen anew has a job of its own. */
export function scheduleWindowEnd(work: Work, pickup: Pickup): void {
  work.schedule({
    kind: WINDOW_PASSED,
    key: `${pickup.id} ${pickup.version}`,
    runAt: addMs(pickup.window.endsAt, MISSED_GRACE_MS),
    payload: {
      organisationId: pickup.organisationId,
      pickupId: pickup.id,
      endsAt: pickup.window.endsAt,
      areaId: pickup.areaId,
    },
  });
}

export function recordOf(
  pickup: Pickup,
  fact: { readonly kind: string; readonly reason?: string },
  byCaller: string,
  input: FactInput,
): FactRecord {
  return {
    version: pickup.version,
    fact: fact.kind,
    state: pickup.state,
    reason: fact.reason,
    byCaller,
    evidence: input.evidence ?? [],
    recordedAt: pickup.changedAt,
  };
}

export function tell(work: Work, pickup: Pickup, event: { readonly name: string }, more: object = {}): void {
  const audience = [pickup.organisationId, pickup.clientPlatformId, pickup.carrierId];
  work.emit({
    type: event.name,
    group: { organisationId: pickup.organisationId },
    subjectId: pickup.id,
    subjectSequence: pickup.version,
    audience: [...new Set(audience.filter((id) => id !== undefined))],
    payload: {
      pickupId: pickup.id,
      organisationId: pickup.organisationId,
      clientPlatformId: pickup.clientPlatformId,
      carrierId: pickup.carrierId,
      courierId: pickup.courierId,
      state: pickup.state,
      attempts: pickup.attempts,
      windowStartsAt: pickup.window.startsAt,
      windowEndsAt: pickup.window.endsAt,
      shipmentIds: pickup.shipmentIds,
      parcelIds: pickup.items.map((item) => item.parcelId),
      place: pickup.place,
      ...more,
    },
  });
}

type Announcement = { readonly event: { readonly name: string }; readonly more?: object };

function announce(work: Work, pickup: Pickup, fact: PickupFact, input: FactInput): void {
  const told = announcementOf(pickup, fact, input);
  if (told !== undefined) tell(work, pickup, told.event, told.more);
}

/** What the others hear of a fact; undefined: it is a matter of the courier and the merchant. */
function announcementOf(pickup: Pickup, fact: PickupFact, input: FactInput): Announcement | undefined {
  switch (fact.kind) {
    case 'assigned':
      return { event: events.PickupAssigned };
    case 'reassigned':
      return { event: events.PickupReassigned, more: { reason: fact.reason } };
    case 'failed':
      return {
        event: fact.reason === 'window_missed' ? events.PickupMissed : events.PickupFailed,
        more: { reason: fact.reason },
      };
    case 'refused':
      return { event: events.PickupRefused, more: { reason: fact.reason } };
    case 'cancelled':
      return { event: events.PickupCancelled, more: { reason: fact.reason, by: fact.by } };
    case 'rescheduled':
      return { event: events.PickupRescheduled };
    case 'code_locked':
      return { event: events.PickupCodeLocked };
    case 'handed_over':
      return { event: events.PickupHandedOver };
    case 'collected':
      return { event: events.PickupCompleted, more: completionOf(pickup, input) };
    case 'accepted':
    case 'set_out':
    case 'code_verified':
    case 'code_wrong':
    case 'code_renewed':
      return undefined;
  }
}

function completionOf(pickup: Pickup, input: FactInput) {
  return {
    occurredAt: input.occurredAt ?? pickup.changedAt,
    outcomes: pickup.items.map(({ parcelId, shipmentId, outcome, reason, weightGrams }) => ({
      parcelId,
      shipmentId,
      outcome: outcome ?? 'not_ready',
      reason,
      weightGrams,
    })),
  };
}
