import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant, OrganisationId } from '../kernel/index.ts';
import type { DeclarationFacts } from './facts.ts';
import type {
  Assessment,
  Judge,
  Level,
  RuleName,
  StepName,
  Verification,
  VerificationId,
  VerificationState,
} from './model.ts';

type Row = {
  organisation_id: OrganisationId;
  verification_id: VerificationId;
  client_platform_id: OrganisationId | null;
  external_shipment_id: string;
  order_id: string;
  carrier_code: string;
  number: string;
  version: number;
  state: VerificationState;
  assessment: Assessment;
  facts: DeclarationFacts;
  proposed_level: Level;
  rulebook_version_id: string;
  proofs: number;
  settles_at: Instant | null;
  proof_due_at: Instant | null;
  appeal_due_at: Instant | null;
  decided_by: Judge | null;
  decider_id: string | null;
  level: Level | null;
  seen_rules: RuleName[];
  declared_at: Instant;
  first_scan_due_at: Instant;
  suspected_at: Instant | null;
  review_at: Instant | null;
  decided_at: Instant | null;
  changed_at: Instant;
};

const COLUMNS = sql`organisation_id, verification_id, client_platform_id, external_shipment_id, order_id, carrier_code, number,
  version, state, assessment, facts, proposed_level, rulebook_version_id, proofs, settles_at, proof_due_at, appeal_due_at, decided_by,
  decider_id, level, seen_rules, declared_at, first_scan_due_at, suspected_at, review_at, decided_at, changed_at`;

function verificationOf(row: Row): Verification {
  return {
    id: row.verification_id,
    organisationId: row.organisation_id,
    clientPlatformId: row.client_platform_id ?? undefined,
    externalShipmentId: row.external_shipment_id,
    orderId: row.order_id,
    carrierCode: row.carrier_code,
    number: row.number,
    version: row.version,
    state: row.state,
    assessment: row.assessment,
    facts: row.facts,
    proposedLevel: row.proposed_level,
    rulebookVersionId: row.rulebook_version_id,
    proofs: row.proofs,
    settlesAt: row.settles_at ?? undefined,
    proofDueAt: row.proof_due_at ?? undefined,
    appealDueAt: row.appeal_due_at ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    deciderId: row.decider_id ?? undefined,
    level: row.level ?? undefined,
    seenRules: row.seen_rules,
    declaredAt: row.declared_at,
    firstScanDueAt: row.first_scan_due_at,
    suspectedAt: row.suspected_at ?? undefined,
    reviewAt: row.review_at ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    changedAt: row.changed_at,
  };
}

/** False when the declaration has a case already: news may come twice. */
export async function insertVerification(db: Queryable, one: Verification): Promise<boolean> {
  const written = await db.run(sql`
    insert into authenticity.verification (${COLUMNS})
    values (${one.organisationId}, ${one.id}, ${one.clientPlatformId}, ${one.externalShipmentId}, ${one.orderId}, ${one.carrierCode},
      ${one.number}, ${one.version}, ${one.state}, ${one.assessment}::jsonb, ${one.facts}::jsonb, ${one.proposedLevel},
      ${one.rulebookVersionId}, ${one.proofs}, ${one.settlesAt}, ${one.proofDueAt}, ${one.appealDueAt}, ${one.decidedBy},
      ${one.deciderId}, ${one.level}, ${one.seenRules}, ${one.declaredAt}, ${one.firstScanDueAt}, ${one.suspectedAt},
      ${one.reviewAt}, ${one.decidedAt}, ${one.changedAt})
    on conflict (organisation_id, external_shipment_id) do nothing`);
  return written === 1;
}

export async function saveVerification(db: Queryable, one: Verification): Promise<void> {
  await db.run(sql`
    update authenticity.verification set carrier_code = ${one.carrierCode}, number = ${one.number}, version = ${one.version},
      state = ${one.state}, assessment = ${one.assessment}::jsonb, facts = ${one.facts}::jsonb, proposed_level = ${one.proposedLevel},
      rulebook_version_id = ${one.rulebookVersionId}, proofs = ${one.proofs}, settles_at = ${one.settlesAt},
      proof_due_at = ${one.proofDueAt}, appeal_due_at = ${one.appealDueAt}, decided_by = ${one.decidedBy},
      decider_id = ${one.deciderId}, level = ${one.level}, seen_rules = ${one.seenRules}, first_scan_due_at = ${one.firstScanDueAt},
      suspected_at = ${one.suspectedAt}, review_at = ${one.reviewAt}, decided_at = ${one.decidedAt}, changed_at = ${one.changedAt}
    where organisation_id = ${one.organisationId} and verification_id = ${one.id}`);
}

export async function findVerification(db: Queryable, id: string): Promise<Verification | undefined> {
  const row = await db.maybeRow<Row>(
    sql`select ${COLUMNS} from authenticity.verification where verification_id = ${id}`,
  );
  return row === undefined ? undefined : verificationOf(row);
}

