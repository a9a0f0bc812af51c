import { z } from 'zod';
import type { Scope } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageQuerySchema, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, idSchema } from '../kernel/index.ts';
import { answers, params, resource, TAG } from './announcer-routes.ts';
import { recordCash } from './cash.ts';
import { listOpenCash } from './cash-store.ts';
import * as contract from './contract.ts';
import { pointParams, pointResource } from './counter-routes.ts';
import { SHELF_ERRORS } from './model.ts';
import type { ShelfPorts } from './ports.ts';
import { presentShelfParcels, type Reading } from './views.ts';

/** Goods that were handed out while nothing was said of their money. */
export function cashRoutes(ports: ShelfPorts): readonly Route[] {
  return [recordRoute(ports), ...listRoutes(ports)];
}

function recordRoute(ports: ShelfPorts): Route {
  return writeRoute({
    operation: 'recordShelfCash',
    method: 'POST',
    path: '/v1/shelf-parcels/:shelf_parcel_id/cash',
    tag: TAG,
    summary: 'Record what was paid for goods whose hand-out said nothing of it: once, before cash_open_until',
    effect: 'write',
    params,
    resource,
    body: contract.cashSchema,
    answers,
    refusals: Object.keys(SHELF_ERRORS),
    handle: async ({ work, owner, caller, params, body, world }) => {
      const outcome = await recordCash(work, ports, caller, owner, params.shelfParcelId, body);
      if (!outcome.ok) return outcome;
      const reading = { ...work, vault: ports.vault, world, isAtCounter: true };
      const [view] = await presentShelfParcels(reading, [outcome.value]);
      return accepted(replyWith(200, view));
    },
  });
}

function listRoutes({ vault }: ShelfPorts): readonly Route[] {
  const page = { 200: { description: 'A page, newest first', body: pageSchema(contract.shelfParcelSchema) } };
  const query = z.strictObject(pageQuerySchema.shape);
  type Asked = {
    readonly reading: Pick<Reading, 'db' | 'now' | 'world'> & {
      readonly actFor: (to: Scope) => Promise<void>;
    };
    readonly of: Parameters<typeof listOpenCash>[1];
    readonly query: z.output<typeof query>;
  };
  const answer = async ({ reading, of, query: { cursor, limit } }: Asked) => {
    const before = afterId(cursor);
    if (!before.ok) return before;
    const found = pageOf(await listOpenCash(reading.db, of, before.value, limit + 1), limit);
    const data = await presentShelfParcels({ ...reading, vault, isAtCounter: true }, found.data);
    return accepted(replyWith(200, { ...found, data }));
  };
  return [
    readRoute({
      operation: 'listPointOpenCash',
      method: 'GET',
      path: '/v1/points/:point_id/open-cash',
      tag: TAG,
      summary:
        'Goods that this counter handed out without a word of their money; cash_open_until says until when it may be recorded',
      effect: 'read',
      params: pointParams,
      resource: pointResource,
      query,
      answers: page,
      handle: ({ db, now, world, actFor, owner, params, query }) =>
        answer({ reading: { db, now, world, actFor }, of: { organisationId: owner, ...params }, query }),
    }),
    readRoute({
      operation: 'listNetworkOpenCash',
      method: 'GET',
      path: '/v1/point-networks/:organisation_id/open-cash',
      tag: TAG,
      summary: 'The same of all points of a network',
      effect: 'read',
      params: z.strictObject({ organisationId: idSchema('org') }),
      resource: { kind: 'organisation', param: 'organisationId' },
      query,
      answers: page,
      handle: ({ db, now, world, actFor, params, query }) =>
        answer({ reading: { db, now, world, actFor }, of: params, query }),
    }),
  ];
}
