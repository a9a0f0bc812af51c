import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import {
  accepted,
  addMs,
  type Money,
  type OrganisationId,
  type Outcome,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { clerkOf, guess } from '../points/index.ts';
import { refundsAtCounter } from './application.policy.ts';
import { returnCodes } from './code.ts';
import { CODES, openVisit } from './code-store.ts';
import type { ReturnErrorCode } from './errors.ts';
import { act, actOn, type By, instructRefund, policyOf, type ReturnOutcome } from './handle.ts';
import { reportFreight } from './insurance.ts';
import type { CounterItem, FreightPayer, Intake, ItemFinding, ReturnCase, ReturnParcel } from './model.ts';
import { findSettings } from './order-store.ts';
import type { CounterPoint, ReturnPorts } from './ports.ts';
import { refundOf } from './settlement.policy.ts';
import { lockReturn, saveReturn } from './store.ts';

/** Time at the counter after the code was read: to open, look and weigh. Our default. */
const VISIT_MS = 2 * 3_600_000;
/** A point in one of these still does what it has to do; capacity and pauses bind reservations, never facts. */
const AT_WORK: ReadonlySet<string> = new Set(['trial', 'active', 'paused', 'restricted']);

/** A point that the caller works at and that takes returns. In the network's scope. */
export async function findCounter(
  db: Work['db'],
  ports: Pick<ReturnPorts, 'points'>,
  caller: Principal,
  pointId: string,
): Promise<Outcome<CounterPoint, ReturnErrorCode>> {
  const point = await ports.points.find(db, pointId);
  const isHis = point !== undefined && (await ports.points.worksAt(db, caller, pointId));
  if (!isHis || !point.services.includes('return') || !AT_WORK.has(point.state))
    return refused('return_point_unfit', '');
  return accepted(point);
}

type Looked = { readonly returnId: string; readonly organisationId: string } | { readonly triesLeft: number };

/**
 * Reads a code at a counter. A wrong one is accepted as a fact, so that its count commits; the route turns it into a
 * refusal. A code that fits opens its case to this network for a while.
 */
export async function readCode(
  work: Work,
  ports: ReturnPorts,
  caller: Principal,
  asked: { readonly pointId?: PointId | undefined; readonly code: string },
): Promise<Outcome<Looked, ReturnErrorCode>> {
  await work.actFor('network');
  const standing = await standingOf(work.db, ports, caller, asked.pointId);
  if (!standing.ok) return standing;
  await work.actFor({ organisationId: caller.organisationId });
  const guessed = await guess(work, CODES, clerkOf(caller, asked.pointId ?? ''), async () => {
    const found = await returnCodes.find(work, ports.keyRing, asked.code);
    if (found === undefined) return undefined;
    const ref = { organisationId: found.organisationId, returnId: found.subjectId };
    return (await opens(work, ports, caller, standing.value, ref)) ? ref : undefined;
  });
  if ('lockedUntil' in guessed)
    return refused('return_code_locked', `It is open again at ${guessed.lockedUntil}.`);
  return accepted('found' in guessed ? guessed.found : guessed);
}

type Standing = { readonly point: CounterPoint | undefined; readonly courierId: string | undefined };

/** Couriers and their staff; a network's own couriers are of its operator. */
export function isOnTheRoad({ role }: Principal): boolean {
  return role === 'courier' || role === 'carrier';
}

/** Where somebody stands: at a point, or as a courier at a door. In the network's scope. */
async function standingOf(
  db: Work['db'],
  ports: ReturnPorts,
  caller: Principal,
  pointId: PointId | undefined,
): Promise<Outcome<Standing, ReturnErrorCode>> {
  if (isOnTheRoad(caller))
    return pointId === undefined
      ? accepted({ point: undefined, courierId: await ports.doors.courierOf(db, caller) })
      : refused('return_point_unfit', '');
  if (pointId === undefined) return refused('return_point_unfit', 'Name the point at which you stand.');
  const counter = await findCounter(db, ports, caller, pointId);
  return counter.ok ? accepted({ point: counter.value, courierId: undefined }) : counter;
}

/** Any point of a network that serves the market takes the goods, wherever the buyer was sent. */
async function opens(
  work: Work,
  ports: ReturnPorts,
  caller: Principal,
  { point, courierId }: Standing,
  ref: { readonly organisationId: OrganisationId; readonly returnId: ReturnCase['id'] },
): Promise<boolean> {
  await work.actFor({ organisationId: ref.organisationId });
  const one = await lockReturn(work.db, ref.organisationId, ref.returnId);
  if (one === undefined || one.state.name !== 'code_issued') return false;
  if (point === undefined) {
    if (!isSentTo(one, caller, courierId)) return false;
  } else {
    const { networks } = (await policyOf(work.db, ports, one)).document;
    const isServed = networks.length === 0 || networks.includes(point.organisationId);
    if (one.place.country !== point.country || !isServed) return false;
  }
  await openVisit(work.db, {
    ...{ organisationId: ref.organisationId, subjectId: one.id, pointOrganisationId: caller.organisationId },
    ...{ pointId: point?.id, byCaller: caller.personId ?? caller.id },
    ...{ openedAt: work.now, endsAt: addMs(work.now, VISIT_MS) },
  });
  return true;
}

/** The courier who was sent to this door, or his carrier's staff. */
export function isSentTo({ route }: ReturnCase, caller: Principal, courierId: string | undefined): boolean {
  if (route?.method !== 'door' || route.carrierId !== caller.organisationId) return false;
  return caller.role === 'carrier' || (courierId !== undefined && route.courierId === courierId);
}

export type IntakeInput = {
  readonly items: readonly {
    readonly line: number;
    readonly finding: ItemFinding;
    readonly checks: Readonly<Record<string, boolean>>;
    readonly note?: string | undefined;
  }[];
  readonly weightGrams: number;
  readonly identity?: { readonly documentKind: string } | undefined;
  readonly payment: Intake['payment'];
  readonly freight: Money;
  readonly pictureIds: readonly string[];
  readonly parcel?: { readonly number: string; readonly carrierCode: string } | undefined;
  readonly occurredAt: Intake['occurredAt'];
};

export type Counter = { readonly pointId: PointId | undefined; readonly organisationId: OrganisationId };

/** The goods are taken in: looked at, weighed, numbered and paid for, item by item. In the scope of the owner. */
export async function takeIn(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  counter: Counter,
  input: IntakeInput,
): Promise<ReturnOutcome | Outcome<never>> {
  const before = await lockReturn(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const at = counter.pointId === undefined ? 'door' : 'point';
  // The state speaks first: a return that was taken in before is refused as such, whatever the clerk noted.
  if (before.state.name !== 'code_issued') return actOn(work, ports, before, by, { kind: 'accept', at });
  const checked = await checkIntake(work, ports, before, input);
  if (!checked.ok) return checked;
  const parcel = await numberParcel(work, ports, before, input);
  if (!parcel.ok) return parcel;
  const intake: Intake = {
    ...{ pointId: counter.pointId, byOrganisationId: counter.organisationId, byCaller: by.callerId },
    ...{ occurredAt: input.occurredAt, weightGrams: input.weightGrams, identity: input.identity },
    ...{ payment: input.payment, freight: input.freight, pictureIds: input.pictureIds },
  };
  await recordVisit(work, ports, before, counter, input);
  const taken: ReturnCase = {
    ...before,
    ...{ intake, parcel: parcel.value, items: checked.value },
    point:
      counter.pointId === undefined
        ? undefined
        : { id: counter.pointId, organisationId: counter.organisationId },
  };
  const isSlow = await isSlowPoint(work, ports, counter.pointId);
  const outcome = await actOn(work, ports, taken, by, { kind: 'accept', at, isSlow });
  return outcome.ok ? accepted(await payAtCounter(work, ports, outcome.value)) : outcome;
}

async function isSlowPoint(work: Work, ports: ReturnPorts, id: PointId | undefined): Promise<boolean> {
  return id !== undefined && (await ports.points.find(work.db, id))?.testBehaviour === 'slow';
}

export const PAYMENT_OF: Readonly<Record<FreightPayer, Intake['payment']>> = {
  buyer: 'collected',
  insurer: 'insured',
  seller: 'seller_account',
};

async function checkIntake(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  input: IntakeInput,
): Promise<Outcome<ReturnCase['items'], ReturnErrorCode>> {
  const { document: policy } = await policyOf(work.db, ports, one);
  const byLine = new Map(input.items.map((item) => [item.line, item]));
  const isComplete =
    byLine.size === input.items.length &&
    input.items.length === one.items.length &&
    one.items.every(({ line }) => byLine.has(line));
  if (!isComplete) return refused('return_items_incomplete', '');
  const isAnswered = input.items.every(
    ({ finding, checks }) =>
      finding === 'missing' ||
      (policy.checklist.every((name) => checks[name] !== undefined) &&
        Object.keys(checks).length === policy.checklist.length),
  );
  if (!isAnswered)
    return refused('return_checklist_incomplete', `The checks: ${policy.checklist.join(', ')}.`);
  if (policy.identityCountries.includes(one.place.country) && input.identity === undefined)
    return refused('return_identity_missing', '');
  if (input.payment !== PAYMENT_OF[one.freightPayer])
    return refused('return_payment_mismatch', `The ${one.freightPayer} pays.`);
  return accepted(
    one.items.map((item) => {
      const { finding, checks, note } = byLine.get(item.line) as IntakeInput['items'][number];
      const counter: CounterItem = { finding, checks, note };
      return { ...item, counter };
    }),
  );
}

/** A number of the network's own stock, or the one that the clerk stuck on. */
async function numberParcel(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  input: IntakeInput,
): Promise<Outcome<ReturnParcel>> {
  if (input.parcel !== undefined)
    return accepted({ ...input.parcel, waybillId: undefined, parcelId: undefined });
  const carrierCode = await returnCarrierOf(work.db, ports, one);
  if (carrierCode === undefined) return refused('return_number_needed', '');
  if (one.returnToRef === undefined || one.returnTo === undefined)
    return refused('return_address_missing', '');
  const issued = await ports.numbers.issue(work, {
    ...{ organisationId: one.organisationId, returnId: one.id, orderReference: one.orderReference },
    ...{ carrierCode, senderRef: one.buyerRef, recipientRef: one.returnToRef },
    ...{ from: one.place, to: one.returnTo, weightGrams: input.weightGrams },
  });
  return issued.ok ? accepted({ ...issued.value, carrierCode }) : issued;
}

/** Who carries the goods back: the merchant's choice, else the market's for this country. */
export async function returnCarrierOf(
  db: Work['db'],
  ports: Pick<ReturnPorts, 'rulebook'>,
  one: ReturnCase,
): Promise<string | undefined> {
  const settings = await findSettings(db, one.organisationId);
  const { document } = await policyOf(db, ports, one);
  return settings?.carrierCode ?? document.carriers[one.place.country];
}

/** What was held elsewhere is given back; the fact is told to whoever keeps count, beyond every limit. */
async function recordVisit(
  work: Work,
  ports: ReturnPorts,
  one: ReturnCase,
  counter: Counter,
  input: IntakeInput,
): Promise<void> {
  const { route } = one;
  const held = route?.method === 'point' ? route.reservationId : undefined;
  const isHere = route?.method === 'point' && route.pointId === counter.pointId;
  if (held !== undefined && !isHere) await ports.allocation.release(work, held, 'brought_elsewhere');
  if (route?.method === 'door')
    await ports.doors.end(work, one.organisationId, route, counter.pointId === undefined ? 'use' : 'release');
  if (counter.pointId !== undefined)
    await ports.allocation.recordIntake(work, {
      ...{ pointId: counter.pointId, at: input.occurredAt, returnId: one.id },
      reservationId: isHere ? held : undefined,
    });
}

/** What is paid because the goods are in: the insured freight, and the refund where the market does not wait. */
async function payAtCounter(work: Work, ports: ReturnPorts, taken: ReturnCase): Promise<ReturnCase> {
  const paid = await refundNow(work, ports, await reportFreight(work, taken));
  if (paid !== taken) await saveReturn(work.db, paid);
  return paid;
}

/** The market may pay as soon as the counter has found everything as it was described. */
async function refundNow(work: Work, ports: ReturnPorts, one: ReturnCase): Promise<ReturnCase> {
  const { document } = await policyOf(work.db, ports, one);
  const isAsDescribed = one.items.every(
    ({ counter }) =>
      counter?.finding === 'as_described' && Object.values(counter.checks).every((holds) => holds),
  );
  const { kind, amount, risk } = one;
  if (!refundsAtCounter({ kind, amount, risk: risk.score, isAsDescribed }, document)) return one;
  return instructRefund(work, one, refundOf(one), 'counter');
}

/** The counter does not take the goods; the buyer is told why. */
export function turnAway(
  work: Work,
  ports: ReturnPorts,
  ref: { readonly organisationId: string; readonly id: string },
  by: By,
  reason: string,
): Promise<ReturnOutcome> {
  return act(work, ports, ref, by, { kind: 'turn_away', reason });
}
