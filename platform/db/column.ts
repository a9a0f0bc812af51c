import { msOf, parseInstant } from '../../network/kernel/index.ts';
import { type SqlQuery, statement } from './sql.ts';

/** Types whose values travel in columns, with their object ids in PostgreSQL's catalogue (pg_type.dat). */
const OIDS = {
  text: 25,
  smallint: 21,
  integer: 23,
  bigint: 20,
  boolean: 16,
  timestamptz: 1184,
  json: 114,
  jsonb: 3802,
  uuid: 2950,
  /** Of its elements. */
  'text[]': 25,
} as const;
export type ColumnType = keyof typeof OIDS;

/** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
const EPOCH_MS = 946_684_800_000;
const HEADER_BYTES = 20;
const TWO_32 = 2 ** 32;

/** Grows to the longest column there was; written to and copied from in one go. */
let scratch = Buffer.allocUnsafe(65_536);

type Value = string | number | boolean | readonly string[] | null | undefined;

/**
 * Name and type of a column, and its value of a row. A value of `json` and `jsonb` is text, of `timestamptz` an instant in
 * UTC or its milliseconds since 1970, of `uuid` 32 hex digits.
 */
export type Column<Row> = readonly [name: string, type: ColumnType, read: (row: Row) => Value];

const NAME = /^[a-z_]{1,40}$/;

/**
 * Many rows as a source of a statement: `(select unnest($1::text[]) as name, ...) as alias`. The columns travel as arrays
 * in binary form: of a JSON document PostgreSQL expects a hundred rows and would read whole tables to join them, of arrays
 * as many as there are. In the list of a `select` they are walked together; `from unnest($1, ...)` would write each column
 * down before it reads them, at five times the price. `undefined` and `null` are null.
 */
export function unnestRows<Row>(
  alias: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): SqlQuery {
  return statement(
    textOf(alias, columns),
    columns.map(([, type, read], index) => arrayOf(type, rows, read, index > 0)),
  );
}

/** Each list of columns is used with one alias or two. */
const texts = new WeakMap<object, Map<string, string>>();

function textOf<Row>(alias: string, columns: readonly Column<Row>[]): string {
  const known = texts.get(columns)?.get(alias);
  if (known !== undefined) return known;
  if (!NAME.test(alias)) throw new Error('not a name');
  namesOf(columns);
  const arrays = columns.map(([name, type], index) =>
    // `unnest` takes arrays of arrays apart, so those travel as texts.
    type === 'text[]'
      ? `unnest($${index + 1}::text[])::text[] as ${name}`
      : `unnest($${index + 1}::${type}[]) as ${name}`,
  );
  const text = `(select ${arrays.join(', ')}) as ${alias}`;
  texts.getOrInsertComputed(columns, () => new Map()).set(alias, text);
  return text;
}

/** Names for a statement's text: none comes from outside. */
export function namesOf(columns: readonly Column<never>[]): string {
  const names = columns.map(([name]) => name);
  if (!names.every((name) => NAME.test(name))) throw new Error('not a name of a column');
  return names.join(', ');
}

/**
 * Source of the format: array_recv in PostgreSQL's arrayfuncs.c. `mayBeShort`: nothing but nulls is an empty array, since
 * PostgreSQL fills up what is shorter than the longest column with nulls.
 */
function arrayOf<Row>(
  type: ColumnType,
  rows: readonly Row[],
  read: (row: Row) => Value,
  mayBeShort: boolean,
): Buffer {
  const write = WRITERS[type === 'text[]' ? 'text' : type];
  let end = HEADER_BYTES;
  let nulls = 0;
  for (const row of rows) {
    const value = read(row);
    if (value === null || value === undefined) nulls += 1;
    end = writeValue(typeof value === 'object' && value !== null ? literalOf(value) : value, write, end);
  }
  const isEmpty = rows.length === 0 || (mayBeShort && nulls === rows.length);
  writeInt32(isEmpty ? 0 : 1, 0);
  writeInt32(nulls > 0 && !isEmpty ? 1 : 0, 4);
  writeInt32(OIDS[type], 8);
  writeInt32(rows.length, 12);
  writeInt32(1, 16);
  // An array without elements has no dimension either.
  return Buffer.from(scratch.subarray(0, isEmpty ? 12 : end));
}

