import { z } from 'zod';
import { type Reply, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { type BagOutcome, cancelBag, commitBag, createBag, editBag, packBag } from './bags.ts';
import * as contract from './contract.ts';
import { findBag, listBags, listContents } from './store.ts';

export const TAG = 'handovers';
const params = z.strictObject({ bagId: idSchema('bag') });
const resource = { kind: 'bag', param: 'bagId' } as const;
const bag = { description: 'The bag', body: contract.bagSchema };

function answer(outcome: BagOutcome, status = 200): Outcome<Reply> {
  return outcome.ok ? accepted(replyWith(status, outcome.value)) : outcome;
}

const EDIT_REFUSALS = [
  'handover_state_conflict',
  'handover_too_large',
  'handover_places_differ',
  'parcel_in_another_bag',
  'parcel_not_to_hand_over',
];

const change = {
  method: 'POST',
  tag: TAG,
  effect: 'write',
  params,
  resource,
  answers: { 200: bag },
} as const;

export function bagRoutes(): readonly Route[] {
  return [...writingRoutes(), ...readingRoutes()];
}

function writingRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'createBag',
      method: 'POST',
      path: '/v1/bags',
      tag: TAG,
      summary: 'Begin a big bag, with up to 200 parcels at once and 1,000 in all',
      effect: 'write',
      body: contract.createBagSchema,
      answers: { 201: bag },
      refusals: [...EDIT_REFUSALS, 'bag_code_taken'],
      handle: async ({ work, caller, body }) =>
        answer(await createBag(work, caller.organisationId, body), 201),
    }),
    writeRoute({
      operation: 'packBag',
      method: 'POST',
      path: '/v1/handovers/:handover_id/bags',
      tag: TAG,
      summary: 'Put loose parcels of a draft into a new bag of it: all, or those named, up to 1,000 at once',
      effect: 'write',
      params: z.strictObject({ handoverId: idSchema('hnd') }),
      resource: { kind: 'handover', param: 'handoverId' },
      body: contract.packBagSchema,
      answers: { 201: bag },
      refusals: ['handover_state_conflict', 'handover_empty', 'handover_places_differ', 'bag_code_taken'],
      handle: async ({ work, owner, params, body }) =>
        answer(await packBag(work, owner, params.handoverId, body), 201),
    }),
    writeRoute({
      ...change,
      operation: 'editBag',
      path: '/v1/bags/:bag_id/parcels',
      summary: 'Add and remove parcels; a committed bag takes one more round',
      body: contract.editBagSchema,
      refusals: EDIT_REFUSALS,
      handle: async ({ work, owner, params, body }) => answer(await editBag(work, owner, params.bagId, body)),
    }),
    writeRoute({
      ...change,
      operation: 'commitBag',
      path: '/v1/bags/:bag_id/commit',
      summary: 'Close the bag; after an edit for good',
      refusals: ['handover_state_conflict', 'handover_empty'],
      handle: async ({ work, owner, params }) => answer(await commitBag(work, owner, params.bagId)),
    }),
    writeRoute({
      ...change,
      operation: 'cancelBag',
      path: '/v1/bags/:bag_id/cancellation',
      summary: 'Undo the bag; its parcels are free',
      refusals: ['handover_state_conflict', 'bag_in_handover'],
      handle: async ({ work, owner, params }) => answer(await cancelBag(work, owner, params.bagId)),
    }),
  ];
}

function readingRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listBags',
      method: 'GET',
      path: '/v1/bags',
      tag: TAG,
      summary: 'Your bags, or those announced to you, newest first; of one state, or of all',
      effect: 'read',
      query: contract.bagListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.bagSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const viewer = relation === 'any' ? 'network' : caller.organisationId;
        const { state, limit } = query;
        const found = await listBags(db, { viewer, state, after: after.value, limit: limit + 1 });
        return accepted(replyWith(200, pageOf(found, limit)));
      },
    }),
    readRoute({
      operation: 'readBag',
      method: 'GET',
      path: '/v1/bags/:bag_id',
      tag: TAG,
      summary: 'One bag with its parcels',
      effect: 'read',
      params,
      resource,
      answers: { 200: bag },
      handle: async ({ db, owner, params }) => {
        const found = await findBag(db, params.bagId);
        if (found === undefined) return refused('not_found', '');
        const parcels = await listContents(db, owner, [found.id]);
        return accepted(replyWith(200, { ...found, parcels }));
      },
    }),
  ];
}
