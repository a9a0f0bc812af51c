import { z } from 'zod';
import { type Reply, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, type Outcome, refused } from '../kernel/index.ts';
import { listDifferences } from './arrival-store.ts';
import { scanArrivals, signHandover } from './arrivals.ts';
import { TAG } from './bag-routes.ts';
import {
  cancelHandover,
  commitHandover,
  createHandover,
  editHandover,
  type HandoverOutcome,
  readHandoverList,
  reportCollection,
} from './batches.ts';
import * as contract from './contract.ts';
import { listCsv } from './list-csv.ts';
import { findHandover, listHandovers } from './store.ts';

const params = z.strictObject({ handoverId: idSchema('hnd') });
const resource = { kind: 'handover', param: 'handoverId' } as const;
const handover = { description: 'The handover', body: contract.handoverSchema };
const change = {
  method: 'POST',
  tag: TAG,
  effect: 'write',
  params,
  resource,
  answers: { 200: handover },
} as const;

const EDIT_REFUSALS = [
  'handover_state_conflict',
  'handover_too_large',
  'handover_places_differ',
  'bag_in_handover',
  'parcel_in_another_bag',
  'parcel_not_to_hand_over',
];

function answer(outcome: HandoverOutcome, status = 200): Outcome<Reply> {
  return outcome.ok ? accepted(replyWith(status, outcome.value)) : outcome;
}

export function batchRoutes(): readonly Route[] {
  return [...ownerRoutes(), ...readRoutes(), ...listRoutes(), ...receiverRoutes()];
}

function ownerRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'createHandover',
      method: 'POST',
      path: '/v1/handovers',
      tag: TAG,
      summary: 'Begin a handover of bags and loose parcels, at most 1,000 parcels in all',
      effect: 'write',
      body: contract.createHandoverSchema,
      answers: { 201: handover },
      refusals: EDIT_REFUSALS,
      handle: async ({ work, caller, body }) =>
        answer(await createHandover(work, caller.organisationId, body), 201),
    }),
    writeRoute({
      ...change,
      operation: 'editHandover',
      path: '/v1/handovers/:handover_id/content',
      summary: 'Add and remove bags and loose parcels of a draft',
      body: contract.editHandoverSchema,
      refusals: EDIT_REFUSALS,
      handle: async ({ work, owner, params, body }) =>
        answer(await editHandover(work, owner, params.handoverId, body)),
    }),
    writeRoute({
      ...change,
      operation: 'commitHandover',
      path: '/v1/handovers/:handover_id/commit',
      summary: 'Announce it: the list is final and goes to driver and warehouse',
      refusals: [
        'handover_state_conflict',
        'handover_empty',
        'handover_bag_open',
        'handover_places_differ',
        'handover_too_large',
      ],
      handle: async ({ work, owner, params }) => answer(await commitHandover(work, owner, params.handoverId)),
    }),
    writeRoute({
      ...change,
      operation: 'cancelHandover',
      path: '/v1/handovers/:handover_id/cancellation',
      summary: 'Call it off; its bags are free for another one',
      refusals: ['handover_state_conflict'],
      handle: async ({ work, owner, params }) => answer(await cancelHandover(work, owner, params.handoverId)),
    }),
  ];
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'listHandovers',
      method: 'GET',
      path: '/v1/handovers',
      tag: TAG,
      summary: 'Your handovers, or those announced to you, newest first; of one state, or of all',
      effect: 'read',
      query: contract.handoverListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.handoverSchema) } },
      handle: async ({ db, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const viewer = relation === 'any' ? 'network' : caller.organisationId;
        const { state, limit } = query;
        const found = await listHandovers(db, { viewer, state, after: after.value, limit: limit + 1 });
        return accepted(replyWith(200, pageOf(found, limit)));
      },
    }),
    readRoute({
      operation: 'readHandover',
      method: 'GET',
      path: '/v1/handovers/:handover_id',
      tag: TAG,
      summary: 'One handover',
      effect: 'read',
      params,
      resource,
      answers: { 200: handover },
      handle: async ({ db, params }) => {
        const found = await findHandover(db, params.handoverId);
        return found === undefined ? refused('not_found', '') : accepted(replyWith(200, found));
      },
    }),
  ];
}

