import type { Value } from './payload.ts';

/**
 * A place inside a payload that is asked without fear: what is not there, or is of another type, is simply absent.
 * Lists and single values are alike, because XML and several carriers' JSON write one of a list without brackets.
 */
export type Part = {
  /** JSON pointer of this place. */
  readonly pointer: string;
  readonly exists: boolean;
  /** It holds something: an empty object, list or text says as little as none. */
  readonly isFilled: boolean;
  /** Text below the keys without white space around it; undefined when absent, empty or no plain value. */
  text(...keys: string[]): string | undefined;
  part(...keys: string[]): Part;
  list(...keys: string[]): readonly Part[];
};

export function partOf(value: Value | undefined, pointer = ''): Part {
  return {
    pointer,
    exists: value !== undefined && value !== null,
    isFilled: isFilled(value),
    text: (...keys) => plainText(below(value, keys)),
    part: (...keys) => partOf(below(value, keys), deeper(pointer, keys)),
    list: (...keys) => listBelow(below(value, keys), deeper(pointer, keys)),
  };
}

function isFilled(value: Value | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function below(value: Value | undefined, keys: readonly string[]): Value | undefined {
  let at = value;
  for (const key of keys) {
    if (at === null || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, key))
      return undefined;
    at = (at as { readonly [key: string]: Value })[key];
  }
  return at;
}

function plainText(value: Value | undefined): string | undefined {
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'object' && value !== null) {
    const inner = below(value, ['#text']);
    return typeof inner === 'string' ? plainText(inner) : undefined;
  }
  const text = typeof value === 'string' ? value.trim() : undefined;
  return text === '' || text === undefined ? undefined : text;
}

function listBelow(value: Value | undefined, pointer: string): Part[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) return [partOf(value, pointer)];
  return value.map((one: Value, index) => partOf(one, `${pointer}/${index}`));
}

function deeper(pointer: string, keys: readonly string[]): string {
  return keys.reduce((path, key) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, pointer);
}
