import type { IdSource, Instant } from '../../network/kernel/index.ts';
import { type Queryable, sql } from '../db/index.ts';
import type { OutgoingEvent, PublishedEvent } from './event.ts';

/** Writes the events of a transaction, one statement per group kind. */
export async function appendEvents(
  db: Queryable,
  events: readonly OutgoingEvent[],
  now: Instant,
  newId: IdSource,
): Promise<void> {
  const ofOrganisation: object[] = [];
  const ofParcel: object[] = [];
  for (const event of events) {
    const row = {
      event_id: newId('evt'),
      type: event.type,
      subject_id: event.subjectId,
      subject_sequence: event.subjectSequence,
      audience: event.audience,
      payload: event.payload,
    };
    if ('organisationId' in event.group)
      ofOrganisation.push({ ...row, organisation_id: event.group.organisationId });
    else ofParcel.push({ ...row, bucket: event.group.bucket });
  }
  if (ofOrganisation.length > 0) {
    await db.run(sql`
      insert into platform.outbox_organisation (organisation_id, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload)
      select organisation_id, event_id, type, subject_id, subject_sequence, array(select jsonb_array_elements_text(audience)), ${now}, payload
      from jsonb_to_recordset(${JSON.stringify(ofOrganisation)}::jsonb)
        as e(organisation_id text, event_id text, type text, subject_id text, subject_sequence bigint, audience jsonb, payload jsonb)`);
  }
  if (ofParcel.length > 0) {
    await db.run(sql`
      insert into platform.outbox_parcel (bucket, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload)
      select bucket, event_id, type, subject_id, subject_sequence, array(select jsonb_array_elements_text(audience)), ${now}, payload
      from jsonb_to_recordset(${JSON.stringify(ofParcel)}::jsonb)
        as e(bucket smallint, event_id text, type text, subject_id text, subject_sequence bigint, audience jsonb, payload jsonb)`);
  }
}

/**
 * Numbers committed rows that no transaction can get in front of any more: those below the horizon of the current
 * snapshot. One caller at a time (the relay's row is locked). Answers the types that were numbered.
 */
export async function numberCommittedEvents(
  db: Queryable,
  limit: number,
): Promise<{ count: number; types: string[] }> {
  const relay = await db.row<{ position: number }>(sql`select position from platform.relay for update`);
  const rows = await db.rows<{ type: string; position: number }>(sql`
    with ready as (
      (select 'o' as side, organisation_id as key, event_id, transaction_id from platform.outbox_organisation
        where position is null and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction_id, event_id limit ${limit})
      union all
      (select 'p', bucket::text, event_id, transaction_id from platform.outbox_parcel
        where position is null and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction_id, event_id limit ${limit})
    ), numbered as (
      select side, key, event_id, ${relay.position}::bigint + row_number() over (order by transaction_id, event_id) as position
      from ready order by transaction_id, event_id limit ${limit}
    ), organisations as (
      update platform.outbox_organisation o set position = n.position from numbered n
      where n.side = 'o' and o.organisation_id = n.key and o.event_id = n.event_id returning o.type, o.position
    ), parcels as (
      update platform.outbox_parcel p set position = n.position from numbered n
      where n.side = 'p' and p.bucket = n.key::smallint and p.event_id = n.event_id returning p.type, p.position
    )
    select type, position from organisations union all select type, position from parcels`);
  if (rows.length > 0) {
    const last = rows.reduce((best, row) => Math.max(best, row.position), relay.position);
    await db.run(sql`update platform.relay set position = ${last}`);
  }
  return { count: rows.length, types: [...new Set(rows.map((row) => row.type))] };
}

type EventRow = {
  position: number;
  event_id: string;
  type: string;
  organisation_id: string | null;
  subject_id: string;
  subject_sequence: number;
  audience: string[];
  occurred_at: Instant;
  payload: unknown;
};

/** Numbered events of some types after a position, in order. */
export async function listEventsAfter(
  db: Queryable,
  position: number,
  types: readonly string[],
  limit: number,
): Promise<PublishedEvent[]> {
  const rows = await db.rows<EventRow>(sql`
    (select position, event_id, type, organisation_id, subject_id, subject_sequence, audience, occurred_at, payload
      from platform.outbox_organisation where position > ${position} and type = any(${types}) order by position limit ${limit})
    union all
    (select position, event_id, type, null, subject_id, subject_sequence, audience, occurred_at, payload
      from platform.outbox_parcel where position > ${position} and type = any(${types}) order by position limit ${limit})
    order by position limit ${limit}`);
  return rows.map((row) => ({
    position: row.position,
    eventId: row.event_id,
    type: row.type,
    organisationId: row.organisation_id ?? undefined,
    subjectId: row.subject_id,
    subjectSequence: row.subject_sequence,
    audience: row.audience,
    occurredAt: row.occurred_at,
    payload: row.payload,
  }));
}

export async function lastPosition(db: Queryable): Promise<number> {
  return (await db.row<{ position: number }>(sql`select position from platform.relay`)).position;
}

/** Locks a consumer's cursor; undefined when another process works on it or it rests after a failure. */
export async function lockConsumer(
  db: Queryable,
  name: string,
): Promise<{ position: number; failures: number } | undefined> {
  return db.maybeRow(sql`
    select position, failures from platform.consumer
    where name = ${name} and (retry_after is null or retry_after <= clock_timestamp())
    for update skip locked`);
}

export async function createConsumer(db: Queryable, name: string, position: number): Promise<void> {
  await db.run(
    sql`insert into platform.consumer (name, position) values (${name}, ${position}) on conflict do nothing`,
  );
}

export async function moveConsumer(db: Queryable, name: string, position: number): Promise<void> {
  await db.run(sql`
    update platform.consumer set position = ${position}, failures = 0, retry_after = null where name = ${name}`);
}

export async function restConsumer(db: Queryable, name: string, delayMs: number): Promise<void> {
  await db.run(sql`
    update platform.consumer set failures = failures + 1, retry_after = clock_timestamp() + make_interval(secs => ${delayMs / 1000})
    where name = ${name}`);
}

export async function buryEvent(
  db: Queryable,
  consumer: string,
  event: PublishedEvent,
  failure: string,
  now: Instant,
) {
  await db.run(sql`
    insert into platform.dead_letter (consumer, position, event_id, type, failure, dead_at)
    values (${consumer}, ${event.position}, ${event.eventId}, ${event.type}, ${failure}, ${now})
    on conflict do nothing`);
}

/** Seconds that the oldest event has waited for a number; 0 when none waits. */
export async function outboxAgeSeconds(db: Queryable, now: Instant): Promise<number> {
  const row = await db.row<{ oldest: Instant | null }>(sql`
    select least((select min(occurred_at) from platform.outbox_organisation where position is null),
                 (select min(occurred_at) from platform.outbox_parcel where position is null)) as oldest`);
  return row.oldest === null ? 0 : Math.max(0, (Date.parse(now) - Date.parse(row.oldest)) / 1000);
}

/** Deletes numbered events that every consumer has passed and that are older than `before`. */
export async function purgeEvents(db: Queryable, before: Instant): Promise<number> {
  const floor = sql`coalesce((select min(position) from platform.consumer), 0)`;
  const organisations = await db.run(sql`
    delete from platform.outbox_organisation where position <= ${floor} and occurred_at < ${before}`);
  const parcels = await db.run(sql`
    delete from platform.outbox_parcel where position <= ${floor} and occurred_at < ${before}`);
  return organisations + parcels;
}
