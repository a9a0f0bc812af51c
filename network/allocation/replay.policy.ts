import type { OrganisationId, PointId } from '../kernel/index.ts';
import type { DecisionId, DecisionWay, WeighedCandidate } from './model.ts';
import type { PointAllocationDocument } from './rulebook.ts';
import { byScore, cheapestOf, partsOf, scoreOf } from './score.policy.ts';

/** A decision of the past, as far as it can be taken again. In the order in which they were taken. */
export type PastDecision = {
  readonly id: DecisionId;
  readonly how: DecisionWay;
  readonly parcels: number;
  readonly pointId: PointId | undefined;
  readonly candidates: readonly WeighedCandidate[];
};

export type ReplayLoad = {
  readonly pointId: PointId;
  readonly organisationId: OrganisationId;
  readonly before: number;
  readonly after: number;
};
export type ReplayMove = {
  readonly decisionId: DecisionId;
  readonly from: PointId;
  readonly to: PointId;
  readonly metersMore: number;
};
export type ReplayDistances = { readonly mean: number; readonly p90: number; readonly longest: number };
export type ReplayResult = {
  readonly demands: number;
  /** Buyers who chose themselves are left where they went. */
  readonly chosen: number;
  /** Demands for which there was no point then; other weights find none either. */
  readonly unserved: number;
  readonly same: number;
  readonly moved: number;
  readonly distanceMeters: { readonly before: ReplayDistances; readonly after: ReplayDistances };
  /** Points whose parcels differ, the largest difference first, at most LISTED. */
  readonly loads: readonly ReplayLoad[];
  /** Parcels by point network. */
  readonly networks: readonly Omit<ReplayLoad, 'pointId'>[];
  /** Parcels of the busiest point. */
  readonly busiest: { readonly before: number; readonly after: number };
  readonly moves: readonly ReplayMove[];
};

/** Enough to see what weights do; the counts are exact. Our default. */
const LISTED = 100;

/**
 * Takes the decisions of a period again with other weights: who would have got what. Room is what the candidate had
 * then, changed by what the replay gave it or took from it so far; shares of demand stay those of then, because an hour
 * hardly moves a week.
 */
export function replay(decisions: readonly PastDecision[], rules: PointAllocationDocument): ReplayResult {
  const shifted = new Map<PointId, number>();
  const before: Landing[] = [];
  const after: Landing[] = [];
  const moves: ReplayMove[] = [];
  let chosen = 0;
  let unserved = 0;
  for (const decision of decisions) {
    const actual = decision.candidates.find(({ pointId }) => pointId === decision.pointId);
    if (actual === undefined) {
      unserved += 1;
      continue;
    }
    const isChosen = decision.how === 'chosen';
    if (isChosen) chosen += 1;
    const again = isChosen ? actual : choose(decision, rules, shifted, actual);
    before.push({ candidate: actual, parcels: decision.parcels });
    after.push({ candidate: again, parcels: decision.parcels });
    if (again.pointId === actual.pointId) continue;
    add(shifted, again.pointId, decision.parcels);
    add(shifted, actual.pointId, -decision.parcels);
    moves.push({
      decisionId: decision.id,
      from: actual.pointId,
      to: again.pointId,
      metersMore: again.distanceMeters - actual.distanceMeters,
    });
  }
  const loads = loadsOf(before, after);
  return {
    demands: decisions.length,
    chosen,
    unserved,
    same: before.length - moves.length,
    moved: moves.length,
    distanceMeters: { before: distancesOf(before), after: distancesOf(after) },
    loads: loads.filter((load) => load.before !== load.after).slice(0, LISTED),
    networks: networksOf(loads),
    busiest: {
      before: loads.reduce((most, load) => Math.max(most, load.before), 0),
      after: loads.reduce((most, load) => Math.max(most, load.after), 0),
    },
    moves: moves.slice(0, LISTED),
  };
}

type Landing = { readonly candidate: WeighedCandidate; readonly parcels: number };

/** The best with room; the one that got it then when the replay has filled all others. */
function choose(
  decision: PastDecision,
  rules: PointAllocationDocument,
  shifted: ReadonlyMap<PointId, number>,
  actual: WeighedCandidate,
): WeighedCandidate {
  const open = decision.candidates
    .map((one) => ({ ...one, room: one.room - (shifted.get(one.pointId) ?? 0) }))
    .filter(({ room }) => room >= decision.parcels);
  return bestOf(open, rules) ?? actual;
}

/** Of weighed candidates the best under other rules; undefined without candidates within reach. */
export function bestOf(
  candidates: readonly WeighedCandidate[],
  rules: PointAllocationDocument,
): WeighedCandidate | undefined {
  const near = candidates.filter(({ distanceMeters }) => distanceMeters <= rules.maxDistanceMeters);
  const cheapest = cheapestOf(near);
  const scored = near.map((one) => {
    const parts = partsOf(one, cheapest, rules.halfDistanceMeters);
    return { ...one, parts, score: scoreOf(parts, rules.weights) };
  });
  return byScore(scored)[0];
}

function add(map: Map<PointId, number>, key: PointId, parcels: number): void {
  map.set(key, (map.get(key) ?? 0) + parcels);
}

function loadsOf(before: readonly Landing[], after: readonly Landing[]): ReplayLoad[] {
  const loads = new Map<PointId, { organisationId: OrganisationId; before: number; after: number }>();
  const count = (landings: readonly Landing[], side: 'before' | 'after') => {
    for (const { candidate, parcels } of landings) {
      const { pointId, organisationId } = candidate;
      const load = loads.getOrInsertComputed(pointId, () => ({ organisationId, before: 0, after: 0 }));
      load[side] += parcels;
    }
  };
  count(before, 'before');
  count(after, 'after');
  return [...loads]
    .map(([pointId, load]) => ({ pointId, ...load }))
    .sort((a, b) => difference(b) - difference(a) || (a.pointId < b.pointId ? -1 : 1));
}

function difference(load: ReplayLoad): number {
  return Math.abs(load.after - load.before);
}

function networksOf(loads: readonly ReplayLoad[]): Omit<ReplayLoad, 'pointId'>[] {
  const networks = new Map<OrganisationId, { before: number; after: number }>();
  for (const load of loads) {
    const sum = networks.getOrInsertComputed(load.organisationId, () => ({ before: 0, after: 0 }));
    sum.before += load.before;
    sum.after += load.after;
  }
  return [...networks].map(([organisationId, sum]) => ({ organisationId, ...sum }));
}

function distancesOf(landings: readonly Landing[]): ReplayDistances {
  const meters = landings.map(({ candidate }) => candidate.distanceMeters).sort((a, b) => a - b);
  if (meters.length === 0) return { mean: 0, p90: 0, longest: 0 };
  const sum = meters.reduce((total, one) => total + one, 0);
  return {
    mean: Math.round(sum / meters.length),
    p90: meters[Math.min(meters.length - 1, Math.floor(meters.length * 0.9))] ?? 0,
    longest: meters.at(-1) ?? 0,
  };
}
