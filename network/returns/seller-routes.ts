import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import type { Work } from '../../platform/world/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { IMAGE_LIMIT_BYTES, IMAGE_TYPES } from '../deliveries/index.ts';
import { accepted, type OrganisationId, type Outcome, parseInstant, refused } from '../kernel/index.ts';
import { findOrder } from '../orders/index.ts';
import { applyForReturn } from './apply.ts';
import * as contract from './contract.ts';
import type { ReturnCommand } from './decide.ts';
import { act, type By } from './handle.ts';
import type { PartyWord, ReturnCase } from './model.ts';
import { areOfOrder, findPicture } from './picture-store.ts';
import { keepPicture } from './pictures.ts';
import type { ReturnPorts } from './ports.ts';
import { decideForBoth, screen } from './seller.ts';
import { dueOf, findReturn, listReturns, listReturnsByDue, type ReturnViewer } from './store.ts';
import { presentReturn, summaryOf, type Viewer } from './views.ts';

export const TAG = 'returns';
export const returnResource = { kind: 'return_case', param: 'returnId' } as const;
export const returnAnswers = { 200: { description: 'The return', body: contract.returnSchema } };
const orderResource = { kind: 'order', param: 'orderId' } as const;

type Caller = { readonly id: string; readonly personId?: string | undefined };

/** The person, so that two log-ins are one; a program is its key. */
export function byOf(caller: Caller, party: PartyWord): By {
  return { party, callerId: caller.personId ?? caller.id };
}

/** A marketplace speaks for its buyer. */
export function partyOf(relation: string): PartyWord {
  return relation === 'client' ? 'buyer' : relation === 'any' ? 'platform' : 'seller';
}

export function viewerOf(relation: string): Viewer {
  return relation === 'client' || relation === 'any' ? relation : 'own';
}

export async function answerReturn(
  ports: ReturnPorts,
  { work, relation }: { readonly work: Work; readonly relation: string },
  outcome: Outcome<ReturnCase>,
  status = 200,
) {
  if (!outcome.ok) return outcome;
  const view = await presentReturn(work, ports, outcome.value, viewerOf(relation));
  return accepted(replyWith(status, view));
}

export function sellerRoutes(ports: ReturnPorts): readonly Route[] {
  return [...applyRoutes(ports), ...readRoutes(ports), ...answerRoutes(ports), ...goodsRoutes(ports)];
}

function applyRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'applyForReturn',
      method: 'POST',
      path: '/v1/orders/:order_id/returns',
      tag: TAG,
      summary: 'Apply for a return, an exchange or a refund of items of an order',
      effect: 'write',
      params: contract.orderParams,
      resource: orderResource,
      body: contract.applicationSchema,
      answers: { 201: { description: 'The return', body: contract.returnSchema } },
      refusals: APPLICATION_REFUSALS,
      handle: async ({ work, caller, params, body, relation }) => {
        const order = await findOrder(work.db, params.orderId);
        if (order === undefined) return refused('not_found', '');
        const outcome = await applyForReturn(work, ports, order, byOf(caller, partyOf(relation)), body);
        return answerReturn(ports, { work, relation }, outcome, 201);
      },
    }),
    writeRoute({
      operation: 'addReturnPicture',
      method: 'POST',
      path: '/v1/orders/:order_id/return-pictures',
      tag: TAG,
      summary: 'A picture for the returns of an order: JPEG or PNG, up to 2 MiB, sealed at once',
      effect: 'write',
      params: contract.orderParams,
      resource: orderResource,
      consumes: IMAGE_TYPES,
      bodyLimitBytes: IMAGE_LIMIT_BYTES,
      body: z.instanceof(Uint8Array),
      answers: { 201: { description: 'Name its id in an application', body: contract.pictureSchema } },
      refusals: ['return_picture_unreadable', 'return_picture_limit'],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const about = { organisationId: owner as OrganisationId, orderId: params.orderId };
        const by = byOf(caller, partyOf(relation));
        const kept = await keepPicture(work, ports.vault, about, by, body);
        return kept.ok ? accepted(replyWith(201, kept.value)) : kept;
      },
    }),
  ];
}

