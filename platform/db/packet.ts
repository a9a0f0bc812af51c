import { createRequire } from 'node:module';
import pg from 'pg';
import { bindMessage } from './bind-message.ts';

/** Of pg, which types its main entry only. */
const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as {
  prepareValue(value: unknown): string | Buffer | null;
};

/** What PostgreSQL answered to one statement. `command`: its tag, such as INSERT or COMMIT. */
export type Answer = { readonly rows: unknown[]; readonly count: number; readonly command: string };

/** A statement on its way. Exactly one of `done` and `failed` is called, once. */
export type Ask = {
  readonly text: string;
  /** As PostgreSQL's text format has them; of `wireValues`. */
  readonly values: readonly (string | Buffer | null)[];
  /** Messages with the rows of a `copy ... from stdin`. */
  readonly copied?: Buffer | undefined;
  /** Under this name PostgreSQL keeps the statement parsed for the connection; undefined: it keeps nothing. */
  readonly name: string | undefined;
  /** Somebody waits for this answer and hears of its failure; else those behind it in the packet are told. */
  readonly isAwaited: boolean;
  /** Takes each row when it comes; the answer then holds none. Throws for a row that cannot be read, which fails the statement. */
  readonly eachRow?: ((row: unknown) => void) | undefined;
  done(answer: Answer): void;
  failed(error: unknown): void;
};

/** Throws when a value has no form that PostgreSQL knows. */
export function wireValues(values: readonly unknown[]): readonly (string | Buffer | null)[] {
  return values.map((value) => prepareValue(value));
}

/**
 * Sends statements together: one packet there, one back. With a Sync behind each statement (what a query of pg has)
 * PostgreSQL writes an answer for each, and both sides wake up for each; here one Sync closes them all. When one fails,
 * PostgreSQL skips those behind it.
 */
export function sendPacket(client: pg.PoolClient, asks: readonly Ask[]): void {
  client.query(new Packet(asks, client) as unknown as pg.Submittable);
}

/** Makes a statement's row of its columns. */
type RowMaker = (fields: readonly (string | null)[]) => unknown;
const NO_COLUMNS: RowMaker = () => ({});

/** By names and types of the columns. There are as many as lists of columns in our statements. */
const rowMakers = new Map<string, RowMaker>();

/**
 * A function for each list of columns, with one object literal: V8 then knows the places of the fields, while one loop for all
 * lists looks up each name in each row. Names are written into its text as quoted strings.
 */
function rowMakerOf(fields: readonly Field[], types: Types): RowMaker {
  const key = JSON.stringify(fields.map(({ name, dataTypeID }) => [name, dataTypeID]));
  return rowMakers.getOrInsertComputed(key, () => {
    const parsers = fields.map(({ dataTypeID }) => types.getTypeParser(dataTypeID, 'text'));
    const members = fields.map(({ name, dataTypeID }, index) => {
      const text = `fields[${index}]`;
      return `${JSON.stringify(name)}: ${dataTypeID === TEXT ? text : `${text} === null ? null : parse${index}(${text})`}`;
    });
    const body = `return (fields) => ({ ${members.join(', ')} })`;
    return new Function(...parsers.map((_, index) => `parse${index}`), body)(...parsers) as RowMaker;
  });
}

/** Its texts are what they are. Source: pg_type.dat. */
const TEXT = 25;

/** The part of pg's connection that a query uses. */
type Connection = {
  readonly stream: { cork(): void; uncork(): void };
  /** What all its messages go through: nothing is written to a connection that is closed. */
  _send(message: Uint8Array): void;
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { text: string; name: string }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string }): void;
  sync(): void;
};
type Field = { readonly name: string; readonly dataTypeID: number };
type Types = { getTypeParser(oid: number, format: 'text'): (text: string) => unknown };

/** By connection and name: a kept statement is described once. PostgreSQL refuses it when its columns changed. */
const makers = new WeakMap<Connection, Map<string, RowMaker>>();

/** Of a statement behind one that failed, when the one who waits for that one has been told. */
const SKIPPED = '25P02';

/**
 * A query of pg (its client hands each message of PostgreSQL to the query under way) that holds several statements.
 * `name` and `text` are those of the statement whose answer comes next: pg's client notes by them what is parsed.
 */
