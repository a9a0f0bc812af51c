import type { Columns } from './columns.ts';
import type { Criterion } from './criterion.ts';
import type { FullSet } from './fullness.ts';
import { markLeaves, type Selection, wordsFor } from './tree.ts';

/*
 * Filters as bits over the slots of the tree. What a criterion selects is worked out once and kept, since people ask
 * for the same few things; so is what several select together. 62 kB each at 500,000 points.
 */

/** How many are kept, the one not asked for longest goes first: 8 MB at 500,000 points. Our default. */
const KEPT = 128;

export type Selector = {
  /**
   * Slots of the tree that fulfil all and are alive and not full. `words`: further bits to be in. What it answers is
   * written over by the next question (no search outlives its turn of the event loop), but not if it goes `into` another.
   */
  select(
    criteria: readonly Criterion[],
    full: readonly FullSet[],
    words: Uint32Array | undefined,
    into?: Selection,
  ): Selection;
  /** One of its own, for answers that are kept. */
  emptySelection(): Selection;
  /** Slots of the tree that fulfil it, alive or not. */
  bitsOf(criterion: Criterion): Uint32Array;
};

export function createSelector(columns: Columns, size: number): Selector {
  const kept = new Map<string, Uint32Array>();
  const count = wordsFor(size);
  const emptySelection = (): Selection => ({
    words: new Uint32Array(count),
    any: new Uint32Array(wordsFor(count)),
  });
  const scratch = emptySelection();
  const keep = (key: string, make: () => Uint32Array): Uint32Array => {
    const known = kept.get(key) ?? make();
    kept.delete(key);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(key, known);
    return known;
  };
  const together = (criteria: readonly Criterion[]): Uint32Array | undefined => {
    const [first, ...rest] = criteria;
    if (first === undefined) return undefined;
    if (rest.length === 0) return keep(first.key, () => first.bits(size));
    return keep(criteria.map(({ key }) => key).join(','), () => {
      const bits = Uint32Array.from(together([first]) ?? []);
      for (const one of rest) intersect(bits, together([one]) ?? bits);
      return bits;
    });
  };
  return {
    emptySelection,
    select(criteria, full, words, selection = scratch) {
      const bits = selection.words;
      bits.set(columns.alive.subarray(0, count));
      // The tree may end within a word whose further slots came later.
      if (size % 32 !== 0) bits[count - 1] = (bits[count - 1] as number) & ((1 << (size % 32)) - 1);
      const fulfilled = together(criteria);
      if (fulfilled !== undefined) intersect(bits, fulfilled);
      if (words !== undefined) intersect(bits, words);
      for (const set of full) exclude(bits, set.bits);
      markLeaves(selection);
      return selection;
    },
    bitsOf: (criterion) => keep(criterion.key, () => criterion.bits(size)),
  };
}

function intersect(bits: Uint32Array, others: Uint32Array): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] as number) & (others[at] as number);
}

function exclude(bits: Uint32Array, others: Uint32Array): void {
  for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] as number) & ~(others[at] as number);
}
