import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { Reporter } from '../tracking/index.ts';
import type { EventFault } from './event.schema.ts';
import type { Capture, CaptureId, ErrorBehaviour, ScanCounts, StoredEvent } from './model.ts';
import type { EventFilter } from './query.policy.ts';
import { notationsOf } from './vocabulary.policy.ts';

type CaptureRow = {
  organisation_id: OrganisationId;
  capture_id: CaptureId;
  reporter: Reporter;
  error_behaviour: ErrorBehaviour;
  event_count: number;
  captured: number;
  duplicates: number;
  errors: EventFault[];
  scans: ScanCounts;
  created_at: Instant;
  finished_at: Instant | null;
};

function captureOf(row: CaptureRow): Capture {
  return {
    organisationId: row.organisation_id,
    id: row.capture_id,
    reporter: row.reporter,
    errorBehaviour: row.error_behaviour,
    eventCount: row.event_count,
    captured: row.captured,
    duplicates: row.duplicates,
    errors: row.errors,
    scans: row.scans,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
  };
}

const COLUMNS = sql`organisation_id, capture_id, reporter, error_behaviour, event_count, captured, duplicates, errors,
  scans, created_at, finished_at`;

export async function insertCapture(db: Queryable, capture: Capture, document: unknown): Promise<void> {
  await db.run(sql`
    insert into epcis.capture (organisation_id, capture_id, reporter, error_behaviour, document, event_count, scans,
      created_at)
    values (${capture.organisationId}, ${capture.id}, ${capture.reporter}::jsonb, ${capture.errorBehaviour},
      ${JSON.stringify(document)}::jsonb, ${capture.eventCount}, ${capture.scans}::jsonb, ${capture.createdAt})`);
}

/** Of any organisation that the transaction may see. */
export async function findCapture(db: Queryable, id: string): Promise<Capture | undefined> {
  const [row] = await db.rows<CaptureRow>(sql`select ${COLUMNS} from epcis.capture where capture_id = ${id}`);
  return row === undefined ? undefined : captureOf(row);
}

/** Newest first. `before`: id of the last one of the page before; `''` for the first page. */
export async function listCaptures(
  db: Queryable,
  organisationId: string,
  before: string,
  limit: number,
): Promise<Capture[]> {
  const rows = await db.rows<CaptureRow>(sql`
    select ${COLUMNS} from epcis.capture
    where organisation_id = ${organisationId} and (${before} = '' or capture_id < ${before})
    order by capture_id desc limit ${limit}`);
  return rows.map(captureOf);
}

