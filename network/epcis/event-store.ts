import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { EventTerms } from './event-terms.policy.ts';
import type { StoredEvent } from './model.ts';

/** All of what event-terms.policy.ts notes; more is a new version, and has what was stored before noted anew. */
const TERM_VERSION = 2;
/** As an index has it; a smaller version is told behind it. */
export const LACKS_TERMS = sql`term_version < 2`;

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

/** Stores new events, whose terms are to follow in the same transaction; answers the keys of those that were, because somebody may have been quicker with the others. */
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
      context, event, has_terms, term_version)
    select ${organisationId}, ${captureId}, event_id, declares_error, position, hash_id, event_type, event_time,
      record_time, action, biz_step, disposition, read_point, biz_location, parent_id, epcs, any_epcs, context, event,
      true, ${TERM_VERSION}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(event_id text, declares_error boolean,
      position integer, hash_id text, event_type text, event_time timestamptz, record_time timestamptz, action text,
      biz_step text, disposition text, read_point text, biz_location text, parent_id text, epcs text[],
      any_epcs text[], context jsonb, event jsonb)
    on conflict do nothing returning event_id, declares_error`);
  return new Set(stored.map((row) => eventKey(row.event_id, row.declares_error)));
}

export type EventRow = {
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

export function eventOf(row: EventRow): StoredEvent {
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

/** Of `epcis.event e`. */
export const EVENT_COLUMNS = sql`e.event_id, e.declares_error, e.position, e.hash_id, e.event_type, e.event_time,
  e.record_time, e.action, e.biz_step, e.disposition, e.read_point, e.biz_location, e.parent_id, e.epcs, e.any_epcs,
  e.context, e.event`;

/** What a capture stored, in the order of its document. */
export async function listCapturedEvents(
  db: Queryable,
  organisationId: string,
  captureId: string,
): Promise<StoredEvent[]> {
  const rows = await db.rows<EventRow>(sql`
    select ${EVENT_COLUMNS} from epcis.event e
    where organisation_id = ${organisationId} and capture_id = ${captureId} order by position`);
  return rows.map(eventOf);
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

/** Terms of one statement: an event may list thousands of EPCs, a document a thousand events. */
const TERMS_AT_ONCE = 20_000;

/** Writes what events of a capture say. What is there already stays. */
export async function insertTerms(
  db: Queryable,
  organisationId: string,
  captureId: string,
  events: readonly EventTerms[],
): Promise<void> {
  const rows = events.flatMap(({ position, terms }) => terms.map((term) => ({ position, ...term })));
  for (let from = 0; from < rows.length; from += TERMS_AT_ONCE) {
    const part = rows.slice(from, from + TERMS_AT_ONCE);
    await db.run(sql`
      insert into epcis.event_term (organisation_id, capture_id, position, name, value, number)
      select ${organisationId}, ${captureId}, position, name, value, number
      from unnest(${part.map(({ position }) => position)}::integer[], ${part.map(({ name }) => name)}::text[],
        ${part.map(({ value }) => value)}::text[], ${part.map((term) => term.number ?? null)}::double precision[])
        as t(position, name, value, number)
      on conflict do nothing`);
  }
}

/** A capture with events of which not all is noted. */
export async function findCaptureWithoutTerms(
  db: Queryable,
): Promise<{ organisationId: string; captureId: string } | undefined> {
  const row = await db.maybeRow<{ organisation_id: string; capture_id: string }>(sql`
    select organisation_id, capture_id from epcis.event where ${LACKS_TERMS} limit 1`);
  return row === undefined ? undefined : { organisationId: row.organisation_id, captureId: row.capture_id };
}

export async function saveTermVersion(
  db: Queryable,
  organisationId: string,
  captureId: string,
): Promise<void> {
  await db.run(sql`
    update epcis.event set term_version = ${TERM_VERSION}
    where organisation_id = ${organisationId} and capture_id = ${captureId} and ${LACKS_TERMS}`);
}
