import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { EventId, FeedEvent } from './model.ts';

export type FeedRow = {
  position: number;
  event_id: EventId;
  type: string;
  subject_id: string;
  sequence: number;
  occurred_at: Instant;
  data: Record<string, unknown>;
};

export function feedEventOf(row: FeedRow): FeedEvent {
  return {
    id: row.event_id,
    position: row.position,
    type: row.type,
    subject: row.subject_id,
    sequence: row.sequence,
    occurredAt: row.occurred_at,
    data: row.data,
  };
}

/** An event as it goes into feeds, with the organisations that may read it. */
export type TransmittedEvent = Omit<FeedRow, 'data'> & {
  readonly audience: readonly string[];
  readonly data: unknown;
};

/** One row for each event and organisation of its audience; a second time changes nothing. */
export async function insertFeedEvents(db: Queryable, events: readonly TransmittedEvent[]): Promise<void> {
  await db.run(sql`
    insert into notices.organisation_event (organisation_id, position, event_id, type, subject_id, sequence, occurred_at, data)
    select o.organisation_id, position, event_id, type, subject_id, sequence, occurred_at, data
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(position bigint, event_id text, type text,
      subject_id text, sequence bigint, occurred_at timestamptz, audience text[], data jsonb)
      cross join lateral unnest(e.audience) as o(organisation_id)
    on conflict do nothing`);
}

/**
 * The feed of the current scope behind a position. `types` undefined: all. In the network scope an event that several
 * organisations may read comes once.
 */
export async function listFeed(
  db: Queryable,
  organisationId: string | undefined,
  after: number,
  types: readonly string[] | undefined,
  limit: number,
): Promise<FeedEvent[]> {
  const wanted = types === undefined ? sql`` : sql` and type = any(${types})`;
  const rows = await db.rows<FeedRow>(
    organisationId === undefined
      ? sql`
        select distinct on (position) position, event_id, type, subject_id, sequence, occurred_at, data
        from notices.organisation_event where position > ${after}${wanted} order by position limit ${limit}`
      : sql`
        select position, event_id, type, subject_id, sequence, occurred_at, data
        from notices.organisation_event where organisation_id = ${organisationId} and position > ${after}${wanted}
        order by position limit ${limit}`,
  );
  return rows.map(feedEventOf);
}

/** The newest position of a feed (0: it is empty) and up to where it was cleared. */
export async function feedBounds(
  db: Queryable,
  organisationId: string | undefined,
): Promise<{ newest: number; floor: number }> {
  const own = (column: 'event' | 'floor') =>
    organisationId === undefined
      ? sql``
      : column === 'event'
        ? sql` where e.organisation_id = ${organisationId}`
        : sql` where f.organisation_id = ${organisationId}`;
  return db.row(sql`
    select coalesce((select e.position from notices.organisation_event e${own('event')} order by e.position desc limit 1), 0) as newest,
      coalesce((select max(f.position) from notices.feed_floor f${own('floor')}), 0) as floor`);
}

/** The position before the first event of an organisation at or after an instant. */
export async function positionBefore(db: Queryable, organisationId: string, since: Instant): Promise<number> {
  const row = await db.row<{ position: number }>(sql`
    select coalesce(
      (select min(position) - 1 from notices.organisation_event where organisation_id = ${organisationId} and occurred_at >= ${since}),
      (select max(position) from notices.organisation_event where organisation_id = ${organisationId}), 0) as position`);
  return row.position;
}

/** Clears up to `limit` events from before an instant and remembers how far. Answers how many. */
export async function purgeFeed(db: Queryable, before: Instant, limit: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    with old as (
      select organisation_id, position from notices.organisation_event where occurred_at < ${before}
      order by occurred_at limit ${limit}
    ), gone as (
      delete from notices.organisation_event e using old
      where e.organisation_id = old.organisation_id and e.position = old.position
      returning e.organisation_id, e.position
    ), floors as (
      insert into notices.feed_floor as f (organisation_id, position)
      select organisation_id, max(position) from gone group by organisation_id
      on conflict (organisation_id) do update set position = greatest(f.position, excluded.position)
    )
    select count(*) as count from gone`);
  return row.count;
}
