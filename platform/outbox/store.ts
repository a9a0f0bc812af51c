import type { IdSource, Instant } from '../../network/kernel/index.ts';
import { appendRows, type Column, type Queryable, type SqlQuery, sql, unnestRows } from '../db/index.ts';
import type { OutgoingEvent, PublishedEvent } from './event.ts';

type NewRow = { readonly event: OutgoingEvent; readonly eventId: string; readonly now: Instant };

/** Behind the column of the group. */
const COLUMNS: readonly Column<NewRow>[] = [
  ['event_id', 'text', ({ eventId }) => eventId],
  ['type', 'text', ({ event }) => event.type],
  ['subject_id', 'text', ({ event }) => event.subjectId],
  ['subject_sequence', 'bigint', ({ event }) => event.subjectSequence],
  ['audience', 'text[]', ({ event }) => event.audience],
  ['occurred_at', 'timestamptz', ({ now }) => now],
  ['payload', 'json', ({ event }) => JSON.stringify(event.payload)],
];
const OF_ORGANISATION: readonly Column<NewRow>[] = [
  [
    'organisation_id',
    'text',
    ({ event: { group } }) => ('organisationId' in group ? group.organisationId : undefined),
  ],
  ...COLUMNS,
];
const OF_PARCEL: readonly Column<NewRow>[] = [
  ['bucket', 'smallint', ({ event: { group } }) => ('bucket' in group ? group.bucket : undefined)],
  ...COLUMNS,
];

/** Writes the events of a transaction, one statement per group kind, together with what follows. */
export function appendEvents(
  db: Queryable,
  events: readonly OutgoingEvent[],
  now: Instant,
  newId: IdSource,
): void {
  const ofOrganisation: NewRow[] = [];
  const ofParcel: NewRow[] = [];
  for (const event of events) {
    const rows = 'bucket' in event.group ? ofParcel : ofOrganisation;
    rows.push({ event, eventId: newId('evt'), now });
  }
  if (ofOrganisation.length > 0) {
    const columns = sql`organisation_id, event_id, type, subject_id, subject_sequence, audience, occurred_at, payload`;
    db.later(sql`
      insert into platform.outbox_organisation (${columns})
      select ${columns} from ${unnestRows('e', ofOrganisation, OF_ORGANISATION)}`);
  }
  if (ofParcel.length > 0) db.later(appendRows('platform.outbox_parcel', ofParcel, OF_PARCEL));
}

/** True when an event waits for its number. */
export async function hasUnnumberedEvents(db: Queryable): Promise<boolean> {
  const row = await db.row<{ waiting: boolean }>(sql`
    select exists (select from platform.outbox_organisation where position is null)
        or exists (select from platform.outbox_parcel where position is null) as waiting`);
  return row.waiting;
}

/**
 * Events that got their numbers together: all of those behind `after`, up to `last`, in order. Equal when there were none.
 */
export type Numbered = {
  readonly after: number;
  readonly last: number;
  readonly events: readonly PublishedEvent[];
};

/**
 * Numbers committed rows that no transaction can get in front of any more: those below the horizon of the current
 * snapshot (the oldest transaction that still writes, in any database of the cluster). One caller at a time (the
 * relay's row is locked). Answers the events, which are published with the commit.
 *
 * Transactions are taken in the order in which they began to write. Of one subject this can be the wrong order: a
 * transaction that began earlier but waited for the subject's row commits later. So an event waits until all earlier
 * events of its subject by later transactions have their number; those are visible by then, as they committed first.
 * And whatever comes after a waiting event of its subject waits with it.
 *
 * Only the oldest are looked at, with all that waits of their subjects: the price of a thousand numbers is the same
 * whether ten thousand events wait or ten million.
 */
