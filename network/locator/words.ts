import { foldText, hasHan } from '../places/index.ts';

/** One that is asked for: the whole word, or what one begins with. */
export type AskedWord = { readonly word: string; readonly isPrefix: boolean };

const HAN_RUN = /(\p{Script=Han}+)/u;
const ASCII = /^[\x20-\x7e]*$/;
const NOT_ASCII_WORD = /[^a-z0-9]+/;
/** Of one point. Our default: an address has some thirty at most. */
const MAX_WORDS = 64;
const MAX_WORD_LENGTH = 40;
/** A word of one letter that is not Han begins thousands of others: it is taken as a whole. Our default. */
const MIN_PREFIX = 2;

function partsOf(text: string): readonly string[] {
  const parts = ASCII.test(text)
    ? text.toLowerCase().split(NOT_ASCII_WORD)
    : foldText(text)
        .split(' ')
        .flatMap((part) => (hasHan(part) ? part.split(HAN_RUN) : [part]));
  return parts.filter((part) => part !== '').map((part) => part.slice(0, MAX_WORD_LENGTH));
}

/**
 * Words by which a text is found, each once: words of letters and digits without case and marks; Chinese, which has no
 * blanks, as pairs of neighbouring characters and the last one.
 */
export function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const text of texts) {
    for (const part of partsOf(text)) {
      if (words.size >= MAX_WORDS) return words;
      if (!hasHan(part)) {
        words.add(part);
        continue;
      }
      const characters = [...part];
      characters.forEach((character, index) => {
        words.add(character + (characters[index + 1] ?? ''));
      });
    }
  }
  return words;
}

/** All of them must be there; the last one may go on, since people type from the left. Empty: nothing was asked. */
export function askedWords(text: string): readonly AskedWord[] {
  const parts = partsOf(text);
  const asked = parts.flatMap((part, index): AskedWord[] => {
    if (!hasHan(part)) {
      const isLast = index === parts.length - 1;
      return [{ word: part, isPrefix: isLast && part.length >= MIN_PREFIX }];
    }
    const characters = [...part];
    if (characters.length === 1) return [{ word: part, isPrefix: true }];
    return characters
      .slice(0, -1)
      .map((character, at) => ({ word: character + (characters[at + 1] ?? ''), isPrefix: false }));
  });
  return asked.slice(0, MAX_WORDS);
}

/** Whether all that is asked stands among the words. */
export function hasAskedWords(words: ReadonlySet<string>, asked: readonly AskedWord[]): boolean {
  return asked.every(
    ({ word, isPrefix }) => words.has(word) || (isPrefix && [...words].some((one) => one.startsWith(word))),
  );
}