export async function lockVerification(
  db: Queryable,
  organisationId: string,
  id: string,
): Promise<Verification | undefined> {
  const row = await db.maybeRow<Row>(sql`
    select ${COLUMNS} from authenticity.verification where organisation_id = ${organisationId} and verification_id = ${id} for update`);
  return row === undefined ? undefined : verificationOf(row);
}

export type CaseRef = { readonly organisationId: OrganisationId; readonly id: VerificationId };
export type CaseOfNumber = CaseRef & { readonly number: string };

/** Cases that news of a number or of a declaration may change, in the order in which they are locked. */
export async function listCasesOf(
  db: Queryable,
  by: { readonly numbers: readonly string[] } | { readonly externalShipmentId: string },
): Promise<CaseOfNumber[]> {
  const which =
    'numbers' in by ? sql`number = any(${by.numbers})` : sql`external_shipment_id = ${by.externalShipmentId}`;
  const rows = await db.rows<Pick<Row, 'organisation_id' | 'verification_id' | 'number'>>(sql`
    select organisation_id, verification_id, number from authenticity.verification where ${which} order by verification_id`);
  return rows.map((row) => ({
    organisationId: row.organisation_id,
    id: row.verification_id,
    number: row.number,
  }));
}

export type VerificationViewer = 'network' | { readonly merchant: string } | { readonly marketplace: string };
export type VerificationFilter = {
  readonly state: VerificationState | undefined;
  readonly externalShipmentId: string | undefined;
  readonly organisationId: string | undefined;
  readonly before: string | undefined;
};

/** Newest first. */
export async function listVerifications(
  db: Queryable,
  viewer: VerificationViewer,
  filter: VerificationFilter,
  limit: number,
): Promise<Verification[]> {
  const whose =
    viewer === 'network'
      ? sql`true`
      : 'merchant' in viewer
        ? sql`organisation_id = ${viewer.merchant}`
        : sql`client_platform_id = ${viewer.marketplace}`;
  const state = filter.state === undefined ? sql`` : sql` and state = ${filter.state}`;
  const declared =
    filter.externalShipmentId === undefined
      ? sql``
      : sql` and external_shipment_id = ${filter.externalShipmentId}`;
  const organisation =
    filter.organisationId === undefined ? sql`` : sql` and organisation_id = ${filter.organisationId}`;
  const below = filter.before === undefined ? sql`` : sql` and verification_id < ${filter.before}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from authenticity.verification where ${whose}${state}${declared}${organisation}${below}
    order by verification_id desc limit ${limit}`);
  return rows.map(verificationOf);
}

export type PastVerification = Pick<Verification, 'id' | 'facts' | 'state' | 'decidedBy'>;

/** Cases of declarations of a period: what a dry run judges again. */
export async function listDeclaredVerifications(
  db: Queryable,
  period: {
    readonly clientPlatformId: string | undefined;
    readonly from: Instant;
    readonly to: Instant;
    readonly limit: number;
  },
): Promise<PastVerification[]> {
  const whose =
    period.clientPlatformId === undefined ? sql`true` : sql`client_platform_id = ${period.clientPlatformId}`;
  const rows = await db.rows<Row>(sql`
    select ${COLUMNS} from authenticity.verification
    where ${whose} and declared_at >= ${period.from} and declared_at < ${period.to}
    order by declared_at desc, verification_id limit ${period.limit}`);
  return rows.map(verificationOf);
}

export type Step = {
  readonly position: number;
  readonly name: StepName;
  readonly judge: Judge | undefined;
  readonly byCaller: string;
  readonly reason: string | undefined;
  readonly occurredAt: Instant;
};

export async function insertSteps(
  db: Queryable,
  one: CaseRef,
  names: readonly StepName[],
  step: Pick<Step, 'judge' | 'byCaller' | 'reason' | 'occurredAt'>,
): Promise<void> {
  if (names.length === 0) return;
  await db.run(sql`
    insert into authenticity.verification_step (organisation_id, verification_id, position, name, by_judge, by_caller, reason, occurred_at)
    select ${one.organisationId}, ${one.id}, known.steps + given.ordinality, given.name, ${step.judge}, ${step.byCaller}, ${step.reason},
      ${step.occurredAt}::timestamptz
    from unnest(${[...names]}::text[]) with ordinality as given (name, ordinality),
      (select count(*)::integer as steps from authenticity.verification_step
        where organisation_id = ${one.organisationId} and verification_id = ${one.id}) as known`);
}

export async function listSteps(db: Queryable, one: CaseRef): Promise<Step[]> {
  const rows = await db.rows<{
    position: number;
    name: StepName;
    by_judge: Judge | null;
    by_caller: string;
    reason: string | null;
    occurred_at: Instant;
  }>(sql`
    select position, name, by_judge, by_caller, reason, occurred_at from authenticity.verification_step
    where organisation_id = ${one.organisationId} and verification_id = ${one.id} order by position`);
  return rows.map((row) => ({
    position: row.position,
    name: row.name,
    judge: row.by_judge ?? undefined,
    byCaller: row.by_caller,
    reason: row.reason ?? undefined,
    occurredAt: row.occurred_at,
  }));
}
