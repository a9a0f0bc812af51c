import { type Route, replyWith } from '../../platform/http/index.ts';
import { afterId, pageOf, pageSchema, readRoute, writeRoute } from '../accounts/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import * as contract from './contract.ts';
import type { PointCommand } from './decide.ts';
import type { PointPorts } from './documents.ts';
import { actOnPoint, applyPoint, changePoint } from './handle.ts';
import { POINT_ERRORS, type Point } from './model.ts';
import { networkRoutes } from './network-routes.ts';
import { onboardingRoutes } from './onboarding-routes.ts';
import { findClerk, listFacts } from './partner-store.ts';
import { findPoint, pagePoints } from './store.ts';
import { ownFaceOf, publicFaceOf } from './views.ts';

export const TAG = 'points';
const params = contract.pointParams;
const resource = { kind: 'point', param: 'pointId' } as const;
const answers = { 200: { description: 'The point as it is now', body: contract.pointSchema } };
const refusals = Object.keys(POINT_ERRORS);

export function pointRoutes(ports: PointPorts): readonly Route[] {
  return [
    ...directoryRoutes(),
    ...changeRoutes(),
    ...lifeRoutes(),
    ...onboardingRoutes(ports),
    ...networkRoutes(ports),
  ];
}

function present(outcome: Outcome<Point>, now: Instant, status = 200) {
  return outcome.ok ? accepted(replyWith(status, ownFaceOf(outcome.value, now))) : outcome;
}

function directoryRoutes(): readonly Route[] {
  return [
    readRoute({
      operation: 'readPoint',
      method: 'GET',
      path: '/v1/points/:point_id',
      tag: TAG,
      summary: 'One counter: where it is, when it is open, what it takes',
      effect: 'read',
      params,
      answers: { 200: { description: 'What everybody may know', body: contract.publicPointSchema } },
      handle: async ({ db, now, params }) => {
        const point = await findPoint(db, params.pointId);
        return point === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, publicFaceOf(point, now)));
      },
    }),
    readRoute({
      operation: 'readOwnPoint',
      method: 'GET',
      path: '/v1/points/:point_id/record',
      tag: TAG,
      summary: 'One of your points with range, capacity, fee and term of its trial',
      effect: 'read',
      params,
      resource,
      answers,
      handle: async ({ db, now, params }) => {
        const point = await findPoint(db, params.pointId);
        return point === undefined
          ? refused('not_found', '')
          : accepted(replyWith(200, ownFaceOf(point, now)));
      },
    }),
    readRoute({
      operation: 'listPoints',
      method: 'GET',
      path: '/v1/points',
      tag: TAG,
      summary: 'Your points; a clerk sees those where he works, the operator all',
      effect: 'read',
      query: contract.pointListQuery,
      answers: { 200: { description: 'A page', body: pageSchema(contract.pointSchema) } },
      handle: async ({ db, caller, relation, query, now }) => {
        const after = afterId(query.cursor);
        if (!after.ok) return after;
        const { limit, cursor: _cursor, ...filter } = query;
        const organisationId = relation === 'any' ? filter.organisationId : caller.organisationId;
        const isClerk = caller.role === 'point_clerk';
        const clerk =
          isClerk && caller.personId !== undefined
            ? await findClerk(db, caller.organisationId, caller.personId)
            : undefined;
        const ids = isClerk ? (clerk?.pointIds ?? []) : undefined;
        const found = await pagePoints(db, { ...filter, organisationId, ids }, after.value, limit + 1);
        const page = pageOf(found, limit);
        return accepted(replyWith(200, { ...page, data: page.data.map((one) => ownFaceOf(one, now)) }));
      },
    }),
    readRoute({
      operation: 'listPointFacts',
      method: 'GET',
      path: '/v1/points/:point_id/facts',
      tag: TAG,
      summary: 'What was decided, announced and changed, with reasons, oldest first',
      effect: 'read',
      params,
      resource,
      answers: { 200: { description: 'All of it', body: contract.factsSchema } },
      handle: async ({ db, owner, params }) =>
        accepted(
          replyWith(200, {
            data: await listFacts(db, { organisationId: owner, pointId: params.pointId }),
          }),
        ),
    }),
  ];
}

