import type { z } from 'zod';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { afterId, type Principal, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import type { By } from './handle.ts';
import { policyAt } from './handle.ts';
import { handoverOptions, type ToBring } from './handover.ts';
import type { Mailing, PartyWord } from './model.ts';
import { cancelMailing, chooseHandover, modifyMailing, type Orderer, placeMailing } from './place.ts';
import type { Asker, MailingPorts, Reading } from './ports.ts';
import { quoteMailing } from './quote.ts';
import { dueAfter } from './rulebook.ts';
import { findMailing, listMailings, type MailingViewer } from './store.ts';
import { presentMailing, presentOptions, presentQuote, summaryOf } from './views.ts';

export const TAG = 'mailings';
export const mailingResource = { kind: 'mailing', param: 'mailingId' } as const;
const answers = { 200: { description: 'The mailing', body: contract.mailingSchema } };

/** The person, so that two log-ins are one; a program is its key. */
export function byOf(caller: Pick<Principal, 'id' | 'personId'>, party: PartyWord): By {
  return { party, callerId: caller.personId ?? caller.id };
}

export const HANDOVER_REFUSALS = [
  'mailing_state_conflict',
  'mailing_payment_unfit',
  'mailing_handover_unavailable',
  'no_point_fits',
  'point_full',
  'point_closed',
  'point_does_not_serve',
  'pickup_window_unknown',
  'pickup_window_full',
  'pickup_not_served',
  'pickup_blocked',
];
const PARTY_REFUSALS = ['address_invalid', 'phone_malformed', 'phone_masked'];
export const CHANGE_REFUSALS = [
  ...PARTY_REFUSALS,
  'mailing_state_conflict',
  'mailing_line_unfit',
  'mailing_price_changed',
  'mailing_ceiling_too_low',
];
export const ORDER_REFUSALS = [
  ...new Set([...HANDOVER_REFUSALS, ...CHANGE_REFUSALS, 'mailing_object_reused', 'mailing_too_many_open']),
];
const WALLET_REFUSALS = [
  'insufficient_funds',
  'wallet_missing',
  'payer_in_arrears',
  'currency_mismatch',
  'hold_reused',
];

/** What an organisation does for its people: an app, a marketplace, a merchant. */
export function appRoutes(ports: MailingPorts): readonly Route[] {
  return [...askRoutes(ports), ...orderRoutes(ports), ...readRoutes(ports), ...changeRoutes(ports)];
}

/** Points and windows for what is not ordered yet. Ends in the owner's scope. */
export async function optionsFor(
  reading: Reading,
  ports: MailingPorts,
  asker: Asker,
  asked: z.output<typeof contract.optionsRequestSchema>,
) {
  const { document: policy } = await policyAt(reading.db, asker, reading.now);
  const { from, carrierCode, goodsClass, weightGrams, size, position } = asked;
  const toBring: ToBring = {
    ...{
      id: 'not-ordered',
      organisationId: asker.organisationId,
      from,
      carrierCode,
      declared: { weightGrams, size },
    },
    goods: { description: '', goodsClass, quantity: 1 },
    dueAt: dueAfter(policy, 'bring', reading.now),
  };
  return presentOptions(await handoverOptions(reading, ports, toBring, position));
}

function askRoutes(ports: MailingPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'quoteMailing',
      method: 'POST',
      path: '/v1/mailing-quotes',
      tag: TAG,
      summary: 'What takes a person\u2019s parcel, at what price and by when, and why not; nothing is stored',
      effect: 'read',
      body: contract.quoteRequestSchema,
      answers: { 200: { description: 'Offers and refusals', body: contract.quoteSchema } },
      refusals: ['address_invalid'],
      handle: async ({ db, now, world, actFor, caller, body }) => {
        const quote = await quoteMailing({ db, now, world: world.name, actFor }, ports, caller, body);
        return quote.ok ? accepted(replyWith(200, presentQuote(quote.value, body))) : quote;
      },
    }),
    readRoute({
      operation: 'listMailingOptions',
      method: 'POST',
      path: '/v1/mailing-options',
      tag: TAG,
      summary: 'Counters near a place that take the parcel, best first, and windows of couriers',
      effect: 'read',
      body: contract.optionsRequestSchema,
      answers: { 200: { description: 'Options', body: contract.optionsSchema } },
      handle: async ({ db, now, world, actFor, caller, body }) => {
        const reading = { db, now, world: world.name, actFor };
        return accepted(replyWith(200, await optionsFor(reading, ports, caller, body)));
      },
    }),
  ];
}

