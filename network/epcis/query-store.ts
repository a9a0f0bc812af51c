import { joinSql, planAnew, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Described, Extended, Measured, Said } from './condition.policy.ts';
import type { Pattern } from './epc-pattern.policy.ts';
import { EVENT_COLUMNS, type EventRow, eventOf, LACKS_TERMS } from './event-store.ts';
import { NOT_NOTED } from './event-terms.policy.ts';
import type { StoredEvent } from './model.ts';
import { allPatterns } from './parameters.policy.ts';
import { type EventFilter, MAX_RANGES, type TermVersion } from './query.policy.ts';
import { LONGEST_BYTES } from './terms.policy.ts';

/*
 * Row-level security lets an index serve only operators that leak nothing of what they compare: equality and order of
 * texts and numbers, not LIKE and not those of arrays. So what events say lies in rows of its own (epcis.event_term).
 */

/** From here to the end of the transaction a statement that takes longer fails with SQLSTATE 57014. */
export function limitStatements(db: Queryable, limitMs: number): void {
  db.later(sql`select set_config('statement_timeout', ${String(limitMs)}, true)`);
}

/**
 * Events of an organisation that fit all of a filter, in its order, at most `limit`. Where the filter asks for fields of a
 * sender's own, also those of which they are not noted (event-terms.policy.ts): whoever asks looks into them.
 */
export async function findEvents(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
): Promise<StoredEvent[]> {
  return listEvents(db, conditionsOf(organisationId, filter, 'orNotNoted'), filter, limit);
}

/** Those of them of which the sender's own fields are not noted. */
export async function findNotNoted(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
): Promise<StoredEvent[]> {
  const isNotNoted = anyTerm(sql`t.name = ${NOT_NOTED.name}`);
  const conditions = sql`${conditionsOf(organisationId, filter, 'orNotNoted')} and ${isNotNoted}`;
  return listEvents(db, conditions, filter, limit);
}

async function listEvents(
  db: Queryable,
  conditions: SqlQuery,
  filter: EventFilter,
  limit: number,
): Promise<StoredEvent[]> {
  const time = TIME_COLUMN[filter.orderBy];
  const order = filter.descending
    ? sql`${time} desc, e.event_id desc, e.declares_error desc`
    : sql`${time}, e.event_id, e.declares_error`;
  const rows = await db.rows<EventRow>(
    planAnew(sql`
    select ${EVENT_COLUMNS} from epcis.event e where ${conditions} order by ${order} limit ${limit}`),
  );
  return rows.map(eventOf);
}

/** How many fit by what is noted of them; counted up to `limit`. */
export async function countEvents(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  limit: number,
): Promise<number> {
  const { count } = await db.row<{ count: number }>(
    planAnew(sql`
    select count(*)::integer as count from (
      select from epcis.event e where ${conditionsOf(organisationId, filter, 'noted')} limit ${limit}) found`),
  );
  return count;
}

/** Which of some values master data describes as it is asked for. */
export async function listDescribed(
  db: Queryable,
  organisationId: string,
  described: Described,
  values: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.rows<{ element: string }>(sql`
    select distinct m.element from epcis.master_attribute m
    where ${tells(organisationId, described)} and m.element = any(${[...values]}::text[])`);
  return new Set(rows.map(({ element }) => element));
}

/** Whether an organisation has events of which less is noted than a query looks for: it would not find them. */
export async function hasEventsWithoutTerms(
  db: Queryable,
  organisationId: string,
  version: TermVersion,
): Promise<boolean> {
  const { found } = await db.row<{ found: boolean }>(
    planAnew(sql`
    select exists (select from epcis.event
      where organisation_id = ${organisationId} and ${LACKS_TERMS} and term_version < ${version}) as found`),
  );
  return found;
}

/** A place in what an organisation captured: behind this event of the capture of this number. */
export type CapturePlace = { readonly number: number; readonly position: number };

/** Number of the newest capture; 0: there is none. */
export async function newestCapture(db: Queryable, organisationId: string): Promise<number> {
  const { number } = await db.row<{ number: number }>(sql`
    select coalesce(max(number), 0) as number from epcis.capture where organisation_id = ${organisationId}`);
  return number;
}

/** Number of the last capture before all that were recorded at an instant or later. */
export async function lastCaptureBefore(db: Queryable, organisationId: string, at: Instant): Promise<number> {
  const { number } = await db.row<{ number: number }>(sql`
    select coalesce(min(number) filter (where recorded_at >= ${at}) - 1, max(number), 0) as number
    from epcis.capture where organisation_id = ${organisationId}`);
  return number;
}

/** Events as `findEvents` has them, of captures behind a place and up to a number, in the order of recording. */
export async function listCapturedBehind(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
  after: CapturePlace,
  upTo: number,
  limit: number,
): Promise<{ readonly event: StoredEvent; readonly place: CapturePlace }[]> {
  const rows = await db.rows<EventRow & { number: number }>(
    planAnew(sql`
    select c.number, ${EVENT_COLUMNS}
    from epcis.capture c join epcis.event e on e.organisation_id = c.organisation_id and e.capture_id = c.capture_id
    where c.organisation_id = ${organisationId} and c.number >= ${after.number} and c.number <= ${upTo}
      and (c.number > ${after.number} or e.position > ${after.position})
      and ${conditionsOf(organisationId, filter, 'orNotNoted')}
    order by c.number, e.position limit ${limit}`),
  );
  return rows.map((row) => ({
    event: eventOf(row),
    place: { number: row.number, position: row.position },
  }));
}

