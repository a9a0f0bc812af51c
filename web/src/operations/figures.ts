/** A number deep in a document: where it stands as a JSON pointer, and what it is. */
export type Figure = { readonly pointer: string; readonly value: number };

/** Every number below `value`, in the document's order. */
export function figuresOf(value: unknown, pointer = ''): readonly Figure[] {
  if (typeof value === 'number') return [{ pointer, value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => figuresOf(part, `${pointer}/${escaped(key)}`));
}

/** A copy of the document with one number changed; throws RangeError where there is none. */
export function withFigure<Document>(document: Document, pointer: string, value: number): Document {
  const copy = structuredClone(document);
  const keys = pointer.split('/').slice(1).map(unescaped);
  const last = keys.pop();
  let place: unknown = copy;
  for (const key of keys) place = partOf(place, key);
  if (last === undefined || typeof partOf(place, last) !== 'number')
    throw new RangeError(`no number stands at ${pointer}`);
  (place as Record<string, unknown>)[last] = value;
  return copy;
}

/** Own and listed: neither a prototype's part nor the length of a list. */
function partOf(place: unknown, key: string): unknown {
  return typeof place === 'object' && place !== null && Object.keys(place).includes(key)
    ? (place as Record<string, unknown>)[key]
    : undefined;
}

// RFC 6901, section 3.
const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
const unescaped = (key: string) => key.replaceAll('~1', '/').replaceAll('~0', '~');
