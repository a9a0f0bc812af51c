import { decodeCursor, encodeCursor } from '../../platform/http/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import type { Bound, Column, Condition, Described, Extended, Measured, Said } from './condition.policy.ts';
import type { Namespaces } from './event-hash.policy.ts';
import type { StoredEvent } from './model.ts';
import { momentOf } from './moment.policy.ts';
import { NO_NAMESPACES } from './namespaces.policy.ts';
import { allPatterns, findParameter, PARAMETER_NAMES } from './parameters.policy.ts';

/** What events are asked for. All conditions hold at once; of the values of one any may. Names are canonical. */
export type EventFilter = Partial<Readonly<Record<Column, readonly string[]>>> &
  Partial<Readonly<Record<Bound, Instant>>> & {
    readonly said: readonly Said[];
    readonly measured: readonly Measured[];
    readonly extended: readonly Extended[];
    readonly described: readonly Described[];
    /** True: only declarations of errors. */
    readonly declaresError?: boolean;
    readonly orderBy: 'eventTime' | 'recordTime';
    readonly descending: boolean;
    readonly limit: number;
    /** `eventCountLimit`: so many are still to come, on this page and all after it. */
    readonly left?: number;
    /** `maxEventCount`: more is refused. */
    readonly most?: number;
    readonly after?: { readonly time: Instant; readonly eventId: string; readonly declaresError: boolean };
  };

export type QueryRefusal = 'epcis_query_invalid' | 'epcis_query_too_complex';

/** Page size when none is asked for (EPCIS 2.0, 12.5), and the largest (our default). */
const DEFAULT_PAGE = 30;
const MAX_PAGE = 500;
/** Values of one parameter, and parameters of one query; our defaults. */
const MAX_VALUES = 100;
const MAX_PARAMETERS = 50;
const MAX_CHARS = 1_000;
/** Patterns and ranges of one query together: a pattern may stand for ten, a number for one in each unit. Our default. */
export const MAX_RANGES = 2_000;

/** How results come, not which: a named query keeps the first four. */
const RESULTS = ['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'] as const;
const PAGING = ['perPage', 'nextPageToken'] as const;
export const QUERY_PARAMETERS: readonly string[] = [...PARAMETER_NAMES, ...RESULTS, ...PAGING];

/** Each parameter with its values, one by one. */
export type QueryValues = Readonly<Record<string, readonly string[]>>;
export type RawQuery = Readonly<Record<string, string | readonly string[]>>;

/** Values in an address stand with `|` between them (EPCIS 2.0 OpenAPI: pipeDelimited), or the name is repeated. */
export function valuesOfAddress(query: RawQuery): QueryValues {
  return Object.fromEntries(
    Object.entries(query).map(([name, given]) => {
      const values = typeof given === 'string' ? [given] : given;
      // No URI has the sign in it (RFC 3986).
      return [
        name,
        findParameter(name)?.isList === true ? values.flatMap((value) => value.split('|')) : values,
      ];
    }),
  );
}

/** All events, the newest first. */
export const EVERYTHING: EventFilter = {
  said: [],
  measured: [],
  extended: [],
  described: [],
  orderBy: 'eventTime',
  descending: true,
  limit: DEFAULT_PAGE,
};

/** How much of events must be noted for a query to find them: nothing, what the standard has, also fields of a sender's own. */
export type TermVersion = 0 | 1 | 2;

export function termVersionFor({ said, measured, extended, described }: EventFilter): TermVersion {
  if (extended.length + described.length > 0) return 2;
  return said.length + measured.length > 0 ? 1 : 0;
}

type Draft = {
  -readonly [Name in keyof EventFilter]: EventFilter[Name];
} & { said: Said[]; measured: Measured[]; extended: Extended[]; described: Described[]; token?: string };

/** `namespaces`: what the query binds the prefixes in names of fields to. */
export function readEventQuery(
  query: QueryValues,
  namespaces: Namespaces = NO_NAMESPACES,
): Outcome<EventFilter, QueryRefusal> {
  const draft: Draft = { ...EVERYTHING, said: [], measured: [], extended: [], described: [] };
  const given = Object.entries(query);
  if (given.length > MAX_PARAMETERS)
    return refused('epcis_query_too_complex', `There are at most ${MAX_PARAMETERS} parameters.`);
  for (const [name, values] of given) {
    const shown = name.slice(0, 60);
    if (values.length > MAX_VALUES)
      return refused('epcis_query_too_complex', `${shown}: at most ${MAX_VALUES} values`);
    const problem = values.some((value) => value.length > MAX_CHARS)
      ? `at most ${MAX_CHARS.toLocaleString('en')} characters of a value`
      : takeParameter(draft, name, values, namespaces);
    if (problem !== undefined) return refused('epcis_query_invalid', `${shown}: ${problem}`);
  }
  if (draft.left !== undefined && draft.most !== undefined)
    return refused('epcis_query_invalid', 'eventCountLimit and maxEventCount exclude each other');
  if (hasTooManyRanges(draft))
    return refused('epcis_query_too_complex', 'There are too many patterns or numbers.');
  return withToken(draft);
}

