import type { Queryable } from '../../platform/db/index.ts';
import { type Route, replyWith } from '../../platform/http/index.ts';
import {
  afterId,
  findOrganisation,
  openRoute,
  type Principal,
  pageOf,
  pageSchema,
  readRoute,
  writeRoute,
} from '../accounts/index.ts';
import { accepted, type OrganisationId, type Outcome, refused } from '../kernel/index.ts';
import {
  changeSchema,
  issueAnswerSchema,
  issueSchema,
  waybillParams,
  waybillQuerySchema,
  waybillSchema,
} from './contract.ts';
import { issueWaybills } from './issue.ts';
import { labelRoutes } from './label-routes.ts';
import type { WaybillPorts } from './ports.ts';
import { routingRoutes } from './routing-routes.ts';
import { segmentRoutes } from './segment-routes.ts';
import { findWaybill, listWaybills } from './store.ts';
import { cancelWaybill, updateWaybill } from './transitions.ts';

const TAG = 'waybills';

export function waybillRoutes(ports: WaybillPorts): readonly Route[] {
  return [
    issueRoute(ports),
    ...readRoutes(),
    ...changeRoutes(ports),
    ...labelRoutes(ports.print),
    ...segmentRoutes(ports),
    ...routingRoutes(),
  ];
}

/** Whose waybills: the caller's own, a merchant of the calling marketplace, or whom the operator names. */
async function ownerOf(
  db: Queryable,
  caller: Principal,
  named: OrganisationId | undefined,
): Promise<Outcome<OrganisationId, 'organisation_unknown'>> {
  if (named === undefined || named === caller.organisationId) return accepted(caller.organisationId);
  const organisation = await findOrganisation(db, named);
  const mine =
    caller.role === 'operator' ||
    (caller.role === 'marketplace_staff' && organisation?.clientPlatformId === caller.organisationId);
  return organisation !== undefined && mine ? accepted(named) : refused('organisation_unknown', '');
}

/** Refusals of `ensure` that concern one carrier's items only; a fence concerns all. */
type Unready = ReadonlyMap<string, { readonly code: string; readonly detail: string }>;

function issueRoute(ports: WaybillPorts): Route {
  return writeRoute({
    operation: 'issueWaybills',
    method: 'POST',
    path: '/v1/waybills',
    tag: TAG,
    summary: 'Issue up to 1,000 waybill numbers, each answered by its object id',
    effect: 'write',
    body: issueSchema,
    bodyLimitBytes: 4 * 1024 * 1024,
    answers: { 200: { description: 'One result per request, in order', body: issueAnswerSchema } },
    refusals: ['organisation_unknown', 'issuing_fenced'],
    prepare: async ({ world, caller, body }) => {
      const owner = await world.read('network', (db) => ownerOf(db, caller, body.organisationId));
      if (!owner.ok) return owner;
      const unready = new Map<string, { code: string; detail: string }>();
      const counts = new Map<string, number>();
      for (const { carrierCode } of body.requests)
        counts.set(carrierCode, (counts.get(carrierCode) ?? 0) + 1);
      for (const [carrierCode, count] of counts) {
        const ready = await ports.issuerOf(world).ensure(owner.value, carrierCode, count);
        if (!ready.ok && ready.rejection.code === 'issuing_fenced') return ready;
        if (!ready.ok) unready.set(carrierCode, ready.rejection);
      }
      return accepted({ owner: owner.value, unready: unready as Unready });
    },
    handle: async ({ work, world, body, prepared }) => {
      await work.actFor({ organisationId: prepared.owner });
      const context = { issuer: ports.issuerOf(world), rules: ports.rules, vault: ports.vault };
      const outcomes = await issueWaybills(work, context, prepared.owner, body.requests);
      const results = outcomes.map((outcome, index) => {
        const request = body.requests[index];
        const objectId = request?.objectId ?? '';
        if (outcome.ok) return { objectId, ok: true, waybill: outcome.value };
        const notReady =
          outcome.rejection.code === 'numbers_not_ready'
            ? prepared.unready.get(request?.carrierCode ?? '')
            : undefined;
        const { errors } = outcome.rejection;
        const { code, detail } = notReady ?? outcome.rejection;
        return { objectId, ok: false, error: { code, detail, errors } };
      });
      return accepted(replyWith(200, { results }));
    },
  });
}

function readRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readWaybill',
      method: 'GET',
      path: '/v1/waybills/:waybill_id',
      tag: TAG,
      summary: 'One waybill',
      effect: 'read',
      params: waybillParams,
      resource: { kind: 'waybill', param: 'waybillId' },
      answers: { 200: { description: 'The waybill', body: waybillSchema } },
      handle: async ({ db, params }) => {
        const waybill = await findWaybill(db, params.waybillId);
        return waybill === undefined ? refused('not_found', '') : accepted(replyWith(200, waybill));
      },
    }),
    openRoute({
      operation: 'listWaybills',
      method: 'GET',
      path: '/v1/waybills',
      tag: TAG,
      summary: 'Waybills: find by number, object id, order, shipment, parent or status',
      effect: 'own',
      query: waybillQuerySchema,
      answers: { 200: { description: 'A page', body: pageSchema(waybillSchema) } },
      handle: async ({ world, caller, query, relation }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        if (caller.role === 'carrier' && caller.carrierCode === undefined)
          return accepted(replyWith(200, { data: [] }));
        const isCarrier = caller.role === 'carrier';
        // A carrier sees the waybills on its own numbers, whoever owns them; the filter is the wall here.
        const scope = relation === 'any' || isCarrier ? 'network' : { organisationId: caller.organisationId };
        const filter = { ...query, ...(isCarrier ? { carrierCode: caller.carrierCode } : {}) };
        const found = await world.read(scope, (db) => listWaybills(db, filter, after.value, query.limit + 1));
        return accepted(replyWith(200, pageOf(found, query.limit)));
      },
    }),
  ];
}

function changeRoutes(ports: WaybillPorts): readonly Route[] {
  return [
    writeRoute({
      operation: 'updateWaybill',
      method: 'PATCH',
      path: '/v1/waybills/:waybill_id',
      tag: TAG,
      summary: 'Change parties, area, services or remark until the first scan',
      effect: 'write',
      params: waybillParams,
      body: changeSchema,
      resource: { kind: 'waybill', param: 'waybillId' },
      answers: { 200: { description: 'Changed', body: waybillSchema } },
      refusals: ['waybill_already_scanned', 'waybill_state_conflict', 'waybill_version_conflict'],
      handle: async ({ work, params, body }) => {
        const { version, ...change } = body;
        const outcome = await updateWaybill(work, ports.rules, params.waybillId, change, version);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
    writeRoute({
      operation: 'cancelWaybill',
      method: 'POST',
      path: '/v1/waybills/:waybill_id/cancellation',
      tag: TAG,
      summary: 'Give a number back before the first scan',
      effect: 'write',
      params: waybillParams,
      resource: { kind: 'waybill', param: 'waybillId' },
      answers: { 200: { description: 'Cancelled', body: waybillSchema } },
      refusals: ['waybill_already_scanned', 'waybill_state_conflict', 'waybill_has_pieces'],
      handle: async ({ work, params }) => {
        const outcome = await cancelWaybill(work, params.waybillId);
        return outcome.ok ? accepted(replyWith(200, outcome.value)) : outcome;
      },
    }),
  ];
}
