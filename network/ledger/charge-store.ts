import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type {
  ChargeId,
  ChargeLine,
  ChargeShare,
  HoldSetId,
  Payer,
  PayerRole,
  Reference,
  ShareLine,
  ShareState,
  WalletId,
} from './model.ts';

export type Charge = {
  readonly id: ChargeId;
  readonly organisationId: OrganisationId;
  readonly reference: Reference;
  readonly holdSetId: HoldSetId | undefined;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly refundedMinor: number;
  readonly lines: readonly ChargeLine[];
  readonly payers: readonly Payer[];
  readonly evidence: string | undefined;
  readonly version: number;
};

/** False when the reference was charged before. */
export async function insertCharge(db: Queryable, charge: Charge, now: Instant): Promise<boolean> {
  const count = await db.run(sql`
    insert into ledger.charge (organisation_id, charge_id, reference_kind, reference_id, hold_set_id, currency, total_minor, lines, payers, evidence, charged_at)
    values (${charge.organisationId}, ${charge.id}, ${charge.reference.kind}, ${charge.reference.id}, ${charge.holdSetId},
      ${charge.currency}, ${charge.totalMinor}, ${JSON.stringify(charge.lines)}::jsonb, ${JSON.stringify(charge.payers)}::jsonb,
      ${charge.evidence}, ${now})
    on conflict (organisation_id, charge_id) do nothing`);
  return count === 1;
}

/** Takes back a charge that nobody paid for, when the command is refused after all. */
export async function deleteUnpaidCharge(db: Queryable, charge: Charge): Promise<void> {
  await db.run(
    sql`delete from ledger.charge where organisation_id = ${charge.organisationId} and charge_id = ${charge.id}`,
  );
}

type ChargeRow = {
  organisation_id: OrganisationId;
  charge_id: ChargeId;
  reference_kind: string;
  reference_id: string;
  hold_set_id: HoldSetId | null;
  currency: Currency;
  total_minor: number;
  refunded_minor: number;
  lines: ChargeLine[];
  payers: Payer[];
  evidence: string | null;
  version: number;
};

/** A charge, locked: refunds of one charge come one after another. */
export async function lockCharge(
  db: Queryable,
  organisationId: string,
  chargeId: string,
): Promise<Charge | undefined> {
  const row = await db.maybeRow<ChargeRow>(sql`
    select organisation_id, charge_id, reference_kind, reference_id, hold_set_id, currency, total_minor, refunded_minor, lines, payers, evidence, version
    from ledger.charge where organisation_id = ${organisationId} and charge_id = ${chargeId} for update`);
  if (row === undefined) return undefined;
  return {
    id: row.charge_id,
    organisationId: row.organisation_id,
    reference: { kind: row.reference_kind, id: row.reference_id },
    holdSetId: row.hold_set_id ?? undefined,
    currency: row.currency,
    totalMinor: row.total_minor,
    refundedMinor: row.refunded_minor,
    lines: row.lines,
    payers: row.payers,
    evidence: row.evidence ?? undefined,
    version: row.version,
  };
}

export async function addRefunded(db: Queryable, charge: Charge, amountMinor: number): Promise<void> {
  await db.run(sql`
    update ledger.charge set refunded_minor = refunded_minor + ${amountMinor}, version = version + 1
    where organisation_id = ${charge.organisationId} and charge_id = ${charge.id}`);
}

export async function insertShares(
  db: Queryable,
  shares: readonly ChargeShare[],
  now: Instant,
): Promise<void> {
  await db.run(sql`
    insert into ledger.charge_share (organisation_id, charge_id, charge_organisation_id, subject_kind, subject_id, wallet_id, role,
      due_minor, outstanding_minor, lines, state, charged_at)
    select organisation_id, charge_id, charge_organisation_id, subject_kind, subject_id, wallet_id, role, due_minor, outstanding_minor, lines, state, ${now}
    from jsonb_to_recordset(${JSON.stringify(shares.map(rowOfShare))}::jsonb) as s(organisation_id text, charge_id text, charge_organisation_id text,
      subject_kind text, subject_id text, wallet_id text, role text, due_minor bigint, outstanding_minor bigint, lines jsonb, state text)`);
}

/** Writes what changes of a share: outstanding, refunds, state. The payers' wallets are locked. */
export async function saveShares(db: Queryable, shares: readonly ChargeShare[]): Promise<void> {
  await db.run(sql`
    update ledger.charge_share c set outstanding_minor = s.outstanding_minor, refunded_minor = s.refunded_minor, lines = s.lines,
      state = s.state, attempts = s.attempts, settlements = s.settlements
    from jsonb_to_recordset(${JSON.stringify(shares.map(rowOfShare))}::jsonb) as s(organisation_id text, charge_id text,
      outstanding_minor bigint, refunded_minor bigint, lines jsonb, state text, attempts integer, settlements integer)
    where c.organisation_id = s.organisation_id and c.charge_id = s.charge_id`);
}