export async function numberCommittedEvents(db: Queryable, limit: number): Promise<Numbered> {
  // Asked for together; the second has a snapshot of its own, from after the lock.
  const [relay, rows] = await Promise.all([
    db.row<{ position: number }>(sql`select position from platform.relay for update`),
    db.rows<EventRow>(sql`
    with ready as (
      (select organisation_id, null::smallint as bucket, event_id, transaction_id
        from (${oldestWaiting(sql`organisation_id, event_id`, sql`platform.outbox_organisation`, limit)}) o
        where not waits and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction_id, event_id limit ${limit})
      union all
      (select null, bucket, event_id, transaction_id
        from (${oldestWaiting(sql`bucket, event_id`, sql`platform.outbox_parcel`, limit)}) p
        where not waits and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        order by transaction_id, event_id limit ${limit})
    ), numbered as (
      select organisation_id, bucket, event_id,
        (select position from platform.relay) + row_number() over (order by transaction_id, event_id) as position
      from ready order by transaction_id, event_id limit ${limit}
    ), organisations as (
      update platform.outbox_organisation o set position = n.position from numbered n
      where o.organisation_id = n.organisation_id and o.event_id = n.event_id
      returning ${eventColumns(sql`o`, sql`o.organisation_id`)}
    ), parcels as (
      update platform.outbox_parcel p set position = n.position from numbered n
      where p.bucket = n.bucket and p.event_id = n.event_id returning ${eventColumns(sql`p`, sql`null`)}
    )
    select * from organisations union all select * from parcels order by position`),
  ]);
  const events = rows.map(publishedOf);
  const last = events.at(-1)?.position ?? relay.position;
  if (events.length > 0) db.later(sql`update platform.relay set position = ${last}`);
  return { after: relay.position, last, events };
}

/** So many times as many as are numbered are looked at: most do not wait. Our default. */
const LOOK_AHEAD = 2;

/**
 * The oldest events without a number and all others of their subjects, and whether each waits: it or one before it of its
 * subject was written by an earlier transaction than one before that. When all of the oldest wait, what they wait for is
 * among the others. Windows, not a search per event: that was quadratic for a subject of many. `groups`: two events of one
 * number by two transactions do not wait for each other for ever. `offset 0`: one look into the index for each subject;
 * `position is null` is so rare in the statistics that PostgreSQL would read all that waits.
 */
function oldestWaiting(key: SqlQuery, table: SqlQuery, limit: number): SqlQuery {
  return sql`
    select ${key}, transaction_id,
      bool_or(is_overtaken) over (partition by subject_id order by subject_sequence) as waits
    from (
      select ${key}, transaction_id, subject_id, subject_sequence,
        coalesce(transaction_id < max(transaction_id) over (partition by subject_id order by subject_sequence
          groups between unbounded preceding and 1 preceding), false) as is_overtaken
      from (
        select distinct subject_id as oldest from (
          select subject_id from ${table}
          where position is null and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
          order by transaction_id, event_id limit ${limit * LOOK_AHEAD}
        ) first
      ) subjects cross join lateral (
        select ${key}, transaction_id, subject_id, subject_sequence from ${table}
        where position is null and subject_id = subjects.oldest offset 0
      ) unnumbered
    ) judged`;
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

function eventColumns(table: SqlQuery, organisation: SqlQuery): SqlQuery {
  return sql`${table}.position, ${table}.event_id, ${table}.type, ${organisation} as organisation_id,
    ${table}.subject_id, ${table}.subject_sequence, ${table}.audience, ${table}.occurred_at, ${table}.payload`;
}

function publishedOf(row: EventRow): PublishedEvent {
  return {
    position: row.position,
    eventId: row.event_id,
    type: row.type,
    organisationId: row.organisation_id ?? undefined,
    subjectId: row.subject_id,
    subjectSequence: row.subject_sequence,
    audience: row.audience,
    occurredAt: row.occurred_at,
    payload: row.payload,
  };
}

/** Numbered events of some types after a position, in order. */
export async function listEventsAfter(
  db: Queryable,
  position: number,
  types: readonly string[],
  limit: number,
): Promise<PublishedEvent[]> {
  const rows = await db.rows<EventRow>(sql`
    (select ${eventColumns(sql`o`, sql`o.organisation_id`)} from platform.outbox_organisation o
      where position > ${position} and type = any(${types}) order by position limit ${limit})
    union all
    (select ${eventColumns(sql`p`, sql`null`)} from platform.outbox_parcel p
      where position > ${position} and type = any(${types}) order by position limit ${limit})
    order by position limit ${limit}`);
  return rows.map(publishedOf);
}

/** What happened and who may hear of it, without what it says. */
export type News = Pick<PublishedEvent, 'position' | 'type' | 'audience'>;

/** The last number that was given. */
export async function newestPosition(db: Queryable): Promise<number> {
  const { position } = await db.row<{ position: number }>(sql`select position from platform.relay`);
  return position;
}

/** Numbered events of all types after a position, in order. Numbers are given in order, so none comes in between later. */
export async function listNewsAfter(db: Queryable, position: number, limit: number): Promise<News[]> {
  const part = (table: SqlQuery) =>
    sql`(select position, type, audience from ${table} where position > ${position} order by position limit ${limit})`;
  return db.rows<News>(sql`
    ${part(sql`platform.outbox_organisation`)} union all ${part(sql`platform.outbox_parcel`)}
    order by position limit ${limit}`);
}

/**
 * Where a consumer stands. `failures` counts tries of the next event; `restMs` is left to wait before another.
 * `newest`: the last number given; every event up to it is visible to the statements that follow.
 */
export type ConsumerCursor = {
  readonly position: number;
  readonly newest: number;
  readonly failures: number;
  readonly restMs: number;
};

/** Locks a consumer's cursor; undefined when another process works on it. */
export async function lockConsumer(db: Queryable, name: string): Promise<ConsumerCursor | undefined> {
  const row = await db.maybeRow<{ position: number; newest: number; failures: number; rest_ms: number }>(sql`
    select position, (select r.position from platform.relay r) as newest, failures,
      greatest(0, coalesce(ceil(extract(epoch from retry_after - clock_timestamp()) * 1000), 0))::integer as rest_ms
    from platform.consumer where name = ${name} for update skip locked`);
  return row === undefined
    ? undefined
    : { position: row.position, newest: row.newest, failures: row.failures, restMs: row.rest_ms };
}

/** Makes missing consumers, which begin at the first kept event, and says that all of them are alive. */
export async function registerConsumers(db: Queryable, names: readonly string[]): Promise<void> {
  await db.run(sql`
    insert into platform.consumer (name, position) select name, 0 from unnest(${names}::text[]) as n(name) order by name
    on conflict do nothing`);
  // Those that another process works on just now are alive by that; waiting for them would stop this relay.
  await db.run(sql`
    update platform.consumer set seen_at = clock_timestamp()
    where name in (select name from platform.consumer where name = any(${names}) for update skip locked)`);
}

/** Names of the consumers that have not passed the last number. */
export async function listConsumersBehind(db: Queryable): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`
    select name from platform.consumer where position < (select position from platform.relay)`);
  return rows.map((row) => row.name);
}

