import { type Migration, type Queryable, sql } from '../platform/db/index.ts';

/** What a check looked at, and what it found broken: one line for each, with ids and never with contents. */
export type Verified = { readonly checked: number; readonly broken: readonly string[] };

/** As many lines as a person reads; the count says the rest. Our default. */
const SHOWN = 20;

/** Every migration of this program is applied as it is written, and no other. */
export async function verifySchema(
  db: Queryable,
  migrations: readonly Migration[],
  digestOf: (migration: Migration) => string,
): Promise<Verified> {
  const applied = await db.rows<{ number: number; name: string; digest: string }>(
    sql`select number, name, digest from platform.schema_migration order by number`,
  );
  const byNumber = new Map(applied.map((row) => [row.number, row]));
  const broken = migrations.flatMap((migration) => {
    const row = byNumber.get(migration.number);
    byNumber.delete(migration.number);
    if (row === undefined) return [`migration ${migration.name} is not applied: run migrate`];
    return row.digest === digestOf(migration)
      ? []
      : [`migration ${migration.name} was changed after it was applied`];
  });
  return {
    checked: applied.length,
    broken: [
      ...broken,
      ...[...byNumber.values()].map((row) => `migration ${row.name} is unknown to this program`),
    ],
  };
}

/** Each published event has one position and each subject's sequence is used once. */
export async function verifyOutbox(db: Queryable): Promise<Verified> {
  const { count } = await db.row<{ count: number }>(sql`
    select (select count(*) from platform.outbox_organisation) + (select count(*) from platform.outbox_parcel) as count`);
  const positions = await db.rows<{ position: number }>(sql`
    select position from (
      select position from platform.outbox_organisation where position is not null
      union all select position from platform.outbox_parcel where position is not null
    ) as published group by position having count(*) > 1 order by position limit ${SHOWN}`);
  const sequences = await db.rows<{ subject_id: string; subject_sequence: number }>(sql`
    select subject_id, subject_sequence from (
      select subject_id, subject_sequence from platform.outbox_organisation
      union all select subject_id, subject_sequence from platform.outbox_parcel
    ) as events group by subject_id, subject_sequence having count(*) > 1
    order by subject_id, subject_sequence limit ${SHOWN}`);
  const beyond = await db.row<{ count: number }>(sql`
    select count(*) as count from (
      select position from platform.outbox_organisation union all select position from platform.outbox_parcel
    ) as published where position > (select position from platform.relay)`);
  return {
    checked: count,
    broken: [
      ...positions.map((row) => `position ${row.position} was given to several events`),
      ...sequences.map((row) => `${row.subject_id} has sequence ${row.subject_sequence} twice`),
      ...(beyond.count === 0 ? [] : [`${beyond.count} events stand beyond the relay's last position`]),
    ],
  };
}

/** No reaction is ahead of the relay, and none has given up on an event. */
export async function verifyConsumers(db: Queryable): Promise<Verified> {
  const consumers = await db.rows<{ name: string; ahead: boolean; dead: number }>(sql`
    select c.name, c.position > (select position from platform.relay) as ahead,
      (select count(*) from platform.dead_letter d where d.consumer = c.name) as dead
    from platform.consumer c order by c.name`);
  return {
    checked: consumers.length,
    broken: consumers.flatMap((consumer) => [
      ...(consumer.ahead ? [`${consumer.name} is ahead of the relay`] : []),
      ...(consumer.dead === 0
        ? []
        : [`${consumer.name} gave up on ${consumer.dead} events (platform.dead_letter)`]),
    ]),
  };
}

/** No job has given up. */
export async function verifyJobs(db: Queryable): Promise<Verified> {
  const { count } = await db.row<{ count: number }>(sql`select count(*) as count from platform.job`);
  const dead = await db.rows<{ kind: string; count: number }>(
    sql`select kind, count(*) as count from platform.job where dead_at is not null group by kind order by kind`,
  );
  return { checked: count, broken: dead.map((row) => `${row.count} jobs of kind ${row.kind} gave up`) };
}

export type CataloguedTable = { readonly name: string; readonly comment: string | null };

/** All tables of our schemas with the group that they declare. */
export async function listTables(db: Queryable): Promise<readonly CataloguedTable[]> {
  return db.rows<CataloguedTable>(sql`
    select n.nspname || '.' || c.relname as name, obj_description(c.oid, 'pg_class') as comment
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
    order by 1`);
}
