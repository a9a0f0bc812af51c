import type { Position } from '../kernel/index.ts';
import { type Cover, maximalCover } from './cover.policy.ts';
import { neighboursWithin } from './neighbours.policy.ts';

/** What the thread gets: columns, so that they are copied at once. */
export type PlanJob = {
  readonly latitudes: Float64Array;
  readonly longitudes: Float64Array;
  readonly weights: Float64Array;
  readonly covered: Uint8Array;
  readonly radiusMeters: number;
  readonly picks: number;
};

export function planCover({ latitudes, longitudes, radiusMeters, ...problem }: PlanJob): Cover {
  return maximalCover({
    ...problem,
    neighbours: neighboursWithin({ latitudes, longitudes }, radiusMeters),
  });
}

/** A place or a cell of unserved demand. */
export type Node = { readonly position: Position; readonly weight: number; readonly isCovered: boolean };

export function planJobOf(nodes: readonly Node[], radiusMeters: number, picks: number): PlanJob {
  return {
    latitudes: Float64Array.from(nodes, ({ position }) => position.latitude),
    longitudes: Float64Array.from(nodes, ({ position }) => position.longitude),
    weights: Float64Array.from(nodes, ({ weight }) => weight),
    covered: Uint8Array.from(nodes, ({ isCovered }) => (isCovered ? 1 : 0)),
    radiusMeters,
    picks,
  };
}
