/** Text for comparison and for storage: one way to clean, one way to fold, used by every file of this module. */

const CONTROL = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]+/gu;
const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
/** Letters that Unicode does not decompose, as postal databases write them without the stroke. */
const STROKES: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
};
const STROKE = /[ßøłđðþæœıħŧ]/gu;

/** NFC, control, invisible and lone-surrogate characters become a space, runs of white space become one space, trimmed. */
export function cleanText(text: string): string {
  // Cleaning may bring together a letter and a mark that a control character kept apart: compose last.
  return text.replace(CONTROL, ' ').replace(/\s+/gu, ' ').trim().normalize('NFC');
}

/** Full-width ASCII (U+FF01 to U+FF5E) and the ideographic space as written by Chinese input methods, made narrow. */
export function narrowWidth(text: string): string {
  return text.replace(/[\uff01-\uff5e\u3000]/gu, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  );
}

/** Search key: without case, diacritics and punctuation; words parted by one space. Idempotent. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(STROKE, (letter) => STROKES[letter] ?? letter)
    .normalize('NFKD')
    .replace(MARKS, '')
    .replace(NOT_WORD, ' ')
    .trim();
}

export function hasHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Edit distance (Levenshtein), stopped above `limit`: then `limit + 1`. */
export function editDistance(first: string, second: string, limit: number): number {
  if (Math.abs(first.length - second.length) > limit) return limit + 1;
  let previous = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= second.length; column += 1) {
      const swap = (previous[column - 1] ?? 0) + (first[row - 1] === second[column - 1] ? 0 : 1);
      const cost = Math.min(swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    previous = current;
  }
  return Math.min(previous[second.length] ?? 0, limit + 1);
}

/** The name nearest to `wanted`, when it is near enough to be meant (a quarter of the letters, at most 3: our default). */
export function closestName(wanted: string, names: Iterable<string>): string | undefined {
  const key = foldText(wanted).slice(0, 60);
  if (key === '') return undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(key.length / 4)));
  let found: string | undefined;
  for (const name of names) {
    const distance = editDistance(key, foldText(name), limit);
    if (distance <= limit && (found === undefined || distance < limit)) {
      found = name;
      limit = distance;
    }
  }
  return found;
}
