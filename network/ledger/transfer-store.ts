import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { Account } from './account.ts';
import type { Reference, WalletId } from './model.ts';

/** One row of the ledger: append-only. Amounts in minor units, above 0. */
export type Transfer = {
  readonly organisationId: OrganisationId;
  readonly id: string;
  readonly debit: Account;
  readonly credit: Account;
  readonly amountMinor: number;
  readonly currency: Currency;
  readonly kind: string;
  readonly cause: Reference;
  readonly subject: Reference | undefined;
  readonly evidence: string | undefined;
  readonly detail: object | undefined;
  readonly counterpartId: OrganisationId | undefined;
  readonly counterAccount: Account | undefined;
  readonly walletId: WalletId | undefined;
  readonly walletSequence: number | undefined;
  readonly walletBalanceMinor: number | undefined;
  readonly valueDate: string | undefined;
  readonly postedAt: Instant;
};

/** Inserts those that are not there yet; answers the ids that are new. */
export async function insertTransfers(
  db: Queryable,
  transfers: readonly Transfer[],
): Promise<readonly string[]> {
  const rows = transfers.map((transfer) => ({
    organisation_id: transfer.organisationId,
    transfer_id: transfer.id,
    debit_account: transfer.debit,
    credit_account: transfer.credit,
    amount_minor: transfer.amountMinor,
    currency: transfer.currency,
    kind: transfer.kind,
    cause_kind: transfer.cause.kind,
    cause_id: transfer.cause.id,
    subject_kind: transfer.subject?.kind,
    subject_id: transfer.subject?.id,
    evidence: transfer.evidence,
    detail: transfer.detail,
    counterpart_id: transfer.counterpartId,
    counter_account: transfer.counterAccount,
    wallet_id: transfer.walletId,
    wallet_sequence: transfer.walletSequence,
    wallet_balance_minor: transfer.walletBalanceMinor,
    value_date: transfer.valueDate,
    posted_at: transfer.postedAt,
  }));
  const inserted = await db.rows<{ transfer_id: string }>(sql`
    insert into ledger.transfer (organisation_id, transfer_id, debit_account, credit_account, amount_minor, currency, kind,
      cause_kind, cause_id, subject_kind, subject_id, evidence, detail, counterpart_id, counter_account,
      wallet_id, wallet_sequence, wallet_balance_minor, value_date, posted_at)
    select organisation_id, transfer_id, debit_account, credit_account, amount_minor, currency, kind,
      cause_kind, cause_id, subject_kind, subject_id, evidence, detail, counterpart_id, counter_account,
      wallet_id, wallet_sequence, wallet_balance_minor, value_date, posted_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(organisation_id text, transfer_id text, debit_account text,
      credit_account text, amount_minor bigint, currency text, kind text, cause_kind text, cause_id text, subject_kind text,
      subject_id text, evidence text, detail jsonb, counterpart_id text, counter_account text, wallet_id text,
      wallet_sequence bigint, wallet_balance_minor bigint, value_date date, posted_at timestamptz)
    on conflict (organisation_id, transfer_id) do nothing
    returning transfer_id`);
  return inserted.map((row) => row.transfer_id);
}

/** How many of these are in the ledger with exactly this content. */
export async function countSameTransfers(db: Queryable, transfers: readonly Transfer[]): Promise<number> {
  const rows = transfers.map((transfer) => ({
    organisation_id: transfer.organisationId,
    transfer_id: transfer.id,
    debit_account: transfer.debit,
    credit_account: transfer.credit,
    amount_minor: transfer.amountMinor,
    kind: transfer.kind,
  }));
  const found = await db.row<{ count: number }>(sql`
    select count(*) as count from ledger.transfer t
    join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w(organisation_id text, transfer_id text, debit_account text,
      credit_account text, amount_minor bigint, kind text)
      using (organisation_id, transfer_id, debit_account, credit_account, amount_minor, kind)`);
  return found.count;
}

/**
 * Mirrors transfers of one book in the books that they face: there the clearing account and the counter account
 * swap sides. The mirror's id is the origin's with another prefix, so that mirroring again changes nothing.
 */
export async function insertMirrors(
  db: Queryable,
  organisationId: string,
  transferIds: readonly string[],
  now: Instant,
): Promise<number> {
  return db.run(sql`
    insert into ledger.transfer (organisation_id, transfer_id, debit_account, credit_account, amount_minor, currency, kind,
      cause_kind, cause_id, subject_kind, subject_id, evidence, detail, counterpart_id, counter_account, mirror_of, value_date, posted_at)
    select t.counterpart_id, 'tfm_' || substr(t.transfer_id, 5),
      case when t.credit_account like 'clearing/%' then 'clearing/' || t.currency || '/' || t.organisation_id else t.counter_account end,
      case when t.credit_account like 'clearing/%' then t.counter_account else 'clearing/' || t.currency || '/' || t.organisation_id end,
      t.amount_minor, t.currency, t.kind, t.cause_kind, t.cause_id, t.subject_kind, t.subject_id, t.evidence, t.detail,
      t.organisation_id, case when t.credit_account like 'clearing/%' then t.debit_account else t.credit_account end,
      t.transfer_id, t.value_date, ${now}
    from ledger.transfer t
    where t.organisation_id = ${organisationId} and t.transfer_id = any(${transferIds})
      and t.counterpart_id is not null and t.mirror_of is null
    on conflict (organisation_id, transfer_id) do nothing`);
}