class Packet extends (pg.Query as unknown as new (text: string) => object) {
  name: string | undefined;
  text: string | undefined;
  callback = () => undefined;
  readonly #asks: readonly Ask[];
  readonly #types: Types;
  readonly #described: boolean[] = [];
  #known = new Map<string, RowMaker>();
  #place = 0;
  #rowOf: RowMaker = NO_COLUMNS;
  #rows: unknown[] = [];
  /** A row that could not be read; its statement fails, the packet goes on. */
  #unreadable: unknown;

  constructor(asks: readonly Ask[], client: pg.PoolClient) {
    super('');
    this.#asks = asks;
    this.#types = client as unknown as Types;
  }

  submit(connection: Connection): null {
    let known = makers.get(connection);
    if (known === undefined) {
      known = new Map();
      makers.set(connection, known);
    }
    this.#known = known;
    connection.stream.cork();
    for (const { text, values, name, copied } of this.#asks) {
      if (!isParsed(connection, name)) {
        connection.parse({ text, name: name ?? '' });
        if (name !== undefined) connection.submittedNamedStatements[name] = text;
      }
      connection._send(bindMessage(name ?? '', values));
      const isDescribed = name === undefined || !known.has(name);
      if (isDescribed) connection.describe({ type: 'P', name: '' });
      this.#described.push(isDescribed);
      connection.execute({ portal: '' });
      // Without waiting for its leave: PostgreSQL skips rows that it does not want, as it skips statements.
      if (copied !== undefined) connection._send(copied);
    }
    connection.sync();
    connection.stream.uncork();
    this.#expect();
    return null;
  }

  /** Makes ready for the answer of the statement at its place. */
  #expect(): void {
    const ask = this.#asks[this.#place];
    this.name = ask?.name;
    this.text = ask?.text;
    this.#rows = [];
    const isKnown = ask?.name !== undefined && this.#described[this.#place] === false;
    this.#rowOf = (isKnown ? this.#known.get(ask.name as string) : undefined) ?? NO_COLUMNS;
  }

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.#rowOf = rowMakerOf(fields, this.#types);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    try {
      const row = this.#rowOf(fields);
      const eachRow = this.#asks[this.#place]?.eachRow;
      if (eachRow === undefined) this.#rows.push(row);
      else eachRow(row);
    } catch (error) {
      this.#unreadable ??= error;
    }
  }

  handleCommandComplete({ text }: { text: string }): void {
    const ask = this.#asks[this.#place];
    if (ask?.name !== undefined && this.#described[this.#place] === true)
      this.#known.set(ask.name, this.#rowOf);
    const [rows, unreadable] = [this.#rows, this.#unreadable];
    this.#unreadable = undefined;
    this.#place += 1;
    this.#expect();
    if (unreadable === undefined) ask?.done({ rows, count: countOf(text), command: commandOf(text) });
    else ask?.failed(unreadable);
  }

  /** Of PostgreSQL, about the statement at its place; or of the connection, about all that is left. */
  handleError(error: unknown, connection: Connection): void {
    const left = this.#asks.slice(this.#place);
    this.#place = this.#asks.length;
    for (const { name } of left) {
      if (name !== undefined && connection.parsedStatements[name] === undefined)
        delete connection.submittedNamedStatements[name];
    }
    const [first, ...behind] = left;
    first?.failed(error);
    const isToldAlready = first?.isAwaited === true && error instanceof pg.DatabaseError;
    const skipped = isToldAlready ? skippedBecause(error) : error;
    for (const ask of behind) ask.failed(skipped);
  }

  handleReadyForQuery(): void {}

  /** PostgreSQL asks for the rows of a COPY, which are on their way. */
  handleCopyInResponse(): void {}
}

function isParsed(connection: Connection, name: string | undefined): boolean {
  return (
    name !== undefined &&
    (connection.parsedStatements[name] !== undefined ||
      connection.submittedNamedStatements[name] !== undefined)
  );
}

function skippedBecause(cause: Error): Error {
  return Object.assign(new Error('a statement before this one in its packet failed', { cause }), {
    code: SKIPPED,
  });
}

/** `INSERT 0 5` -> 5, `SELECT 3` -> 3, `COMMIT` -> 0. */
function countOf(tag: string): number {
  const count = Number(tag.slice(tag.lastIndexOf(' ') + 1));
  return Number.isInteger(count) ? count : 0;
}

function commandOf(tag: string): string {
  const end = tag.indexOf(' ');
  return end === -1 ? tag : tag.slice(0, end);
}
