import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Id, Instant, OrganisationId } from '../kernel/index.ts';
import type { Reference, WalletId } from './model.ts';

export type DepositId = Id<'dep'>;
export type Deposit = {
  readonly id: DepositId;
  readonly organisationId: OrganisationId;
  readonly walletId: WalletId;
  readonly clearsWith: OrganisationId;
  readonly currency: Currency;
  readonly amountMinor: number;
  readonly reference: Reference;
  readonly takenAt: Instant;
  /** What was kept when the rest was given back; undefined while the deposit stands. */
  readonly deductedMinor: number | undefined;
};

type Row = {
  organisation_id: OrganisationId;
  deposit_id: DepositId;
  wallet_id: WalletId;
  clears_with: OrganisationId;
  currency: Currency;
  amount_minor: number;
  deducted_minor: number | null;
  reference_kind: string;
  reference_id: string;
  taken_at: Instant;
};

function depositOf(row: Row): Deposit {
  return {
    id: row.deposit_id,
    organisationId: row.organisation_id,
    walletId: row.wallet_id,
    clearsWith: row.clears_with,
    currency: row.currency,
    amountMinor: row.amount_minor,
    reference: { kind: row.reference_kind, id: row.reference_id },
    takenAt: row.taken_at,
    deductedMinor: row.deducted_minor ?? undefined,
  };
}

export async function insertDeposit(db: Queryable, deposit: Deposit): Promise<void> {
  await db.run(sql`
    insert into ledger.deposit (organisation_id, deposit_id, wallet_id, clears_with, currency, amount_minor, reference_kind,
      reference_id, taken_at)
    values (${deposit.organisationId}, ${deposit.id}, ${deposit.walletId}, ${deposit.clearsWith}, ${deposit.currency},
      ${deposit.amountMinor}, ${deposit.reference.kind}, ${deposit.reference.id}, ${deposit.takenAt})`);
}

/** Deposits that stand for a reference, oldest first; locked when they are to be given back. */
export async function listStandingDeposits(
  db: Queryable,
  organisationId: string,
  reference: Reference,
  lock: 'lock' | 'look' = 'look',
): Promise<Deposit[]> {
  const rows = await db.rows<Row>(sql`
    select organisation_id, deposit_id, wallet_id, clears_with, currency, amount_minor, deducted_minor, reference_kind,
      reference_id, taken_at
    from ledger.deposit where organisation_id = ${organisationId} and reference_kind = ${reference.kind}
      and reference_id = ${reference.id} and returned_at is null order by taken_at, deposit_id ${lock === 'lock' ? sql`for update` : sql``}`);
  return rows.map(depositOf);
}

export async function markReturned(
  db: Queryable,
  deposit: Deposit,
  deductedMinor: number,
  now: Instant,
): Promise<void> {
  await db.run(sql`
    update ledger.deposit set deducted_minor = ${deductedMinor}, returned_at = ${now}
    where organisation_id = ${deposit.organisationId} and deposit_id = ${deposit.id} and returned_at is null`);
}