function changeRoutes(): readonly Route[] {
  return [
    writeRoute({
      operation: 'applyPoint',
      method: 'POST',
      path: '/v1/points',
      tag: TAG,
      summary: 'Apply for an outlet',
      description:
        'Then follow documents, site check and contract, as far as the contract of the network asks for them, training and a trial of 14 days; after it the point is active by itself.',
      effect: 'write',
      body: contract.applyPointSchema,
      answers: { 201: { description: 'Applied', body: contract.pointSchema } },
      refusals,
      handle: async ({ work, caller, body, now }) => {
        const { organisationId = caller.organisationId, ...facts } = body as contract.Application;
        if (organisationId !== caller.organisationId && caller.role !== 'operator')
          return refused('point_network_unknown', '');
        return present(await applyPoint(work, caller, organisationId, facts), now, 201);
      },
    }),
    writeRoute({
      operation: 'changePoint',
      method: 'PATCH',
      path: '/v1/points/:point_id',
      tag: TAG,
      summary: 'Change hours, services, range, capacity or address; what is left out stays',
      effect: 'write',
      params,
      resource,
      body: contract.changePointSchema,
      answers,
      refusals,
      handle: async ({ work, caller, params, body, now }) =>
        present(await changePoint(work, caller, params.pointId, body), now),
    }),
  ];
}

function lifeRoutes(): readonly Route[] {
  const shared = { method: 'POST', tag: TAG, effect: 'write', params, resource, answers, refusals } as const;
  return [
    writeRoute({
      ...shared,
      operation: 'decidePoint',
      path: '/v1/points/:point_id/decisions',
      summary: 'Take an application a step on, or turn it down; restrict, suspend or reinstate a point',
      body: contract.decisionSchema,
      handle: async ({ work, caller, params, body, now }) => {
        const { decision, ...more } = body;
        // The contract pairs each decision with the fields of its command.
        const command = { type: decision, ...more } as PointCommand;
        return present(await actOnPoint(work, caller.id, params.pointId, command), now);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'pausePoint',
      path: '/v1/points/:point_id/pause',
      summary: 'Take nothing new for a while; three days ahead unless somebody is ill',
      body: contract.pauseSchema,
      handle: async ({ work, caller, params, body, now }) => {
        const { from = now, until, reason } = body;
        const command: PointCommand = { type: 'pause', from, until, reason };
        return present(await actOnPoint(work, caller.id, params.pointId, command), now);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'resumePoint',
      path: '/v1/points/:point_id/resumption',
      summary: 'End a pause, or take an announced one back',
      handle: async ({ work, caller, params, now }) =>
        present(await actOnPoint(work, caller.id, params.pointId, { type: 'resume' }), now),
    }),
    writeRoute({
      ...shared,
      operation: 'recordPointFiling',
      path: '/v1/points/:point_id/filing',
      summary: 'Record the number under which an outlet is filed with the authority',
      body: contract.filingSchema,
      handle: async ({ work, caller, params, body, now }) => {
        const command: PointCommand = { type: 'record_filing', note: body.number };
        return present(await actOnPoint(work, caller.id, params.pointId, command), now);
      },
    }),
    writeRoute({
      ...shared,
      operation: 'exitPoint',
      path: '/v1/points/:point_id/exit',
      summary: 'Announce the last day: ten days ahead by the network, thirty by the operator',
      body: contract.exitSchema,
      handle: async ({ work, caller, params, body, now }) => {
        const by = caller.role === 'operator' ? 'operator' : 'network';
        const command: PointCommand = { type: 'announce_exit', by, ...body };
        return present(await actOnPoint(work, caller.id, params.pointId, command), now);
      },
    }),
  ];
}
