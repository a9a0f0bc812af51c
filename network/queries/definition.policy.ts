import {
  type EventFilter,
  findPaging,
  isPaging,
  type Namespaces,
  namespacesIn,
  type QueryRefusal,
  type QueryValues,
  type RawQuery,
  readEventQuery,
  SIMPLE_EVENT_QUERY,
  valuesOfAddress,
} from '../epcis/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';

/** Names stand in addresses as they are (RFC 3986, unreserved). */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/;
/** Names that the JSON Schema of the standard has besides those of its text. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  GE_errorDeclaration_Time: 'GE_errorDeclarationTime',
  LT_errorDeclaration_Time: 'LT_errorDeclarationTime',
};

export type Definition = { readonly name: string; readonly query: Readonly<Record<string, unknown>> };

/**
 * `{ name, query }` in the names of the standard; its conditions are read once, to see that they can be. `bound`: prefixes
 * that came beside it; they are kept with it.
 */
export function readDefinition(
  body: Readonly<Record<string, unknown>>,
  bound: Namespaces = new Map(),
): Outcome<Definition, QueryRefusal | 'epcis_query_name_taken'> {
  const { name, query } = body;
  const [surplus] = Object.keys(body).filter((key) => key !== 'name' && key !== 'query');
  if (surplus !== undefined)
    return refused('epcis_query_invalid', `${surplus.slice(0, 60)}: is no field of a query`);
  if (typeof name !== 'string' || !NAME.test(name))
    return refused('epcis_query_invalid', 'name: 1 to 100 letters, digits and . _ ~ -');
  if (name === SIMPLE_EVENT_QUERY)
    return refused('epcis_query_name_taken', 'The standard has this name itself.');
  if (!isRecord(query)) return refused('epcis_query_invalid', 'query: must be an object of parameters');
  const kept = withPrefixes(query, bound);
  const filter = filterOf(kept);
  return filter.ok ? accepted({ name, query: kept }) : filter;
}

/** What the query itself says of a prefix counts. */
function withPrefixes(query: Readonly<Record<string, unknown>>, bound: Namespaces) {
  if (bound.size === 0) return query;
  const own = query['@context'] ?? [];
  return { ...query, '@context': [Object.fromEntries(bound), ...(Array.isArray(own) ? own : [own])] };
}

/** The events that a query in JSON asks for, with a page asked for beside it. */
export function filterOf(
  query: Readonly<Record<string, unknown>>,
  page: QueryValues = {},
): Outcome<EventFilter, QueryRefusal> {
  const values = valuesOf(query);
  if (!values.ok) return values;
  const paging = findPaging(values.value);
  if (paging !== undefined)
    return refused('epcis_query_invalid', `${paging}: is asked for with the events, not kept in a query`);
  return readEventQuery({ ...values.value, ...page }, namespacesIn(query['@context']));
}

/** A page of a named query, asked for in an address: nothing else can be asked for there. */
export function pageOfQuery(
  query: Readonly<Record<string, unknown>>,
  address: RawQuery,
): Outcome<EventFilter, QueryRefusal> {
  const other = Object.keys(address).find((name) => !isPaging(name));
  if (other !== undefined)
    return refused('epcis_query_invalid', `${other.slice(0, 60)}: the query itself says what is asked for`);
  return filterOf(query, valuesOfAddress(address));
}

function nameOf(given: string): string {
  if (Object.hasOwn(OTHER_NAMES, given)) return OTHER_NAMES[given] ?? given;
  return given.replace(/^EQ_ATTR_/, 'EQATTR_');
}

function valuesOf(query: Readonly<Record<string, unknown>>): Outcome<QueryValues, 'epcis_query_invalid'> {
  const values: [string, readonly string[]][] = [];
  for (const [given, value] of Object.entries(query)) {
    if (given === '@context') continue;
    const name = nameOf(given);
    const texts = name.startsWith('EXISTS_') ? existence(value) : textsOf(value);
    if (texts === undefined)
      return refused('epcis_query_invalid', `${given.slice(0, 60)}: must be a value or a list of values`);
    values.push([name, texts]);
  }
  return accepted(Object.fromEntries(values));
}

function textsOf(value: unknown): string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((one) =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one) : undefined,
  );
  return texts.includes(undefined) ? undefined : (texts as string[]);
}

/** The standard's schema has null or a number where its OpenAPI has true or false. */
function existence(value: unknown): string[] | undefined {
  if (value === null || value === true || value === 1) return ['true'];
  return value === false || value === 0 ? ['false'] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
