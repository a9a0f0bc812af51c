import { decodeCursor, encodeCursor } from '../../platform/http/index.ts';
import { accepted, type Instant, type Outcome, refused } from '../kernel/index.ts';
import { canonicalIdentifier } from './digital-link.policy.ts';
import { likeOfEpcPattern } from './epc-pattern.policy.ts';
import { EVENT_TYPES } from './event.schema.ts';
import type { StoredEvent } from './model.ts';
import { momentOf } from './moment.policy.ts';
import { standardUri, vocabularyUri } from './vocabulary.policy.ts';

/** Lists that take patterns (EPCIS 2.0: MATCH_ parameters). */
export type Matched = 'parentIds' | 'epcs' | 'anyEpcs';

/** What events are asked for. All conditions hold at once; of the values of one any may. Names are canonical. */
export type EventFilter = {
  readonly eventTypes?: readonly string[];
  readonly actions?: readonly string[];
  readonly bizSteps?: readonly string[];
  readonly dispositions?: readonly string[];
  readonly readPoints?: readonly string[];
  readonly bizLocations?: readonly string[];
  readonly eventIds?: readonly string[];
  readonly parentIds?: readonly string[];
  readonly epcs?: readonly string[];
  readonly anyEpcs?: readonly string[];
  readonly transformationIds?: readonly string[];
  readonly errorReasons?: readonly string[];
  readonly correctiveEventIds?: readonly string[];
  /** True: only declarations of errors. */
  readonly declaresError?: boolean;
  readonly declaredFrom?: Instant;
  readonly declaredBefore?: Instant;
  /** Of the same lists, as SQL LIKE patterns; an event may fit a value or a pattern. */
  readonly patterns?: Partial<Record<Matched, readonly string[]>>;
  readonly eventTimeFrom?: Instant;
  readonly eventTimeBefore?: Instant;
  readonly recordTimeFrom?: Instant;
  readonly recordTimeBefore?: Instant;
  readonly orderBy: 'eventTime' | 'recordTime';
  readonly descending: boolean;
  readonly limit: number;
  readonly after?: { readonly time: Instant; readonly eventId: string; readonly declaresError: boolean };
};

/** Page size when none is asked for (EPCIS 2.0, 12.5), and the largest (our default). */
const DEFAULT_PAGE = 30;
const MAX_PAGE = 500;
const MAX_VALUES = 100;

type List = Exclude<
  {
    [Name in keyof EventFilter]-?: NonNullable<EventFilter[Name]> extends readonly string[] ? Name : never;
  }[keyof EventFilter],
  undefined
>;
type Time =
  | 'eventTimeFrom'
  | 'eventTimeBefore'
  | 'recordTimeFrom'
  | 'recordTimeBefore'
  | 'declaredFrom'
  | 'declaredBefore';

/** Parameters of the standard's SimpleEventQuery that are answered here, in its own names. */
const LISTS: Readonly<Record<string, { readonly field: List; readonly read: (text: string) => string }>> = {
  eventType: { field: 'eventTypes', read: (text) => (EVENT_TYPES.some((type) => type === text) ? text : '') },
  EQ_action: { field: 'actions', read: (text) => (/^(?:OBSERVE|ADD|DELETE)$/.test(text) ? text : '') },
  EQ_bizStep: { field: 'bizSteps', read: (text) => vocabularyUri('bizStep', text) },
  EQ_disposition: { field: 'dispositions', read: (text) => vocabularyUri('disposition', text) },
  EQ_readPoint: { field: 'readPoints', read: identifier },
  EQ_bizLocation: { field: 'bizLocations', read: identifier },
  EQ_eventID: { field: 'eventIds', read: (text) => text },
  MATCH_parentID: { field: 'parentIds', read: identifier },
  MATCH_epc: { field: 'epcs', read: identifier },
  MATCH_anyEPC: { field: 'anyEpcs', read: identifier },
  EQ_transformationID: { field: 'transformationIds', read: (text) => text },
  EQ_errorReason: { field: 'errorReasons', read: (text) => vocabularyUri('errorReason', text) },
  EQ_correctiveEventID: { field: 'correctiveEventIds', read: (text) => text },
};
const TIMES: Readonly<Record<string, Time>> = {
  GE_eventTime: 'eventTimeFrom',
  LT_eventTime: 'eventTimeBefore',
  GE_recordTime: 'recordTimeFrom',
  LT_recordTime: 'recordTimeBefore',
  GE_errorDeclarationTime: 'declaredFrom',
  LT_errorDeclarationTime: 'declaredBefore',
};
const PAGING = ['orderBy', 'orderDirection', 'perPage', 'nextPageToken'] as const;
const DECLARED = 'EXISTS_errorDeclaration';
export const QUERY_PARAMETERS: readonly string[] = [
  ...Object.keys(LISTS),
  ...Object.keys(TIMES),
  DECLARED,
  ...PAGING,
];

function identifier(text: string): string {
  return canonicalIdentifier(standardUri(text));
}

