import type { Money } from '../kernel/index.ts';
import { SCORE_PARTS, type ScorePart, type ScoreParts } from './model.ts';

export type Weights = Readonly<Record<ScorePart, number>>;

/** What a candidate is weighed by; see WeighedCandidate. */
export type CandidateFacts = {
  readonly distanceMeters: number;
  readonly room: number;
  readonly capacity: number;
  readonly quality: number;
  readonly fee: Money | undefined;
  readonly gotShare: number;
};

/** Lowest positive fee of each currency among the candidates. */
export function cheapestOf(candidates: readonly Pick<CandidateFacts, 'fee'>[]): ReadonlyMap<string, number> {
  const cheapest = new Map<string, number>();
  for (const { fee } of candidates) {
    if (fee === undefined || fee.amountMinor <= 0) continue;
    cheapest.set(fee.currency, Math.min(cheapest.get(fee.currency) ?? fee.amountMinor, fee.amountMinor));
  }
  return cheapest;
}

/**
 * The five parts of domain reference 5.7, each 0 (worst) to 1 (best). Distance: half at `halfDistanceMeters`, so that
 * 300 m against 600 m counts more than 9 km against 10 km. Capacity: share of the window that is free. Cost: the
 * cheapest fee of its currency among the candidates over this one. Fairness: what was not got of what could be had.
 */
export function partsOf(
  facts: CandidateFacts,
  cheapest: ReadonlyMap<string, number>,
  halfDistanceMeters: number,
): ScoreParts {
  const { distanceMeters, room, capacity, quality, fee, gotShare } = facts;
  const lowest = fee === undefined || fee.amountMinor <= 0 ? undefined : cheapest.get(fee.currency);
  return {
    distance: rounded(halfDistanceMeters / (halfDistanceMeters + distanceMeters)),
    capacity: capacity === 0 ? 0 : rounded(Math.min(1, Math.max(0, room / capacity))),
    quality: rounded(Math.min(1, Math.max(0, quality / 100))),
    cost: lowest === undefined || fee === undefined ? 1 : rounded(Math.min(1, lowest / fee.amountMinor)),
    fairness: rounded(Math.min(1, Math.max(0, 1 - gotShare))),
  };
}

/** Weighted mean, 0 to 1. */
export function scoreOf(parts: ScoreParts, weights: Weights): number {
  let sum = 0;
  let total = 0;
  for (const part of SCORE_PARTS) {
    sum += parts[part] * weights[part];
    total += weights[part];
  }
  return total === 0 ? 0 : rounded(sum / total);
}

/** Best first; of equal ones the nearer, then by id, so that the order is always the same. */
export function byScore<
  Scored extends { readonly score: number; readonly distanceMeters: number; readonly pointId: string },
>(candidates: readonly Scored[]): Scored[] {
  return candidates.toSorted(
    (a, b) =>
      b.score - a.score ||
      a.distanceMeters - b.distanceMeters ||
      (a.pointId < b.pointId ? -1 : a.pointId > b.pointId ? 1 : 0),
  );
}

export type Tally = { readonly could: number; readonly got: number };

/** A newcomer counts as one who got one of ten, until there is more to say. Our default. */
const PRIOR: Tally = { could: 10, got: 1 };

/** Share of what could be had in the last days that was got: the mean of the point's and its network's. */
export function gotShareOf(point: Tally | undefined, network: Tally | undefined): number {
  return rounded((shareOf(point) + shareOf(network)) / 2);
}

function shareOf(tally: Tally | undefined): number {
  return Math.min(1, (PRIOR.got + (tally?.got ?? 0)) / (PRIOR.could + (tally?.could ?? 0)));
}

/** Six digits: the same on every machine, and short where decisions are kept. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
