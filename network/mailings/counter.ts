import type { Work } from '../../platform/world/index.ts';
import type { Principal } from '../accounts/index.ts';
import { recordIntake, releaseReservation } from '../allocation/index.ts';
import {
  accepted,
  addMs,
  type Money,
  type OrganisationId,
  type Outcome,
  type PointId,
  refused,
} from '../kernel/index.ts';
import { endDoorWindow, findCourierOfCaller } from '../pickups/index.ts';
import { clerkOf, findPoint, guess, type Point, worksAt } from '../points/index.ts';
import { mailingCodes } from './code.ts';
import { CODES, openVisit } from './code-store.ts';
import type { MailingErrorCode } from './errors.ts';
import { actOn, type By, type MailingKey, type MailingOutcome, policyOf } from './handle.ts';
import type { Intake, MailedParcel, Mailing, MailingId, PayMethod } from './model.ts';
import { chargeWallet } from './money.ts';
import type { MailingPorts } from './ports.ts';
import {
  type Found,
  type Priced,
  priceFound,
  type Settlement,
  settle,
  shownLines,
  told,
} from './price.policy.ts';
import type { MailingPolicy } from './rulebook.ts';
import { lockMailing } from './store.ts';

/** Time at the counter after the code was read: to look, weigh and pay. Our default. */
const VISIT_MS = 2 * 3_600_000;
/** A point in one of these still does what it has to do; capacity and pauses bind reservations, never facts. */
const AT_WORK: ReadonlySet<string> = new Set(['trial', 'active', 'paused', 'restricted']);

/** A point that the caller works at and that takes mailings. In the network's scope. */
export async function findCounter(
  db: Work['db'],
  caller: Principal,
  pointId: string,
): Promise<Outcome<Point, MailingErrorCode>> {
  const point = await findPoint(db, pointId);
  const isHis = point !== undefined && (await worksAt(db, caller, pointId));
  if (!isHis || !point.services.includes('mail') || !AT_WORK.has(point.state))
    return refused('mailing_point_unfit', '');
  return accepted(point);
}

/** Couriers and their staff; a network's own couriers are of its operator. */
export function isOnTheRoad({ role }: Principal): boolean {
  return role === 'courier' || role === 'carrier';
}

type Standing = { readonly point: Point | undefined; readonly courierId: string | undefined };
type Looked = MailingKey | { readonly triesLeft: number };

/**
 * Reads a code at a counter or door. A wrong one is accepted as a fact, so that its count commits; the route turns it
 * into a refusal. A code that fits opens its mailing to this network for a while.
 */
export async function readCode(
  work: Work,
  ports: MailingPorts,
  caller: Principal,
  asked: { readonly pointId?: PointId | undefined; readonly code: string },
): Promise<Outcome<Looked, MailingErrorCode>> {
  await work.actFor('network');
  const standing = await standingOf(work.db, caller, asked.pointId);
  if (!standing.ok) return standing;
  await work.actFor({ organisationId: caller.organisationId });
  const guessed = await guess(work, CODES, clerkOf(caller, asked.pointId ?? ''), async () => {
    const found = await mailingCodes.find(work, ports.keyRing, asked.code);
    if (found === undefined) return undefined;
    const ref = { organisationId: found.organisationId, id: found.subjectId };
    return (await opens(work, caller, standing.value, ref)) ? ref : undefined;
  });
  if ('lockedUntil' in guessed)
    return refused('mailing_code_locked', `It is open again at ${guessed.lockedUntil}.`);
  return accepted('found' in guessed ? guessed.found : guessed);
}

/** Where somebody stands: at a point, or as a courier at a door. In the network's scope. */
async function standingOf(
  db: Work['db'],
  caller: Principal,
  pointId: PointId | undefined,
): Promise<Outcome<Standing, MailingErrorCode>> {
  if (isOnTheRoad(caller))
    return pointId === undefined
      ? accepted({ point: undefined, courierId: await courierOf(db, caller) })
      : refused('mailing_point_unfit', '');
  if (pointId === undefined) return refused('mailing_point_unfit', 'Name the point at which you stand.');
  const counter = await findCounter(db, caller, pointId);
  return counter.ok ? accepted({ point: counter.value, courierId: undefined }) : counter;
}

