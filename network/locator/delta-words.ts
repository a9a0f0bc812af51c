import type { AskedWord } from './words.ts';

/** The words of slots that came since the last build. */
export type DeltaWords = {
  /** How many slots of the delta it knows. */
  size(): number;
  /** The next slot of the delta, one behind the other. */
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
  let first = 0;

  /** Visits slots that bear a word, those that bear several with its beginning several times. */
  const eachBearing = ({ word, isPrefix }: AskedWord, visit: (slot: number) => void): void => {
    if (!isPrefix) slotsOf.get(word)?.forEach(visit);
    else
      for (const one of beginnings.get(word.charCodeAt(0)) ?? [])
        if (one.startsWith(word)) slotsOf.get(one)?.forEach(visit);
  };

  return {
    size: () => size,
    add(slot, words) {
      if (size === 0) first = slot;
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
      // How many of the words so far each slot bears, counted from the first slot.
      const borne = new Uint8Array(size);
      const found: number[] = [];
      asked.forEach((one, number) => {
        eachBearing(one, (slot) => {
          if (borne[slot - first] !== number) return;
          borne[slot - first] = number + 1;
          if (number + 1 === asked.length) found.push(slot);
        });
      });
      return found;
    },
    clear() {
      slotsOf.clear();
      beginnings.clear();
      size = 0;
    },
  };
}
