import { wordsOf } from './words.ts';

/** Words in the order of their UTF-16 units, each with the slots that bear it. */
export type WordIndex = {
  readonly letters: Uint16Array;
  /** Where each word begins in `letters`, and behind the last one its end. */
  readonly starts: Uint32Array;
  readonly postingStarts: Uint32Array;
  readonly postings: Uint32Array;
};

/** The words of some slots, which are counted from the first of them. */
export type WordPart = { readonly index: WordIndex; readonly firstSlot: number };

/** Of the slots from `first` to before `end`. */
export function indexWords(
  first: number,
  end: number,
  textsOf: (slot: number) => readonly string[],
): WordPart {
  const slotsOf = new Map<string, number[]>();
  for (let slot = first; slot < end; slot += 1) {
    for (const word of wordsOf(textsOf(slot))) {
      const slots = slotsOf.get(word);
      if (slots === undefined) slotsOf.set(word, [slot - first]);
      else slots.push(slot - first);
    }
  }
  const words = [...slotsOf.keys()].sort();
  const made = createWriter(
    words.length,
    words.reduce((sum, word) => sum + word.length, 0),
    words.reduce((sum, word) => sum + (slotsOf.get(word)?.length ?? 0), 0),
  );
  for (const word of words) {
    for (let unit = 0; unit < word.length; unit += 1) made.addLetter(word.charCodeAt(unit));
    for (const slot of slotsOf.get(word) ?? []) made.addSlot(slot);
    made.endWord();
  }
  return { index: made.finish(), firstSlot: first };
}

/** Where one part stands while all are walked through together. */
type Cursor = { readonly part: WordPart; readonly words: number; at: number };

/** One index of several. `slotOf`: the new number of each slot; below 0, it is left out. */
export function mergeWords(parts: readonly WordPart[], slotOf: Int32Array): WordIndex {
  const sum = (count: (index: WordIndex) => number) =>
    parts.reduce((total, { index }) => total + count(index), 0);
  const made = createWriter(
    sum(({ starts }) => starts.length - 1),
    sum(({ letters }) => letters.length),
    sum(({ postings }) => postings.length),
  );
  const queue = parts
    .map((part): Cursor => ({ part, words: part.index.starts.length - 1, at: 0 }))
    .filter(({ words }) => words > 0);
  for (let at = queue.length >> 1; at >= 0; at -= 1) sink(queue, at);
  for (let least = queue[0]; least !== undefined; least = queue[0]) {
    const { letters, starts } = least.part.index;
    const end = starts[least.at + 1] as number;
    for (let unit = starts[least.at] as number; unit < end; unit += 1)
      made.addLetter(letters[unit] as number);
    for (let same: Cursor | undefined = least; same !== undefined; same = nextOf(queue, made)) {
      addSlots(made, same, slotOf);
      advance(queue, same);
    }
    made.endWord();
  }
  return made.finish();
}

/** The part that bears the word which is being written as well. */
function nextOf([least]: readonly Cursor[], made: Writer): Cursor | undefined {
  return least !== undefined && made.isWord(least.part.index, least.at) ? least : undefined;
}

function addSlots(made: Writer, { part, at }: Cursor, slotOf: Int32Array): void {
  const { postings, postingStarts } = part.index;
  const end = postingStarts[at + 1] as number;
  for (let posting = postingStarts[at] as number; posting < end; posting += 1) {
    const slot = slotOf[part.firstSlot + (postings[posting] as number)] as number;
    if (slot >= 0) made.addSlot(slot);
  }
}

/** The cursor with the least word, which is the first of the heap, goes on to its next one. */
function advance(queue: Cursor[], first: Cursor): void {
  first.at += 1;
  if (first.at === first.words) {
    const last = queue.pop();
    if (last === undefined || last === first) return;
    queue[0] = last;
  }
  sink(queue, 0);
}

function sink(queue: Cursor[], from: number): void {
  const cursor = queue[from];
  if (cursor === undefined) return;
  let at = from;
  for (let child = 2 * at + 1; child < queue.length; child = 2 * at + 1) {
    const right = queue[child + 1];
    if (right !== undefined && isBefore(right, queue[child] as Cursor)) child += 1;
    const least = queue[child] as Cursor;
    if (!isBefore(least, cursor)) break;
    queue[at] = least;
    at = child;
  }
  queue[at] = cursor;
}

function isBefore(one: Cursor, other: Cursor): boolean {
  const [a, b] = [one.part.index, other.part.index];
  let left = a.starts[one.at] as number;
  let right = b.starts[other.at] as number;
  const leftEnd = a.starts[one.at + 1] as number;
  const rightEnd = b.starts[other.at + 1] as number;
  for (; left < leftEnd && right < rightEnd; left += 1, right += 1) {
    const order = (a.letters[left] as number) - (b.letters[right] as number);
    if (order !== 0) return order < 0;
  }
  return left === leftEnd && right < rightEnd;
}

type Writer = ReturnType<typeof createWriter>;

/** Takes words in their order; one that nobody bears is left out. */
function createWriter(mostWords: number, mostLetters: number, mostPostings: number) {
  const letters = new Uint16Array(mostLetters);
  const starts = new Uint32Array(mostWords + 1);
  const postingStarts = new Uint32Array(mostWords + 1);
  const postings = new Uint32Array(mostPostings);
  let words = 0;
  let letter = 0;
  let posting = 0;
  return {
    addLetter(unit: number): void {
      letters[letter] = unit;
      letter += 1;
    },
    addSlot(slot: number): void {
      postings[posting] = slot;
      posting += 1;
    },
    /** Whether a word of an index is the one that is being written. */
    isWord(index: WordIndex, at: number): boolean {
      const start = index.starts[at] as number;
      const length = (index.starts[at + 1] as number) - start;
      const own = starts[words] as number;
      if (length !== letter - own) return false;
      for (let unit = 0; unit < length; unit += 1)
        if (index.letters[start + unit] !== letters[own + unit]) return false;
      return true;
    },
    endWord(): void {
      if (posting === postingStarts[words]) {
        letter = starts[words] as number;
        return;
      }
      words += 1;
      starts[words] = letter;
      postingStarts[words] = posting;
    },
    finish(): WordIndex {
      const shared = (from: Uint32Array, count: number) => {
        const to = new Uint32Array(new SharedArrayBuffer(count * 4));
        to.set(from.subarray(0, count));
        return to;
      };
      const shownLetters = new Uint16Array(new SharedArrayBuffer(letter * 2));
      shownLetters.set(letters.subarray(0, letter));
      return {
        letters: shownLetters,
        starts: shared(starts, words + 1),
        postingStarts: shared(postingStarts, words + 1),
        postings: shared(postings, posting),
      };
    },
  };
}
