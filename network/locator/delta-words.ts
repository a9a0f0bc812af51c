import type { AskedWord } from './words.ts';

/** The words of slots that came since the last build. */
export type DeltaWords = {
  /** How many slots of the delta it knows. */
  size(): number;
  /** The next slot of the delta. */
  add(slot: number, words: ReadonlySet<string>): void;
  /** Slots that bear every asked word, the dead as well, each once. */
  slotsWith(asked: readonly AskedWord[]): readonly number[];
  clear(): void;
};

export function createDeltaWords(): DeltaWords {
  const slotsOf = new Map<string, number[]>();
  /** Words by their first unit, to find those that begin with more. */
  const beginnings = new Map<number, string[]>();
  let size = 0;

  const bearing = ({ word, isPrefix }: AskedWord): readonly number[] =>
    isPrefix
      ? (beginnings.get(word.charCodeAt(0)) ?? []).flatMap((one) =>
          one.startsWith(word) ? (slotsOf.get(one) ?? []) : [],
        )
      : (slotsOf.get(word) ?? []);

  return {
    size: () => size,
    add(slot, words) {
      size += 1;
      for (const word of words) {
        const slots = slotsOf.get(word);
        if (slots !== undefined) {
          slots.push(slot);
          continue;
        }
        slotsOf.set(word, [slot]);
        beginnings.getOrInsertComputed(word.charCodeAt(0), () => []).push(word);
      }
    },
    slotsWith(asked) {
      const [first, ...others] = asked.map(bearing).sort((a, b) => a.length - b.length);
      let found = new Set(first ?? []);
      for (const slots of others) found = found.intersection(new Set(slots));
      return [...found];
    },
    clear() {
      slotsOf.clear();
      beginnings.clear();
      size = 0;
    },
  };
}
