import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { type Answer, type Ask, sendPacket, wireValues } from './packet.ts';
import { nameOf, type SqlQuery, sql, statementName } from './sql.ts';

/**
 * Whose rows a transaction may touch. PostgreSQL's row-level security reads it from the setting
 * `postroad.organisation`; `network` (the setting `*`) is for the system worker and for finding out to whom a
 * resource belongs.
 */
export type Scope = 'network' | { readonly organisationId: string };

/** What a store function gets: one question, one method call. */
export type Queryable = {
  /** All rows. */
  rows<Row>(query: SqlQuery): Promise<Row[]>;
  /** The only row; throws when there is none. */
  row<Row>(query: SqlQuery): Promise<Row>;
  /** The first row, or undefined. */
  maybeRow<Row>(query: SqlQuery): Promise<Row | undefined>;
  /**
   * Hands out each row when it comes, while PostgreSQL still looks for those behind it. Through when all were handed out;
   * when it fails, some of them were.
   */
  each<Row>(query: SqlQuery, act: (row: Row) => void): Promise<void>;
  /** Number of rows written. */
  run(query: SqlQuery): Promise<number>;
  /**
   * A write whose answer nobody needs: it leaves with the next statement, or with the commit. When it fails, that one
   * fails with its error, so nothing is kept. Not for a write that may hit a constraint which its caller explains.
   */
  later(query: SqlQuery): void;
};

export type Transaction = Queryable & { setScope(scope: Scope): Promise<void> };

export type Database = {
  /** Runs `body` in one transaction; rolls back when it throws or answers `keep: false`. */
  transaction<T>(scope: Scope, body: (tx: Transaction) => Promise<{ keep: boolean; value: T }>): Promise<T>;
  /** A read-only transaction in which all statements see the same snapshot. */
  read<T>(scope: Scope, body: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A connection that listens to a channel until `close`. */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  /** The role whose rights the server uses; it does not own the tables. */
  readonly role?: string;
  readonly maxConnections?: number;
  readonly applicationName?: string;
};

/** SQLSTATE of a failed statement, or undefined. */
export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && code.length === 5 ? code : undefined;
}

/** Classes and codes of SQLSTATE that mean: not now. 08 connection, 53 resources, 57P server going or coming. */
const UNAVAILABLE_STATE = /^(08|53)|^(57P01|57P02|57P03|57014|55P03|25P03|25006)$/;
const UNAVAILABLE_CODE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ENOENT)$/;
const UNAVAILABLE_TEXT =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** True when a failure says nothing about the statement: the database is away, full, or out of time. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errors, syscall } = error as { code?: unknown; errors?: unknown; syscall?: unknown };
  const state = sqlState(error);
  if (state !== undefined && UNAVAILABLE_STATE.test(state)) return true;
  if (typeof code === 'string' && UNAVAILABLE_CODE.test(code) && syscall !== 'open') return true;
  // A name with several addresses fails with one error for each, and no message of its own.
  if (Array.isArray(errors) && errors.length > 0) return errors.every(isDatabaseUnavailable);
  return UNAVAILABLE_TEXT.test(error.message);
}

const ORGANISATION = /^[a-z0-9_]{1,64}$/;

export function openDatabase(options: DatabaseOptions): Database {
  // By database: a transaction of the live world may hold one of the test world (network/accounts/twins.ts).
  const inTransaction = new AsyncLocalStorage<true>();
  const settings = [
    '-c timezone=UTC',
    '-c statement_timeout=30000',
    '-c lock_timeout=10000',
    '-c idle_in_transaction_session_timeout=60000',
    ...(options.role === undefined ? [] : [`-c role=${options.role}`]),
  ].join(' ');
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    application_name: options.applicationName ?? 'postroad',
    options: settings,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: typeParser as never },
    // Statements go out when they are asked for, without waiting for the answer before (see transactionOn).
    pipeline: true,
  });
  pool.on('error', () => undefined);
  // A connection that is cut while it is lent out (idle in transaction, a server going away) tells its client only;
  // without a listener that would end the process. The statement under way fails by itself.
  pool.on('connect', (client) => client.on('error', () => undefined));

  async function within<T>(
    begin: typeof BEGIN | typeof BEGIN_READ,
    scope: Scope,
    body: (tx: Transaction) => Promise<{ keep: boolean; value: T }>,
  ) {
    if (inTransaction.getStore() === true) {
      throw new Error('a transaction was opened inside another: pass the open one down instead');
    }
    const opening = settingOf(scope);
    const client = await pool.connect();
    const open = transactionOn(client, begin, opening);
    let broken = false;
    try {
      const result = await inTransaction.run(true, () => body(open.tx));
      if (!open.hasBegun()) return result.value;
      if (begin === BEGIN_READ && !open.hasFailed()) {
        open.endSoon();
        return result.value;
      }
      const end = await (result.keep ? open.commit() : open.rollback());
      // PostgreSQL answers `commit` of a failed transaction with a quiet rollback: somebody swallowed an error.
      if (result.keep && end !== 'COMMIT') {
        throw new Error(
          'a statement of this transaction failed and its error was swallowed: nothing was kept',
        );
      }
      return result.value;
    } catch (error) {
      if (open.hasBegun()) {
        await open.rollback().catch(() => {
          broken = true;
        });
      }
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    transaction: (scope, body) => within(BEGIN, scope, body),
    read: (scope, body) =>
      within(BEGIN_READ, scope, async (tx) => ({
        keep: true,
        value: await body(tx),
      })),
    listen: (channel, onMessage) => listenOn(options.url, channel, onMessage),
    close: () => pool.end(),
  };
}

