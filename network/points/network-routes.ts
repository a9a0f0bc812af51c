import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type CountryCode, idSchema, type Outcome, refused } from '../kernel/index.ts';
import type { BlockIndex } from './block-index.ts';
import * as contract from './contract.ts';
import { deviceRoutes } from './device-routes.ts';
import type { PointPorts } from './documents.ts';
import { feedRoutes } from './feed-routes.ts';
import { placeClerk } from './handle.ts';
import type { PointBlock } from './model.ts';
import { blockBodySchema, blockSchema } from './network-contract.ts';
import { deleteBlock, insertBlock, listBlocks, listClerks, listFilingsDue } from './partner-store.ts';
import { countByState } from './store.ts';
import { blockView } from './views.ts';

const TAG = 'points';

/** What belongs to a point network as a whole: its clerks, whom it does not serve. */
export function networkRoutes(ports: Pick<PointPorts, 'blocks'>): readonly Route[] {
  return [summaryRoute(), ...clerkRoutes(), ...deviceRoutes(), ...blockRoutes(ports), ...feedRoutes()];
}

/** More than these are found in the lists. Our default. */
const FILINGS_SHOWN = 50;

function summaryRoute(): Route {
  return readRoute({
    operation: 'readPointNetwork',
    method: 'GET',
    path: '/v1/point-networks/:organisation_id',
    tag: TAG,
    summary: 'A point network at a glance: outlets by state, and filings that are missing',
    effect: 'read',
    params: contract.networkParams,
    resource: { kind: 'organisation', param: 'organisationId' },
    answers: { 200: { description: 'The network', body: contract.networkSchema } },
    handle: async ({ db, params: { organisationId } }) => {
      const states = await countByState(db, organisationId);
      const filingsDue = await listFilingsDue(db, organisationId, FILINGS_SHOWN);
      return accepted(replyWith(200, { organisationId, states, filingsDue }));
    },
  });
}

function clerkRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'placePointClerk',
      method: 'PUT',
      path: '/v1/point-clerks/:person_id',
      tag: TAG,
      summary: 'Say at which points a clerk of yours works; nowhere with an empty list',
      effect: 'write',
      params: z.strictObject({ personId: idSchema('per') }),
      resource: { kind: 'person', param: 'personId' },
      body: contract.placeClerkSchema,
      answers: { 200: { description: 'The clerk', body: contract.clerkSchema } },
      refusals: ['point_clerk_person_unknown', 'point_unknown'],
      handle: async ({ work, caller, params, body }) => {
        const { organisationId } = caller;
        const outcome = await placeClerk(work, { organisationId, ...params, ...body });
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    readRoute({
      operation: 'listPointClerks',
      method: 'GET',
      path: '/v1/point-clerks',
      tag: TAG,
      summary: 'Your clerks and where they work',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(contract.clerkSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = query.cursor === undefined ? [''] : decodeCursor(query.cursor, ['string']);
        if (after === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const found = await listClerks(db, caller.organisationId, String(after[0]), query.limit + 1);
        const data = found.slice(0, query.limit);
        const last = data.at(-1);
        const isMore = found.length > query.limit && last !== undefined;
        return accepted(
          replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.personId]) } : { data }),
        );
      },
    }),
  ];
}

async function blockKeyOf(
  db: Queryable,
  blocks: BlockIndex,
  body: z.output<typeof blockBodySchema>,
): Promise<Outcome<string>> {
  if (body.kind === 'division') return accepted(body.divisionCode);
  if (body.kind === 'postcode') return accepted(body.postcode);
  const keys = await blocks.of(db, { ...body, country: body.country as CountryCode });
  if (!keys.ok) return keys;
  const key = body.kind === 'phone' ? keys.value.phoneIndex : keys.value.addressKey;
  return key === undefined ? refused('invalid_request', 'Nothing to block by.') : accepted(key);
}

function blockRoutes({ blocks }: Pick<PointPorts, 'blocks'>): readonly Route[] {
  return [
    writeRoute({
      operation: 'createPointBlock',
      method: 'POST',
      path: '/v1/point-blocks',
      tag: TAG,
      summary: 'Do not serve a division, a postcode, an address or a phone, with the reason',
      description:
        'Addresses and phones are kept as keyed digests: lists do not show them. Who asks for points with the phone or address of a person finds none of yours.',
      effect: 'write',
      body: blockBodySchema,
      answers: { 201: { description: 'Blocked', body: blockSchema } },
      handle: async ({ work, caller, body }) => {
        const { kind, reason, detail } = body;
        const country = body.country as CountryCode;
        const found = await blockKeyOf(work.db, blocks, body);
        if (!found.ok) return found;
        const key = found.value;
        const { organisationId } = caller;
        const id = work.newId('pbl');
        const block = { id, organisationId, kind, country, key, reason, detail, createdAt: work.now };
        const kept = await insertBlock(work.db, block as PointBlock, caller.id);
        return accepted(replyWith(201, blockView(kept)));
      },
    }),
    readRoute({
      operation: 'listPointBlocks',
      method: 'GET',
      path: '/v1/point-blocks',
      tag: TAG,
      summary: 'Whom you do not serve',
      effect: 'read',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(blockSchema) } },
      handle: async ({ db, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const found = await listBlocks(db, caller.organisationId, after.value, query.limit + 1);
        const page = pageOf(found, query.limit);
        return accepted(replyWith(200, { ...page, data: page.data.map(blockView) }));
      },
    }),
    writeRoute({
      operation: 'deletePointBlock',
      method: 'DELETE',
      path: '/v1/point-blocks/:block_id',
      tag: TAG,
      summary: 'Serve it again',
      effect: 'write',
      params: z.strictObject({ blockId: idSchema('pbl') }),
      resource: { kind: 'point_block', param: 'blockId' },
      answers: { 204: { description: 'Lifted' } },
      handle: async ({ work, owner, params }) =>
        (await deleteBlock(work.db, owner, params.blockId))
          ? accepted(replyWith(204))
          : refused('not_found', ''),
    }),
  ];
}