export const APPLICATION_REFUSALS = [
  'return_order_not_delivered',
  'return_window_over',
  'return_reason_unknown',
  'return_goods_excluded',
  'return_line_unknown',
  'return_quantity_exceeded',
  'return_pictures_missing',
  'return_picture_unknown',
  'return_object_reused',
];

/** Newest first, or by when somebody has to have acted. */
async function pageOfReturns(
  db: Queryable,
  viewer: ReturnViewer,
  query: z.output<typeof contract.returnListQuery>,
): Promise<Outcome<{ readonly data: readonly ReturnCase[]; readonly nextCursor?: string }>> {
  const { state, orderId, waitsFor, cursor, limit } = query;
  const filter = { state, orderId, waitsFor, pointId: undefined };
  if (query.order === 'newest') {
    const before = afterId(cursor);
    if (!before.ok) return before;
    return accepted(
      pageOf(await listReturns(db, viewer, filter, before.value || undefined, limit + 1), limit),
    );
  }
  const [at, id] = (cursor === undefined ? undefined : decodeCursor(cursor, ['string', 'string'])) ?? [];
  const dueAt = parseInstant(String(at));
  if (cursor !== undefined && dueAt === undefined)
    return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
  const after = dueAt === undefined ? undefined : { dueAt, id: String(id) };
  const found = await listReturnsByDue(db, viewer, filter, after, limit + 1);
  const data = found.slice(0, limit);
  const last = data.at(-1);
  return accepted(
    found.length > limit && last !== undefined
      ? { data, nextCursor: encodeCursor([dueOf(last), last.id]) }
      : { data },
  );
}

function readRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    readRoute({
      operation: 'listReturns',
      method: 'GET',
      path: '/v1/returns',
      tag: TAG,
      summary: 'Returns of your goods, of your merchants, or of all: newest first, or what is due first',
      effect: 'read',
      query: contract.returnListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.returnSchema) } },
      handle: async ({ db, query, caller, relation }) => {
        const isMarketplace = caller.organisationKind === 'marketplace';
        const viewer: ReturnViewer =
          relation === 'any'
            ? 'network'
            : isMarketplace
              ? { marketplace: caller.organisationId }
              : { merchant: caller.organisationId };
        const page = await pageOfReturns(db, viewer, query);
        if (!page.ok) return page;
        const seenAs = viewerOf(isMarketplace ? 'client' : relation);
        const data = page.value.data.map((one) => summaryOf(one, seenAs));
        return accepted(replyWith(200, { ...page.value, data }));
      },
    }),
    readRoute({
      operation: 'readReturn',
      method: 'GET',
      path: '/v1/returns/:return_id',
      tag: TAG,
      summary: 'One return with its steps; the code is for the buyer\u2019s marketplace',
      effect: 'read',
      params: contract.returnParams,
      resource: returnResource,
      answers: returnAnswers,
      handle: async ({ db, now, params, relation }) => {
        const one = await findReturn(db, params.returnId);
        if (one === undefined) return refused('not_found', '');
        return accepted(replyWith(200, await presentReturn({ db, now }, ports, one, viewerOf(relation))));
      },
    }),
    readRoute({
      operation: 'readReturnPicture',
      method: 'GET',
      path: '/v1/returns/:return_id/pictures/:picture_id',
      tag: TAG,
      summary: 'A picture of a buyer, a counter or the seller',
      effect: 'read',
      params: contract.pictureParams,
      resource: returnResource,
      answers: { 200: { description: 'The picture', contentType: 'image/jpeg' } },
      handle: async ({ db, owner, params }) => {
        const one = await findReturn(db, params.returnId);
        if (one === undefined) return refused('not_found', '');
        const picture = await findPicture(db, owner, one.orderId, params.pictureId);
        if (picture === undefined) return refused('not_found', '');
        const { id: name, contentType, sealedBytes: sealed } = picture;
        const bytes = await ports.vault.openBlob(db, { organisationId: one.organisationId, name, sealed });
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType,
          bytes,
          headers: { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
        });
      },
    }),
  ];
}

