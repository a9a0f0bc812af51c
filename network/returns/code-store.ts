import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { ReturnId } from './model.ts';

/** The wrapped key of codes; the first that was written counts. */
export async function findCodeKey(db: Queryable): Promise<Uint8Array | undefined> {
  const row = await db.maybeRow<{ wrapped: Uint8Array }>(
    sql`select wrapped from returns.code_key where key_id = 1`,
  );
  return row?.wrapped;
}

export async function insertCodeKey(db: Queryable, wrapped: Uint8Array): Promise<void> {
  await db.run(
    sql`insert into returns.code_key (key_id, wrapped) values (1, ${wrapped}) on conflict do nothing`,
  );
}

/** False when another case may still show this code. One that has run out is taken over. */
export async function insertCode(
  db: Queryable,
  code: {
    readonly index: Uint8Array;
    readonly organisationId: OrganisationId;
    readonly returnId: ReturnId;
    readonly expiresAt: Instant;
  },
  now: Instant,
): Promise<boolean> {
  const written = await db.run(sql`
    insert into returns.code as known (code_index, organisation_id, return_id, expires_at)
    values (${code.index}, ${code.organisationId}, ${code.returnId}, ${code.expiresAt})
    on conflict (code_index) do update set organisation_id = excluded.organisation_id, return_id = excluded.return_id,
      expires_at = excluded.expires_at where known.expires_at <= ${now}`);
  return written === 1;
}

/** Codes of a case that open nothing any more: it was accepted, routed anew or ended. */
export async function dropCodes(db: Queryable, returnId: string): Promise<void> {
  await db.run(sql`delete from returns.code where return_id = ${returnId}`);
}

export async function findCode(
  db: Queryable,
  index: Uint8Array,
  now: Instant,
): Promise<{ readonly organisationId: OrganisationId; readonly returnId: ReturnId } | undefined> {
  return db.maybeRow(sql`
    select organisation_id as "organisationId", return_id as "returnId" from returns.code
    where code_index = ${index} and expires_at > ${now}`);
}

export type Clerk = {
  readonly organisationId: OrganisationId;
  readonly clerkId: string;
  readonly pointId: string;
};
export type Tries = { readonly startedAt: Instant; readonly wrong: number };

/** Wrong codes of a clerk at a point, locked, so that guesses in parallel count one by one. */
export async function lockTries(db: Queryable, clerk: Clerk, now: Instant): Promise<Tries> {
  await db.run(sql`
    insert into returns.code_try (organisation_id, clerk_id, point_id, started_at, wrong)
    values (${clerk.organisationId}, ${clerk.clerkId}, ${clerk.pointId}, ${now}, 0) on conflict do nothing`);
  return db.row<Tries>(sql`
    select started_at as "startedAt", wrong from returns.code_try
    where organisation_id = ${clerk.organisationId} and clerk_id = ${clerk.clerkId} and point_id = ${clerk.pointId} for update`);
}

export async function saveTries(db: Queryable, clerk: Clerk, tries: Tries): Promise<void> {
  await db.run(sql`
    update returns.code_try set started_at = ${tries.startedAt}, wrong = ${tries.wrong}
    where organisation_id = ${clerk.organisationId} and clerk_id = ${clerk.clerkId} and point_id = ${clerk.pointId}`);
}

export type CounterVisit = {
  readonly organisationId: OrganisationId;
  readonly returnId: ReturnId;
  readonly pointOrganisationId: OrganisationId;
  readonly pointId: PointId | undefined;
  readonly byCaller: string;
  readonly openedAt: Instant;
  readonly endsAt: Instant;
};

/** A code that was read right opens its case to this network's counter. */
export async function openVisit(db: Queryable, visit: CounterVisit): Promise<void> {
  await db.run(sql`
    insert into returns.counter_visit (organisation_id, return_id, point_organisation_id, point_id, by_caller, opened_at, ends_at)
    values (${visit.organisationId}, ${visit.returnId}, ${visit.pointOrganisationId}, ${visit.pointId}, ${visit.byCaller},
      ${visit.openedAt}, ${visit.endsAt})
    on conflict (organisation_id, return_id, point_organisation_id) do update set point_id = excluded.point_id,
      by_caller = excluded.by_caller, opened_at = excluded.opened_at, ends_at = excluded.ends_at`);
}

export async function findVisit(
  db: Queryable,
  returnId: string,
  pointOrganisationId: string,
): Promise<CounterVisit | undefined> {
  const row = await db.maybeRow<Omit<CounterVisit, 'pointId'> & { pointId: PointId | null }>(sql`
    select organisation_id as "organisationId", return_id as "returnId", point_organisation_id as "pointOrganisationId",
      point_id as "pointId", by_caller as "byCaller", opened_at as "openedAt", ends_at as "endsAt"
    from returns.counter_visit where return_id = ${returnId} and point_organisation_id = ${pointOrganisationId}`);
  return row === undefined ? undefined : { ...row, pointId: row.pointId ?? undefined };
}
