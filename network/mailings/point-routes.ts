import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  afterId,
  findOperatorOrganisation,
  type Principal,
  pageOf,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, refused } from '../kernel/index.ts';
import { DESK_POINTS, findPoint, handOverEach } from '../points/index.ts';
import { byOf, ORDER_REFUSALS } from './app-routes.ts';
import { pointParams, quoteSchema } from './contract.ts';
import { DESK } from './counter.ts';
import * as contract from './counter-contract.ts';
import { COUNTER_TAG, INTAKE_REFUSALS, presentTaken } from './counter-routes.ts';
import { actOn } from './handle.ts';
import type { MailingId } from './model.ts';
import type { MailingPorts } from './ports.ts';
import { placeOfPoint, quoteMailing } from './quote.ts';
import { findByObjectId, findMailing, listMailings, lockMailing } from './store.ts';
import { presentQuote } from './views.ts';
import { takeWalkIn } from './walk-in.ts';

const resource = { kind: 'point', param: 'pointId' } as const;
const shared = { tag: COUNTER_TAG, params: pointParams, resource } as const;

/** What a clerk does at his point: a price for who stands there, a mailing in one go, the shelf and the courier. */
export function pointRoutes(ports: MailingPorts): readonly Route[] {
  return [quoteRoute(ports), walkInRoute(ports), listRoute(), handOverRoute()];
}

function quoteRoute(ports: MailingPorts): Route {
  return readRoute({
    ...shared,
    operation: 'quoteAtMailingCounter',
    method: 'POST',
    path: '/v1/points/:point_id/mailing-quotes',
    summary: 'What takes a parcel from this point, at what price and by when, and why not',
    effect: 'read',
    body: contract.counterQuoteSchema,
    answers: { 200: { description: 'Offers and refusals', body: quoteSchema } },
    refusals: ['address_invalid', 'mailing_line_unfit', 'mailing_point_unfit'],
    handle: async ({ db, now, world, actFor, params, body }) => {
      const from = await placeOfPoint(db, params.pointId);
      if (from === undefined) return refused('mailing_point_unfit', '');
      await actFor('network');
      const organisationId = await findOperatorOrganisation(db);
      if (organisationId === undefined) return refused('mailing_line_unfit', 'Nobody runs this network yet.');
      const asker = { organisationId, clientPlatformId: undefined };
      const reading = { db, now, world: world.name, actFor };
      const request = { from, ...body };
      const quote = await quoteMailing(reading, ports, asker, request);
      return quote.ok ? accepted(replyWith(200, presentQuote(quote.value, request))) : quote;
    },
  });
}

function walkInRoute(ports: MailingPorts): Route {
  return writeRoute({
    ...shared,
    operation: 'takeWalkInMailing',
    method: 'POST',
    path: '/v1/points/:point_id/mailings',
    summary:
      'Take a parcel in from somebody without an order, in one go; the same object_id again is the same mailing',
    effect: 'write',
    body: contract.walkInSchema,
    answers: { 201: { description: 'As the counter has it', body: contract.takenMailingSchema } },
    refusals: ['mailing_point_unfit', ...ORDER_REFUSALS, ...INTAKE_REFUSALS],
    load: async ({ db, body, now, world, actFor, params }) => {
      await actFor('network');
      const operatorId = await findOperatorOrganisation(db);
      const point = await findPoint(db, params.pointId);
      const handle = `${point?.organisationId}/${body.objectId}`;
      const known = operatorId === undefined ? undefined : await findByObjectId(db, operatorId, handle);
      const [line] =
        known === undefined
          ? (await ports.lines.history(db, { world }))
              .at(now)
              .filter(({ line: one }) => one.code === body.lineCode)
          : [];
      return { operatorId, carrierCode: line?.line.carrierCode };
    },
    prepare: async ({ world, body, loaded: { operatorId, carrierCode } }) =>
      body.parcel !== undefined || operatorId === undefined || carrierCode === undefined
        ? accepted(undefined)
        : ports.numbers.ensure(world, operatorId, carrierCode),
    handle: async ({ work, caller, params, body }) => {
      await work.actFor('network');
      const counter = await DESK.findCounter(work.db, DESK_POINTS, caller, params.pointId);
      if (!counter.ok) return counter;
      const operatorId = await findOperatorOrganisation(work.db);
      if (operatorId === undefined) return refused('mailing_line_unfit', 'Nobody runs this network yet.');
      const standing = { point: counter.value, operatorId, by: byOf(caller, 'point') };
      const outcome = await takeWalkIn(work, ports, standing, body);
      await work.actFor({ organisationId: caller.organisationId });
      return outcome.ok ? accepted(replyWith(201, presentTaken(outcome.value))) : outcome;
    },
  });
}

function listRoute(): Route {
  return readRoute({
    ...shared,
    operation: 'listPointMailings',
    method: 'GET',
    path: '/v1/points/:point_id/mailings',
    summary: 'Mailings that the point expects, has, or handed on; newest first',
    effect: 'read',
    query: contract.pointMailingsQuery,
    answers: { 200: { description: 'A page', body: pageSchema(contract.takenMailingSchema) } },
    handle: async ({ db, query, params, caller }) => {
      const before = afterId(query.cursor);
      if (!before.ok) return before;
      const viewer = { pointNetwork: caller.organisationId };
      const filter = { state: query.state, pointId: params.pointId };
      const found = await listMailings(db, viewer, filter, before.value || undefined, query.limit + 1);
      const page = pageOf(found, query.limit);
      return accepted(replyWith(200, { ...page, data: page.data.map(presentTaken) }));
    },
  });
}

function handOverRoute(): Route {
  return writeRoute({
    ...shared,
    operation: 'handOverMailings',
    method: 'POST',
    path: '/v1/points/:point_id/mailing-handovers',
    summary: 'A courier takes parcels along, at most 200 at a time; each is answered by itself',
    effect: 'write',
    body: contract.handoverSchema,
    answers: { 200: { description: 'What became of each', body: contract.handoverAnswerSchema } },
    handle: async ({ work, caller, params, body }) => {
      const { mailingIds } = body;
      const answer = await handOverEach(mailingIds, (id) => handOver(work, caller, params.pointId, id));
      return accepted(replyWith(200, answer));
    },
  });
}

async function handOver(work: Work, caller: Principal, pointId: string, mailingId: MailingId) {
  await work.actFor('network');
  const found = await findMailing(work.db, mailingId);
  if (found?.intake === undefined || found.point?.id !== pointId)
    return { mailingId, outcome: 'refused' as const, code: 'not_found' };
  await work.actFor({ organisationId: found.organisationId });
  const one = await lockMailing(work.db, found.organisationId, mailingId);
  if (one === undefined) throw new Error(`the mailing ${mailingId} vanished`);
  const outcome = await actOn(work, one, byOf(caller, 'point'), { kind: 'hand_over', by: 'point' });
  await work.actFor({ organisationId: caller.organisationId });
  return outcome.ok
    ? { mailingId, outcome: 'handed_over' as const }
    : { mailingId, outcome: 'refused' as const, code: outcome.rejection.code };
}
