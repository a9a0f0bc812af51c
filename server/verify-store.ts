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

/**
 * Each published event has one position, and a subject's events were published in the order of its versions. Each group
 * counts versions of its own: what tracking tells of a declared shipment is no version of the shipment.
 */
export async function verifyOutbox(db: Queryable): Promise<Verified> {
  const { count } = await db.row<{ count: number }>(sql`
    select (select count(*) from platform.outbox_organisation) + (select count(*) from platform.outbox_parcel) as count`);
  const positions = await db.rows<{ position: number }>(sql`
    select position from (
      select position from platform.outbox_organisation where position is not null
      union all select position from platform.outbox_parcel where position is not null
    ) as published group by position having count(*) > 1 order by position limit ${SHOWN}`);
  const backwards = await db.rows<{ subject_id: string; position: number }>(sql`
    select subject_id, position from (
      select subject_id, position, subject_sequence,
        lag(subject_sequence) over (partition by kind, subject_id order by position) as earlier
      from (
        select 'organisation' as kind, subject_id, subject_sequence, position
        from platform.outbox_organisation where position is not null
        union all select 'parcel', subject_id, subject_sequence, position
        from platform.outbox_parcel where position is not null
      ) as published
    ) as ordered where earlier > subject_sequence order by position limit ${SHOWN}`);
  const beyond = await db.row<{ count: number }>(sql`
    select count(*) as count from (
      select position from platform.outbox_organisation union all select position from platform.outbox_parcel
    ) as published where position > (select position from platform.relay)`);
  return {
    checked: count,
    broken: [
      ...positions.map((row) => `position ${row.position} was given to several events`),
      ...backwards.map(
        (row) => `${row.subject_id} goes back to an older version at position ${row.position}`,
      ),
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

export async function listOrganisationIds(db: Queryable): Promise<readonly string[]> {
  const rows = await db.rows<{ organisation_id: string }>(
    sql`select organisation_id from accounts.organisation order by organisation_id`,
  );
  return rows.map((row) => row.organisation_id);
}

/** A number of a carrier is issued once in each epoch, by whichever organisation: no unique constraint spans them. */
export async function verifyWaybillNumbers(db: Queryable): Promise<Verified> {
  const { count } = await db.row<{ count: number }>(sql`select count(*) as count from waybills.waybill`);
  const twice = await db.rows<{ carrier_code: string; number: string; count: number }>(sql`
    select carrier_code, number, count(*) as count from waybills.waybill
    group by carrier_code, number, epoch having count(*) > 1 order by carrier_code, number limit ${SHOWN}`);
  return {
    checked: count,
    broken: twice.map((row) => `${row.number} of ${row.carrier_code} was issued ${row.count} times`),
  };
}

export async function countTransfers(db: Queryable): Promise<number> {
  return (await db.row<{ count: number }>(sql`select count(*) as count from ledger.transfer`)).count;
}
