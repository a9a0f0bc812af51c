import { joinSql, type Queryable, type SqlQuery, sql } from '../../platform/db/index.ts';
import type { CountryCode, Currency, Instant, OrganisationId, PointId } from '../kernel/index.ts';
import type { Deduction, DeductionId, DeductionState, Subject } from './model.ts';
import type { DeductionReason } from './rulebook.ts';

type Row = {
  organisation_id: OrganisationId;
  deduction_id: DeductionId;
  version: number;
  point_id: PointId;
  country: CountryCode;
  reason: DeductionReason;
  subject_kind: Subject['kind'];
  subject_id: string;
  occurred_at: Instant;
  rules_version_id: string;
  currency: Currency;
  amount_minor: number;
  state: DeductionState;
  sealed_evidence: Uint8Array | null;
  sealed_appeal: Uint8Array | null;
  sealed_decision: Uint8Array | null;
  imposed_by: string;
  decided_by: string | null;
  imposed_at: Instant;
  appeal_until: Instant;
  appealed_at: Instant | null;
  decided_at: Instant | null;
};

const COLUMNS = sql`organisation_id, deduction_id, version, point_id, country, reason, subject_kind, subject_id, occurred_at,
  rules_version_id, currency, amount_minor, state, sealed_evidence, sealed_appeal, sealed_decision, imposed_by, decided_by,
  imposed_at, appeal_until, appealed_at, decided_at`;

function deductionOf(row: Row): Deduction {
  return {
    id: row.deduction_id,
    organisationId: row.organisation_id,
    version: row.version,
    pointId: row.point_id,
    country: row.country,
    reason: row.reason,
    subject: { kind: row.subject_kind, id: row.subject_id },
    occurredAt: row.occurred_at,
    rulesVersionId: row.rules_version_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    state: row.state,
    sealedEvidence: row.sealed_evidence ?? undefined,
    sealedAppeal: row.sealed_appeal ?? undefined,
    sealedDecision: row.sealed_decision ?? undefined,
    imposedBy: row.imposed_by,
    decidedBy: row.decided_by ?? undefined,
    imposedAt: row.imposed_at,
    appealUntil: row.appeal_until,
    appealedAt: row.appealed_at ?? undefined,
    decidedAt: row.decided_at ?? undefined,
  };
}

/** False when the same thing was deducted for the same reason before. */
export async function insertDeduction(db: Queryable, one: Deduction): Promise<boolean> {
  const inserted = await db.run(sql`
    insert into commissions.deduction (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.version}, ${one.pointId}, ${one.country}, ${one.reason}, ${one.subject.kind},
      ${one.subject.id}, ${one.occurredAt}, ${one.rulesVersionId}, ${one.currency}, ${one.amountMinor}, ${one.state},
      ${one.sealedEvidence}, ${one.sealedAppeal}, ${one.sealedDecision}, ${one.imposedBy}, ${one.decidedBy}, ${one.imposedAt},
      ${one.appealUntil}, ${one.appealedAt}, ${one.decidedAt})
    on conflict do nothing`);
  return inserted === 1;
}

export async function saveDeduction(db: Queryable, one: Deduction): Promise<void> {
  await db.run(sql`
    update commissions.deduction set version = ${one.version}, state = ${one.state}, sealed_appeal = ${one.sealedAppeal},
      sealed_decision = ${one.sealedDecision}, decided_by = ${one.decidedBy}, appealed_at = ${one.appealedAt},
      decided_at = ${one.decidedAt}
    where organisation_id = ${one.organisationId} and deduction_id = ${one.id}`);
}

export async function findDeduction(db: Queryable, id: string): Promise<Deduction | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from commissions.deduction where deduction_id = ${id}`);
  return row === undefined ? undefined : deductionOf(row);
}

/** Locked until the transaction ends. */
export async function lockDeduction(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Deduction | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from commissions.deduction
    where organisation_id = ${organisationId} and deduction_id = ${id} for update`);
  return row === undefined ? undefined : deductionOf(row);
}

export type DeductionFilter = {
  readonly organisationId?: string | undefined;
  readonly state?: DeductionState | undefined;
  readonly pointId?: string | undefined;
};

/** Newest first, before an id. */
export async function pageDeductions(
  db: Queryable,
  filter: DeductionFilter,
  before: string,
  limit: number,
): Promise<Deduction[]> {
  const conditions: SqlQuery[] = [sql`true`];
  if (before !== '') conditions.push(sql`deduction_id < ${before}`);
  if (filter.organisationId !== undefined) conditions.push(sql`organisation_id = ${filter.organisationId}`);
  if (filter.state !== undefined) conditions.push(sql`state = ${filter.state}`);
  if (filter.pointId !== undefined) conditions.push(sql`point_id = ${filter.pointId}`);
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from commissions.deduction where ${joinSql(conditions, sql` and `)}
    order by deduction_id desc limit ${limit}`);
  return rows.map(deductionOf);
}
