import { type Columns, textAt } from './columns.ts';
import { searchedTexts } from './record.ts';
import { type AskedWord, wordsOf } from './words.ts';

/** Words in the order of their UTF-16 units, each with the slots that bear it, ascending. */
export type WordIndex = {
  readonly letters: Uint16Array;
  /** Where each word begins in `letters`, and behind the last one its end. */
  readonly starts: Uint32Array;
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
};

export function buildWordIndex(columns: Columns, size: number): WordIndex {
  const slotsOf = new Map<string, number[]>();
  for (let slot = 0; slot < size; slot += 1) {
    for (const word of wordsOf(searchedTexts(textAt(columns, slot)))) {
      const slots = slotsOf.get(word);
      if (slots === undefined) slotsOf.set(word, [slot]);
      else slots.push(slot);
    }
  }
  const words = [...slotsOf.keys()].sort();
  const shared = (count: number) => new Uint32Array(new SharedArrayBuffer(count * 4));
  const starts = shared(words.length + 1);
  const postingStarts = shared(words.length + 1);
  let letters = 0;
  let postings = 0;
  words.forEach((word, at) => {
    starts[at] = letters;
    postingStarts[at] = postings;
    letters += word.length;
    postings += slotsOf.get(word)?.length ?? 0;
  });
  starts[words.length] = letters;
  postingStarts[words.length] = postings;
  const index: WordIndex = {
    letters: new Uint16Array(new SharedArrayBuffer(letters * 2)),
    starts,
    postingStarts,
    postings: shared(postings),
  };
  words.forEach((word, at) => {
    const start = starts[at] as number;
    for (let unit = 0; unit < word.length; unit += 1) index.letters[start + unit] = word.charCodeAt(unit);
    index.postings.set(slotsOf.get(word) ?? [], postingStarts[at] as number);
  });
  return index;
}

/** Bits of the slots that bear every asked word; undefined when a word is nowhere. `words`: 32 slots each. */
export function slotsWithWords(
  index: WordIndex,
  asked: readonly AskedWord[],
  words: number,
): Uint32Array | undefined {
  let found: Uint32Array | undefined;
  for (const one of asked) {
    const [from, to] = runOf(index, one);
    if (from === to) return undefined;
    const bits = new Uint32Array(words);
    const last = index.postingStarts[to] as number;
    for (let at = index.postingStarts[from] as number; at < last; at += 1) {
      const slot = index.postings[at] as number;
      bits[slot >> 5] = (bits[slot >> 5] as number) | (1 << (slot & 31));
    }
    if (found === undefined) found = bits;
    else
      for (let word = 0; word < words; word += 1)
        found[word] = (found[word] as number) & (bits[word] as number);
  }
  return found;
}

function runOf(index: WordIndex, { word, isPrefix }: AskedWord): [number, number] {
  const from = bound(index, word, (order) => order < 0);
  const to = bound(index, word, (order, begins) => order <= 0 || (isPrefix && begins));
  return [from, to];
}

/** The first word for which `isBefore` no longer holds. */
function bound(
  index: WordIndex,
  wanted: string,
  isBefore: (order: number, begins: boolean) => boolean,
): number {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = String.fromCharCode(
      ...index.letters.subarray(index.starts[middle] as number, index.starts[middle + 1] as number),
    );
    const order = word < wanted ? -1 : word > wanted ? 1 : 0;
    if (isBefore(order, word.startsWith(wanted))) low = middle + 1;
    else high = middle;
  }
  return low;
}