export async function courierOf(db: Work['db'], caller: Principal): Promise<string | undefined> {
  const courier = await findCourierOfCaller(db, caller.organisationId, caller);
  return courier?.isOn === true ? courier.id : undefined;
}

/** Any point of a network that serves the market takes the parcel, wherever the sender was sent. */
async function opens(
  work: Work,
  caller: Principal,
  { point, courierId }: Standing,
  ref: { readonly organisationId: OrganisationId; readonly id: MailingId },
): Promise<boolean> {
  await work.actFor({ organisationId: ref.organisationId });
  const one = await lockMailing(work.db, ref.organisationId, ref.id);
  if (one === undefined || one.state.name !== 'placed') return false;
  if (point === undefined) {
    if (!isSentTo(one, caller, courierId)) return false;
  } else {
    const { networks } = await policyOf(work.db, one);
    const isServed = networks.length === 0 || networks.includes(point.organisationId);
    if (one.from.country !== point.country || !isServed) return false;
  }
  await openVisit(work.db, {
    ...{ organisationId: ref.organisationId, subjectId: one.id, pointOrganisationId: caller.organisationId },
    ...{ pointId: point?.id, byCaller: caller.personId ?? caller.id },
    ...{ openedAt: work.now, endsAt: addMs(work.now, VISIT_MS) },
  });
  return true;
}

/** The courier who was sent to this door, or his carrier's staff. */
export function isSentTo({ handover }: Mailing, caller: Principal, courierId: string | undefined): boolean {
  if (handover?.method !== 'door' || handover.carrierId !== caller.organisationId) return false;
  return caller.role === 'carrier' || (courierId !== undefined && handover.courierId === courierId);
}

export type IntakeInput = Found & {
  readonly documentKind?: string | undefined;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly inspectionMark?: string | undefined;
  readonly priceListShown: boolean;
  readonly agreedTotal?: Money | undefined;
  readonly payment?: { readonly method: PayMethod; readonly amount: Money } | undefined;
  readonly parcel?: { readonly number: string; readonly carrierCode: string } | undefined;
};
export type Counter = { readonly pointId: PointId | undefined; readonly organisationId: OrganisationId };

export type CounterPrice = Priced & { readonly settlement: Settlement };

/** What the parcel costs as it lies on the scale, and who pays which part of it. */
export async function counterPrice(
  work: Pick<Work, 'db'>,
  ports: Pick<MailingPorts, 'lines'>,
  one: Mailing,
  found: Found,
  agreed: Money | undefined | 'as if agreed',
): Promise<Outcome<CounterPrice, MailingErrorCode>> {
  const policy = await policyOf(work.db, one);
  if (policy.refusedGoodsClasses.includes(found.goodsClass))
    return refused('mailing_line_unfit', `Persons may not send ${found.goodsClass}.`);
  const { lineCode, lineVersion } = one.quoted;
  const line = (await ports.lines.history(work.db, { codes: [lineCode] })).version(lineCode, lineVersion);
  if (line === undefined) throw new Error(`the line ${lineCode} of ${one.id} is not in the catalogue`);
  const priced = priceFound(line, one, found, policy.tolerance);
  if (!priced.ok) return priced;
  const settlement = settle(one, priced.value.total, agreed === 'as if agreed' ? priced.value.total : agreed);
  return settlement.ok ? accepted({ ...priced.value, settlement: settlement.value }) : settlement;
}