async function listenOn(url: string, channel: string, onMessage: (payload: string) => void) {
  const client = new pg.Client({ connectionString: url, application_name: 'postroad-listen' });
  client.on('error', () => undefined);
  await client.connect();
  client.on('notification', (message) => onMessage(message.payload ?? ''));
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  return async () => {
    await client.end();
  };
}

function settingOf(scope: Scope): string {
  if (scope === 'network') return '*';
  if (!ORGANISATION.test(scope.organisationId)) throw new Error('not an organisation id');
  return scope.organisationId;
}

const BEGIN = 'begin';
const BEGIN_READ = 'begin isolation level repeatable read read only';

/** So long a read that is over may stay open on its connection. Our default: shorter than most reads. */
const READ_ENDS_MS = 5;
/** Connections on which a read is over and its commit has not left. */
const toEnd = new WeakMap<pg.PoolClient, NodeJS.Timeout>();

/**
 * The commit of a read keeps nothing and nobody waits for it, so it leaves with the connection's next transaction; when
 * none comes soon, by itself.
 */
function endSoon(client: pg.PoolClient): void {
  const timer = setTimeout(() => sendPacket(client, endOf(client)), READ_ENDS_MS);
  toEnd.set(client, timer.unref());
}

/** What is left to end on a connection, to go before anything else. */
function endOf(client: pg.PoolClient): Ask[] {
  const timer = toEnd.get(client);
  if (timer === undefined) return [];
  clearTimeout(timer);
  toEnd.delete(client);
  return [unwatched('commit')];
}

type OpenTransaction = {
  readonly tx: Transaction;
  /** Something was asked, so there is something to end. */
  hasBegun(): boolean;
  /** A statement failed: PostgreSQL will keep nothing of this transaction. */
  hasFailed(): boolean;
  /** Ends a read when there is something else to send, or shortly. */
  endSoon(): void;
  /** Sends what is left to send and ends. Answers PostgreSQL's tag: COMMIT, or ROLLBACK when a statement had failed. */
  commit(): Promise<string>;
  rollback(): Promise<string>;
};

/**
 * Statements leave together (see packet.ts): what is asked for at once, `begin` and a change of scope before the
 * statement that needs it, and `later` ones before the next that somebody waits for. A round trip costs both sides more
 * than most statements do. Nothing is sent for a scope that no statement used.
 */
function transactionOn(client: pg.PoolClient, begin: string, opening: string): OpenTransaction {
  let wanted = opening;
  let standing: string | undefined;
  let waiting: Ask[] = [];
  let isLeaving = false;
  let failures = 0;
  let isOver = false;
  const leave = () => {
    isLeaving = false;
    const asks = waiting;
    waiting = [];
    if (asks.length > 0) sendPacket(client, asks);
  };
  const push = (query: SqlQuery, answer: Pick<Ask, 'isAwaited' | 'eachRow' | 'done' | 'failed'>) => {
    if (isOver) throw new Error('a statement was asked of a transaction that is over');
    const values = wireValues(query.values);
    if (standing === undefined) waiting.push(...endOf(client), unwatched(begin));
    if (standing !== wanted) waiting.push(unwatched(SET_SCOPE, [wanted]));
    standing = wanted;
    waiting.push({ text: query.text, values, copied: query.copied, name: nameOf(query), ...answer });
  };
  const send = (query: SqlQuery, eachRow?: Ask['eachRow']): Promise<Answer> =>
    new Promise((done, reject) => {
      const failed = (error: unknown) => {
        failures += 1;
        reject(error);
      };
      push(query, { isAwaited: true, eachRow, done, failed });
      if (isLeaving) return;
      isLeaving = true;
      // Behind all that this turn of the event loop still asks.
      process.nextTick(leave);
    });
  const end = (text: 'commit' | 'rollback'): Promise<string> =>
    new Promise((done, failed) => {
      isOver = true;
      waiting.push({ ...unwatched(text), isAwaited: true, done: ({ command }) => done(command), failed });
      leave();
    });
  const tx: Transaction = {
    rows: async <Row>(query: SqlQuery) => (await send(query)).rows as Row[],
    row: async <Row>(query: SqlQuery) => {
      const { rows } = await send(query);
      if (rows.length !== 1) throw new Error(`expected one row, got ${rows.length}`);
      return rows[0] as Row;
    },
    maybeRow: async <Row>(query: SqlQuery) => (await send(query)).rows[0] as Row | undefined,
    each: async <Row>(query: SqlQuery, act: (row: Row) => void) => {
      await send(query, act as (row: unknown) => void);
    },
    run: async (query) => (await send(query)).count,
    later: (query) => push(query, { isAwaited: false, done: ignore, failed: ignore }),
    setScope: async (scope) => {
      wanted = settingOf(scope);
    },
  };
  return {
    tx,
    hasBegun: () => standing !== undefined,
    hasFailed: () => failures > 0,
    endSoon: () => {
      isOver = true;
      endSoon(client);
    },
    commit: () => end('commit'),
    rollback: () => {
      waiting = [];
      return end('rollback');
    },
  };
}