function rowOfShare(share: ChargeShare) {
  return {
    organisation_id: share.organisationId,
    charge_id: share.chargeId,
    charge_organisation_id: share.chargeOrganisationId,
    subject_kind: share.subject.kind,
    subject_id: share.subject.id,
    wallet_id: share.walletId,
    role: share.role,
    due_minor: share.dueMinor,
    outstanding_minor: share.outstandingMinor,
    refunded_minor: share.refundedMinor,
    lines: share.lines,
    state: share.state,
    attempts: share.attempts,
    settlements: share.settlements,
  };
}

type ShareRow = {
  organisation_id: OrganisationId;
  charge_id: ChargeId;
  charge_organisation_id: OrganisationId;
  subject_kind: string;
  subject_id: string;
  wallet_id: WalletId;
  role: PayerRole;
  due_minor: number;
  outstanding_minor: number;
  refunded_minor: number;
  lines: ShareLine[];
  state: ShareState;
  attempts: number;
  settlements: number;
};

const SHARE = sql`organisation_id, charge_id, charge_organisation_id, subject_kind, subject_id, wallet_id, role, due_minor,
  outstanding_minor, refunded_minor, lines, state, attempts, settlements`;

function shareOf(row: ShareRow): ChargeShare {
  return {
    organisationId: row.organisation_id,
    chargeId: row.charge_id,
    chargeOrganisationId: row.charge_organisation_id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    walletId: row.wallet_id,
    role: row.role,
    dueMinor: row.due_minor,
    outstandingMinor: row.outstanding_minor,
    refundedMinor: row.refunded_minor,
    lines: row.lines,
    state: row.state,
    attempts: row.attempts,
    settlements: row.settlements,
  };
}

/** Shares of a charge in the books of its payers. */
export async function listShares(
  db: Queryable,
  chargeId: string,
  payerIds: readonly string[],
): Promise<ChargeShare[]> {
  const rows = await db.rows<ShareRow>(sql`
    select ${SHARE} from ledger.charge_share where organisation_id = any(${payerIds}) and charge_id = ${chargeId}
    order by organisation_id`);
  return rows.map(shareOf);
}

/** Oldest unpaid shares of a wallet; the wallet is locked. */
export async function listOutstanding(
  db: Queryable,
  organisationId: string,
  walletId: string,
  limit: number,
): Promise<ChargeShare[]> {
  const rows = await db.rows<ShareRow>(sql`
    select ${SHARE} from ledger.charge_share where organisation_id = ${organisationId} and wallet_id = ${walletId} and outstanding_minor > 0
    order by charged_at, charge_id limit ${limit}`);
  return rows.map(shareOf);
}

/** Whether a share of this wallet is in arrears. */
export async function hasSharesInArrears(db: Queryable, organisationId: string, walletId: string) {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (select from ledger.charge_share where organisation_id = ${organisationId} and wallet_id = ${walletId}
      and outstanding_minor > 0 and state = 'arrears') as found`);
  return row.found;
}

export type Refund = {
  readonly id: string;
  readonly organisationId: OrganisationId;
  readonly chargeId: ChargeId;
  readonly reason: Reference;
  readonly amountMinor: number;
  readonly amountWasGiven: boolean;
  readonly evidence: string | undefined;
};

export async function insertRefund(db: Queryable, refund: Refund, now: Instant): Promise<void> {
  await db.run(sql`
    insert into ledger.refund (organisation_id, refund_id, charge_id, reason_kind, reason_id, amount_minor, amount_was_given, evidence, refunded_at)
    values (${refund.organisationId}, ${refund.id}, ${refund.chargeId}, ${refund.reason.kind}, ${refund.reason.id},
      ${refund.amountMinor}, ${refund.amountWasGiven}, ${refund.evidence}, ${now})`);
}

export async function findRefund(
  db: Queryable,
  organisationId: string,
  refundId: string,
): Promise<{ amountMinor: number; amountWasGiven: boolean } | undefined> {
  const row = await db.maybeRow<{ amount_minor: number; amount_was_given: boolean }>(sql`
    select amount_minor, amount_was_given from ledger.refund where organisation_id = ${organisationId} and refund_id = ${refundId}`);
  return row === undefined
    ? undefined
    : { amountMinor: row.amount_minor, amountWasGiven: row.amount_was_given };
}
