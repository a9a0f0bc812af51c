import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addMs,
  type Instant,
  localDate,
  type Outcome,
  type PickupId,
  refused,
  startOfDate,
} from '../kernel/index.ts';
import { lockShipment, type Shipment, type StepActor } from '../shipments/index.ts';
import { findArea, listAreasServing, reserveHour } from './area-store.ts';
import { areasOf, findBlock, leastLoaded } from './assignment.policy.ts';
import { isSameCode } from './code.policy.ts';
import { findCourier, listBlocksFor, listCouriersOfArea } from './courier-store.ts';
import { decide, type PickupFact } from './decide.ts';
import * as events from './events.ts';
import {
  type Area,
  type Courier,
  type CourierId,
  PARCELS_PER_PICKUP,
  type ParcelOutcome,
  type Pickup,
  type PickupErrorCode,
  type PickupItem,
  type ReassignReason,
  WRONG_TRIES_ALLOWED,
} from './model.ts';
import { countOpenVisits, insertPickup, lockPickup, saveOutcomes, savePickup } from './store.ts';
import {
  type FactInput,
  freeCapacity,
  openCode,
  type PickupPorts,
  progressOf,
  recordOf,
  scheduleWindowEnd,
  sealNewCode,
  settle,
  tell,
  type VisitOutcome,
} from './visit.ts';
import { isInTime, type PickupWindow, windowsOf } from './window.policy.ts';

export type WindowChoice = { readonly areaId: string; readonly startsAt: Instant };
type Door = Pick<Pickup, 'organisationId' | 'senderRef' | 'place'> & {
  readonly carrierIds: readonly string[];
};
type Chosen = {
  readonly area: Area;
  readonly window: PickupWindow;
  readonly heldHour: Instant;
  readonly courier: Courier | undefined;
};

/** Books a visit for shipments of one merchant at one door; one unit of the window's capacity is taken with it. */
export async function bookPickup(
  work: Work,
  ports: PickupPorts,
  actor: StepActor,
  command: WindowChoice & { readonly shipmentIds: readonly string[] },
): Promise<VisitOutcome> {
  const loaded = await loadShipments(work, actor.organisationId, command.shipmentIds);
  if (!loaded.ok) return loaded;
  const [first] = loaded.value;
  if (first === undefined) return refused('not_found', '');
  const door = doorOf(first, loaded.value);
  const chosen = await takeWindow(work, door, command);
  if (!chosen.ok) return chosen;
  const { area, window, heldHour, courier } = chosen.value;
  const id: PickupId = work.newId('pku');
  const owner = first.organisationId;
  const pickup: Pickup = {
    id,
    organisationId: owner,
    clientPlatformId: first.clientPlatformId,
    carrierId: area.organisationId,
    areaId: area.id,
    version: 1,
    state: 'placed',
    courierId: undefined,
    senderRef: first.senderRef,
    place: first.from,
    window: { startsAt: window.startsAt, endsAt: window.endsAt },
    heldHour,
    attempts: 0,
    code: await sealNewCode(work, ports.vault, { id, organisationId: owner }),
    wrongTries: 0,
    reason: undefined,
    cancelledBy: undefined,
    shipmentIds: loaded.value.map((shipment) => shipment.id),
    items: loaded.value.flatMap(itemsOf),
    bookedAt: work.now,
    changedAt: work.now,
  };
  if (!(await insertPickup(work.db, pickup))) return refused('pickup_already_booked', '');
  await savePickup(work.db, pickup, [recordOf(pickup, { kind: 'booked' }, actor.id, {})], true);
  tell(work, pickup, events.PickupBooked);
  scheduleWindowEnd(work, pickup);
  return settle(work, ports, actor, pickup, assignTo(courier));
}

