import { compareAnswers, defineRulebookKind, NETWORK, type TestFailure } from '../rulebooks/index.ts';
import { listDecisionsInOrder } from './decision-store.ts';
import { bestOf, type PastDecision } from './replay.policy.ts';
import { type PointAllocationDocument, pointAllocationSchema } from './rulebook.ts';

/** By which points are weighed against each other. The dry run weighs past demands again, each by itself. */
export const POINT_ALLOCATION_KIND = defineRulebookKind<PointAllocationDocument, PastDecision>({
  kind: 'point_allocation',
  title: 'Point allocation: which counter a demand is sent to',
  scopes: ['network', 'platform'],
  schema: pointAllocationSchema,
  runTests: documentFaults,
  dryRun: {
    listCases: (db, { scope, from, to, limit }) =>
      listDecisionsInOrder(
        db,
        { from, to, clientPlatformId: scope === NETWORK ? undefined : scope },
        limit,
      ).then((decisions) => decisions.map(pastDecisionOf)),
    run: (document, against, cases) =>
      compareAnswers(document, against, cases, {
        idOf: (past) => past.id,
        answer: (rules, past) => bestOf(past.candidates, rules)?.pointId ?? 'unserved',
      }),
  },
});

export function pastDecisionOf(
  decision: Omit<PastDecision, 'parcels'> & { readonly demand: { readonly parcels: number } },
): PastDecision {
  const { id, how, demand, pointId, candidates } = decision;
  return { id, how, parcels: demand.parcels, pointId, candidates };
}

/** What no document may say. */
function documentFaults(document: PointAllocationDocument): readonly TestFailure[] {
  const faults: TestFailure[] = [];
  if (Object.values(document.weights).every((weight) => weight === 0))
    faults.push({ test: 'weights', message: 'At least one weight is above 0, or chance would choose.' });
  if (document.halfDistanceMeters > document.maxDistanceMeters)
    faults.push({ test: 'distances', message: 'half_distance_meters lies within max_distance_meters.' });
  return faults;
}