/** An array of texts as PostgreSQL writes it. */
function literalOf(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/** Its length in bytes, then itself; null is a length of -1. Answers where it ends. */
function writeValue(value: Value, write: Writer, at: number): number {
  if (value === null || value === undefined) {
    reserve(at + 4);
    return writeInt32(-1, at);
  }
  reserve(at + 24 + roomFor(value));
  const bytes = write(value, at + 4);
  return writeInt32(bytes, at) + bytes;
}

/** A character of a text takes at most three bytes of UTF-8 for each of its units. */
function roomFor(value: NonNullable<Value>): number {
  if (typeof value === 'string') return value.length * 3;
  return typeof value === 'object' ? value.reduce((sum, text) => sum + 4 + text.length * 3, 0) : 0;
}

/**
 * Rows as they follow `copy ... from stdin (format binary)`, with the messages around them. Source: "Binary Format" in
 * the chapter on COPY and "Message Formats" of PostgreSQL's manual.
 */
export function copyMessages<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Buffer {
  let end = COPY_DATA.copy(scratch, 0);
  for (const row of rows) {
    reserve(end + 2);
    end = scratch.writeInt16BE(columns.length, end);
    for (const [, type, read] of columns) end = writeValue(read(row), WRITERS[type], end);
  }
  reserve(end + COPY_END.length);
  end += COPY_END.copy(scratch, end);
  // What the length counts is all but the first byte and the message of the end.
  scratch.writeInt32BE(end - 1 - COPY_DONE_BYTES, 1);
  return Buffer.from(scratch.subarray(0, end));
}

/** CopyData with its length to come; then signature, flags and an extension of no length. */
const COPY_DATA = Buffer.from('d\0\0\0\0PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const COPY_DONE_BYTES = 5;
/** A row of -1 columns ends the rows, CopyDone the messages. */
const COPY_END = Buffer.from('\xff\xffc\0\0\0\x04', 'latin1');

/** To call into the runtime costs as much as to copy so many characters. */
const SHORT = 48;

/** Answers how many bytes it wrote. */
type Writer = (value: NonNullable<Value>, at: number) => number;

const writeText: Writer = (value, at) => {
  const text = String(value);
  if (text.length > SHORT) return scratch.write(text, at, 'utf8');
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return scratch.write(text, at, 'utf8');
    scratch[at + index] = code;
  }
  return text.length;
};
const WRITERS: Readonly<Record<ColumnType, Writer>> = {
  text: writeText,
  json: writeText,
  jsonb: (value, at) => {
    // Version 1 of its wire format is the text.
    scratch[at] = 1;
    return 1 + writeText(value, at + 1);
  },
  smallint: (value, at) => scratch.writeInt16BE(Number(value), at) - at,
  integer: (value, at) => scratch.writeInt32BE(Number(value), at) - at,
  boolean: (value, at) => {
    scratch[at] = value === true ? 1 : 0;
    return 1;
  },
  bigint: (value, at) => writeInt64(Number(value), at),
  timestamptz: (value, at) => writeInstant(typeof value === 'number' ? value : msOfText(String(value)), at),
  uuid: (value, at) => writeUuid(String(value), at),
  'text[]': (value, at) => writeTexts(value as readonly string[], at),
};

/** One dimension, no nulls, elements of type text counted from 1; without elements no dimension. */
function writeTexts(texts: readonly string[], at: number): number {
  let end = writeInt32(OIDS['text[]'], writeInt32(0, writeInt32(texts.length === 0 ? 0 : 1, at)));
  if (texts.length === 0) return end - at;
  end = writeInt32(1, writeInt32(texts.length, end));
  for (const text of texts) {
    const bytes = writeText(text, end + 4);
    end = writeInt32(bytes, end) + bytes;
  }
  return end - at;
}

/** Answers where it ends. */
function writeInt32(value: number, at: number): number {
  scratch[at] = value >>> 24;
  scratch[at + 1] = value >>> 16;
  scratch[at + 2] = value >>> 8;
  scratch[at + 3] = value;
  return at + 4;
}

function writeInt64(value: number, at: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('no bigint that a number holds exactly');
  const high = Math.floor(value / TWO_32);
  scratch.writeInt32BE(high, at);
  scratch.writeUInt32BE(value - high * TWO_32, at + 4);
  return 8;
}

function writeUuid(text: string, at: number): number {
  if (text.length !== 32 || scratch.write(text, at, 'hex') !== 16)
    throw new RangeError(`not 32 hex digits: ${text.slice(0, 40)}`);
  return 16;
}

/** Rows of one statement were often received at one instant. */
let lastInstant = '';
let lastMs = Number.NaN;

function msOfText(text: string): number {
  if (text === lastInstant) return lastMs;
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(`not an instant: ${text.slice(0, 40)}`);
  lastMs = msOf(instant);
  lastInstant = text;
  return lastMs;
}

/** Microseconds of the years before 1715 and after 2285 are no safe integers. */
function writeInstant(unixMs: number, at: number): number {
  const milliseconds = unixMs - EPOCH_MS;
  if (Number.isSafeInteger(milliseconds * 1_000)) return writeInt64(milliseconds * 1_000, at);
  scratch.writeBigInt64BE(BigInt(milliseconds) * 1_000n, at);
  return 8;
}

function reserve(bytes: number): void {
  if (bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(bytes, scratch.length * 2));
  scratch.copy(larger);
  scratch = larger;
}
