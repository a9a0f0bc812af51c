import type { Neighbours } from './neighbours.policy.ts';

/**
 * `weights`: whole numbers, what covering a node is worth; `covered`: 1 for nodes that need no more. Every node is a
 * possible site that covers its neighbours.
 */
export type CoverProblem = {
  readonly weights: Float64Array;
  readonly covered: Uint8Array;
  readonly neighbours: Neighbours;
  readonly picks: number;
};

/** `bound`: what no choice of as many sites can pass. `covered` and `bound` count the weight covered from the start. */
export type CoverStep = {
  readonly site: number;
  readonly gain: number;
  readonly nodes: number;
  readonly covered: number;
  readonly bound: number;
};
export type Cover = { readonly total: number; readonly before: number; readonly steps: readonly CoverStep[] };

/**
 * Maximal cover by greedy choice: each site is the one that covers most of what nobody covers yet; of equal ones the
 * first. Gains only fall, so a queue that is out of date names candidates in an order that is never too low, and only the
 * first is looked at again. Ends early when nothing is left to gain.
 */
export function maximalCover({ weights, covered: given, neighbours, picks }: CoverProblem): Cover {
  const covered = given.slice();
  const gains = gainsOf(weights, covered, neighbours);
  let total = 0;
  let before = 0;
  for (let node = 0; node < weights.length; node += 1) {
    total += weights[node] ?? 0;
    if (covered[node] === 1) before += weights[node] ?? 0;
  }
  const bounds = new Float64Array(picks + 1).fill(total);
  const queue = queueOf(gains);
  const chosen: Omit<CoverStep, 'bound'>[] = [];
  let reached = before;
  tightenBounds(bounds, gains, reached);
  while (chosen.length < picks) {
    const site = queue.pop(gains);
    const gain = site === undefined ? 0 : (gains[site] ?? 0);
    if (site === undefined || gain <= 0) break;
    const nodes = coverFrom(site, weights, covered, neighbours, gains);
    reached += gain;
    chosen.push({ site, gain, nodes, covered: reached });
    tightenBounds(bounds, gains, reached);
  }
  const steps = chosen.map((step, index) => ({ ...step, bound: bounds[index + 1] ?? total }));
  return { total, before, steps };
}

function gainsOf(weights: Float64Array, covered: Uint8Array, { start, to }: Neighbours): Float64Array {
  const gains = new Float64Array(weights.length);
  for (let site = 0; site < weights.length; site += 1) {
    let gain = 0;
    for (let at = start[site] ?? 0; at < (start[site + 1] ?? 0); at += 1) {
      const node = to[at] ?? 0;
      if (covered[node] === 0) gain += weights[node] ?? 0;
    }
    gains[site] = gain;
  }
  return gains;
}

/** Covers all neighbours of a site; whoever would have covered them gains as much less. Answers how many were new. */
function coverFrom(
  site: number,
  weights: Float64Array,
  covered: Uint8Array,
  { start, to }: Neighbours,
  gains: Float64Array,
): number {
  let nodes = 0;
  for (let at = start[site] ?? 0; at < (start[site + 1] ?? 0); at += 1) {
    const node = to[at] ?? 0;
    if (covered[node] === 1) continue;
    covered[node] = 1;
    nodes += 1;
    // Being near goes both ways.
    for (let back = start[node] ?? 0; back < (start[node + 1] ?? 0); back += 1) {
      const other = to[back] ?? 0;
      gains[other] = (gains[other] ?? 0) - (weights[node] ?? 0);
    }
  }
  return nodes;
}

/**
 * No k sites reach more than any set of chosen ones does, plus the k largest gains beside it (Leskovec et al. 2007,
 * section 3.3, online bound). The least of all these over the steps is kept for each k.
 */
function tightenBounds(bounds: Float64Array, gains: Float64Array, reached: number): void {
  const largest = largestOf(gains, bounds.length - 1);
  let sum = reached;
  bounds[0] = Math.min(bounds[0] ?? sum, sum);
  for (let count = 1; count < bounds.length; count += 1) {
    sum += largest[count - 1] ?? 0;
    bounds[count] = Math.min(bounds[count] ?? sum, sum);
  }
}

/** The `count` largest values, largest first. */
function largestOf(values: Float64Array, count: number): Float64Array {
  const heap = new Float64Array(count);
  for (const value of values) {
    if (value <= (heap[0] ?? Number.POSITIVE_INFINITY)) continue;
    heap[0] = value;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < count && (heap[left] ?? 0) < (heap[least] ?? 0)) least = left;
      if (left + 1 < count && (heap[left + 1] ?? 0) < (heap[least] ?? 0)) least = left + 1;
      if (least === at) break;
      [heap[at], heap[least]] = [heap[least] ?? 0, heap[at] ?? 0];
      at = least;
    }
  }
  return heap.sort().reverse();
}

/** Sites by the gains that they had when they were put in; the one that comes out has its gain of now. */
function queueOf(gains: Float64Array) {
  const keys = gains.slice();
  const heap = Int32Array.from(gains.keys());
  const isBefore = (a: number, b: number) => {
    const [first, second] = [keys[a] ?? 0, keys[b] ?? 0];
    return first > second || (first === second && a < b);
  };
  let size = heap.length;
  const sink = (from: number) => {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      let best = at;
      if (left < size && isBefore(heap[left] ?? 0, heap[best] ?? 0)) best = left;
      if (left + 1 < size && isBefore(heap[left + 1] ?? 0, heap[best] ?? 0)) best = left + 1;
      if (best === at) return;
      [heap[at], heap[best]] = [heap[best] ?? 0, heap[at] ?? 0];
      at = best;
    }
  };
  for (let at = (size >> 1) - 1; at >= 0; at -= 1) sink(at);
  return {
    pop: (now: Float64Array): number | undefined => {
      while (size > 0) {
        const site = heap[0] ?? 0;
        const gain = now[site] ?? 0;
        if (keys[site] === gain) {
          size -= 1;
          heap[0] = heap[size] ?? 0;
          sink(0);
          return site;
        }
        keys[site] = gain;
        sink(0);
      }
      return undefined;
    },
  };
}
