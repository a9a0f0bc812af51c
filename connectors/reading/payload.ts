import { SaxesParser } from 'saxes';
import type { CarrierErrorName } from '../../network/tracking/connector-contract.ts';
import { CsvError, readCsv } from '../../platform/csv/index.ts';

/** A payload that cannot be read; caught by the frame and answered as an error of that name. */
export class PayloadError extends Error {
  readonly errorName: CarrierErrorName;
  constructor(errorName: CarrierErrorName, message: string) {
    super(message);
    this.name = 'PayloadError';
    this.errorName = errorName;
  }
}

/** JSON and XML alike. A number of JSON with more digits than a double holds is text, so that none is lost. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A tracking answer of a hundred parcels has about 1 MB; more is not read (our default). */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
/** The deepest documented format nests 12 levels (our default; a stack is never at risk). */
export const MAX_DEPTH = 64;
/** No documented element has more than ten (our default). */
const MAX_ATTRIBUTES = 100;

/** More rows than any carrier sends at once (our default). */
const MAX_ROWS = 100_000;

/** How pages of proxies and portals begin, which come with any status. */
const PAGE = /^(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html)(?![\w:-])/i;

export type DocumentKind = 'json' | 'xml' | 'csv';
export type Document = { readonly kind: DocumentKind; readonly root: Value };

/**
 * Bytes to values; of the content type only the charset counts. JSON and XML tell themselves apart; `isTable` says that
 * the text is CSV. Throws nothing but PayloadError.
 */
export function readDocument(bytes: Uint8Array, contentType?: string, isTable = false): Document {
  if (bytes.length > MAX_PAYLOAD_BYTES)
    throw new PayloadError('payload_too_large', `More than ${MAX_PAYLOAD_BYTES} bytes are not read.`);
  const text = decode(bytes, contentType).trim();
  if (text === '') throw new PayloadError('payload_empty', 'There is nothing in it.');
  if (PAGE.test(text)) throw new PayloadError('payload_unexpected', 'It is a web page.');
  if (isTable) return { kind: 'csv', root: readTable(text) };
  return text.startsWith('<') ? { kind: 'xml', root: readXml(text) } : { kind: 'json', root: readJson(text) };
}

/** Rows under the names of the first one. */
function readTable(text: string): Value {
  try {
    const [header, ...rows] = readCsv(text, MAX_ROWS).map(({ cells }) => cells);
    const names = (header ?? []).map((name) => name.trim());
    if (new Set(names).size < names.length)
      throw new PayloadError('payload_unreadable', 'A column stands twice in the header.');
    return rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new PayloadError(
      'payload_unreadable',
      `Line ${error.line}: ${error.message.replaceAll('_', ' ')}.`,
    );
  }
}

/**
 * UTF-8 unless a byte order mark, the content type or the XML declaration, in this order, say otherwise (RFC 7303 3.2).
 * Both wide encodings show without a mark by where the zeros of the first signs stand (XML 1.0, appendix F.1).
 */
function decode(bytes: Uint8Array, contentType = ''): string {
  const encoding =
    markedEncoding(bytes) ?? wideEncoding(bytes) ?? toldEncoding(bytes, contentType) ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      throw new PayloadError('payload_not_text', `The bytes are no text in ${encoding}.`);
    throw error;
  }
}

