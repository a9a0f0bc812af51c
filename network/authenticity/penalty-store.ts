import { type Queryable, sql } from '../../platform/db/index.ts';
import { addDays, type Id, type Instant, type OrganisationId } from '../kernel/index.ts';
import { type Level, POINTS_LAST_DAYS, type VerificationId } from './model.ts';
import type { CaseRef } from './store.ts';

export type PenaltyId = Id<'pen'>;
export type Penalty = {
  readonly id: PenaltyId;
  readonly organisationId: OrganisationId;
  readonly verificationId: VerificationId;
  readonly clientPlatformId: OrganisationId | undefined;
  readonly level: Level;
  readonly points: number;
  readonly imposedAt: Instant;
  readonly revokedAt: Instant | undefined;
};

type Row = {
  penalty_id: PenaltyId;
  organisation_id: OrganisationId;
  verification_id: VerificationId;
  client_platform_id: OrganisationId | null;
  level: Level;
  points: number;
  imposed_at: Instant;
  revoked_at: Instant | null;
};

const COLUMNS = sql`penalty_id, organisation_id, verification_id, client_platform_id, level, points, imposed_at, revoked_at`;

function penaltyOf(row: Row): Penalty {
  return {
    id: row.penalty_id,
    organisationId: row.organisation_id,
    verificationId: row.verification_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    level: row.level,
    points: row.points,
    imposedAt: row.imposed_at,
    revokedAt: row.revoked_at ?? undefined,
  };
}

/**
 * Penalties of one merchant are imposed and revoked one after the other, until the transaction ends: two at once would
 * not know of each other: both would be its first, and neither of their sums would suspend it.
 */
export async function lockPenalties(db: Queryable, organisationId: string): Promise<void> {
  await db.rows(
    sql`select pg_advisory_xact_lock(hashtextextended(${`authenticity.penalty ${organisationId}`}, 0))`,
  );
}

export async function insertPenalty(db: Queryable, one: Penalty): Promise<void> {
  await db.run(sql`
    insert into authenticity.penalty (${COLUMNS})
    values (${one.id}, ${one.organisationId}, ${one.verificationId}, ${one.clientPlatformId}, ${one.level}, ${one.points}, ${one.imposedAt},
      ${one.revokedAt})`);
}

/** The penalty of a case that stood until now. Throws when none does: the case's state says that one must. */
export async function revokePenalty(db: Queryable, one: CaseRef, at: Instant): Promise<Penalty> {
  return penaltyOf(
    await db.row<Row>(sql`
      update authenticity.penalty set revoked_at = ${at}
      where organisation_id = ${one.organisationId} and verification_id = ${one.id} and revoked_at is null returning ${COLUMNS}`),
  );
}

export type StandingPenalties = {
  readonly count: number;
  readonly points: number;
  readonly newestAt: Instant | undefined;
};

/** What counts against a merchant at a moment: of the last 365 days, without what was revoked. */
export async function standingPenalties(
  db: Queryable,
  organisationId: string,
  at: Instant,
): Promise<StandingPenalties> {
  const row = await db.row<{ count: number; points: number; newest: Instant | null }>(sql`
    select count(*)::integer as count, coalesce(sum(points), 0)::integer as points, max(imposed_at) as newest
    from authenticity.penalty
    where organisation_id = ${organisationId} and revoked_at is null and imposed_at > ${addDays(at, -POINTS_LAST_DAYS)}`);
  return { count: row.count, points: row.points, newestAt: row.newest ?? undefined };
}

/** How often the points of a merchant have changed, by what was imposed and what was revoked. The caller has the lock. */
export async function countPenaltyChanges(db: Queryable, organisationId: string): Promise<number> {
  const row = await db.row<{ changes: number }>(sql`
    select (count(*) + count(revoked_at))::integer as changes from authenticity.penalty
    where organisation_id = ${organisationId}`);
  return row.changes;
}

/** Newest first, revoked ones included; of the last 365 days. */
export async function listPenalties(
  db: Queryable,
  organisationId: string,
  at: Instant,
  limit: number,
): Promise<Penalty[]> {
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from authenticity.penalty
    where organisation_id = ${organisationId} and imposed_at > ${addDays(at, -POINTS_LAST_DAYS)}
    order by imposed_at desc, penalty_id desc limit ${limit}`);
  return rows.map(penaltyOf);
}
