import type { WordIndex } from './word-index.ts';
import type { AskedWord } from './words.ts';

/** Bits of words that more slots bear are kept, and of how many words: 2 MB at 500,000 points. Our defaults. */
const MANY_SLOTS = 1_000;
const KEPT = 32;

export type WordLookup = {
  /** Bits of the slots that bear every asked word; written over by the next question. Undefined: no slot does. */
  bitsOf(asked: readonly AskedWord[]): Uint32Array | undefined;
};

/** `count`: words of 32 slots each. */
export function createWordLookup(index: WordIndex, count: number): WordLookup {
  const kept = new Map<string, Uint32Array>();
  const found = new Uint32Array(count);
  const scratch = new Uint32Array(count);
  const mark = (bits: Uint32Array, { from, to }: Run): Uint32Array => {
    bits.fill(0);
    for (let at = from; at < to; at += 1) {
      const slot = index.postings[at] as number;
      bits[slot >> 5] = (bits[slot >> 5] as number) | (1 << (slot & 31));
    }
    return bits;
  };
  const bitsOfRun = (run: Run, into: Uint32Array): Uint32Array => {
    if (run.to - run.from <= MANY_SLOTS) return mark(into, run);
    const known = kept.get(run.key) ?? mark(new Uint32Array(count), run);
    kept.delete(run.key);
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
    kept.set(run.key, known);
    return known;
  };
  return {
    bitsOf(asked) {
      const runs = asked.map((one) => runOf(index, one)).sort((a, b) => a.to - a.from - (b.to - b.from));
      const [first, ...others] = runs;
      if (first === undefined || first.from === first.to) return undefined;
      const bits = bitsOfRun(first, found);
      if (bits !== found) found.set(bits);
      for (const run of others) {
        const more = bitsOfRun(run, scratch);
        for (let at = 0; at < count; at += 1) found[at] = (found[at] as number) & (more[at] as number);
      }
      return found;
    },
  };
}

/** Postings of the words that are asked for: neighbours in the order of words. */
type Run = { readonly key: string; readonly from: number; readonly to: number };

function runOf(index: WordIndex, { word, isPrefix }: AskedWord): Run {
  const first = firstWord(index, word, false, false);
  const end = firstWord(index, word, true, isPrefix);
  return {
    key: isPrefix ? `${word}*` : word,
    from: index.postingStarts[first] as number,
    to: index.postingStarts[end] as number,
  };
}

/** The first word that is not before `wanted`; `isBehind`: that is behind it; `isPrefix`: and does not begin with it. */
function firstWord(index: WordIndex, wanted: string, isBehind: boolean, isPrefix: boolean): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = orderOf(index, middle, wanted, isPrefix);
    if (order < 0 || (isBehind && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Below 0: the word is before `wanted`. With `isPrefix` one that begins with it counts as equal. */
function orderOf({ letters, starts }: WordIndex, at: number, wanted: string, isPrefix: boolean): number {
  const start = starts[at] as number;
  const length = (starts[at + 1] as number) - start;
  const shared = Math.min(length, wanted.length);
  for (let unit = 0; unit < shared; unit += 1) {
    const order = (letters[start + unit] as number) - wanted.charCodeAt(unit);
    if (order !== 0) return order;
  }
  return isPrefix && length > wanted.length ? 0 : length - wanted.length;
}
