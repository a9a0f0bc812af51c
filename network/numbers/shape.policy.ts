/**
 * The form of a number, written as trade standards write it (GS1 General Specifications 3.2, UN/EDIFACT): `n9` nine
 * digits, `a2` two letters, `an3..5` three to five of either. Capital letters and digits stand for themselves,
 * `GM|LX` for one of them, `[C-E7]` for one character of a set, `-` for a hyphen that is printed and does not count.
 * Parentheses mark what the check digit covers; without them it is everything.
 */
export type Shape = string;

/** A shape at one length: which characters may stand where. */
export type Form = {
  /** One table a position: 1 at the codes of the characters that may stand there. */
  readonly cells: readonly CharacterSet[];
  /** What the check digit covers, end exclusive. */
  readonly checked: readonly [from: number, to: number];
  /** Positions before which a hyphen is printed. */
  readonly hyphens: readonly number[];
  /** Powers of ten by which the form narrows digits down; below 0 where letters may stand for digits. */
  readonly evidence: number;
};

export type CharacterSet = {
  readonly allows: Uint8Array;
  readonly size: number;
  /** As in a regular expression. */
  readonly source: string;
};

type Part = { readonly options: readonly (readonly CharacterSet[])[] } | '(' | ')' | '-';

const DIGITS = '0123456789';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const CLASSES: Readonly<Record<string, CharacterSet>> = {
  n: characterSet(DIGITS, '[0-9]'),
  a: characterSet(LETTERS, '[A-Z]'),
  an: characterSet(DIGITS + LETTERS, '[0-9A-Z]'),
};
const FIXED: ReadonlyMap<string, CharacterSet> = new Map(
  [...DIGITS, ...LETTERS].map((char) => [char, characterSet(char, char)]),
);

/** A shape makes at most so many forms, so that no table grows without being seen. */
const MOST_FORMS = 400;

/** All forms of a shape. Throws SyntaxError for a shape that makes no sense: shapes are ours, not a caller's. */
export function formsOf(shape: Shape): readonly Form[] {
  let drafts: Draft[] = [{ cells: [], hyphens: [] }];
  for (const part of partsOf(shape)) {
    drafts = drafts.flatMap((draft) => extended(draft, part));
    if (drafts.length > MOST_FORMS) throw new SyntaxError(`${shape} has too many forms`);
  }
  return drafts.map((draft) => formOf(draft, shape));
}

/** Whether the characters have the form. Looks at each position once. */
export function hasForm(form: Form, text: string): boolean {
  const { cells } = form;
  if (text.length !== cells.length) return false;
  for (let index = 0; index < cells.length; index += 1) {
    if (cells[index]?.allows[text.charCodeAt(index)] !== 1) return false;
  }
  return true;
}

/** The shapes as one anchored regular expression, for readers that know no other language. */
export function expressionOf(shapes: readonly Shape[]): string {
  const bodies = shapes.map((shape) =>
    partsOf(shape)
      .map((part) => (typeof part === 'string' ? '' : expressionOfOptions(part.options)))
      .join(''),
  );
  return bodies.length === 1 ? `^${bodies[0]}$` : `^(?:${bodies.join('|')})$`;
}

type Draft = {
  readonly cells: readonly CharacterSet[];
  readonly from?: number;
  readonly to?: number;
  readonly hyphens: readonly number[];
};

function extended(draft: Draft, part: Part): Draft[] {
  const at = draft.cells.length;
  if (part === '(') return [{ ...draft, from: at }];
  if (part === ')') return [{ ...draft, to: at }];
  if (part === '-') return [{ ...draft, hyphens: [...draft.hyphens, at] }];
  return part.options.map((cells) => ({ ...draft, cells: [...draft.cells, ...cells] }));
}

function formOf({ cells, from, to, hyphens }: Draft, shape: Shape): Form {
  if ((from === undefined) !== (to === undefined)) throw new SyntaxError(`${shape} has half a parenthesis`);
  return {
    cells,
    hyphens,
    checked: [from ?? 0, to ?? cells.length],
    evidence: cells.reduce((sum, { size }) => sum + 1 - Math.log10(size), 0),
  };
}

function partsOf(shape: Shape): Part[] {
  return shape
    .replace(/[()]/g, ' $& ')
    .trim()
    .split(/\s+/)
    .map((word) => partOf(word, shape));
}

function partOf(word: string, shape: Shape): Part {
  if (word === '(' || word === ')' || word === '-') return word;
  const [, name = '', least = '', most = least] = /^(an|a|n)(\d+)(?:\.\.(\d+))?$/.exec(word) ?? [];
  const set = CLASSES[name];
  if (set !== undefined) {
    const lengths = Array.from({ length: Number(most) - Number(least) + 1 }, (_, n) => Number(least) + n);
    return { options: lengths.map((length) => Array.from({ length }, () => set)) };
  }
  if (/^\[[0-9A-Z-]+\]$/.test(word)) return { options: [[characterSet(charactersOf(word), word)]] };
  if (/^[0-9A-Z]+(\|[0-9A-Z]+)*$/.test(word)) return { options: word.split('|').map(literalOf) };
  throw new SyntaxError(`${word} in ${shape}`);
}

function literalOf(text: string): CharacterSet[] {
  return [...text].map((char) => FIXED.get(char) ?? characterSet(char, char));
}

/** `[C-E7]`: C, D, E and 7. */
function charactersOf(word: string): string {
  return [...DIGITS, ...LETTERS].filter((char) => new RegExp(word).test(char)).join('');
}

function characterSet(characters: string, source: string): CharacterSet {
  const allows = new Uint8Array(128);
  for (const char of characters) allows[char.charCodeAt(0)] = 1;
  return { allows, size: characters.length, source };
}

function expressionOfOptions(options: readonly (readonly CharacterSet[])[]): string {
  const [first = []] = options;
  const [longest = []] = options.slice(-1);
  // Of the parts only a class comes in several lengths of the same characters.
  if (first.length !== longest.length && (longest[0]?.size ?? 0) > 1)
    return `${longest[0]?.source}{${first.length},${longest.length}}`;
  const texts = options.map((cells) => {
    const [set] = cells;
    const isRun = cells.length > 1 && cells.every((cell) => cell === set) && (set?.size ?? 0) > 1;
    return isRun ? `${set?.source}{${cells.length}}` : cells.map((cell) => cell.source).join('');
  });
  return texts.length === 1 ? (texts[0] ?? '') : `(?:${texts.join('|')})`;
}
