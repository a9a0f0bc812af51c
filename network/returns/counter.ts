import type { Work } from '../../platform/world/index.ts';
import { accepted, latest, type Money, type Outcome, type PointId, refused } from '../kernel/index.ts';
import { type Counter, counterDesk } from '../points/index.ts';
import { refundsAtCounter } from './application.policy.ts';
import { CODES } from './code-store.ts';
import type { ReturnErrorCode } from './errors.ts';
import { actOn, type By, instructRefund, policyOf, type ReturnOutcome } from './handle.ts';
import { reportFreight } from './insurance.ts';
import {
  type CounterItem,
  doorOf,
  type FreightPayer,
  type Intake,
  type ItemFinding,
  type ReturnCase,
  type ReturnParcel,
} from './model.ts';
import { findSettings } from './order-store.ts';
import type { ReturnPorts } from './ports.ts';
import { refundOf } from './settlement.policy.ts';
import { lockReturn, saveReturn } from './store.ts';

/** What the code of a return opens, at a counter or for the courier who was sent to its door. */
export function returnDesk(ports: Pick<ReturnPorts, 'rulebook'>) {
  return counterDesk({
    use: 'return',
    store: CODES,
    openingOf: async (work, { organisationId, subjectId }) => {
      const one = await lockReturn(work.db, organisationId, subjectId);
      if (one?.state.name !== 'code_issued') return undefined;
      const { networks } = (await policyOf(work.db, ports, one)).document;
      return { networks, country: one.place.country, door: doorOf(one) };
    },
  });
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
  // Nobody has goods of a return before its code was given, whatever a clock said.
  const takenAt = latest(input.occurredAt, before.changedAt);
  const accept = { kind: 'accept', at, takenAt } as const;
  if (before.state.name !== 'code_issued') return actOn(work, ports, before, by, accept);
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
  const outcome = await actOn(work, ports, taken, by, { ...accept, isSlow });
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
    ...{ organisationId: one.organisationId, objectId: one.id, orderRefs: [one.orderReference] },
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
