import { msOf, parseInstant } from '../../network/kernel/index.ts';

/*
 * Values in PostgreSQL's binary form, each behind its length in bytes, one after the other in one buffer that grows.
 * Source: the `_recv` functions of its types, and "Binary Format" in its manual's chapter on COPY.
 */

/** Types whose values travel in columns, with their object ids in PostgreSQL's catalogue (pg_type.dat). */
export const OIDS = {
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

/**
 * A value of `json` and `jsonb` is text, of `timestamptz` an instant in UTC or its milliseconds since 1970, of `uuid` 32 hex
 * digits.
 */
export type Value = string | number | boolean | readonly string[];

/** Writes a value behind its length; answers where it ends. Throws RangeError for one that the type does not hold. */
export type ValueWriter = (value: Value, at: number) => number;

/** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
const EPOCH_MS = 946_684_800_000;
const TWO_32 = 2 ** 32;
/** To call into the runtime costs as much as to copy so many characters. */
const SHORT = 48;

/** Grows to the longest there was. */
let scratch = Buffer.allocUnsafe(65_536);

function reserve(bytes: number): void {
  if (bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(bytes, scratch.length * 2));
  scratch.copy(larger);
  scratch = larger;
}

/** What was written so far, as bytes of its own. */
export function written(end: number): Buffer {
  return Buffer.from(scratch.subarray(0, end));
}

/** These three answer where it ends. */
export function writeBytes(bytes: Buffer, at: number): number {
  reserve(at + bytes.length);
  return at + bytes.copy(scratch, at);
}

export function writeInt16(value: number, at: number): number {
  reserve(at + 2);
  return scratch.writeInt16BE(value, at);
}

export function writeInt32(value: number, at: number): number {
  reserve(at + 4);
  scratch[at] = value >>> 24;
  scratch[at + 1] = value >>> 16;
  scratch[at + 2] = value >>> 8;
  scratch[at + 3] = value;
  return at + 4;
}

/** A null has a length of -1. */
export function writeNull(at: number): number {
  return writeInt32(-1, at);
}

/** `String()` of a text takes longer than to ask what it is. */
const textOf = (value: Value) => (typeof value === 'string' ? value : String(value));

const writeText: ValueWriter = (value, at) => {
  const text = textOf(value);
  // A character takes at most three bytes of UTF-8 for each of its units.
  reserve(at + 4 + text.length * 3);
  const bytes = putText(text, at + 4);
  return writeInt32(bytes, at) + bytes;
};

/** Answers how many bytes it wrote; there is room. */
function putText(text: string, at: number): number {
  if (text.length > SHORT) return scratch.write(text, at, 'utf8');
  const bytes = scratch;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return bytes.write(text, at, 'utf8');
    bytes[at + index] = code;
  }
  return text.length;
}

/** Version 1 of the wire format of `jsonb` is the text. */
function writeJsonb(value: Value, at: number): number {
  const end = writeText(value, at + 1);
  const bytes = end - at - 4;
  writeInt32(bytes, at);
  scratch[at + 4] = 1;
  return end;
}

/** The length of all that is as long: values of numbers. */
function begin(bytes: number, at: number): number {
  reserve(at + 4 + bytes);
  return writeInt32(bytes, at);
}

function writeInt64(value: number, at: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('no bigint that a number holds exactly');
  const start = begin(8, at);
  const high = Math.floor(value / TWO_32);
  writeInt32(high, start);
  return writeInt32(value - high * TWO_32, start + 4);
}

/** Microseconds of the years before 1715 and after 2285 are no safe integers. */
function writeInstant(value: Value, at: number): number {
  const unixMs = typeof value === 'number' ? value : msOfText(textOf(value));
  const microseconds = (unixMs - EPOCH_MS) * 1_000;
  if (Number.isSafeInteger(microseconds)) return writeInt64(microseconds, at);
  return scratch.writeBigInt64BE(BigInt(unixMs - EPOCH_MS) * 1_000n, begin(8, at));
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

function writeUuid(value: Value, at: number): number {
  const text = textOf(value);
  const start = begin(16, at);
  if (text.length !== 32 || scratch.write(text, start, 'hex') !== 16)
    throw new RangeError(`not 32 hex digits: ${text.slice(0, 40)}`);
  return start + 16;
}

/** One dimension, no nulls, elements of type text counted from 1; without elements no dimension. Source: array_recv. */
function writeTexts(value: Value, at: number): number {
  const texts = value as readonly string[];
  let end = writeInt32(0, writeInt32(texts.length === 0 ? 0 : 1, at + 4));
  end = writeInt32(OIDS['text[]'], end);
  if (texts.length > 0) end = writeInt32(1, writeInt32(texts.length, end));
  for (const text of texts) end = writeText(text, end);
  writeInt32(end - at - 4, at);
  return end;
}

export const VALUE_WRITERS: Readonly<Record<ColumnType, ValueWriter>> = {
  text: writeText,
  json: writeText,
  jsonb: writeJsonb,
  smallint: (value, at) => scratch.writeInt16BE(Number(value), begin(2, at)),
  integer: (value, at) => scratch.writeInt32BE(Number(value), begin(4, at)),
  boolean: (value, at) => {
    const start = begin(1, at);
    scratch[start] = value === true ? 1 : 0;
    return start + 1;
  },
  bigint: (value, at) => writeInt64(Number(value), at),
  timestamptz: writeInstant,
  uuid: writeUuid,
  'text[]': writeTexts,
};
