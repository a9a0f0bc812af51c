import { createHash } from 'node:crypto';

/** A parameterised statement. Built only by the `sql` tag, so that no value ever becomes SQL text. */
export type SqlQuery = {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly isSql: true;
  /** The rows of a `copy ... from stdin`, as messages that follow the statement. */
  readonly copied?: Buffer;
};

/**
 * The statements made here. Not a mark on the object: JSON from outside may hold `{"isSql":true,"text":...}`, and it
 * must stay a value.
 */
const made = new WeakSet<object>();

/** Inside platform/db only: `text` holds no value from outside. */
export function statement(text: string, values: readonly unknown[], copied?: Buffer): SqlQuery {
  const query: SqlQuery = { text, values, isSql: true, ...(copied === undefined ? undefined : { copied }) };
  made.add(query);
  return query;
}

type SqlValue =
  | SqlQuery
  | string
  | number
  | boolean
  | null
  | undefined
  | Uint8Array
  | readonly unknown[]
  | object;

/**
 * `sql\`select * from t where id = ${id}\``: values become `$n`, a nested `sql` fragment is spliced in.
 * Objects that are not arrays or bytes are sent as JSON text; `undefined` is sent as null.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly SqlValue[]): SqlQuery {
  let text = strings[0] ?? '';
  const values: unknown[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index];
    if (isSqlQuery(part)) {
      text += behind(part, values.length);
      values.push(...part.values);
    } else {
      values.push(asParameter(part));
      text += `$${values.length}`;
    }
    text += strings[index + 1] ?? '';
  }
  return statement(text, values);
}

/** A fragment's text, its parameters counted on from those before it. */
function behind({ text, values }: SqlQuery, before: number): string {
  if (before === 0 || values.length === 0) return text;
  return text.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + before}`);
}

/** Joins fragments, e.g. optional conditions with `sql\` and \``. Empty list gives an empty fragment. */
export function joinSql(fragments: readonly SqlQuery[], separator: SqlQuery): SqlQuery {
  return fragments.reduce<SqlQuery>(
    (whole, fragment, index) => (index === 0 ? fragment : sql`${whole}${separator}${fragment}`),
    statement('', []),
  );
}

/**
 * `column = any(values)`, and for one value `column = value`: PostgreSQL plans an equality once per connection, but
 * takes a list for ten rows and so plans a list of one anew at each call.
 */
export function isOneOf(column: SqlQuery, values: readonly (string | number)[]): SqlQuery {
  return values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values})`;
}

function isSqlQuery(value: unknown): value is SqlQuery {
  return typeof value === 'object' && value !== null && made.has(value);
}

function asParameter(value: unknown): unknown {
  if (value === undefined) return null;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value;
  if (value instanceof Uint8Array) return value;
  return JSON.stringify(value);
}

const plannedAnew = new WeakSet<object>();

/**
 * A statement that is planned at each call, by the size that its tables have then. For batches on tables that grow from
 * nothing to much: a plan that PostgreSQL keeps from the first minutes reads the whole table each time.
 */
export function planAnew(query: SqlQuery): SqlQuery {
  plannedAnew.add(query);
  return query;
}

/** Undefined: PostgreSQL keeps no plan of it. */
export function nameOf(query: SqlQuery): string | undefined {
  return plannedAnew.has(query) ? undefined : statementName(query.text);
}

const names = new Map<string, string>();

/** Stable name of a statement's text: PostgreSQL then parses and plans it once per connection. */
export function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `p_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    if (names.size < 5000) names.set(text, name);
  }
  return name;
}
