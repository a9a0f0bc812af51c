import { z } from 'zod';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema, instantSchema, refused } from '../kernel/index.ts';
import { networkParams } from './contract.ts';
import { confirmClosing, receiveFeed } from './feed.ts';
import {
  countOutcomes,
  FEED_MODES,
  FEED_STATES,
  findFeed,
  LINE_OUTCOMES,
  listFeeds,
  listResults,
} from './feed-store.ts';

/** 100,000 lines of 320 bytes; they are read as they come. */
const FEED_LIMIT_BYTES = 32 * 1024 * 1024;

const feedSchema = z
  .object({
    id: idSchema('pfd'),
    mode: z.enum(FEED_MODES),
    state: z.enum(FEED_STATES),
    lines: z.int(),
    missing: z.int().optional().meta({ description: 'Outlets that a full feed does not name' }),
    receivedAt: instantSchema,
    endedAt: instantSchema.optional(),
  })
  .meta({ id: 'OutletFeed' });
const count = z.int().default(0);
const countedSchema = feedSchema
  .extend({
    outcomes: z.object({ opened: count, changed: count, unchanged: count, closed: count, refused: count }),
  })
  .meta({ id: 'OutletFeedReport' });
const lineSchema = z
  .object({
    line: z.int().meta({ description: 'Line of the file, the header is line 1' }),
    outletCode: z.string(),
    outcome: z.enum(LINE_OUTCOMES),
    pointId: idSchema('pnt').optional(),
    errors: z.array(z.object({ column: z.string(), code: z.string(), message: z.string() })),
  })
  .meta({ id: 'OutletFeedLine' });

const shared = { tag: 'points', resource: { kind: 'organisation', param: 'organisationId' } } as const;
const params = networkParams.extend({ feedId: idSchema('pfd') });
const BASE = '/v1/point-networks/:organisation_id/outlet-feeds';

export function feedRoutes(): readonly Route[] {
  return [sendRoute(), confirmRoute(), ...reportRoutes()];
}

function sendRoute(): Route {
  return openRoute({
    ...shared,
    operation: 'sendOutletFeed',
    method: 'POST',
    path: BASE,
    summary: 'Send the outlets of your network as a CSV file of up to 100,000 lines',
    description:
      'delta: lines open, move, change and (status closed) close outlets. full: besides, outlets that no line names are closed; when these are more than a fifth, the feed asks first. Columns: outlet_code, status (open, closed), name, kind, services, goods_classes, country, division_codes, city, postcode, address, latitude, longitude, zone, hours (as OpenStreetMap writes them), collect_per_hour, return_per_hour, mail_per_hour, shelf, max_weight_grams, max_side_mm; several values of a cell are parted by |. Under a contract in force that asks for no papers and site checks of single outlets, new ones open on trial at once.',
    effect: 'own',
    streamsBody: true,
    params: networkParams,
    query: z.strictObject({ mode: z.enum(FEED_MODES).default('delta') }),
    consumes: ['text/csv'],
    bodyLimitBytes: FEED_LIMIT_BYTES,
    answers: { 202: { description: 'It is being read', body: feedSchema } },
    refusals: ['point_feed_unreadable', 'point_feed_under_way', 'point_network_unknown'],
    handle: async ({ world, caller, params, query, body, note }) => {
      const outcome = await receiveFeed(
        world,
        {
          organisationId: params.organisationId,
          mode: query.mode,
          byCaller: caller.id,
          body: body as unknown as AsyncIterable<Uint8Array>,
        },
        (work, feed) => note(work, { id: feed.id }),
      );
      return outcome.ok ? accepted(replyWith(202, outcome.value)) : outcome;
    },
  });
}

function confirmRoute(): Route {
  return writeRoute({
    ...shared,
    operation: 'confirmOutletFeed',
    method: 'POST',
    path: `${BASE}/:feed_id/confirmation`,
    summary: 'Say whether the outlets that a full feed does not name are really gone',
    effect: 'write',
    params,
    body: z.strictObject({ close: z.boolean() }),
    answers: { 200: { description: 'The feed', body: feedSchema } },
    refusals: ['point_feed_not_asking'],
    handle: async ({ work, params, body }) => {
      const outcome = await confirmClosing(work, params, body.close);
      return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
    },
  });
}

function reportRoutes(): readonly Route[] {
  return [
    readRoute({
      ...shared,
      operation: 'listOutletFeeds',
      method: 'GET',
      path: BASE,
      summary: 'The last 20 feeds of a network, newest first',
      effect: 'read',
      params: networkParams,
      answers: { 200: { description: 'Feeds', body: z.object({ data: z.array(feedSchema) }) } },
      handle: async ({ db, params }) =>
        accepted(replyWith(200, { data: await listFeeds(db, params.organisationId, 20) })),
    }),
    readRoute({
      ...shared,
      operation: 'readOutletFeed',
      method: 'GET',
      path: `${BASE}/:feed_id`,
      summary: 'How far a feed is, and what became of its lines',
      effect: 'read',
      params,
      answers: { 200: { description: 'The feed', body: countedSchema } },
      handle: async ({ db, params }) => {
        const feed = await findFeed(db, params.organisationId, params.feedId);
        if (feed === undefined) return refused('not_found', '');
        const none = { opened: 0, changed: 0, unchanged: 0, closed: 0, refused: 0 };
        const outcomes = { ...none, ...(await countOutcomes(db, feed)) };
        return accepted(replyWith(200, { ...feed, outcomes }));
      },
    }),
    readRoute({
      ...shared,
      operation: 'listOutletFeedLines',
      method: 'GET',
      path: `${BASE}/:feed_id/lines`,
      summary: 'What became of each line; of the last five feeds',
      effect: 'read',
      params,
      query: z.strictObject({
        limit: z.coerce.number().int().min(1).max(500).default(100),
        cursor: z.string().max(400).optional(),
        outcome: z.enum(LINE_OUTCOMES).optional(),
      }),
      answers: { 200: { description: 'A page', body: pageSchema(lineSchema) } },
      handle: async ({ db, params, query }) => {
        const after = query.cursor === undefined ? [0] : decodeCursor(query.cursor, ['number']);
        if (after === undefined)
          return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
        const found = await listResults(db, params, query.outcome, Number(after[0]), query.limit + 1);
        const data = found.slice(0, query.limit);
        const last = data.at(-1);
        const isMore = found.length > query.limit && last !== undefined;
        return accepted(replyWith(200, isMore ? { data, nextCursor: encodeCursor([last.line]) } : { data }));
      },
    }),
  ];
}