export type RawQuery = Readonly<Record<string, string | readonly string[]>>;

/** Reads the parameters of a query; a list is given with `|` between its values, or by repeating its name. */
export function readEventQuery(query: RawQuery): Outcome<EventFilter, 'epcis_query_invalid'> {
  const filter: Record<string, unknown> = { orderBy: 'eventTime', descending: true, limit: DEFAULT_PAGE };
  for (const [name, given] of Object.entries(query)) {
    const problem = takeParameter(filter, name, typeof given === 'string' ? [given] : given);
    if (problem !== undefined) return refused('epcis_query_invalid', `${name.slice(0, 60)}: ${problem}`);
  }
  return withToken(filter as EventFilter & { token?: string });
}

function takeParameter(
  filter: Record<string, unknown>,
  name: string,
  given: readonly string[],
): string | undefined {
  const list = Object.hasOwn(LISTS, name) ? LISTS[name] : undefined;
  if (list !== undefined) {
    // The standard's own style of a list (EPCIS 2.0 OpenAPI: pipeDelimited); no URI has the sign in it (RFC 3986).
    const values = given.flatMap((value) => value.split('|'));
    const read = values.map((value) => list.read(value.trim()));
    if (values.length > MAX_VALUES || values.some((value) => value.length > 1_000))
      return `at most ${MAX_VALUES} values of 1,000 characters`;
    if (read.includes('')) return 'a value is empty or none of the standard’s';
    return takeList(filter, list.field, values, read);
  }
  const [value = ''] = given;
  if (given.length !== 1) return 'may be given once';
  const time = Object.hasOwn(TIMES, name) ? TIMES[name] : undefined;
  if (time !== undefined) {
    const moment = momentOf(value);
    if (moment === undefined) return 'must be a date and time with an offset (a + in an address is %2B)';
    filter[time] = moment;
    return undefined;
  }
  return takePaging(filter, name, value);
}

const MATCHED: ReadonlySet<string> = new Set<Matched>(['parentIds', 'epcs', 'anyEpcs']);

/** A pattern stands for many values; all others are compared as they are. */
function takeList(
  filter: Record<string, unknown>,
  field: List,
  values: readonly string[],
  read: readonly string[],
): string | undefined {
  if (!MATCHED.has(field)) {
    filter[field] = [...new Set(read)];
    return undefined;
  }
  const likes = values.map((value) => likeOfEpcPattern(value.trim()));
  if (values.some((value, index) => value.includes('urn:epc:idpat:') && likes[index] === undefined))
    return 'is no pattern of an EPC: once a part is *, all behind it are';
  // A pattern is the name of a class of goods as well, which an event may list.
  filter[field] = [...new Set(read)];
  const patterns = [...new Set(likes.filter((like) => like !== undefined))];
  if (patterns.length > 0)
    filter.patterns = { ...(filter.patterns as EventFilter['patterns']), [field]: patterns };
  return undefined;
}

function takePaging(filter: Record<string, unknown>, name: string, value: string): string | undefined {
  switch (name) {
    case DECLARED:
      if (value !== 'true' && value !== 'false') return 'must be true or false';
      if (value === 'true') filter.declaresError = true;
      return undefined;
    case 'orderBy':
      if (value !== 'eventTime' && value !== 'recordTime') return 'must be eventTime or recordTime';
      filter.orderBy = value;
      return undefined;
    case 'orderDirection':
      if (value !== 'ASC' && value !== 'DESC') return 'must be ASC or DESC';
      filter.descending = value === 'DESC';
      return undefined;
    case 'perPage':
      if (!/^\d{1,4}$/.test(value) || Number(value) < 1 || Number(value) > MAX_PAGE)
        return `must be a whole number from 1 to ${MAX_PAGE}`;
      filter.limit = Number(value);
      return undefined;
    case 'nextPageToken':
      filter.token = value;
      return undefined;
    default:
      return `is not answered here; these are: ${QUERY_PARAMETERS.join(', ')}`;
  }
}

/** A token goes on in the order that it was made for. */
function withToken({
  token,
  ...filter
}: EventFilter & { token?: string }): Outcome<EventFilter, 'epcis_query_invalid'> {
  if (token === undefined) return accepted(filter);
  const parts = decodeCursor(token, ['string', 'string', 'string', 'number']);
  const [order, time, eventId, declaresError] = parts ?? [];
  const moment = momentOf(String(time));
  if (parts === undefined || order !== orderOf(filter) || moment === undefined)
    return refused(
      'epcis_query_invalid',
      'nextPageToken: is none of this order; take it from the Link header',
    );
  return accepted({
    ...filter,
    after: { time: moment, eventId: String(eventId), declaresError: declaresError === 1 },
  });
}

const orderOf = ({ orderBy, descending }: EventFilter) => `${orderBy} ${descending ? 'DESC' : 'ASC'}`;

export function tokenAfter(filter: EventFilter, last: StoredEvent): string {
  return encodeCursor([orderOf(filter), last[filter.orderBy], last.eventId, last.declaresError ? 1 : 0]);
}
