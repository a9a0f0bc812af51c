import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import { codeReadSchema, DESK_POINTS, handOf } from '../points/index.ts';
import { LABEL_REFUSALS, replyWithLabel } from '../waybills/index.ts';
import { byOf, mailingResource } from './app-routes.ts';
import { CODES } from './code-store.ts';
import { mailingParams } from './contract.ts';
import { counterPrice, DESK, takeIn } from './counter.ts';
import * as contract from './counter-contract.ts';
import { act, policyOf } from './handle.ts';
import type { Mailing } from './model.ts';
import type { MailingPorts } from './ports.ts';
import { shownLines } from './price.policy.ts';
import { findMailing } from './store.ts';
import { undoIntake } from './undo.ts';
import { dutiesOf, receiptOf } from './views.ts';

export const COUNTER_TAG = 'mailing counters';
const shared = { tag: COUNTER_TAG, params: mailingParams, resource: mailingResource } as const;
const taken = { 200: { description: 'As the counter has it', body: contract.takenMailingSchema } };

export const INTAKE_REFUSALS = [
  'mailing_line_unfit',
  'mailing_identity_missing',
  'mailing_inspection_incomplete',
  'mailing_price_list_not_shown',
  'mailing_payment_mismatch',
  'no_number_segment',
  'stock_exhausted',
  'issuing_fenced',
];

export function counterRoutes(ports: MailingPorts): readonly Route[] {
  return [codeRoute(ports), priceRoute(ports), intakeRoute(ports), ...otherRoutes(), labelRoute(ports)];
}

function codeRoute(ports: MailingPorts): Route {
  return openRoute({
    operation: 'readMailingCode',
    method: 'POST',
    path: '/v1/mailing-codes/lookup',
    tag: COUNTER_TAG,
    summary: 'What a sender\u2019s code or QR opens at this counter or door, and what is to be done with it',
    description:
      'Five wrong codes of one clerk within an hour lock it. A repetition is one more try: Idempotency-Key has no effect here.',
    effect: 'own',
    body: codeReadSchema,
    answers: { 200: { description: 'The goods and the duties', body: contract.counterMailingSchema } },
    refusals: ['mailing_code_wrong', 'mailing_code_locked', 'mailing_point_unfit'],
    handle: async ({ world, caller, body }) => {
      const read = await world.command({ organisationId: caller.organisationId }, (work) =>
        DESK.readCode(work, { points: DESK_POINTS, keyRing: ports.keyRing }, caller, body),
      );
      if (!read.ok) return read;
      if ('triesLeft' in read.value)
        return refused('mailing_code_wrong', `${read.value.triesLeft} more wrong codes lock it.`);
      const { subjectId: id, organisationId } = read.value;
      const view = await world.read({ organisationId }, (db) =>
        presentCounter(db, id, caller.organisationId),
      );
      return view === undefined ? refused('not_found', '') : accepted(replyWith(200, view));
    },
  });
}

async function presentCounter(db: Queryable, id: string, network: string) {
  const one = await findMailing(db, id);
  const visit = await CODES.findVisit(db, id, network);
  if (one === undefined || visit === undefined) return undefined;
  const { goods, declared, quoted, ceiling, payment, to, from } = one;
  return {
    mailingId: one.id,
    ...{ goods, declared, to: { country: to.country, city: to.city }, ceiling, payment },
    ...{ lineCode: quoted.lineCode, carrierCode: quoted.carrierCode, quoted: quoted.total },
    duties: dutiesOf(await policyOf(db, one), from.country),
    visitEndsAt: visit.endsAt,
  };
}

export function presentTaken(one: Mailing) {
  const { state, parcel, point, handover } = one;
  return {
    id: one.id,
    state: state.name,
    closeReason: state.name === 'closed' ? state.reason : undefined,
    pointId: point?.id,
    number: parcel?.number,
    carrierCode: parcel?.carrierCode,
    startsAt: state.name === 'placed' ? handover?.startsAt : undefined,
    handoverDueAt: state.name === 'accepted' ? state.dueAt : undefined,
    isHandoverLate: state.name === 'accepted' && state.isLate,
    receipt: receiptOf(one),
  };
}

