import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceMeters } from '../kernel/index.ts';
import { type CoverProblem, maximalCover } from './cover.policy.ts';
import { type Neighbours, neighboursWithin } from './neighbours.policy.ts';

const columns = (positions: readonly (readonly [number, number])[]) => ({
  latitudes: Float64Array.from(positions, ([latitude]) => latitude),
  longitudes: Float64Array.from(positions, ([, longitude]) => longitude),
});
function listOf({ start, to }: Neighbours): number[][] {
  return Array.from({ length: start.length - 1 }, (_, index) =>
    [...to.slice(start[index], start[index + 1])].sort((a, b) => a - b),
  );
}

describe('neighbours', () => {
  const position = fc.tuple(
    fc.oneof(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: 89.5, max: 90, noNaN: true })),
    fc.oneof(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: 179.8, max: 180, noNaN: true }),
      fc.double({ min: -180, max: -179.8, noNaN: true }),
    ),
  );
  test('are those that brute force finds, at poles and across the antimeridian too', () => {
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 40 }),
        fc.constantFrom(3_000, 20_000, 500_000, 25_000_000),
        (positions, radius) => {
          const at = (index: number) => ({
            latitude: positions[index]?.[0] ?? 0,
            longitude: positions[index]?.[1] ?? 0,
          });
          const found = listOf(neighboursWithin(columns(positions), radius));
          for (let one = 0; one < positions.length; one += 1)
            for (let other = 0; other < positions.length; other += 1) {
              const meters = distanceMeters(at(one), at(other));
              // On the very edge rounding decides.
              if (Math.abs(meters - radius) < 0.01) continue;
              expect(found[one]?.includes(other)).toBe(meters <= radius || one === other);
            }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('maximal cover', () => {
  const problem = fc
    .record({
      spots: fc.array(
        fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 }), fc.boolean()),
        { minLength: 1, maxLength: 9 },
      ),
      picks: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ spots, picks }) => ({
      // On a line a hundredth of a degree apart, so that each covers a few others within 5 km.
      neighbours: neighboursWithin(columns(spots.map(([place]) => [0, place / 100] as const)), 5_000),
      weights: Float64Array.from(spots, ([, weight]) => weight),
      covered: Uint8Array.from(spots, ([, , isCovered]) => (isCovered ? 1 : 0)),
      picks,
    }));

  /** Of all choices of so many sites the largest weight covered. */
  function best({ weights, covered, neighbours }: CoverProblem, picks: number): number {
    const near = listOf(neighbours);
    let most = 0;
    const tryFrom = (first: number, left: number, now: ReadonlySet<number>) => {
      let sum = 0;
      for (const node of now) sum += weights[node] ?? 0;
      most = Math.max(most, sum);
      if (left === 0) return;
      for (let site = first; site < weights.length; site += 1)
        tryFrom(site + 1, left - 1, new Set([...now, ...(near[site] ?? [])]));
    };
    tryFrom(0, picks, new Set([...weights.keys()].filter((node) => covered[node] === 1)));
    return most;
  }

  test('each step gains most, the best choice is never passed, and the bound never falls below it', () => {
    fc.assert(
      fc.property(problem, (given) => {
        const cover = maximalCover(given);
        const near = listOf(given.neighbours);
        const covered = given.covered.slice();
        let reached = cover.before;
        for (const [index, step] of cover.steps.entries()) {
          const gainOf = (site: number) =>
            (near[site] ?? [])
              .filter((node) => covered[node] === 0)
              .reduce((sum, node) => sum + (given.weights[node] ?? 0), 0);
          const gains = near.map((_, site) => gainOf(site));
          // The first of the largest: the same answer on every run.
          expect(step.site).toBe(gains.indexOf(Math.max(...gains)));
          expect(step.gain).toBe(gains[step.site]);
          for (const node of near[step.site] ?? []) covered[node] = 1;
          reached += step.gain;
          expect(step.covered).toBe(reached);
          const optimum = best(given, index + 1);
          expect(step.covered).toBeLessThanOrEqual(optimum);
          expect(step.bound).toBeGreaterThanOrEqual(optimum);
          expect(step.covered - cover.before).toBeGreaterThanOrEqual(
            (1 - 1 / Math.E) * (optimum - cover.before) - 1e-9,
          );
        }
        // It ends early only when there is nothing left to gain.
        if (cover.steps.length < given.picks) expect(reached).toBe(cover.total);
      }),
      { numRuns: 1_000 },
    );
  });

  test('villages around a town: one site covers them, the second goes to the next cluster', () => {
    const neighbours = neighboursWithin(
      columns([
        [30, 120],
        [30.02, 120],
        [30, 120.02],
        [31, 121],
        [31.01, 121],
        [40, 100],
      ]),
      5_000,
    );
    const cover = maximalCover({
      neighbours,
      weights: Float64Array.of(500, 400, 300, 200, 100, 50),
      covered: Uint8Array.of(0, 0, 0, 0, 0, 1),
      picks: 5,
    });
    expect(cover).toEqual({
      total: 1_550,
      before: 50,
      steps: [
        { site: 0, gain: 1_200, nodes: 3, covered: 1_250, bound: 1_250 },
        { site: 3, gain: 300, nodes: 2, covered: 1_550, bound: 1_550 },
      ],
    });
  });

  test('nothing to cover is no trouble', () => {
    const none = { latitudes: new Float64Array(0), longitudes: new Float64Array(0) };
    expect(
      maximalCover({
        neighbours: neighboursWithin(none, 5_000),
        weights: new Float64Array(0),
        covered: new Uint8Array(0),
        picks: 3,
      }),
    ).toEqual({ total: 0, before: 0, steps: [] });
  });
});