/** A transaction as somebody else sees it: each of its statements stands in his scope, whatever the others stand in. */
export function inScope(tx: Transaction, scope: Scope): Queryable {
  const within = () => {
    void tx.setScope(scope);
    return tx;
  };
  return {
    rows: (query) => within().rows(query),
    row: (query) => within().row(query),
    maybeRow: (query) => within().maybeRow(query),
    each: (query, act) => within().each(query, act),
    run: (query) => within().run(query),
    later: (query) => within().later(query),
  };
}

/**
 * From here to its end the transaction's statements are planned once for lists of any length. By itself PostgreSQL plans a
 * short list anew at each call, which takes longer than to look up what is in it. Only for statements that could not be
 * planned otherwise for a table that is still empty: the plan stays.
 */
export function keepPlans(db: Queryable): void {
  db.later(KEEP_PLANS);
}

const KEEP_PLANS = sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`;
const SET_SCOPE = "select set_config('postroad.organisation', $1, true)";
const ignore = () => undefined;

/** A statement whose answer nobody needs; when it fails, the one behind it tells. */
function unwatched(text: string, values: readonly string[] = []): Ask {
  return { text, values, name: statementName(text), isAwaited: false, done: ignore, failed: ignore };
}

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const DATE = 1082;
const UUID = 2950;
/** Arrays of the three, and of text, whose parser takes the braces and commas apart. */
const ARRAYS: Readonly<Record<number, (text: string) => unknown>> = {
  1016: safeNumber,
  1185: instantText,
  1182: (text) => text,
};
const TEXT_ARRAY = 1009;

/** bigint as a safe number (throws beyond 2^53), timestamptz as a 24-character instant, date as text, uuid as 32 hex digits. */
function typeParser(oid: number, format: 'text' | 'binary'): (text: string) => unknown {
  if (format === 'text' && oid === INT8) return safeNumber;
  if (format === 'text' && oid === TIMESTAMPTZ) return instantText;
  if (format === 'text' && oid === DATE) return (text) => text;
  if (format === 'text' && oid === UUID) return uuidDigits;
  const element = format === 'text' ? ARRAYS[oid] : undefined;
  if (element !== undefined) {
    const parts = pg.types.getTypeParser(TEXT_ARRAY as never, 'text') as (text: string) => (string | null)[];
    return (text) => parts(text).map((part) => (part === null ? null : element(part)));
  }
  return pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
}

/**
 * Where texts are put together. One that is made of slices stays a tree of them in V8, and a single such text takes
 * JSON.stringify off its quick path: a whole answer then takes twice as long.
 */
const letters = Buffer.allocUnsafe(36);
const [HYPHEN, DOT, ZERO, NINE, T, Z] = [0x2d, 0x2e, 0x30, 0x39, 0x54, 0x5a];

/** A uuid as PostgreSQL writes it -> 32 hex digits. */
export function uuidDigits(text: string): string {
  let end = 0;
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(at);
    letters[end] = code;
    if (code !== HYPHEN) end += 1;
  }
  return letters.toString('latin1', 0, end);
}

function safeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError('a bigint beyond 2^53 needs a text cast in its query');
  return value;
}

/** `2026-11-22 03:28:57.1+00` -> `2026-11-22T03:28:57.100Z`; the session's zone is UTC. */
export function instantText(text: string): string {
  if (text.charCodeAt(4) !== 0x2d || text.endsWith('BC'))
    throw new RangeError('a time outside the years 0001 to 9999');
  for (let at = 0; at < 19; at += 1) letters[at] = text.charCodeAt(at);
  letters[10] = T;
  letters[19] = DOT;
  // Milliseconds are all that we store.
  let isInFraction = text.charCodeAt(19) === DOT;
  for (let at = 20; at < 23; at += 1) {
    const code = text.charCodeAt(at);
    isInFraction = isInFraction && code >= ZERO && code <= NINE;
    letters[at] = isInFraction ? code : ZERO;
  }
  letters[23] = Z;
  return letters.toString('latin1', 0, 24);
}