/** Locked, with its document; undefined when it was worked through already. */
export async function takeDocument(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<{ capture: Capture; document: unknown } | undefined> {
  const [row] = await db.rows<CaptureRow & { document: unknown }>(sql`
    select ${COLUMNS}, document from epcis.capture
    where organisation_id = ${organisationId} and capture_id = ${id} and document is not null for update`);
  return row === undefined ? undefined : { capture: captureOf(row), document: row.document };
}

export async function saveCaptured(db: Queryable, capture: Capture): Promise<void> {
  await db.run(sql`
    update epcis.capture set document = null, captured = ${capture.captured}, duplicates = ${capture.duplicates},
      errors = ${JSON.stringify(capture.errors)}::jsonb, finished_at = ${capture.finishedAt ?? null}
    where organisation_id = ${capture.organisationId} and capture_id = ${capture.id}`);
}

/** Locked; undefined when it does not exist. */
export async function lockCapture(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Capture | undefined> {
  const [row] = await db.rows<CaptureRow>(sql`
    select ${COLUMNS} from epcis.capture
    where organisation_id = ${organisationId} and capture_id = ${id} for update`);
  return row === undefined ? undefined : captureOf(row);
}

export async function saveScanCounts(db: Queryable, capture: Capture): Promise<void> {
  await db.run(sql`
    update epcis.capture set scans = ${capture.scans}::jsonb, finished_at = ${capture.finishedAt ?? null}
    where organisation_id = ${capture.organisationId} and capture_id = ${capture.id}`);
}

/** Hash of each event id that is known already, by `id` and whether it declares an error. */
export async function listKnownHashes(
  db: Queryable,
  organisationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db.rows<{ event_id: string; declares_error: boolean; hash_id: string }>(sql`
    select event_id, declares_error, hash_id from epcis.event
    where organisation_id = ${organisationId} and event_id = any(${[...ids]}::text[])`);
  return new Map(rows.map((row) => [eventKey(row.event_id, row.declares_error), row.hash_id]));
}

export function eventKey(eventId: string, declaresError: boolean): string {
  return `${declaresError ? 'error' : 'event'} ${eventId}`;
}

/** Stores new events; answers the keys of those that were, because somebody may have been quicker with the others. */
export async function insertEvents(
  db: Queryable,
  organisationId: string,
  captureId: string,
  events: readonly StoredEvent[],
): Promise<ReadonlySet<string>> {
  if (events.length === 0) return new Set();
  const rows = events.map((one) => ({
    event_id: one.eventId,
    declares_error: one.declaresError,
    position: one.position,
    hash_id: one.hashId,
    event_type: one.type,
    event_time: one.eventTime,
    record_time: one.recordTime,
    action: one.action,
    biz_step: one.bizStep,
    disposition: one.disposition,
    read_point: one.readPoint,
    biz_location: one.bizLocation,
    parent_id: one.parentId,
    epcs: one.epcs,
    any_epcs: one.anyEpcs,
    context: one.context,
    event: one.event,
  }));
  const stored = await db.rows<{ event_id: string; declares_error: boolean }>(sql`
    insert into epcis.event (organisation_id, capture_id, event_id, declares_error, position, hash_id, event_type,
      event_time, record_time, action, biz_step, disposition, read_point, biz_location, parent_id, epcs, any_epcs,
      context, event)
    select ${organisationId}, ${captureId}, event_id, declares_error, position, hash_id, event_type, event_time,
      record_time, action, biz_step, disposition, read_point, biz_location, parent_id, epcs, any_epcs, context, event
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(event_id text, declares_error boolean,
      position integer, hash_id text, event_type text, event_time timestamptz, record_time timestamptz, action text,
      biz_step text, disposition text, read_point text, biz_location text, parent_id text, epcs text[],
      any_epcs text[], context jsonb, event jsonb)
    on conflict do nothing returning event_id, declares_error`);
  return new Set(stored.map((row) => eventKey(row.event_id, row.declares_error)));
}

type EventRow = {
  event_id: string;
  declares_error: boolean;
  position: number;
  hash_id: string;
  event_type: StoredEvent['type'];
  event_time: Instant;
  record_time: Instant;
  action: string | null;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  parent_id: string | null;
  epcs: string[];
  any_epcs: string[];
  context: Record<string, string>;
  event: Record<string, unknown>;
};

function eventOf(row: EventRow): StoredEvent {
  return {
    eventId: row.event_id,
    declaresError: row.declares_error,
    position: row.position,
    hashId: row.hash_id,
    type: row.event_type,
    eventTime: row.event_time,
    recordTime: row.record_time,
    action: row.action ?? undefined,
    bizStep: row.biz_step ?? undefined,
    disposition: row.disposition ?? undefined,
    readPoint: row.read_point ?? undefined,
    bizLocation: row.biz_location ?? undefined,
    parentId: row.parent_id ?? undefined,
    epcs: row.epcs,
    anyEpcs: row.any_epcs,
    context: row.context,
    event: row.event,
  };
}

const EVENT_COLUMNS = sql`event_id, declares_error, position, hash_id, event_type, event_time, record_time, action,
  biz_step, disposition, read_point, biz_location, parent_id, epcs, any_epcs, context, event`;

/** What a capture stored, in the order of its document. */
export async function listCapturedEvents(
  db: Queryable,
  organisationId: string,
  captureId: string,
): Promise<StoredEvent[]> {
  const rows = await db.rows<EventRow>(sql`
    select ${EVENT_COLUMNS} from epcis.event
    where organisation_id = ${organisationId} and capture_id = ${captureId} order by position`);
  return rows.map(eventOf);
}

const TIME_COLUMN = { eventTime: sql`event_time`, recordTime: sql`record_time` } as const;
const TEXT_COLUMN = {
  eventTypes: sql`event_type`,
  actions: sql`action`,
  bizSteps: sql`biz_step`,
  dispositions: sql`disposition`,
  readPoints: sql`read_point`,
  bizLocations: sql`biz_location`,
  eventIds: sql`event_id`,
  parentIds: sql`parent_id`,
} as const;

/** The list has one of some values, found by the index of all lists, or one that fits a pattern, looked for one by one. */
function holdsAny(
  list: 'epcs' | 'any_epcs',
  values: readonly string[],
  patterns: readonly string[] | undefined,
): SqlQuery {
  const column = list === 'epcs' ? sql`epcs` : sql`any_epcs`;
  const isThere = sql`(any_epcs && ${[...values]}::text[] and ${column} && ${[...values]}::text[])`;
  if (patterns === undefined) return isThere;
  return sql`(${isThere} or exists (select from unnest(${column}) as e(epc) where e.epc like any(${[...patterns]}::text[])))`;
}

/**
 * Events that were declared errors, where the event or its declaration came with a capture, whichever was first. Only
 * the events, not their declarations.
 */
export async function listErroneous(
  db: Queryable,
  organisationId: string,
  captureId: string,
): Promise<StoredEvent[]> {
  const rows = await db.rows<EventRow>(sql`
    select ${EVENT_COLUMNS} from epcis.event e
    where organisation_id = ${organisationId} and not declares_error and event_id in (
        select event_id from epcis.event where organisation_id = ${organisationId} and capture_id = ${captureId})
      and exists (select from epcis.event d
        where d.organisation_id = e.organisation_id and d.event_id = e.event_id and d.declares_error)
    order by event_id`);
  return rows.map(eventOf);
}

/** Of what stands in the event alone, and is looked for one by one. */
function declarationConditions(filter: EventFilter): SqlQuery[] {
  const { transformationIds, errorReasons, correctiveEventIds, declaredFrom, declaredBefore } = filter;
  const declaration = sql`event -> 'errorDeclaration'`;
  const declaredAt = sql`(${declaration} ->> 'declarationTime')::timestamptz`;
  const reasons = errorReasons?.flatMap((one) => notationsOf('errorReason', one));
  return [
    ...(transformationIds === undefined
      ? []
      : [sql`event ->> 'transformationID' = any(${[...transformationIds]}::text[])`]),
    ...(filter.declaresError === true ? [sql`declares_error`] : []),
    ...(reasons === undefined ? [] : [sql`${declaration} ->> 'reason' = any(${reasons}::text[])`]),
    ...(correctiveEventIds === undefined
      ? []
      : [
          sql`exists (select from jsonb_array_elements_text(${declaration} -> 'correctiveEventIDs') as c(id)
            where c.id = any(${[...correctiveEventIds]}::text[]))`,
        ]),
    ...(declaredFrom === undefined ? [] : [sql`${declaredAt} >= ${declaredFrom}`]),
    ...(declaredBefore === undefined ? [] : [sql`${declaredAt} < ${declaredBefore}`]),
  ];
}

/** Events of an organisation that fit all of a filter, in its order, at most `filter.limit`. */
export async function findEvents(
  db: Queryable,
  organisationId: string,
  filter: EventFilter,
): Promise<StoredEvent[]> {
  const conditions = [sql`organisation_id = ${organisationId}`];
  for (const [name, column] of Object.entries(TEXT_COLUMN)) {
    const values = filter[name as keyof typeof TEXT_COLUMN];
    const likes = name === 'parentIds' ? filter.patterns?.parentIds : undefined;
    if (values === undefined) continue;
    const isOne = sql`${column} = any(${[...values]}::text[])`;
    conditions.push(
      likes === undefined ? isOne : sql`(${isOne} or ${column} like any(${[...likes]}::text[]))`,
    );
  }
  const { eventTimeFrom, eventTimeBefore, recordTimeFrom, recordTimeBefore, epcs, anyEpcs, after } = filter;
  if (eventTimeFrom !== undefined) conditions.push(sql`event_time >= ${eventTimeFrom}`);
  if (eventTimeBefore !== undefined) conditions.push(sql`event_time < ${eventTimeBefore}`);
  if (recordTimeFrom !== undefined) conditions.push(sql`record_time >= ${recordTimeFrom}`);
  if (recordTimeBefore !== undefined) conditions.push(sql`record_time < ${recordTimeBefore}`);
  if (epcs !== undefined) conditions.push(holdsAny('epcs', epcs, filter.patterns?.epcs));
  if (anyEpcs !== undefined) conditions.push(holdsAny('any_epcs', anyEpcs, filter.patterns?.anyEpcs));
  conditions.push(...declarationConditions(filter));
  const time = TIME_COLUMN[filter.orderBy];
  const key = sql`(${time}, event_id, declares_error)`;
  if (after !== undefined) {
    const last = sql`(${after.time}::timestamptz, ${after.eventId}, ${after.declaresError}::boolean)`;
    conditions.push(filter.descending ? sql`${key} < ${last}` : sql`${key} > ${last}`);
  }
  const order = filter.descending
    ? sql`${time} desc, event_id desc, declares_error desc`
    : sql`${time}, event_id, declares_error`;
  const rows = await db.rows<EventRow>(sql`
    select ${EVENT_COLUMNS} from epcis.event where ${joinSql(conditions, sql` and `)}
    order by ${order} limit ${filter.limit}`);
  return rows.map(eventOf);
}