function ordererOf(caller: Principal): Orderer {
  const { organisationId, clientPlatformId } = caller;
  const role = caller.organisationKind === 'marketplace' ? 'marketplace' : 'merchant';
  return { organisationId, clientPlatformId, placedBy: 'app', role, by: byOf(caller, 'sender') };
}

async function answer(
  ports: MailingPorts,
  work: Work,
  relation: string,
  outcome: Outcome<Mailing>,
  status = 200,
) {
  if (!outcome.ok) return outcome;
  const viewer = relation === 'any' ? 'any' : 'own';
  return accepted(replyWith(status, await presentMailing(work, ports, outcome.value, viewer)));
}

function orderRoutes(ports: MailingPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'placeMailing',
      method: 'POST',
      path: '/v1/mailings',
      tag: TAG,
      summary: 'Order a mailing for a person: a line at its price, and a counter or a courier',
      effect: 'write',
      body: contract.orderSchema,
      answers: {
        201: { description: 'The mailing, with the code for the counter', body: contract.mailingSchema },
      },
      refusals: [...ORDER_REFUSALS, ...WALLET_REFUSALS],
      handle: async ({ work, caller, body }) => {
        const outcome = await placeMailing(work, ports, ordererOf(caller), body, body.handover);
        return answer(ports, work, 'own', outcome, 201);
      },
    }),
  ];
}

function readRoutes(ports: MailingPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listMailings',
      method: 'GET',
      path: '/v1/mailings',
      tag: TAG,
      summary: 'Mailings that you ordered, or all, newest first',
      effect: 'read',
      query: contract.mailingListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.mailingSchema) } },
      handle: async ({ db, query, caller, relation }) => {
        const before = afterId(query.cursor);
        if (!before.ok) return before;
        const viewer: MailingViewer = relation === 'any' ? 'network' : { owner: caller.organisationId };
        const filter = { state: query.state, pointId: undefined };
        const found = await listMailings(db, viewer, filter, before.value || undefined, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(summaryOf) }));
      },
    }),
    readRoute({
      operation: 'readMailing',
      method: 'GET',
      path: '/v1/mailings/:mailing_id',
      tag: TAG,
      summary: 'One mailing with its steps and receipt; the code is for who ordered it',
      effect: 'read',
      params: contract.mailingParams,
      resource: mailingResource,
      answers,
      handle: async ({ db, now, params, relation }) => {
        const one = await findMailing(db, params.mailingId);
        if (one === undefined) return refused('not_found', '');
        const viewer = relation === 'any' ? 'any' : 'own';
        return accepted(replyWith(200, await presentMailing({ db, now }, ports, one, viewer)));
      },
    }),
  ];
}

function changeRoutes(ports: MailingPorts): readonly Route[] {
  const shared = {
    tag: TAG,
    effect: 'write',
    params: contract.mailingParams,
    resource: mailingResource,
    answers,
  } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'changeMailing',
      method: 'PATCH',
      path: '/v1/mailings/:mailing_id',
      summary: 'Change recipient, goods, size or line until a counter has the parcel',
      body: contract.modificationSchema,
      refusals: CHANGE_REFUSALS,
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.mailingId };
        const outcome = await modifyMailing(work, ports, caller, ref, byOf(caller, 'sender'), body);
        return answer(ports, work, relation, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'routeMailing',
      method: 'POST',
      path: '/v1/mailings/:mailing_id/handover',
      summary: 'Choose where it is handed over; a place is held there',
      body: contract.handoverSchema,
      refusals: HANDOVER_REFUSALS,
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.mailingId };
        const outcome = await chooseHandover(work, ports, ref, byOf(caller, 'sender'), body);
        return answer(ports, work, relation, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'cancelMailing',
      method: 'POST',
      path: '/v1/mailings/:mailing_id/cancellation',
      summary: 'Cancel it until a counter has the parcel; what was held is released',
      refusals: ['mailing_state_conflict'],
      handle: async ({ work, owner, caller, params, relation }) => {
        const ref = { organisationId: owner, id: params.mailingId };
        const party = relation === 'any' ? 'platform' : 'sender';
        const outcome = await cancelMailing(work, ref, byOf(caller, party));
        return answer(ports, work, relation, outcome);
      },
    }),
  ];
}