function markedEncoding([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : undefined;
}

function wideEncoding([first, second]: Uint8Array): string | undefined {
  if (first === undefined || second === undefined || (first === 0) === (second === 0)) return undefined;
  return first === 0 ? 'utf-16be' : 'utf-16le';
}

/** Who names a wide encoding in bytes that are none has saved a text of his memory as UTF-8 without its declaration. */
function toldEncoding(bytes: Uint8Array, contentType: string): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(head)?.[1];
  const charset = /;\s*charset\s*=\s*["']?([A-Za-z0-9._-]{1,40})/i.exec(contentType)?.[1];
  const told = charset ?? declared;
  return told === undefined || /^(utf-?16|ucs-?2|iso-10646-ucs-2)/i.test(told) ? undefined : told;
}

function readJson(text: string): Value {
  const { depth, safe } = scanJson(text);
  if (depth > MAX_DEPTH) throw new PayloadError('payload_unsafe', `It nests more than ${MAX_DEPTH} levels.`);
  try {
    return JSON.parse(safe) as Value;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new PayloadError('payload_unreadable', 'It is neither JSON nor XML, or it breaks off.');
    throw error;
  }
}

/** JSON that stands as text inside of a field. Throws PayloadError, which the frame names. */
export function embeddedJson(text: string): Value {
  return readJson(text);
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A double keeps every number of so many digits. */
const SAFE_DIGITS = 15;

/**
 * One pass before anything recursive touches the text: how deep brackets nest outside of strings, and the same text
 * with its long numbers in quotes.
 */
function scanJson(text: string): { readonly depth: number; readonly safe: string } {
  let [depth, deepest, copied] = [0, 0, 0];
  const pieces: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charCodeAt(index);
    if (sign === 0x22) index = endOfString(text, index);
    else if (sign === 0x7b || sign === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (sign === 0x7d || sign === 0x5d) depth -= 1;
    else if (sign === 0x2d || (sign >= 0x30 && sign <= 0x39)) {
      NUMBER.lastIndex = index;
      const length = NUMBER.exec(text)?.[0].length ?? 1;
      if (length > SAFE_DIGITS) {
        pieces.push(text.slice(copied, index), '"', text.slice(index, index + length), '"');
        copied = index + length;
      }
      index += length - 1;
    }
  }
  return { depth: deepest, safe: copied === 0 ? text : `${pieces.join('')}${text.slice(copied)}` };
}

/** Index of the quote that ends the string which begins at `from`; the last index when none does. */
function endOfString(text: string, from: number): number {
  for (let index = from + 1; index < text.length; index += 1) {
    const sign = text.charCodeAt(index);
    if (sign === 0x5c) index += 1;
    else if (sign === 0x22) return index;
  }
  return text.length - 1;
}

type Element = { readonly fields: Record<string, Value | Value[]>; text: string };

/**
 * Elements by local name, attributes with `@`. An element with nothing but text is that text; beside others its text
 * is `#text`; one that repeats is a list. A document type is refused: no carrier needs one, and entities hide there.
 */
function readXml(text: string): Value {
  const parser = new SaxesParser({ fragment: false, position: false });
  const open: Element[] = [{ fields: Object.create(null) as Element['fields'], text: '' }];
  const top = () => open.at(-1) as Element;
  parser.on('doctype', () => {
    throw new PayloadError('payload_unsafe', 'A document type with entities is not read.');
  });
  parser.on('error', () => {
    throw new PayloadError('payload_unreadable', 'The XML is broken, or it breaks off.');
  });
  let attributesHere = 0;
  parser.on('opentagstart', () => {
    attributesHere = 0;
  });
  parser.on('attribute', () => {
    attributesHere += 1;
    if (attributesHere > MAX_ATTRIBUTES)
      throw new PayloadError('payload_unsafe', `An element has more than ${MAX_ATTRIBUTES} attributes.`);
  });
  parser.on('opentag', ({ attributes }) => {
    if (open.length > MAX_DEPTH)
      throw new PayloadError('payload_unsafe', `It nests more than ${MAX_DEPTH} levels.`);
    const element: Element = { fields: Object.create(null) as Element['fields'], text: '' };
    for (const [name, value] of Object.entries(attributes))
      if (!/^xmlns(:|$)|^(?:\w+:)nil$/.test(name)) element.fields[`@${localName(name)}`] = value;
    open.push(element);
  });
  parser.on('text', (piece) => {
    top().text += piece;
  });
  parser.on('cdata', (piece) => {
    top().text += piece;
  });
  parser.on('closetag', ({ name }) => {
    const element = open.pop() as Element;
    add(top().fields, localName(name), contentOf(element));
  });
  parser.write(text).close();
  return open[0]?.fields ?? {};
}

function contentOf({ fields, text }: Element): Value {
  if (Object.keys(fields).length === 0) return text;
  if (text.trim() !== '') fields['#text'] = text;
  return fields;
}

function add(fields: Element['fields'], name: string, value: Value): void {
  const held = fields[name];
  if (held === undefined) fields[name] = value;
  else if (Array.isArray(held)) held.push(value);
  else fields[name] = [held as Value, value];
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}