function priceRoute(ports: MailingPorts): Route {
  return readRoute({
    ...shared,
    operation: 'priceAtMailingCounter',
    method: 'POST',
    path: '/v1/mailings/:mailing_id/counter-price',
    summary: 'What the parcel costs as it lies on the scale, and who pays which part',
    effect: 'read',
    body: contract.counterPriceRequestSchema,
    answers: { 200: { description: 'The price', body: contract.counterPriceSchema } },
    refusals: ['mailing_visit_over', 'mailing_line_unfit', 'mailing_state_conflict'],
    handle: async ({ db, now, caller, params: { mailingId }, body }) => {
      const visit = await DESK.visitOf({ db, now }, mailingId, caller);
      const one = await findMailing(db, mailingId);
      if (!visit.ok) return visit;
      if (one?.state.name !== 'placed') return refused('mailing_state_conflict', '');
      const priced = await counterPrice({ db }, ports, one, body, 'as if agreed');
      if (!priced.ok) return priced;
      const { charges, settlement } = priced.value;
      const { total, fromWallet, collected: toCollect } = settlement;
      const needsConsent = total.amountMinor > one.ceiling.amountMinor;
      return accepted(
        replyWith(200, { charges: shownLines(charges), total, needsConsent, fromWallet, toCollect }),
      );
    },
  });
}

function intakeRoute(ports: MailingPorts): Route {
  return writeRoute({
    ...shared,
    operation: 'takeMailingIn',
    method: 'POST',
    path: '/v1/mailings/:mailing_id/intake',
    summary: 'Take the parcel in after the code was read: person and goods seen, weighed, paid for, numbered',
    effect: 'write',
    body: contract.intakeSchema,
    answers: taken,
    refusals: [
      'mailing_state_conflict',
      'mailing_visit_over',
      'mailing_consent_needed',
      'insufficient_funds',
      ...INTAKE_REFUSALS,
    ],
    load: async ({ db, params: { mailingId } }) => (await findMailing(db, mailingId))?.quoted.carrierCode,
    prepare: async ({ world, owner, body, loaded }) =>
      body.parcel !== undefined || loaded === undefined
        ? accepted(undefined)
        : ports.numbers.ensure(world, owner as OrganisationId, loaded),
    handle: async ({ work, owner, caller, params: { mailingId }, body }) => {
      const visit = await DESK.visitOf(work, mailingId, caller);
      if (!visit.ok) return visit;
      const counter = { pointId: visit.value.pointId, organisationId: visit.value.pointOrganisationId };
      const ref = { organisationId: owner, id: mailingId };
      const outcome = await takeIn(work, ports, ref, byOf(caller, handOf(caller)), counter, body);
      return outcome.ok ? accepted(replyWith(200, presentTaken(outcome.value))) : outcome;
    },
  });
}

function otherRoutes(): readonly Route[] {
  return [
    writeRoute({
      ...shared,
      operation: 'turnMailingAway',
      method: 'POST',
      path: '/v1/mailings/:mailing_id/counter-refusal',
      summary: 'Do not take the parcel; what is prohibited is closed, for all else its sender may come again',
      effect: 'write',
      body: contract.turnAwaySchema,
      answers: taken,
      refusals: ['mailing_state_conflict', 'mailing_visit_over'],
      handle: async ({ work, owner, caller, params: { mailingId }, body }) => {
        const visit = await DESK.visitOf(work, mailingId, caller);
        if (!visit.ok) return visit;
        const ref = { organisationId: owner, id: mailingId };
        const command = { kind: 'turn_away', reason: body.reason } as const;
        const outcome = await act(work, ref, byOf(caller, handOf(caller)), command);
        return outcome.ok ? accepted(replyWith(200, presentTaken(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      ...shared,
      operation: 'undoMailingIntake',
      method: 'POST',
      path: '/v1/mailings/:mailing_id/counter-undo',
      summary: 'Give parcel and money back before a courier has it; the number is cancelled',
      effect: 'write',
      body: contract.undoSchema,
      answers: taken,
      refusals: ['mailing_state_conflict'],
      handle: async ({ work, owner, caller, params: { mailingId }, body }) => {
        const ref = { organisationId: owner, id: mailingId };
        const outcome = await undoIntake(work, ref, byOf(caller, handOf(caller)), body.reason);
        return outcome.ok ? accepted(replyWith(200, presentTaken(outcome.value))) : outcome;
      },
    }),
  ];
}

function labelRoute(ports: MailingPorts): Route {
  return openRoute({
    ...shared,
    operation: 'printMailingLabel',
    method: 'POST',
    path: '/v1/mailings/:mailing_id/label',
    summary: 'The label of the parcel, where the number is of the network\u2019s stock',
    effect: 'own',
    answers: { 200: { description: 'PDF', contentType: 'application/pdf' } },
    refusals: ['mailing_number_needed', ...LABEL_REFUSALS],
    load: async ({ db, params: { mailingId } }) => (await findMailing(db, mailingId))?.parcel?.waybillId,
    handle: async ({ world, owner, caller, loaded }) => {
      if (loaded === undefined) return refused('mailing_number_needed', '');
      return replyWithLabel(ports.numbers, world, owner as OrganisationId, loaded, caller.id);
    },
  });
}
