import { z } from 'zod';
import type { Queryable } from '../../platform/db/index.ts';
import { decodeCursor, encodeCursor, type Route, replyWith } from '../../platform/http/index.ts';
import { pageSchema, readRoute } from '../accounts/index.ts';
import { accepted, addMs, type Instant, idSchema, refused } from '../kernel/index.ts';
import { listPoints } from '../points/index.ts';
import * as contract from './contract.ts';
import { findDecision, listDecisions, listDecisionsInOrder } from './decision-store.ts';
import { replay } from './replay.policy.ts';
import { keptSince } from './retention.ts';
import { pastDecisionOf } from './rulebook-kind.ts';
import { decisionView } from './views.ts';

/** More are not taken again in one request, which holds up others while it runs. Our default. */
const REPLAYED = 5_000;
const LONGEST_MS = 86_400_000;

export function decisionRoutes(): readonly Route[] {
  return [listRoute(), readOneRoute(), replayRoute()];
}

function listRoute(): Route {
  return readRoute({
    operation: 'listPointDecisions',
    method: 'GET',
    path: '/v1/point-decisions',
    tag: contract.TAG,
    summary: 'Why demands went to which points: candidates, scores and exclusions, the newest first',
    effect: 'read',
    query: contract.decisionsQuery,
    answers: { 200: { description: 'A page', body: pageSchema(contract.decisionSchema) } },
    handle: async ({ db, actFor, caller, relation, query: { limit, cursor, ...asked } }) => {
      const parts = cursor === undefined ? undefined : decodeCursor(cursor, ['string', 'string']);
      const before =
        parts === undefined ? undefined : { decidedAt: String(parts[0]) as Instant, id: String(parts[1]) };
      if (cursor !== undefined && (before === undefined || Number.isNaN(Date.parse(before.decidedAt))))
        return refused('invalid_request', 'cursor: take it from next_cursor of the page before.');
      const isStaff = relation === 'any';
      const filter = isStaff ? asked : { ...asked, clientPlatformId: caller.organisationId };
      await actFor('network');
      const found = await listDecisions(db, filter, before, limit + 1);
      const data = found.slice(0, limit);
      const last = data.at(-1);
      const next =
        found.length > limit && last !== undefined
          ? { nextCursor: encodeCursor([last.decidedAt, last.id]) }
          : {};
      return accepted(replyWith(200, { data: data.map((one) => decisionView(one, isStaff)), ...next }));
    },
  });
}

function readOneRoute(): Route {
  return readRoute({
    operation: 'readPointDecision',
    method: 'GET',
    path: '/v1/point-decisions/:decision_id',
    tag: contract.TAG,
    summary: 'Why a demand went to its point: candidates, scores and exclusions',
    effect: 'read',
    params: z.strictObject({ decisionId: idSchema('dec') }),
    resource: { kind: 'point_decision', param: 'decisionId' },
    answers: { 200: { description: 'The decision', body: contract.decisionDetailSchema } },
    handle: async ({ db, relation, params: { decisionId } }) => {
      const found = await findDecision(db, decisionId);
      if (found === undefined) return refused('not_found', '');
      const view = decisionView(found, relation === 'any');
      const points = await namesOf(db, [...view.candidates, ...view.excluded]);
      return accepted(replyWith(200, { ...view, points }));
    },
  });
}

function replayRoute(): Route {
  return readRoute({
    operation: 'replayPointDecisions',
    method: 'POST',
    path: '/v1/point-decisions/replay',
    tag: contract.TAG,
    summary: 'Take the decisions of an hour again with other weights: who would have got what',
    description: 'Nothing is changed. Buyers who chose themselves stay where they went. At most one day.',
    effect: 'read',
    body: contract.replayBodySchema,
    answers: { 200: { description: 'Before and after', body: contract.replaySchema } },
    handle: async ({
      db,
      now,
      actFor,
      body: { from, to = addMs(from, 3_600_000), rules, country, service },
    }) => {
      if (to <= from || to > addMs(from, LONGEST_MS))
        return refused('invalid_request', 'The period ends after it begins, at most a day later.', [
          { pointer: '/to', code: 'out_of_range', message: 'after from, at most a day' },
        ]);
      await actFor('network');
      const found = await listDecisionsInOrder(db, { from, to, country, service }, REPLAYED + 1);
      const kept = await keptSince(db, now);
      const result = replay(found.slice(0, REPLAYED).map(pastDecisionOf), rules);
      const points = await namesOf(db, [
        ...result.loads,
        ...result.moves.flatMap(({ from: left, to: got }) => [{ pointId: left }, { pointId: got }]),
      ]);
      const isComplete = found.length <= REPLAYED && from >= kept.decisions;
      return accepted(replyWith(200, { ...result, isComplete, points }));
    },
  });
}

async function namesOf(db: Queryable, of: readonly { readonly pointId: string }[]) {
  const points = await listPoints(db, [...new Set(of.map(({ pointId }) => pointId))]);
  return points.map(({ id, name, city, position }) => ({ id, name, city, position }));
}