/** Another window: the old one is given back first, so that moving inside a full hour works. */
export async function reschedulePickup(
  work: Work,
  ports: PickupPorts,
  owner: string,
  actor: StepActor,
  pickupId: string,
  choice: WindowChoice,
): Promise<VisitOutcome> {
  const pickup = await lockPickup(work.db, owner, pickupId);
  if (pickup === undefined) return refused('not_found', '');
  const decision = decide(progressOf(pickup), { kind: 'reschedule' });
  if (!decision.ok) return decision;
  const freed = await freeCapacity(work, pickup, 'release');
  const shipments = await loadShipments(work, owner, pickup.shipmentIds);
  if (!shipments.ok) return shipments;
  const carrierIds = shipments.value.map((shipment) => shipment.carrierId);
  const chosen = await takeWindow(work, { ...pickup, carrierIds }, choice);
  if (!chosen.ok) return chosen;
  const { area, window, heldHour, courier } = chosen.value;
  const moved: Pickup = {
    ...freed,
    carrierId: area.organisationId,
    areaId: area.id,
    window: { startsAt: window.startsAt, endsAt: window.endsAt },
    heldHour,
  };
  const outcome = await settle(work, ports, actor, moved, [...decision.value, ...assignTo(courier)]);
  if (outcome.ok) scheduleWindowEnd(work, outcome.value);
  return outcome;
}

/** By staff of the carrier, also against the automatic choice. */
export async function assignPickup(
  work: Work,
  ports: PickupPorts,
  owner: string,
  actor: StepActor,
  pickupId: string,
  command: { readonly courierId: CourierId; readonly reason: ReassignReason },
): Promise<VisitOutcome> {
  const pickup = await lockPickup(work.db, owner, pickupId);
  if (pickup === undefined) return refused('not_found', '');
  await work.actFor({ organisationId: pickup.carrierId });
  const courier = await findCourier(work.db, command.courierId);
  await work.actFor({ organisationId: owner });
  const canCome =
    courier?.organisationId === pickup.carrierId && courier.isOn && courier.areaIds.includes(pickup.areaId);
  if (!canCome) return refused('courier_not_available', '');
  const decision = decide(progressOf(pickup), { kind: 'assign', ...command });
  return decision.ok ? settle(work, ports, actor, pickup, decision.value) : decision;
}

export type CodeVerdict = { readonly pickup: Pickup; readonly isRight: boolean; readonly triesLeft: number };

/**
 * Checks the code at the door. A wrong code is accepted as a fact, so that its count commits; the route turns the
 * verdict into a refusal. The row's lock makes guesses in parallel count one by one.
 */
export async function tryCode(
  work: Work,
  ports: PickupPorts,
  owner: string,
  actor: StepActor,
  pickupId: string,
  code: string,
): Promise<Outcome<CodeVerdict>> {
  const pickup = await lockPickup(work.db, owner, pickupId);
  if (pickup === undefined) return refused('not_found', '');
  const isRight = isSameCode(await openCode(work.db, ports.vault, pickup), new TextEncoder().encode(code));
  const decision = decide(progressOf(pickup), { kind: 'try_code', isRight });
  if (!decision.ok) return decision;
  const outcome = await settle(work, ports, actor, pickup, decision.value);
  if (!outcome.ok) return outcome;
  const triesLeft = Math.max(0, WRONG_TRIES_ALLOWED - outcome.value.wrongTries);
  return accepted({ pickup: outcome.value, isRight, triesLeft });
}

export type ParcelReport = {
  readonly parcelId: string;
  readonly outcome: ParcelOutcome;
  readonly reason?: string | undefined;
  readonly weightGrams?: number | undefined;
  readonly evidence: readonly string[];
};

/** What became of each parcel at the door. Every parcel once: nothing is left open between two people. */
export async function collectPickup(
  work: Work,
  ports: PickupPorts,
  owner: string,
  actor: StepActor,
  pickupId: string,
  command: FactInput & { readonly parcels: readonly ParcelReport[] },
): Promise<VisitOutcome> {
  const pickup = await lockPickup(work.db, owner, pickupId);
  if (pickup === undefined) return refused('not_found', '');
  const reports = new Map(command.parcels.map((report) => [report.parcelId, report]));
  const decision = decide(progressOf(pickup), {
    kind: 'collect',
    collected: command.parcels.filter((report) => report.outcome === 'collected').length,
  });
  if (!decision.ok) return decision;
  const isComplete =
    reports.size === command.parcels.length &&
    reports.size === pickup.items.length &&
    pickup.items.every((item) => reports.has(item.parcelId));
  if (!isComplete) return refused('pickup_parcel_unknown', '');
  const items = pickup.items.map((item): PickupItem => {
    const report = reports.get(item.parcelId);
    if (report === undefined) return item;
    const { outcome, reason, weightGrams, evidence } = report;
    return { ...item, outcome, reason, weightGrams, evidence };
  });
  const reported: Pickup = { ...pickup, items };
  await saveOutcomes(work.db, reported);
  return settle(work, ports, actor, reported, decision.value, command);
}

