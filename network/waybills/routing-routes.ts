import { encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, openRoute, pageSchema, writeRoute } from '../accounts/index.ts';
import { findCarrier } from '../carriers/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { waybillParams, waybillSchema } from './contract.ts';
import {
  loadRulesSchema,
  queueItemSchema,
  queueQuerySchema,
  resolveSchema,
  ruleSetSchema,
  rulesParams,
  rulesQuery,
} from './network-contract.ts';
import { parseRouteCode, type RoutingRule } from './routing.policy.ts';
import { loadRoutingRules, resolveQueued } from './routing-handle.ts';
import { parseCsv, readRoutingRows } from './routing-rows.policy.ts';
import { listQueue } from './routing-store.ts';

const TAG = 'routing';

export function routingRoutes(): readonly Route[] {
  return [...ruleRoutes(), ...queueRoutes()];
}

function ruleRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'loadRoutingRules',
      method: 'POST',
      path: '/v1/carriers/:carrier_code/routing-rules',
      tag: TAG,
      summary: 'Load a carrier’s whole area table as its next version, JSON or CSV, up to 10,000 rows',
      effect: 'write',
      params: rulesParams,
      query: rulesQuery,
      body: loadRulesSchema,
      consumes: ['application/json', 'text/csv'],
      bodyLimitBytes: 8 * 1024 * 1024,
      answers: { 201: { description: 'Loaded', body: ruleSetSchema } },
      refusals: ['routing_rows_invalid', 'carrier_unknown', 'carrier_not_yours'],
      prepare: async ({ body }) => readRules(body),
      handle: async ({ work, caller, params, query, prepared }) => {
        const { carrierCode } = params;
        if (findCarrier(carrierCode) === undefined) return refused('carrier_unknown', '');
        if (caller.role === 'carrier' && caller.carrierCode !== carrierCode)
          return refused('carrier_not_yours', '');
        const { activeFrom } = query;
        const loaded = await loadRoutingRules(work, {
          carrierCode,
          rules: prepared,
          activeFrom,
          loadedBy: caller.id,
        });
        return accepted(replyWith(201, { carrierCode, ...loaded }));
      },
    }),
  ];
}

function queueRoutes(): readonly Route[] {
  return [
    openRoute({
      operation: 'listRoutingQueue',
      method: 'GET',
      path: '/v1/routing-queue',
      tag: TAG,
      summary: 'Waybills without a route, with the reason',
      effect: 'own',
      query: queueQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(queueItemSchema) } },
      handle: async ({ world, caller, query }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const isCarrier = caller.role === 'carrier';
        if (isCarrier && caller.carrierCode === undefined) return accepted(replyWith(200, { data: [] }));
        const carrierCode = isCarrier ? caller.carrierCode : query.carrierCode;
        const items = await world.read('network', (db) =>
          listQueue(db, carrierCode, after.value, query.limit + 1),
        );
        const data = items.slice(0, query.limit);
        const last = data.at(-1);
        const more = items.length > query.limit && last !== undefined;
        return accepted(
          replyWith(200, more ? { data, nextCursor: encodeCursor([last.waybillId]) } : { data }),
        );
      },
    }),
    writeRoute({
      operation: 'resolveRoute',
      method: 'POST',
      path: '/v1/routing-queue/:waybill_id/resolution',
      tag: TAG,
      summary: 'Give a queued waybill its route, and remember it for the area',
      effect: 'write',
      params: waybillParams,
      body: resolveSchema,
      resource: { kind: 'waybill', param: 'waybillId' },
      answers: { 200: { description: 'Routed', body: waybillSchema } },
      refusals: ['route_already_resolved'],
      handle: async ({ work, caller, params, body }) => {
        const { sortMark, consolidation, routeCode, remember } = body;
        const outcome = await resolveQueued(work, params.waybillId, {
          routing: {
            sortMark,
            ...(consolidation === undefined ? {} : { consolidation }),
            ...(routeCode === undefined ? {} : { routeCode: parseRouteCode(routeCode) }),
          },
          remember,
          by: caller.id,
        });
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}

/** JSON arrives parsed, CSV as bytes. */
function readRules(
  body: { readonly rules: readonly Record<string, unknown>[] } | Uint8Array,
): Outcome<readonly RoutingRule[], 'routing_rows_invalid'> {
  if (!(body instanceof Uint8Array)) return readRoutingRows(body.rules);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return refused('routing_rows_invalid', 'The CSV is not UTF-8.');
  }
  const rows = parseCsv(text);
  return rows === undefined
    ? refused(
        'routing_rows_invalid',
        'The CSV has an open quote, a repeated column or a line of another width.',
      )
    : readRoutingRows(rows);
}
