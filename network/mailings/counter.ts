import type { Work } from '../../platform/world/index.ts';
import { recordIntake, releaseReservation } from '../allocation/index.ts';
import { accepted, type Money, type Outcome, refused } from '../kernel/index.ts';
import { endDoorWindow } from '../pickups/index.ts';
import { type Counter, counterDesk } from '../points/index.ts';
import { CODES } from './code-store.ts';
import type { MailingErrorCode } from './errors.ts';
import { actOn, type By, type MailingKey, type MailingOutcome, policyOf } from './handle.ts';
import { doorOf, type Intake, type MailedParcel, type Mailing, type PayMethod } from './model.ts';
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

/** What the code of a mailing opens, at a counter or for the courier who was sent to its door. */
export const DESK = counterDesk({
  use: 'mailing',
  store: CODES,
  openingOf: async (work, { organisationId, subjectId }) => {
    const one = await lockMailing(work.db, organisationId, subjectId);
    if (one?.state.name !== 'placed') return undefined;
    const { networks } = await policyOf(work.db, one);
    return { networks, country: one.from.country, door: doorOf(one) };
  },
});

export type IntakeInput = Found & {
  readonly documentKind?: string | undefined;
  readonly checks: Readonly<Record<string, boolean>>;
  readonly inspectionMark?: string | undefined;
  readonly priceListShown: boolean;
  readonly agreedTotal?: Money | undefined;
  readonly payment?: { readonly method: PayMethod; readonly amount: Money } | undefined;
  readonly parcel?: { readonly number: string; readonly carrierCode: string } | undefined;
};
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