/** Under the lock of lockConsumer, together with the effects. */
export function moveConsumer(db: Queryable, name: string, position: number): void {
  db.later(sql`
    update platform.consumer set position = ${position}, failures = 0, retry_after = null where name = ${name}`);
}

/** Counts a failed try and rests. Nothing when somebody else moved the cursor since `seen`. */
export async function restConsumer(
  db: Queryable,
  name: string,
  seen: Pick<ConsumerCursor, 'position' | 'failures'>,
  delayMs: number,
): Promise<void> {
  await db.run(sql`
    update platform.consumer set failures = failures + 1, retry_after = clock_timestamp() + make_interval(secs => ${delayMs / 1000})
    where name = ${name} and position = ${seen.position} and failures = ${seen.failures}`);
}

/** Puts an event aside and passes it. Nothing when somebody else moved the cursor since `seen`: never back. */
export async function buryEvent(
  db: Queryable,
  consumer: string,
  seen: Pick<ConsumerCursor, 'position' | 'failures'>,
  event: PublishedEvent,
  failure: string,
  now: Instant,
): Promise<void> {
  const moved = await db.run(sql`
    update platform.consumer set position = ${event.position}, failures = 0, retry_after = null
    where name = ${consumer} and position = ${seen.position} and failures = ${seen.failures}`);
  if (moved === 0) return;
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

/** A consumer that no program has named for this long is taken for removed. Our default. */
const CONSUMER_GONE_AFTER = '30 days';

/** Deletes numbered events that every living consumer has passed and that are older than `before`. */
export async function purgeEvents(db: Queryable, before: Instant): Promise<number> {
  const floor = sql`coalesce((select min(position) from platform.consumer
    where seen_at > clock_timestamp() - ${CONSUMER_GONE_AFTER}::interval), 0)`;
  const organisations = await db.run(sql`
    delete from platform.outbox_organisation where position <= ${floor} and occurred_at < ${before}`);
  const parcels = await db.run(sql`
    delete from platform.outbox_parcel where position <= ${floor} and occurred_at < ${before}`);
  return organisations + parcels;
}
