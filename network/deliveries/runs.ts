import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import {
  accepted,
  type Instant,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import {
  listIntercepted,
  listParcelsOfCarrier,
  listShipmentsByIds,
  type Shipment,
  type ShipmentState,
} from '../shipments/index.ts';
import { applyFacts } from './announce.ts';
import { type DeliveryCommand, decide } from './decide.ts';
import { type CourierId, type Delivery, type DeliveryErrorCode, type DeliveryRun, NO_WISH } from './model.ts';
import type { DeliveryPorts } from './ports.ts';
import { insertHandIn, insertRun, listRunCash, lockOpenRun, lockRun, saveRun } from './run-store.ts';
import {
  listDeliveriesOfRun,
  lockDeliveries,
  lockDeliveriesOfParcels,
  type StepRecord,
  saveDeliveries,
} from './store.ts';

/** Our default: twice what a courier delivers on a busy day. */
export const PARCELS_PER_RUN = 300;

export type PlanRun = {
  readonly courierId: CourierId;
  readonly day: string;
  readonly parcels: readonly string[];
};
export type PlannedLine = {
  readonly parcel: string;
  readonly outcome: 'assigned' | 'refused';
  readonly deliveryId?: string;
  readonly code?: DeliveryErrorCode;
  readonly detail?: string;
};

/** The order has left and nobody has it yet. */
const ON_THE_WAY: ReadonlySet<ShipmentState> = new Set(['outbound_ok', 'sent', 'in_transit']);

/**
 * Puts parcels that lie at the depot on a courier's list, in the order given, after those that stand there already.
 * Each line has its own answer; a run is opened when at least one was assigned.
 */
export async function planRun(
  work: Work,
  caller: Principal,
  command: PlanRun,
  ports: DeliveryPorts,
): Promise<Outcome<{ run: DeliveryRun | undefined; lines: readonly PlannedLine[] }>> {
  const carrierId = caller.organisationId;
  const courier = await ports.couriers.findCourier(work.db, command.courierId);
  if (courier === undefined || courier.organisationId !== carrierId || !courier.isOn)
    return refused('courier_unknown', '');
  const open = await lockOpenRun(work.db, {
    organisationId: carrierId,
    courierId: command.courierId,
    day: command.day,
  });
  const stops = open === undefined ? [] : await listDeliveriesOfRun(work.db, carrierId, open.id);
  if (stops.length + command.parcels.length > PARCELS_PER_RUN)
    return refused('run_full', `It has ${stops.length} parcels.`);
  const run: DeliveryRun = open ?? {
    id: work.newId('run'),
    organisationId: carrierId,
    courierId: command.courierId,
    day: command.day,
    state: 'planned',
    version: 1,
    departedAt: undefined,
    closedAt: undefined,
    createdAt: work.now,
  };
  const facts = await factsOf(work, carrierId, command.parcels);
  const seen = new Set<string>();
  const lines: PlannedLine[] = [];
  const changed: Delivery[] = [];
  const steps: StepRecord[] = [];
  let stop = Math.max(0, ...stops.map((one) => one.stop ?? 0));
  for (const reference of command.parcels) {
    const planned = planOne(work, run, reference, facts, seen);
    if (!planned.ok) {
      const { code, detail } = planned.rejection;
      lines.push({ parcel: reference, outcome: 'refused', code, detail });
      continue;
    }
    stop += 1;
    const about = { occurredAt: work.now, byCaller: caller.id };
    const applied = applyFacts(
      work,
      { ...planned.value, runId: run.id, courierId: run.courierId, stop },
      [{ kind: 'assigned' }],
      about,
    );
    changed.push(applied.delivery);
    steps.push(...applied.steps);
    lines.push({ parcel: reference, outcome: 'assigned', deliveryId: applied.delivery.id });
  }
  if (changed.length === 0) return accepted({ run: open, lines });
  if (open === undefined) await insertRun(work.db, run, caller.id);
  await saveDeliveries(work.db, carrierId, changed, steps, work.now);
  return accepted({ run, lines });
}

type Facts = {
  readonly parcels: ReadonlyMap<
    string,
    { readonly parcelId: string; readonly number: string; readonly shipmentId: string }
  >;
  readonly shipments: ReadonlyMap<string, Shipment>;
  readonly known: ReadonlyMap<string, Delivery>;
  readonly intercepted: ReadonlySet<string>;
};

async function factsOf(work: Work, carrierId: OrganisationId, references: readonly string[]): Promise<Facts> {
  const found = await listParcelsOfCarrier(work.db, carrierId, references);
  const parcels = new Map(
    found.flatMap((one) => [[one.parcelId as string, one] as const, [one.number, one] as const]),
  );
  const shipmentIds = [...new Set(found.map((one) => one.shipmentId))];
  const shipments = await listShipmentsByIds(work.db, shipmentIds);
  const known = await lockDeliveriesOfParcels(
    work.db,
    carrierId,
    found.map((one) => one.parcelId),
  );
  return {
    parcels,
    shipments: new Map(shipments.map((one) => [one.id as string, one])),
    known: new Map(known.map((one) => [one.parcelId as string, one])),
    intercepted: await listIntercepted(work.db, shipmentIds),
  };
}

function planOne(
  work: Work,
  run: DeliveryRun,
  reference: string,
  facts: Facts,
  seen: Set<string>,
): Outcome<Delivery, DeliveryErrorCode> {
  const parcel = facts.parcels.get(reference);
  const shipment = parcel === undefined ? undefined : facts.shipments.get(parcel.shipmentId);
  const piece = shipment?.parcels.find((one) => one.id === parcel?.parcelId);
  if (shipment === undefined || piece === undefined) return refused('parcel_unknown', '');
  if (seen.has(piece.id)) return refused('too_many_parcels', '');
  seen.add(piece.id);
  if (findCarrier(shipment.carrierCode)?.orderIntake !== 'native')
    return refused('parcel_not_deliverable', `${shipment.carrierCode} delivers with its own system.`);
  if (!ON_THE_WAY.has(shipment.state))
    return refused('parcel_not_deliverable', `The shipment is ${shipment.state}.`);
  if (facts.intercepted.has(shipment.id))
    return refused('parcel_not_deliverable', 'The merchant asked to intercept it.');
  const { to, undeliverable, cashOnDelivery } = shipment;
  const known = facts.known.get(piece.id);
  if (known !== undefined) {
    const decision = decide(known, { kind: 'assign' }, { occurredAt: work.now, wish: NO_WISH });
    return decision.ok
      ? accepted({ ...known, to, undeliverable, cashOnDelivery, holdUntil: undefined })
      : decision;
  }
  return accepted({
    id: work.newId('dlv'),
    organisationId: run.organisationId,
    parcelId: piece.id,
    shipmentId: shipment.id,
    number: piece.number,
    merchantId: shipment.organisationId,
    clientPlatformId: shipment.clientPlatformId,
    to,
    undeliverable,
    cashOnDelivery,
    state: 'assigned',
    version: 0,
    runId: undefined,
    courierId: undefined,
    stop: undefined,
    attempts: 0,
    lastAttemptAt: undefined,
    outAt: undefined,
    holdUntil: undefined,
    reason: undefined,
    signKind: undefined,
    flags: [],
    proofIds: [],
    createdAt: work.now,
    changedAt: work.now,
  });
}

/** The courier leaves the depot with everything on his list. Repeating it changes nothing. */
export async function departRun(
  work: Work,
  owner: string,
  caller: Principal,
  runId: string,
  occurredAt: Instant | undefined,
): Promise<Outcome<DeliveryRun>> {
  const at = occurredAt ?? work.now;
  if (at > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const run = await lockRun(work.db, owner, runId);
  if (run === undefined) return refused('not_found', '');
  if (run.state === 'under_way') return accepted(run);
  if (run.state === 'closed') return refused('run_state_conflict', 'The run is closed.');
  await moveStops(work, run, caller, 'depart', ['assigned'], at);
  const departed: DeliveryRun = { ...run, state: 'under_way', version: run.version + 1, departedAt: at };
  await saveRun(work.db, departed);
  return accepted(departed);
}

/** The courier is back: what he did not bring to a door lies at the depot again. Reports of his may still come in. */
export async function closeRun(
  work: Work,
  owner: string,
  caller: Principal,
  runId: string,
  occurredAt: Instant | undefined,
): Promise<Outcome<DeliveryRun>> {
  const at = occurredAt ?? work.now;
  if (at > work.now) return refused('occurred_in_future', `It is ${work.now}.`);
  const run = await lockRun(work.db, owner, runId);
  if (run === undefined) return refused('not_found', '');
  if (run.state === 'closed') return accepted(run);
  await moveStops(work, run, caller, 'bring_back', ['assigned', 'out_for_delivery'], at);
  const closed: DeliveryRun = { ...run, state: 'closed', version: run.version + 1, closedAt: at };
  await saveRun(work.db, closed);
  return accepted(closed);
}

async function moveStops(
  work: Work,
  run: DeliveryRun,
  caller: Principal,
  kind: Extract<DeliveryCommand['kind'], 'depart' | 'bring_back'>,
  states: readonly string[],
  occurredAt: Instant,
): Promise<void> {
  const stops = await listDeliveriesOfRun(work.db, run.organisationId, run.id);
  const locked = await lockDeliveries(
    work.db,
    run.organisationId,
    stops.map((one) => one.id),
  );
  const changed: Delivery[] = [];
  const steps: StepRecord[] = [];
  for (const before of locked) {
    if (before.runId !== run.id || !states.includes(before.state)) continue;
    const decision = decide(before, { kind }, { occurredAt, wish: NO_WISH });
    if (!decision.ok) continue;
    const applied = applyFacts(work, before, decision.value, { occurredAt, byCaller: caller.id });
    changed.push(applied.delivery);
    steps.push(...applied.steps);
  }
  if (changed.length > 0) await saveDeliveries(work.db, run.organisationId, changed, steps, work.now);
}

/** The depot takes a courier's cash: never more than he collected on this run. */
export async function handInCash(
  work: Work,
  owner: string,
  caller: Principal,
  runId: string,
  amount: Money,
): Promise<Outcome<DeliveryRun>> {
  const run = await lockRun(work.db, owner, runId);
  if (run === undefined) return refused('not_found', '');
  const cash = await listRunCash(work.db, owner, runId);
  const owed = cash.find((one) => one.currency === amount.currency)?.owedMinor ?? 0;
  if (amount.amountMinor > owed)
    return refused('cash_exceeds_owed', `The courier owes ${owed} in minor units of ${amount.currency}.`);
  await insertHandIn(
    work.db,
    { id: work.newId('hdi'), organisationId: owner, runId, amount, byCaller: caller.id },
    work.now,
  );
  return accepted(run);
}