const TIME_COLUMN = { eventTime: sql`e.event_time`, recordTime: sql`e.record_time` } as const;
const TEXT_COLUMN = {
  eventTypes: sql`e.event_type`,
  actions: sql`e.action`,
  bizSteps: sql`e.biz_step`,
  dispositions: sql`e.disposition`,
  eventIds: sql`e.event_id`,
} as const;

/** Over `epcis.event e`; with or without the events that have to be looked into. */
function conditionsOf(organisationId: string, filter: EventFilter, which: 'noted' | 'orNotNoted'): SqlQuery {
  const { eventTimeFrom, eventTimeBefore, recordTimeFrom, recordTimeBefore, after } = filter;
  const conditions = [sql`e.organisation_id = ${organisationId}`];
  for (const [name, column] of Object.entries(TEXT_COLUMN)) {
    const values = filter[name as keyof typeof TEXT_COLUMN];
    if (values !== undefined) conditions.push(sql`${column} = any(${[...values]}::text[])`);
  }
  if (filter.declaresError === true) conditions.push(sql`e.declares_error`);
  if (eventTimeFrom !== undefined) conditions.push(sql`e.event_time >= ${eventTimeFrom}`);
  if (eventTimeBefore !== undefined) conditions.push(sql`e.event_time < ${eventTimeBefore}`);
  if (recordTimeFrom !== undefined) conditions.push(sql`e.record_time >= ${recordTimeFrom}`);
  if (recordTimeBefore !== undefined) conditions.push(sql`e.record_time < ${recordTimeBefore}`);
  conditions.push(...filter.said.map(says), ...filter.measured.map(measures));
  const others = which === 'noted' ? sql`false` : sql`t.name = ${NOT_NOTED.name}`;
  conditions.push(...filter.extended.map(({ fits }) => anyTerm(sql`(${saysOne(fits)} or ${others})`)));
  conditions.push(...filter.described.map((described) => isDescribed(organisationId, described, others)));
  if (after !== undefined) {
    const key = sql`(${TIME_COLUMN[filter.orderBy]}, e.event_id, e.declares_error)`;
    const last = sql`(${after.time}::timestamptz, ${after.eventId}, ${after.declaresError}::boolean)`;
    conditions.push(filter.descending ? sql`${key} < ${last}` : sql`${key} > ${last}`);
  }
  return joinSql(conditions, sql` and `);
}

function says(said: Said): SqlQuery {
  const names = sql`t.name = any(${[...said.names]}::text[])`;
  if (said.patterns.length === 0)
    return anyTerm(sql`${names} and t.value = any(${[...said.values]}::text[])`);
  const patterns = allPatterns(said);
  if (patterns.length > MAX_RANGES) return anyTerm(sql`${names} and ${fitsOneOf(patterns)}`);
  const fits = patterns.map(
    ({ low, high, like }) =>
      sql`(t.value >= ${low} collate "C" and t.value <= ${high} collate "C" and t.value like ${like} collate "C")`,
  );
  return anyTerm(sql`${names} and (${joinSql(fits, sql` or `)})`);
}

/** As one parameter: to a subscriber, what lies inside places has no bound. */
function fitsOneOf(patterns: readonly Pattern[]): SqlQuery {
  return sql`exists (select from unnest(${patterns.map(({ low }) => low)}::text[],
      ${patterns.map(({ high }) => high)}::text[], ${patterns.map(({ like }) => like)}::text[]) as p(low, high, pattern)
    where t.value >= p.low collate "C" and t.value <= p.high collate "C" and t.value like p.pattern collate "C")`;
}

function measures({ ranges }: Measured): SqlQuery {
  const fits = ranges.map(
    ({ name, low, high }) => sql`(t.name = ${name} and t.number >= ${low} and t.number <= ${high})`,
  );
  return anyTerm(sql`(${joinSql(fits, sql` or `)})`);
}

function saysOne(fits: Extended['fits']): SqlQuery {
  const one = fits.map((fit) => {
    if ('values' in fit) return sql`(t.name = ${fit.name} and t.value = any(${[...fit.values]}::text[]))`;
    if ('low' in fit)
      return sql`(t.name = ${fit.name} and t.number >= ${fit.low} and t.number <= ${fit.high})`;
    return sql`t.name = ${fit.name}`;
  });
  return joinSql(one, sql` or `);
}

function isDescribed(organisationId: string, described: Described, others: SqlQuery): SqlQuery {
  const elements = sql`(select m.element from epcis.master_attribute m where ${tells(organisationId, described)})`;
  const { of } = described;
  if ('column' in of) return sql`${asTerm(TEXT_COLUMN[of.column])} in ${elements}`;
  const holds = sql`(t.name = any(${[...of.names]}::text[]) and t.value in ${elements})`;
  return anyTerm(of.own !== undefined ? sql`(${holds} or ${others})` : holds);
}

/** A text as `termValue` makes it. */
function asTerm(text: SqlQuery): SqlQuery {
  return sql`case when octet_length(${text}) <= ${LONGEST_BYTES} then ${text}
    else '#sha256:' || encode(sha256(convert_to(${text}, 'UTF8')), 'hex') end`;
}

/** Over `epcis.master_attribute m`. */
function tells(organisationId: string, { attributes, values }: Described): SqlQuery {
  const named = sql`m.organisation_id = ${organisationId} and m.name = any(${[...attributes]}::text[])`;
  return values === undefined ? named : sql`${named} and m.value = any(${[...values]}::text[])`;
}

/** The event `e` has a term `t` of which this holds. */
function anyTerm(holds: SqlQuery): SqlQuery {
  return sql`exists (select from epcis.event_term t where t.organisation_id = e.organisation_id
    and t.capture_id = e.capture_id and t.position = e.position and ${holds})`;
}