async function loadShipments(
  work: Work,
  owner: string,
  ids: readonly string[],
): Promise<Outcome<Shipment[], PickupErrorCode | 'not_found' | 'state_conflict'>> {
  const shipments: Shipment[] = [];
  // In one order for everybody, or two bookings of the same shipments would wait for each other.
  for (const id of [...new Set(ids)].sort()) {
    const shipment = await lockShipment(work.db, owner, id);
    if (shipment === undefined) return refused('not_found', '');
    if (shipment.handover !== 'door_pickup') return refused('pickup_not_for_handover', '');
    if (shipment.state !== 'wait_receive' && shipment.state !== 'pickup_failed') {
      return refused('state_conflict', `The shipment ${id} is ${shipment.state}.`);
    }
    shipments.push(shipment);
  }
  const [first] = shipments;
  if (shipments.some((shipment) => shipment.senderRef !== first?.senderRef)) {
    return refused('pickup_shipments_differ', 'Their senders are not the same.');
  }
  const parcels = shipments.reduce((sum, shipment) => sum + shipment.parcels.length, 0);
  if (parcels > PARCELS_PER_PICKUP) {
    return refused('pickup_too_many_parcels', `One visit takes ${PARCELS_PER_PICKUP} parcels.`);
  }
  return accepted(shipments);
}

function doorOf(first: Shipment, all: readonly Shipment[]): Door {
  return {
    organisationId: first.organisationId,
    senderRef: first.senderRef,
    place: first.from,
    carrierIds: all.map((shipment) => shipment.carrierId),
  };
}

function itemsOf(shipment: Shipment): PickupItem[] {
  return shipment.parcels.map((parcel) => ({
    parcelId: parcel.id,
    shipmentId: shipment.id,
    number: parcel.number,
    outcome: undefined,
    reason: undefined,
    weightGrams: undefined,
    evidence: [],
  }));
}

function assignTo(courier: Courier | undefined): PickupFact[] {
  return courier === undefined ? [] : [{ kind: 'assigned', courierId: courier.id }];
}

/** Checks that the window is one of the area's, takes one visit of it, and finds the courier. Ends in the owner's scope. */
export async function takeWindow(
  work: Work,
  door: Door,
  choice: WindowChoice,
): Promise<Outcome<Chosen, PickupErrorCode>> {
  await work.actFor('network');
  const area = await findArea(work.db, choice.areaId);
  if (area === undefined) return refused('pickup_window_unknown', '');
  const serving = await listAreasServing(work.db, door.place.country, [area.organisationId]);
  const serves = areasOf(serving, door.place).some((candidate) => candidate.id === area.id);
  const isOurs = area.servesNetwork || door.carrierIds.every((id) => id === area.organisationId);
  if (!serves || !isOurs) return refused('pickup_not_served', '');
  const blocks = await listBlocksFor(work.db, area.organisationId, {
    organisationId: door.organisationId,
    country: door.place.country,
    postcode: door.place.postcode,
  });
  const block = findBlock(blocks, door);
  if (block !== undefined) return refused('pickup_blocked', `The reason is ${block.reason}.`);
  const date = localDate(choice.startsAt, area.zone);
  const window = windowsOf(area, date).find((candidate) => candidate.startsAt === choice.startsAt);
  if (window === undefined || !isInTime(area, window, work.now)) return refused('pickup_window_unknown', '');
  await work.actFor({ organisationId: area.organisationId });
  const key = { organisationId: area.organisationId, areaId: area.id };
  const heldHour = await reserveHour(work.db, key, window, date);
  if (heldHour === undefined) return refused('pickup_window_full', '');
  const couriers = await listCouriersOfArea(work.db, area.organisationId, area.id);
  const dayStart = startOfDate(date, area.zone);
  const loads = await countOpenVisits(work.db, area.organisationId, dayStart, addMs(dayStart, 86_400_000));
  await work.actFor({ organisationId: door.organisationId });
  return accepted({ area, window, heldHour, courier: leastLoaded(couriers, area.id, loads) });
}