function listRoutes(): readonly Route[] {
  const read = { method: 'GET', tag: TAG, effect: 'read', params, resource } as const;
  return [
    readRoute({
      ...read,
      operation: 'readHandoverList',
      path: '/v1/handovers/:handover_id/list',
      summary: 'The handover list: every bag and parcel that is announced',
      answers: { 200: { description: 'The list', body: contract.handoverListSchema } },
      handle: async ({ db, owner, params }) => {
        const list = await readHandoverList(db, owner, params.handoverId);
        if (list === undefined) return refused('not_found', '');
        const inBag = Map.groupBy(list.contents, (content) => content.containerId);
        const bags = list.bags.map((bag) => ({ ...bag, parcels: inBag.get(bag.id) ?? [] }));
        const loose = inBag.get(list.handover.id) ?? [];
        return accepted(replyWith(200, { handover: list.handover, bags, loose }));
      },
    }),
    readRoute({
      ...read,
      operation: 'printHandoverList',
      path: '/v1/handovers/:handover_id/list.csv',
      summary: 'The handover list as CSV',
      answers: { 200: { description: 'RFC 4180, UTF-8', contentType: 'text/csv' } },
      handle: async ({ db, owner, params }) => {
        const list = await readHandoverList(db, owner, params.handoverId);
        if (list === undefined) return refused('not_found', '');
        return accepted({
          kind: 'bytes',
          status: 200,
          contentType: 'text/csv; charset=utf-8',
          bytes: listCsv(list),
          headers: { 'content-disposition': `attachment; filename="${list.handover.number}.csv"` },
        });
      },
    }),
    readRoute({
      ...read,
      operation: 'listHandoverDifferences',
      path: '/v1/handovers/:handover_id/differences',
      summary: 'What the warehouse found: 0 ok, 2 missing, 3 surplus, 5 other',
      query: contract.differenceQuery,
      answers: { 200: { description: 'The difference list', body: contract.differenceListSchema } },
      handle: async ({ db, owner, params, query }) => {
        const code = query.code === undefined ? undefined : Number(query.code);
        return accepted(replyWith(200, { data: await listDifferences(db, owner, params.handoverId, code) }));
      },
    }),
  ];
}

function receiverRoutes(): readonly Route[] {
  return [
    writeRoute({
      ...change,
      operation: 'reportHandoverCollection',
      path: '/v1/handovers/:handover_id/collection',
      summary: 'The driver took it, or could not',
      body: contract.collectionSchema,
      refusals: ['handover_state_conflict'],
      handle: async ({ work, owner, params, body }) => {
        const reason = body.outcome === 'failed' ? body.reason : undefined;
        return answer(await reportCollection(work, owner, params.handoverId, reason));
      },
    }),
    writeRoute({
      ...change,
      operation: 'scanHandoverArrivals',
      path: '/v1/handovers/:handover_id/arrival-scans',
      summary: 'Scan parcels as they come, up to 200 at a time; again changes nothing',
      body: contract.arrivalsSchema,
      refusals: ['handover_state_conflict'],
      handle: async ({ work, owner, caller, params, body }) => {
        const arrivals = body.scans.map(({ number, issue }) => ({ number, issue }));
        return answer(await scanArrivals(work, owner, caller.id, params.handoverId, arrivals));
      },
    }),
    writeRoute({
      ...change,
      operation: 'signHandover',
      path: '/v1/handovers/:handover_id/signature',
      summary: 'Sign: what was announced against what was scanned',
      answers: { 200: { description: 'Signed, with what differs', body: contract.signatureSchema } },
      refusals: ['handover_state_conflict'],
      handle: async ({ work, owner, params }) => {
        const outcome = await signHandover(work, owner, params.handoverId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
