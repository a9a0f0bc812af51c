import type { Instant } from '../../network/kernel/index.ts';
import { type Queryable, sql } from '../db/index.ts';
import type { PublishedEvent } from './event.ts';

/** How far a reaction is behind. `waiting` stops counting at COUNTED; failures are tries of its next event. */
export type ReactionBacklog = {
  readonly name: string;
  readonly waiting: number;
  readonly oldestAt: Instant | undefined;
  readonly failures: number;
  readonly dead: number;
};

/** Nobody needs to know whether 100,000 or 200,000 wait, and counting them costs. */
const COUNTED = 10_000;

/** Backlogs of all reactions by name; events that no reaction has to look at count until its cursor passes them. */
export async function listBacklogs(db: Queryable): Promise<ReactionBacklog[]> {
  const rows = await db.rows<{
    name: string;
    waiting: number;
    oldest_at: Instant | null;
    failures: number;
    dead: number;
  }>(sql`
    select c.name, c.failures,
      (select count(*)::int from (
        (select from platform.outbox_organisation where position > c.position limit ${COUNTED})
        union all (select from platform.outbox_parcel where position > c.position limit ${COUNTED})) w) as waiting,
      least((select occurred_at from platform.outbox_organisation where position > c.position order by position limit 1),
            (select occurred_at from platform.outbox_parcel where position > c.position order by position limit 1)) as oldest_at,
      (select count(*)::int from platform.dead_letter d where d.consumer = c.name) as dead
    from platform.consumer c order by c.name`);
  return rows.map((row) => ({
    name: row.name,
    waiting: Math.min(row.waiting, COUNTED),
    oldestAt: row.oldest_at ?? undefined,
    failures: row.failures,
    dead: row.dead,
  }));
}

/** Events that wait for their number. */
export async function countUnnumbered(db: Queryable): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select ((select count(*) from platform.outbox_organisation where position is null)
          + (select count(*) from platform.outbox_parcel where position is null))::int as count`);
  return row.count;
}

/** An event that a reaction gave up on. */
export type DeadLetter = {
  readonly reaction: string;
  readonly position: number;
  readonly eventId: string;
  readonly type: string;
  readonly failure: string;
  readonly deadAt: Instant;
};

/** Newest first, before a position and name. */
export async function listDeadLetters(
  db: Queryable,
  reaction: string | undefined,
  before: { readonly position: number; readonly reaction: string } | undefined,
  limit: number,
): Promise<DeadLetter[]> {
  const below =
    before === undefined ? sql`` : sql` and (position, consumer) < (${before.position}, ${before.reaction})`;
  const of = reaction === undefined ? sql`` : sql` and consumer = ${reaction}`;
  return db.rows(sql`
    select consumer as reaction, position, event_id as "eventId", type, failure, dead_at as "deadAt"
    from platform.dead_letter where true${of}${below} order by position desc, consumer desc limit ${limit}`);
}

/** Locks a dead letter; undefined when there is none or somebody replays it just now. */
export async function lockDeadLetter(
  db: Queryable,
  reaction: string,
  eventId: string,
): Promise<{ readonly position: number } | undefined> {
  return db.maybeRow(sql`
    select position from platform.dead_letter where consumer = ${reaction} and event_id = ${eventId}
    for update skip locked`);
}

/** The event itself, as long as it is kept. */
export async function findEventAt(db: Queryable, position: number): Promise<PublishedEvent | undefined> {
  const row = await db.maybeRow<PublishedEvent & { organisationId: string | null }>(sql`
    select position, event_id as "eventId", type, organisation_id as "organisationId", subject_id as "subjectId",
      subject_sequence as "subjectSequence", audience, occurred_at as "occurredAt", payload
    from platform.outbox_organisation where position = ${position}
    union all
    select position, event_id, type, null, subject_id, subject_sequence, audience, occurred_at, payload
    from platform.outbox_parcel where position = ${position}`);
  return row === undefined ? undefined : { ...row, organisationId: row.organisationId ?? undefined };
}

export async function deleteDeadLetter(db: Queryable, reaction: string, position: number): Promise<void> {
  await db.run(sql`delete from platform.dead_letter where consumer = ${reaction} and position = ${position}`);
}