/** The parcel is taken in: seen, looked into, weighed, numbered and paid for. In the scope of the owner. */
export async function takeIn(
  work: Work,
  ports: MailingPorts,
  ref: MailingKey,
  by: By,
  counter: Counter,
  input: IntakeInput,
): Promise<MailingOutcome | Outcome<never>> {
  const before = await lockMailing(work.db, ref.organisationId, ref.id);
  if (before === undefined) return refused('not_found', '');
  const at = counter.pointId === undefined ? 'door' : 'point';
  // The state speaks first: a parcel that was taken in before is refused as such, whatever the clerk noted.
  if (before.state.name !== 'placed') return actOn(work, before, by, { kind: 'accept', at });
  const wanting = whatIsWanting(await policyOf(work.db, before), before, input);
  if (wanting !== undefined) return wanting;
  const priced = await counterPrice(work, ports, before, input, input.agreedTotal);
  if (!priced.ok) return priced;
  const { settlement } = priced.value;
  const wrongPay = wrongPayment(settlement, input);
  if (wrongPay !== undefined) return wrongPay;
  const parcel = await numberParcel(work, ports, before, input);
  if (!parcel.ok) return parcel;
  const charged = await chargeWallet(work, before, priced.value, settlement);
  if (!charged.ok) return charged;
  await recordVisit(work, before, counter);
  const intake: Intake = {
    ...{ pointId: counter.pointId, byOrganisationId: counter.organisationId, byCaller: by.callerId },
    ...{ occurredAt: work.now, goodsClass: input.goodsClass, measured: input.measured },
    ...{ documentKind: input.documentKind, checks: input.checks, inspectionMark: input.inspectionMark },
    ...{ priceListShown: input.priceListShown, charges: shownLines(priced.value.charges) },
    ...{ freight: settlement.total, collected: settlement.collected },
    ...{ paidBy: input.payment?.method, chargeId: charged.value },
  };
  const point =
    counter.pointId === undefined
      ? undefined
      : { id: counter.pointId, organisationId: counter.organisationId };
  const taken: Mailing = { ...before, intake, parcel: parcel.value, point };
  return actOn(work, taken, by, { kind: 'accept', at });
}

/** What the law of the sender's country asks of the counter, and was not done. */
function whatIsWanting(policy: MailingPolicy, { from: { country } }: Mailing, input: IntakeInput) {
  if (input.documentKind !== undefined && !policy.documentKinds.includes(input.documentKind))
    return refused('mailing_identity_missing', `One of ${policy.documentKinds.join(', ')}.`);
  if (policy.identityCountries.includes(country) && input.documentKind === undefined)
    return refused('mailing_identity_missing', '');
  if (policy.inspectionCountries.includes(country)) {
    const isSeen = policy.checklist.every((name) => input.checks[name] === true);
    if (!isSeen || input.inspectionMark === undefined)
      return refused('mailing_inspection_incomplete', `The checks: ${policy.checklist.join(', ')}.`);
  }
  return policy.priceListCountries.includes(country) && !input.priceListShown
    ? refused('mailing_price_list_not_shown', '')
    : undefined;
}

/** Exactly what is to be collected is in the drawer, and nothing else. */
function wrongPayment({ collected }: Settlement, { payment }: IntakeInput) {
  const paid = payment?.amount ?? { ...collected, amountMinor: 0 };
  const isRight =
    paid.amountMinor === collected.amountMinor &&
    paid.currency === collected.currency &&
    (payment === undefined || collected.amountMinor > 0);
  return isRight ? undefined : refused('mailing_payment_mismatch', `${told(collected)} is to be collected.`);
}

/** A number of the network's own stock, or the one that the clerk stuck on. */
async function numberParcel(
  work: Work,
  ports: MailingPorts,
  one: Mailing,
  input: Pick<IntakeInput, 'parcel' | 'measured'>,
): Promise<Outcome<MailedParcel>> {
  if (input.parcel !== undefined)
    return accepted({ ...input.parcel, waybillId: undefined, parcelId: undefined });
  const { organisationId, id, senderRef, recipientRef, from, to } = one;
  const { carrierCode } = one.quoted;
  const issued = await ports.numbers.issue(work, {
    ...{ organisationId, objectId: id, orderRefs: [id], carrierCode, senderRef, recipientRef, from, to },
    weightGrams: input.measured.weightGrams,
  });
  return issued.ok ? accepted({ ...issued.value, carrierCode }) : issued;
}

/** What was held elsewhere is given back; the fact is told to whoever keeps count, beyond every limit. */
async function recordVisit(work: Work, one: Mailing, { pointId }: Counter): Promise<void> {
  const { handover, id, organisationId } = one;
  const held = handover?.method === 'point' ? handover : undefined;
  const isHere = held?.pointId === pointId;
  if (held !== undefined && !isHere) await releaseReservation(work, held.reservationId, 'brought_elsewhere');
  if (handover?.method === 'door')
    await endDoorWindow(work, organisationId, handover, pointId === undefined ? 'use' : 'release');
  if (pointId !== undefined)
    await recordIntake(work, {
      ...{ pointId, service: 'mail', at: work.now, parcels: 1, subject: { kind: 'mailing', id } },
      reservationId: isHere ? held?.reservationId : undefined,
    });
  await work.actFor({ organisationId });
}