export type WalletTransfer = {
  readonly id: string;
  readonly sequence: number;
  /** Positive into the wallet, negative out of it. */
  readonly amountMinor: number;
  readonly balanceMinor: number;
  readonly currency: Currency;
  readonly kind: string;
  readonly cause: Reference;
  readonly subject: Reference | undefined;
  readonly evidence: string | undefined;
  readonly detail: object | undefined;
  readonly valueDate: string | undefined;
  readonly postedAt: Instant;
};

type WalletTransferRow = {
  transfer_id: string;
  wallet_sequence: number;
  signed_minor: number;
  wallet_balance_minor: number;
  currency: Currency;
  kind: string;
  cause_kind: string;
  cause_id: string;
  subject_kind: string | null;
  subject_id: string | null;
  evidence: string | null;
  detail: object | null;
  value_date: string | null;
  posted_at: Instant;
};

/** A wallet's history after a place in it, oldest first; `from` inclusive, `to` exclusive. */
export async function listWalletTransfers(
  db: Queryable,
  wallet: { readonly organisationId: string; readonly id: string },
  query: {
    readonly afterSequence: number;
    readonly limit: number;
    readonly from?: Instant | undefined;
    readonly to?: Instant | undefined;
  },
): Promise<WalletTransfer[]> {
  const rows = await db.rows<WalletTransferRow>(sql`
    select transfer_id, wallet_sequence,
      case when credit_account like 'wallet/%' then amount_minor else -amount_minor end as signed_minor,
      wallet_balance_minor, currency, kind, cause_kind, cause_id, subject_kind, subject_id, evidence, detail, value_date, posted_at
    from ledger.transfer
    where organisation_id = ${wallet.organisationId} and wallet_id = ${wallet.id} and wallet_sequence > ${query.afterSequence}
      and posted_at >= coalesce(${query.from}::timestamptz, '-infinity') and posted_at < coalesce(${query.to}::timestamptz, 'infinity')
    order by wallet_sequence limit ${query.limit}`);
  return rows.map((row) => ({
    id: row.transfer_id,
    sequence: row.wallet_sequence,
    amountMinor: row.signed_minor,
    balanceMinor: row.wallet_balance_minor,
    currency: row.currency,
    kind: row.kind,
    cause: { kind: row.cause_kind, id: row.cause_id },
    subject:
      row.subject_kind === null || row.subject_id === null
        ? undefined
        : { kind: row.subject_kind, id: row.subject_id },
    evidence: row.evidence ?? undefined,
    detail: row.detail ?? undefined,
    valueDate: row.value_date ?? undefined,
    postedAt: row.posted_at,
  }));
}

/** Opening and closing balance and the turnover by kind of some wallets in a period. */
export async function readTurnover(
  db: Queryable,
  walletIds: readonly string[],
  from: Instant,
  to: Instant,
): Promise<
  Map<
    string,
    { opening: number; closing: number; turnover: { kind: string; amountMinor: number; count: number }[] }
  >
> {
  const rows = await db.rows<{
    wallet_id: string;
    opening: number;
    closing: number;
    turnover: { kind: string; amountMinor: number; count: number }[] | null;
  }>(sql`
    select w.wallet_id,
      coalesce((select t.wallet_balance_minor from ledger.transfer t where t.organisation_id = w.organisation_id and t.wallet_id = w.wallet_id
        and t.posted_at < ${from} order by t.posted_at desc, t.wallet_sequence desc limit 1), 0) as opening,
      coalesce((select t.wallet_balance_minor from ledger.transfer t where t.organisation_id = w.organisation_id and t.wallet_id = w.wallet_id
        and t.posted_at < ${to} order by t.posted_at desc, t.wallet_sequence desc limit 1), 0) as closing,
      (select jsonb_agg(jsonb_build_object('kind', k.kind, 'amountMinor', k.amount_minor, 'count', k.count) order by k.kind) from (
        select t.kind, sum(case when t.credit_account like 'wallet/%' then t.amount_minor else -t.amount_minor end) as amount_minor, count(*) as count
        from ledger.transfer t where t.organisation_id = w.organisation_id and t.wallet_id = w.wallet_id
          and t.posted_at >= ${from} and t.posted_at < ${to} group by t.kind) k) as turnover
    from ledger.wallet w where w.wallet_id = any(${walletIds})`);
  return new Map(
    rows.map((row) => [
      row.wallet_id,
      { opening: row.opening, closing: row.closing, turnover: row.turnover ?? [] },
    ]),
  );
}