const shared = {
  method: 'POST',
  tag: TAG,
  effect: 'write',
  params: contract.returnParams,
  resource: returnResource,
  answers: returnAnswers,
} as const;

function answerRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    writeRoute({
      ...shared,
      operation: 'agreeReturn',
      path: '/v1/returns/:return_id/agreement',
      summary: 'Agree; the buyer may send the goods back, or has his refund at once',
      refusals: ['return_state_conflict'],
      handle: async ({ work, owner, caller, params, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const command: ReturnCommand = { kind: 'agree', by: 'seller' };
        const outcome = await act(work, ports, ref, byOf(caller, 'seller'), command);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'refuseReturn',
      path: '/v1/returns/:return_id/refusal',
      summary: 'Refuse with a reason and proof; the buyer may call the platform',
      body: contract.refusalSchema,
      refusals: ['return_state_conflict', 'return_picture_unknown'],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const one = await findReturn(work.db, params.returnId);
        if (one === undefined) return refused('not_found', '');
        if (!(await areOfOrder(work.db, owner, one.orderId, body.pictureIds)))
          return refused('return_picture_unknown', '');
        const ref = { organisationId: owner, id: params.returnId };
        const command: ReturnCommand = { kind: 'refuse', reason: body.reason };
        const outcome = await act(work, ports, ref, byOf(caller, 'seller'), command, (before) => ({
          ...before,
          refusal: body,
        }));
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'decideReturn',
      path: '/v1/returns/:return_id/decision',
      summary: 'The platform decides what buyer and seller could not settle',
      body: contract.decisionSchema,
      refusals: ['return_state_conflict', 'return_items_incomplete', 'return_refund_too_high'],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const outcome = await decideForBoth(work, ports, ref, byOf(caller, 'platform'), body);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
  ];
}

function goodsRoutes(ports: ReturnPorts): readonly Route[] {
  return [
    writeRoute({
      ...shared,
      operation: 'receiveReturn',
      path: '/v1/returns/:return_id/receipt',
      summary: 'The goods are back; look at them before the clock runs out',
      refusals: ['return_state_conflict'],
      handle: async ({ work, owner, caller, params, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const outcome = await act(work, ports, ref, byOf(caller, 'seller'), { kind: 'receive' });
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'screenReturn',
      path: '/v1/returns/:return_id/screening',
      summary:
        'Grade what came back, item by item; all in order, and the refund goes out or the exchange is due',
      body: contract.screeningSchema,
      refusals: [
        'return_state_conflict',
        'return_items_incomplete',
        'return_refund_too_high',
        'return_grade_unexplained',
      ],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const outcome = await screen(work, ports, ref, byOf(caller, 'seller'), body.items);
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'replaceReturn',
      path: '/v1/returns/:return_id/replacement',
      summary: 'Of an exchange: what was sent instead, a question to the buyer, or a refund after all',
      body: contract.replacementSchema,
      refusals: ['return_state_conflict'],
      handle: async ({ work, owner, caller, params, body, relation }) => {
        const ref = { organisationId: owner, id: params.returnId };
        const by = byOf(caller, 'seller');
        const command: ReturnCommand =
          body.action === 'send'
            ? { kind: 'send_replacement' }
            : body.action === 'ask_amendment'
              ? { kind: 'ask_amendment', reason: body.reason }
              : { kind: 'refund_instead' };
        const outcome = await act(work, ports, ref, by, command, (before) =>
          body.action === 'send'
            ? { ...before, replacement: { number: body.number, carrierCode: body.carrierCode } }
            : before,
        );
        return answerReturn(ports, { work, relation }, outcome);
      },
    }),
  ];
}
