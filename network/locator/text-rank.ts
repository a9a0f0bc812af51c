import { foldText } from '../places/index.ts';
import type { Point } from '../points/index.ts';
import { pointAt, type Slots } from './slots.ts';
import { lowestBit, type Selection } from './tree.ts';

/** Of so many that match the best are chosen; who asks for a word that more bear says where he is. Our default. */
const MOST_RANKED = 200;

export type TextSieve = {
  readonly selection: Selection;
  readonly delta: readonly number[];
  readonly accepts: (slot: number) => boolean;
};

/** The first slots that match, added to those of earlier sieves. */
export function addCandidates(sieve: TextSieve, candidates: Set<number>): void {
  const take = (slot: number) => {
    if (candidates.size < MOST_RANKED && sieve.accepts(slot)) candidates.add(slot);
  };
  for (const slot of sieve.delta) take(slot);
  const { words } = sieve.selection;
  for (let word = 0; word < words.length && candidates.size < MOST_RANKED; word += 1) {
    for (let bits = words[word] as number; bits !== 0; bits &= bits - 1) take(word * 32 + lowestBit(bits));
  }
}

/** Points whose code or name is what was asked first, then names that begin so, then by quality. */
export function rankByText(
  slots: Slots,
  candidates: ReadonlySet<number>,
  text: string,
  limit: number,
): Point[] {
  const asked = foldText(text);
  return [...candidates]
    .map((slot) => {
      const point = pointAt(slots, slot);
      return { point, rank: rankOf(point, asked) };
    })
    .sort(
      (a, b) => a.rank - b.rank || b.point.quality - a.point.quality || (a.point.id < b.point.id ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ point }) => point);
}

function rankOf(point: Point, asked: string): number {
  if (foldText(point.outletCode) === asked) return 0;
  const name = foldText(point.name);
  if (name === asked) return 1;
  if (point.postcode !== undefined && foldText(point.postcode) === asked) return 1;
  return name.startsWith(asked) ? 2 : 3;
}