export function hasTooManyRanges({ said, measured }: Pick<EventFilter, 'said' | 'measured'>): boolean {
  const patterns = said.flatMap((one) => (one.patterns.length === 0 ? [] : allPatterns(one)));
  return patterns.length + measured.reduce((sum, { ranges }) => sum + ranges.length, 0) > MAX_RANGES;
}

/** Answers what is wrong. */
function takeParameter(
  draft: Draft,
  name: string,
  values: readonly string[],
  namespaces: Namespaces,
): string | undefined {
  const parameter = findParameter(name);
  if (parameter?.isList !== true && values.length !== 1) return 'may be given once';
  if (parameter === undefined) return takeResults(draft, name, values[0] ?? '');
  if (values.length === 0) return 'names no value';
  const condition = parameter.read(values, namespaces);
  if (typeof condition === 'string') return condition;
  takeCondition(draft, condition);
  return undefined;
}

function takeCondition(draft: Draft, condition: Condition): void {
  switch (condition.kind) {
    case 'said':
      draft.said.push(condition.said);
      break;
    case 'measured':
      draft.measured.push(condition.measured);
      break;
    case 'extended':
      draft.extended.push(condition.extended);
      break;
    case 'described':
      draft.described.push(condition.described);
      break;
    case 'column':
      draft[condition.column] = condition.values;
      break;
    case 'time':
      draft[condition.bound] = condition.moment;
      break;
    case 'declaresError':
      draft.declaresError = true;
      break;
    case 'none':
      break;
  }
}

function takeResults(draft: Draft, name: string, value: string): string | undefined {
  switch (name) {
    case 'orderBy':
      if (value !== 'eventTime' && value !== 'recordTime') return 'must be eventTime or recordTime';
      draft.orderBy = value;
      return undefined;
    case 'orderDirection':
      if (value !== 'ASC' && value !== 'DESC') return 'must be ASC or DESC';
      draft.descending = value === 'DESC';
      return undefined;
    case 'eventCountLimit':
    case 'maxEventCount':
      if (!/^[1-9]\d{0,5}$/.test(value)) return 'must be a whole number from 1 to 999999';
      draft[name === 'eventCountLimit' ? 'left' : 'most'] = Number(value);
      return undefined;
    case 'perPage':
      if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > MAX_PAGE)
        return `must be a whole number from 1 to ${MAX_PAGE}`;
      draft.limit = Number(value);
      return undefined;
    case 'nextPageToken':
      draft.token = value;
      return undefined;
    default:
      return `is not answered here; these are: ${QUERY_PARAMETERS.join(', ')}`;
  }
}

export const isPaging = (name: string): boolean => PAGING.some((one) => one === name);

/** A named query says which events and in which order; pages are asked for by who reads it. */
export function findPaging(query: QueryValues): string | undefined {
  return PAGING.find((name) => Object.hasOwn(query, name));
}

/** No more on the way than `eventCountLimit`; counted in the token. */
const NO_LIMIT = -1;

/** A token goes on in the order that it was made for. */
function withToken({ token, ...filter }: Draft): Outcome<EventFilter, QueryRefusal> {
  if (token === undefined) return accepted(filter);
  const parts = decodeCursor(token, ['string', 'string', 'string', 'number', 'number']);
  const [order, time, eventId, declaresError, left] = parts ?? [];
  const moment = momentOf(String(time));
  if (
    parts === undefined ||
    order !== orderOf(filter) ||
    moment === undefined ||
    (filter.left === undefined ? left !== NO_LIMIT : Number(left) < 1 || Number(left) > filter.left)
  )
    return refused(
      'epcis_query_invalid',
      'nextPageToken: is none of this query; take it from the Link header',
    );
  return accepted({
    ...filter,
    ...(filter.left === undefined ? {} : { left: Number(left) }),
    after: { time: moment, eventId: String(eventId), declaresError: declaresError === 1 },
  });
}

const orderOf = ({ orderBy, descending }: Pick<EventFilter, 'orderBy' | 'descending'>) =>
  `${orderBy} ${descending ? 'DESC' : 'ASC'}`;

/** For the page behind one that ended with `last` and had `count` events. */
export function tokenAfter(filter: EventFilter, last: StoredEvent, count: number): string {
  const left = filter.left === undefined ? NO_LIMIT : filter.left - count;
  return encodeCursor([
    orderOf(filter),
    last[filter.orderBy],
    last.eventId,
    last.declaresError ? 1 : 0,
    left,
  ]);
}
