import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  afterId,
  openRoute,
  type Principal,
  pageOf,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { IMAGE_LIMIT_BYTES, IMAGE_TYPES } from '../deliveries/index.ts';
import { accepted, type OrganisationId, refused } from '../kernel/index.ts';
import { codeReadSchema, handOf, handOverEach } from '../points/index.ts';
import { LABEL_REFUSALS, replyWithLabel } from '../waybills/index.ts';
import { CODES } from './code-store.ts';
import { pictureSchema, returnParams } from './contract.ts';
import { PAYMENT_OF, returnCarrierOf, returnDesk, takeIn } from './counter.ts';
import * as contract from './counter-contract.ts';
import { act, actOn, policyOf } from './handle.ts';
import type { ReturnCase } from './model.ts';
import { areOfOrder } from './picture-store.ts';
import { keepPicture } from './pictures.ts';
import type { ReturnPorts } from './ports.ts';
import { byOf, returnResource } from './seller-routes.ts';
import { findReturn, listReturns, lockReturn } from './store.ts';
import { finishUnread } from './unread.ts';

const TAG = 'return counters';
const params = returnParams;
const resource = returnResource;
const taken = { 200: { description: 'As the counter has it', body: contract.takenReturnSchema } };

export function counterRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    ...codeRoutes(ports),
    pictureRoute(ports),
    ...intakeRoutes(ports),
    ...shelfRoutes(ports),
    labelRoute(ports),
  ];
}

function codeRoutes(ports: ReturnPorts): readonly Route[] {
  const desk = returnDesk(ports);
  return [
    openRoute({
      operation: 'readReturnCode',
      method: 'POST',
      path: '/v1/return-codes/lookup',
      tag: TAG,
      summary: 'What a buyer\u2019s code or QR opens at this counter, and what is to be done with it',
      description:
        'Five wrong codes of one clerk within an hour lock it. A repetition is one more try: Idempotency-Key has no effect here.',
      effect: 'own',
      body: codeReadSchema,
      answers: { 200: { description: 'The goods and the checks', body: contract.counterReturnSchema } },
      refusals: ['return_code_wrong', 'return_code_locked', 'return_point_unfit'],
      handle: async ({ world, caller, body }) => {
        const read = await world.command({ organisationId: caller.organisationId }, (work) =>
          desk.readCode(work, ports, caller, body),
        );
        if (!read.ok) return read;
        if ('triesLeft' in read.value)
          return refused('return_code_wrong', `${read.value.triesLeft} more wrong codes lock it.`);
        const { subjectId: returnId, organisationId } = read.value;
        const view = await world.read({ organisationId }, (db) =>
          presentCounter(db, ports, returnId, caller.organisationId),
        );
        return view === undefined ? refused('not_found', '') : accepted(replyWith(200, view));
      },
    }),
  ];
}

async function presentCounter(db: Queryable, ports: ReturnPorts, returnId: string, network: string) {
  const one = await findReturn(db, returnId);
  const visit = await CODES.findVisit(db, returnId, network);
  if (one === undefined || visit === undefined) return undefined;
  const { document: policy } = await policyOf(db, ports, one);
  return {
    returnId: one.id,
    orderReference: one.orderReference,
    items: one.items.map(({ line, description, quantity, reason }) => ({
      ...{ line, description, quantity, reason },
    })),
    checklist: [...policy.checklist],
    needsIdentity: policy.identityCountries.includes(one.place.country),
    freightPayer: one.freightPayer,
    payment: PAYMENT_OF[one.freightPayer],
    carrierCode: one.returnToRef === undefined ? undefined : await returnCarrierOf(db, ports, one),
    visitEndsAt: visit.endsAt,
  };
}

function presentTaken(one: ReturnCase) {
  const { state, intake, parcel, point } = one;
  return {
    id: one.id,
    state: state.name,
    pointId: point?.id,
    number: parcel?.number,
    carrierCode: parcel?.carrierCode,
    weightGrams: intake?.weightGrams,
    acceptedAt: intake?.occurredAt,
    handoverDueAt: state.name === 'accepted_at_point' ? state.dueAt : undefined,
    isHandoverLate: 'isLate' in state && state.isLate,
  };
}

