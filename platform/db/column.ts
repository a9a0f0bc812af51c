import {
  type ColumnType,
  OIDS,
  VALUE_WRITERS,
  type Value,
  type ValueWriter,
  writeBytes,
  writeInt16,
  writeInt32,
  writeNull,
  written,
} from './binary.ts';
import { type SqlQuery, statement } from './sql.ts';

/** Name and type of a column, and its value of a row (see Value); `undefined` and `null` are null. */
export type Column<Row> = readonly [
  name: string,
  type: ColumnType,
  read: (row: Row) => Value | null | undefined,
];

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
  const writers = arrayWriters.getOrInsertComputed(columns, () =>
    columns.map(arrayWriterOf),
  ) as readonly ArrayWriter<Row>[];
  return statement(
    textOf(alias, columns),
    writers.map((write, index) => arrayOf(columns[index]?.[1] ?? 'text', rows, write, index > 0)),
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

/** Writes its column of all rows, the elements of an array. Notes in `tally` how many are null. */
type ArrayWriter<Row> = (rows: readonly Row[], at: number, tally: { nulls: number }) => number;
const arrayWriters = new WeakMap<object, readonly unknown[]>();

/**
 * A function for each column, as for each list of columns below: V8 then knows what is called at its one place, where a loop
 * for all columns would look up each call. Their texts hold nothing from outside.
 */
function arrayWriterOf<Row>([, type, read]: Column<Row>): ArrayWriter<Row> {
  const write: ValueWriter =
    type === 'text[]'
      ? (value, at) => VALUE_WRITERS.text(literalOf(value as readonly string[]), at)
      : VALUE_WRITERS[type];
  const body = `return (rows, at, tally) => {
    for (let index = 0; index < rows.length; index += 1) {
      const value = read(rows[index]);
      if (value === null || value === undefined) {
        tally.nulls += 1;
        at = writeNull(at);
      } else at = write(value, at);
    }
    return at;
  }`;
  return new Function('read', 'write', 'writeNull', body)(read, write, writeNull) as ArrayWriter<Row>;
}

const HEADER_BYTES = 20;

/**
 * Source of the format: array_recv in PostgreSQL's arrayfuncs.c. `mayBeShort`: nothing but nulls is an empty array, since
 * PostgreSQL fills up what is shorter than the longest column with nulls.
 */
function arrayOf<Row>(
  type: ColumnType,
  rows: readonly Row[],
  write: ArrayWriter<Row>,
  mayBeShort: boolean,
): Buffer {
  const tally = { nulls: 0 };
  const end = write(rows, HEADER_BYTES, tally);
  const isEmpty = rows.length === 0 || (mayBeShort && tally.nulls === rows.length);
  writeInt32(isEmpty ? 0 : 1, 0);
  writeInt32(tally.nulls > 0 && !isEmpty ? 1 : 0, 4);
  writeInt32(OIDS[type], 8);
  writeInt32(rows.length, 12);
  writeInt32(1, 16);
  // An array without elements has no dimension either.
  return written(isEmpty ? 12 : end);
}

/** An array of texts as PostgreSQL writes it. */
function literalOf(elements: readonly string[]): string {
  return `{${elements.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/**
 * Rows as they follow `copy ... from stdin (format binary)`, with the messages around them. Source: "Binary Format" in
 * the chapter on COPY and "Message Formats" of PostgreSQL's manual.
 */
export function copyMessages<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Buffer {
  const write = rowWriters.getOrInsertComputed(columns, () => rowWriterOf(columns)) as RowWriter<Row>;
  let end = writeBytes(COPY_DATA, 0);
  for (const row of rows) end = write(row, writeInt16(columns.length, end));
  end = writeBytes(COPY_END, end);
  // What the length counts is all but the first byte and the message of the end.
  writeInt32(end - 1 - COPY_DONE_BYTES, 1);
  return written(end);
}

/** Writes all columns of a row. */
type RowWriter<Row> = (row: Row, at: number) => number;
const rowWriters = new WeakMap<object, unknown>();

function rowWriterOf<Row>(columns: readonly Column<Row>[]): RowWriter<Row> {
  const steps = columns.map(
    (_, index) => `value = read${index}(row);
      at = value === null || value === undefined ? writeNull(at) : write${index}(value, at);`,
  );
  return new Function(
    'writeNull',
    ...columns.map((_, index) => `read${index}`),
    ...columns.map((_, index) => `write${index}`),
    `return (row, at) => { let value; ${steps.join(' ')} return at; }`,
  )(
    writeNull,
    ...columns.map(([, , read]) => read),
    ...columns.map(([, type]) => VALUE_WRITERS[type]),
  ) as RowWriter<Row>;
}

/** CopyData with its length to come; then signature, flags and an extension of no length. */
const COPY_DATA = Buffer.from('d\0\0\0\0PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const COPY_DONE_BYTES = 5;
/** A row of -1 columns ends the rows, CopyDone the messages. */
const COPY_END = Buffer.from('\xff\xffc\0\0\0\x04', 'latin1');
