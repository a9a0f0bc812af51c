/** Why a text was refused as JSON: `position` counts characters from 0. */
export class JsonTrapError extends Error {
  override readonly name = 'JsonTrapError';
  readonly position: number;
  constructor(message: string, position: number) {
    super(`${message} at character ${position}`);
    this.position = position;
  }
}

const MAX_DEPTH = 32;

/**
 * `JSON.parse` for text from outside. Refuses what it would silently accept: a name given twice in one object,
 * more than 32 levels, integers beyond 2^53 (they would change), lone surrogates, the name `__proto__`, and the
 * character U+0000, which PostgreSQL cannot store.
 * Throws JsonTrapError or SyntaxError.
 */
export function parseStrictJson(text: string): unknown {
  const { names, isOdd } = glance(text);
  const value: unknown = JSON.parse(text);
  if (!text.isWellFormed()) throw new JsonTrapError('a lone surrogate', 0);
  // Fewer names than were written: one was given twice. Looking for it, and at odd numbers, costs more than the rest.
  if (isOdd || countNames(value) !== names) scanNames(text);
  // Whatever a string may not hold can only have come as an escape.
  if (text.includes('\\u')) checkStrings(value);
  return value;
}

/**
 * Depth first, on the raw text: `JSON.parse` itself would recurse. Counts names on the way. Odd: numbers that may be beyond
 * 2^53, the name `__proto__`, and escapes: of one name written twice with one, V8 (Node 26.10) was seen to make two.
 */
function glance(text: string): { names: number; isOdd: boolean } {
  let depth = 0;
  let names = 0;
  let digits = 0;
  let isOdd = text.includes('__proto__') || text.includes('\\');
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) {
      digits += 1;
      if (digits > MAX_PLAIN_DIGITS) isOdd = true;
      continue;
    }
    if (digits > 0 && (code === 0x65 || code === 0x45)) isOdd = true;
    digits = 0;
    if (code === 0x22) {
      index = closingQuote(text, index);
      if (index < 0) break;
    } else if (code === 0x3a) names += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new JsonTrapError(`more than ${MAX_DEPTH} levels`, index);
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return { names, isOdd };
}

/** 15 digits are always below 2^53. */
const MAX_PLAIN_DIGITS = 15;

/** -1: the string does not end, which is no JSON. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, quote: number): boolean {
  let before = quote - 1;
  while (text.charCodeAt(before) === 0x5c) before -= 1;
  return (quote - before) % 2 === 0;
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countNames(item);
  else {
    const members = value as Readonly<Record<string, unknown>>;
    // What JSON.parse makes inherits no names.
    for (const name in members) count += 1 + countNames(members[name]);
  }
  return count;
}

/** The text is valid JSON here. Walks it once and looks at names and integers. */
function scanNames(text: string): void {
  const names: (Set<string> | undefined)[] = [];
  let index = 0;
  while (index < text.length) {
    const char = text[index];
    if (char === '{') names.push(new Set());
    else if (char === '[') names.push(undefined);
    else if (char === '}' || char === ']') names.pop();
    else if (char === '"') {
      const end = endOfString(text, index);
      let next = end + 1;
      while (' \t\n\r'.includes(text[next] ?? '') && next < text.length) next += 1;
      if (text[next] === ':')
        checkName(JSON.parse(text.slice(index, end + 1)) as string, names.at(-1), index);
      index = end;
    } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
      index = checkNumber(text, index);
      continue;
    }
    index += 1;
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index;
}

function checkName(name: string, seen: Set<string> | undefined, position: number): void {
  if (name === '__proto__') throw new JsonTrapError('the name __proto__', position);
  if (seen?.has(name))
    throw new JsonTrapError(`the name ${JSON.stringify(name.slice(0, 40))} given twice`, position);
  seen?.add(name);
}

function checkNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && '0123456789.eE+-'.includes(text[end] ?? '')) end += 1;
  const literal = text.slice(start, end);
  const value = Number(literal);
  if (!Number.isFinite(value)) throw new JsonTrapError('a number too large', start);
  if (/^-?\d+$/.test(literal) && !Number.isSafeInteger(value))
    throw new JsonTrapError('an integer beyond 2^53', start);
  return end;
}

/** Escapes such as \ud800 are well-formed text but not well-formed strings. */
function checkStrings(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) throw new JsonTrapError('the character U+0000', 0);
    if (!value.isWellFormed()) throw new JsonTrapError('a lone surrogate', 0);
  } else if (Array.isArray(value)) for (const item of value) checkStrings(item);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      checkStrings(name);
      checkStrings(item);
    }
  }
}