function pictureRoute(ports: ReturnPorts): Route {
  return writeRoute({
    operation: 'addCounterPicture',
    method: 'POST',
    path: '/v1/returns/:return_id/counter-pictures',
    tag: TAG,
    summary: 'A picture of the opened parcel: JPEG or PNG, up to 2 MiB, sealed at once',
    effect: 'write',
    params,
    resource,
    consumes: IMAGE_TYPES,
    bodyLimitBytes: IMAGE_LIMIT_BYTES,
    body: z.instanceof(Uint8Array),
    answers: { 201: { description: 'Name its id in the intake', body: pictureSchema } },
    refusals: ['return_picture_unreadable', 'return_picture_limit'],
    handle: async ({ work, owner, caller, params: { returnId }, body }) => {
      const one = await findReturn(work.db, returnId);
      if (one === undefined) return refused('not_found', '');
      const about = { organisationId: owner as OrganisationId, orderId: one.orderId };
      const kept = await keepPicture(work, ports.vault, about, byOf(caller, handOf(caller)), body);
      return kept.ok ? accepted(replyWith(201, kept.value)) : kept;
    },
  });
}

const INTAKE_REFUSALS = [
  'return_state_conflict',
  'return_visit_over',
  'return_items_incomplete',
  'return_checklist_incomplete',
  'return_identity_missing',
  'return_payment_mismatch',
  'return_number_needed',
  'return_address_missing',
  'return_picture_unknown',
  'return_unread_ended',
  'return_unread_other',
  'no_number_segment',
  'stock_exhausted',
  'issuing_fenced',
];

function intakeRoutes(ports: ReturnPorts): readonly Route[] {
  const desk = returnDesk(ports);
  return [
    writeRoute({
      operation: 'takeReturnIn',
      method: 'POST',
      path: '/v1/returns/:return_id/intake',
      tag: TAG,
      summary:
        'Take the goods in after the code was read: looked at, weighed, numbered and paid for, item by item',
      effect: 'write',
      params,
      resource,
      body: contract.intakeSchema,
      answers: taken,
      refusals: INTAKE_REFUSALS,
      load: async ({ db, params: { returnId } }) => {
        const one = await findReturn(db, returnId);
        return one === undefined ? undefined : returnCarrierOf(db, ports, one);
      },
      prepare: async ({ world, owner, body, loaded }) =>
        body.parcel !== undefined || loaded === undefined
          ? accepted(undefined)
          : ports.numbers.ensure(world, owner as OrganisationId, loaded),
      handle: async ({ work, owner, caller, params: { returnId }, body }) => {
        const visit = await desk.visitOf(work, returnId, caller);
        if (!visit.ok) return visit;
        const one = await findReturn(work.db, returnId);
        if (one === undefined) return refused('not_found', '');
        if (!(await areOfOrder(work.db, owner, one.orderId, body.pictureIds)))
          return refused('return_picture_unknown', '');
        const counter = { pointId: visit.value.pointId, organisationId: visit.value.pointOrganisationId };
        const ref = { organisationId: owner, id: returnId };
        const by = byOf(caller, handOf(caller));
        const finished = await finishUnread(
          work,
          ports,
          by,
          { ...counter, unreadId: body.unreadReturnId },
          one,
        );
        if (!finished.ok) return finished;
        const { takenAt = body.occurredAt ?? work.now, pictureIds } = finished.value;
        const occurredAt = takenAt > work.now ? work.now : takenAt;
        const input = { ...body, occurredAt, pictureIds: [...body.pictureIds, ...pictureIds] };
        const outcome = await takeIn(work, ports, ref, by, counter, input);
        return outcome.ok ? accepted(replyWith(200, presentTaken(outcome.value))) : outcome;
      },
    }),
    writeRoute({
      operation: 'turnReturnAway',
      method: 'POST',
      path: '/v1/returns/:return_id/counter-refusal',
      tag: TAG,
      summary: 'Do not take the goods; the buyer is told why',
      effect: 'write',
      params,
      resource,
      body: contract.turnAwaySchema,
      answers: taken,
      refusals: ['return_state_conflict', 'return_visit_over'],
      handle: async ({ work, owner, caller, params: { returnId }, body }) => {
        const visit = await desk.visitOf(work, returnId, caller);
        if (!visit.ok) return visit;
        const ref = { organisationId: owner, id: returnId };
        const command = { kind: 'turn_away', reason: body.reason } as const;
        const outcome = await act(work, ports, ref, byOf(caller, handOf(caller)), command);
        return outcome.ok ? accepted(replyWith(200, presentTaken(outcome.value))) : outcome;
      },
    }),
  ];
}

function shelfRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listPointReturns',
      method: 'GET',
      path: '/v1/point-returns',
      tag: TAG,
      summary: 'Returns that a point of yours expects, has, or handed on; newest first',
      effect: 'read',
      query: contract.pointReturnsQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.takenReturnSchema) } },
      handle: async ({ db, query, caller }) => {
        const before = afterId(query.cursor);
        if (!before.ok) return before;
        // A point of somebody else answers as one that does not exist: with nothing.
        if (!(await ports.points.worksAt(db, caller, query.pointId)))
          return accepted(replyWith(200, { data: [] }));
        const filter = { state: query.state, orderId: undefined, pointId: query.pointId };
        const viewer = { pointNetwork: caller.organisationId };
        const found = await listReturns(db, viewer, filter, before.value || undefined, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(presentTaken) }));
      },
    }),
    writeRoute({
      operation: 'handOverReturns',
      method: 'POST',
      path: '/v1/return-handovers',
      tag: TAG,
      summary: 'A courier takes returns along, at most 200 at a time; each is answered by itself',
      effect: 'write',
      body: contract.handoverSchema,
      answers: { 200: { description: 'What became of each', body: contract.handoverAnswerSchema } },
      refusals: ['return_point_unfit'],
      handle: async ({ work, caller, body }) => {
        if (!(await ports.points.worksAt(work.db, caller, body.pointId)))
          return refused('return_point_unfit', '');
        const { pointId, returnIds } = body;
        const answer = await handOverEach(returnIds, (id) => handOver(work, ports, caller, pointId, id));
        return accepted(replyWith(200, answer));
      },
    }),
  ];
}

async function handOver(
  work: Work,
  ports: ReturnPorts,
  caller: Principal,
  pointId: string,
  returnId: ReturnCase['id'],
) {
  await work.actFor('network');
  const found = await findReturn(work.db, returnId);
  if (found === undefined || found.intake === undefined || found.point?.id !== pointId)
    return { returnId, outcome: 'refused' as const, code: 'not_found' };
  await work.actFor({ organisationId: found.organisationId });
  const one = await lockReturn(work.db, found.organisationId, returnId);
  if (one === undefined) throw new Error(`the return ${returnId} vanished`);
  const outcome = await actOn(work, ports, one, byOf(caller, handOf(caller)), {
    kind: 'hand_over',
    by: 'point',
  });
  await work.actFor({ organisationId: caller.organisationId });
  return outcome.ok
    ? { returnId, outcome: 'handed_over' as const }
    : { returnId, outcome: 'refused' as const, code: outcome.rejection.code };
}

function labelRoute(ports: ReturnPorts): Route {
  return openRoute({
    operation: 'printReturnLabel',
    method: 'POST',
    path: '/v1/returns/:return_id/label',
    tag: TAG,
    summary: 'The label of the parcel that goes back, where the number is of the network\u2019s stock',
    effect: 'own',
    params,
    resource,
    answers: { 200: { description: 'PDF', contentType: 'application/pdf' } },
    refusals: ['return_number_needed', ...LABEL_REFUSALS],
    load: async ({ db, params: { returnId } }) => (await findReturn(db, returnId))?.parcel?.waybillId,
    handle: async ({ world, owner, caller, loaded }) => {
      if (loaded === undefined) return refused('return_number_needed', '');
      return replyWithLabel(ports.numbers, world, owner as OrganisationId, loaded, caller.id);
    },
  });
}
