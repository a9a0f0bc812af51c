import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

export type LedgerBreak = {
  readonly rule:
    | 'sum_not_zero'
    | 'wallet_differs_from_transfers'
    | 'wallet_history_broken'
    | 'held_differs_from_holds'
    | 'floor_crossed'
    | 'clearing_not_mirrored'
    | 'clearing_pair_disagrees'
    | 'transfer_without_cause'
    | 'charge_not_explained'
    | 'arrears_not_explained'
    | 'deposit_not_explained'
    | 'partner_entry_not_explained'
    | 'payout_not_explained'
    | 'snapshot_differs_from_transfers';
  readonly organisationId: string | undefined;
  readonly subject: string;
  readonly differenceMinor: number;
};
type BreakRow = { organisation_id: string | null; subject: string; difference: number };

const SIGNED = sql`case when t.credit_account like 'wallet/%' then t.amount_minor else -t.amount_minor end`;

/**
 * How much each currency is out of balance: the stored wallets, the snapshots and the transfers after the newest of
 * them; 0 when the ledger is whole. Cheap enough for the metric ledger_imbalance. Scope: network.
 */
export async function ledgerImbalance(db: Queryable): Promise<{ currency: string; amountMinor: number }[]> {
  const rows = await db.rows<{ currency: string; imbalance: number }>(sql`
    with cut as (select case when max(horizon) <= pg_snapshot_xmax(pg_current_snapshot()) then max(horizon) else '0'::xid8 end as horizon
      from ledger.account_snapshot),
    sides as (
      select currency, balance_minor as amount from ledger.wallet
      union all
      select split_part(account, '/', 2), balance_minor from ledger.account_snapshot where (select horizon from cut) > '0'::xid8
      union all
      select t.currency, case when t.credit_account like 'wallet/%' then 0 else t.amount_minor end
        - case when t.debit_account like 'wallet/%' then 0 else t.amount_minor end
      from ledger.transfer t where t.transaction_id >= coalesce((select horizon from cut), '0'::xid8))
    select currency, sum(amount)::bigint as imbalance from sides group by currency order by currency`);
  return rows.map((row) => ({ currency: row.currency, amountMinor: row.imbalance }));
}

/**
 * Everything in the ledger that does not add up; empty when all is well. Reads all transfers: for `postroad verify`
 * and tests, not for every minute. `mirroredBy`: transfers posted before it must have their mirror (the relay takes
 * a moment); undefined asks it of all. Scope: network.
 */
export async function verifyLedger(db: Queryable, mirroredBy?: Instant): Promise<LedgerBreak[]> {
  const imbalance = (await ledgerImbalance(db))
    .filter((entry) => entry.amountMinor !== 0)
    .map(
      (entry): LedgerBreak => ({
        rule: 'sum_not_zero',
        organisationId: undefined,
        subject: entry.currency,
        differenceMinor: entry.amountMinor,
      }),
    );
  return [
    ...imbalance,
    ...(await walletBreaks(db)),
    ...(await clearingBreaks(db, mirroredBy)),
    ...(await causeBreaks(db)),
    ...(await depositBreaks(db)),
    ...(await chargeBreaks(db)),
    ...(await partnerBreaks(db)),
    ...(await snapshotBreaks(db)),
  ];
}

function breaksOf(rule: LedgerBreak['rule'], rows: readonly BreakRow[]): LedgerBreak[] {
  return rows.map((row) => ({
    rule,
    organisationId: row.organisation_id ?? undefined,
    subject: row.subject,
    differenceMinor: row.difference,
  }));
}

async function walletBreaks(db: Queryable): Promise<LedgerBreak[]> {
  const balances = await db.rows<BreakRow>(sql`
    select w.organisation_id, w.wallet_id as subject, (w.balance_minor - coalesce(f.balance, 0))::bigint as difference
    from ledger.wallet w left join (
      select t.organisation_id, t.currency,
        sum(case when t.credit_account = 'wallet/' || t.currency then t.amount_minor else 0 end
          - case when t.debit_account = 'wallet/' || t.currency then t.amount_minor else 0 end) as balance
      from ledger.transfer t where t.credit_account like 'wallet/%' or t.debit_account like 'wallet/%'
      group by t.organisation_id, t.currency) f on f.organisation_id = w.organisation_id and f.currency = w.currency
    where w.balance_minor <> coalesce(f.balance, 0)`);
  // Each place of a wallet's history follows from the one before, and the last is the wallet.
  const history = await db.rows<BreakRow>(sql`
    select organisation_id, transfer_id as subject, (wallet_balance_minor - before - signed)::bigint as difference from (
      select t.organisation_id, t.transfer_id, t.wallet_sequence, t.wallet_balance_minor, t.posted_at, ${SIGNED} as signed,
        coalesce(lag(t.wallet_balance_minor) over w, 0) as before, coalesce(lag(t.wallet_sequence) over w, 0) as place_before,
        coalesce(lag(t.posted_at) over w, '-infinity') as time_before
      from ledger.transfer t where t.wallet_id is not null
      window w as (partition by t.organisation_id, t.wallet_id order by t.wallet_sequence)) h
    where wallet_balance_minor <> before + signed or wallet_sequence <> place_before + 1 or posted_at < time_before
    union all
    select w.organisation_id, w.wallet_id, w.sequence - coalesce(max(t.wallet_sequence), 0)
    from ledger.wallet w left join ledger.transfer t on t.organisation_id = w.organisation_id and t.wallet_id = w.wallet_id
    group by w.organisation_id, w.wallet_id, w.sequence having w.sequence <> coalesce(max(t.wallet_sequence), 0)`);
  const held = await db.rows<BreakRow>(sql`
    select w.organisation_id, w.wallet_id as subject, (w.held_minor - coalesce(h.held, 0))::bigint as difference
    from ledger.wallet w left join (
      select organisation_id, wallet_id, sum(amount_minor) as held from ledger.hold where state = 'held' group by 1, 2) h
      on h.organisation_id = w.organisation_id and h.wallet_id = w.wallet_id
    where w.held_minor <> coalesce(h.held, 0)`);
  const floors = await db.rows<BreakRow>(sql`
    select organisation_id, wallet_id as subject, balance_minor - held_minor + credit_limit_minor as difference
    from ledger.wallet where balance_minor - held_minor + credit_limit_minor < 0`);
  return [
    ...breaksOf('wallet_differs_from_transfers', balances),
    ...breaksOf('wallet_history_broken', history),
    ...breaksOf('held_differs_from_holds', held),
    ...breaksOf('floor_crossed', floors),
  ];
}

async function clearingBreaks(db: Queryable, mirroredBy: Instant | undefined): Promise<LedgerBreak[]> {
  const mirrors = await db.rows<BreakRow>(sql`
    select coalesce(t.organisation_id, m.counterpart_id) as organisation_id, coalesce(t.transfer_id, m.transfer_id) as subject,
      (coalesce(t.amount_minor, 0) - coalesce(m.amount_minor, 0))::bigint as difference
    from (select * from ledger.transfer where counterpart_id is not null and mirror_of is null) t
    full join (select * from ledger.transfer where mirror_of is not null) m
      on m.organisation_id = t.counterpart_id and m.counterpart_id = t.organisation_id and m.mirror_of = t.transfer_id
    where (m.transfer_id is null and t.posted_at <= coalesce(${mirroredBy}::timestamptz, 'infinity'))
      or t.transfer_id is null or m.amount_minor <> t.amount_minor or m.currency <> t.currency
      or (t.debit_account like 'clearing/%') = (m.debit_account like 'clearing/%')`);
  // What two books say about each other cancels out, but for transfers that wait for their mirror.
  const pairs = await db.rows<BreakRow>(sql`
    with side as (
      select t.organisation_id as book, t.counterpart_id as other, t.currency,
        case when t.credit_account like 'clearing/%' then t.amount_minor else -t.amount_minor end as amount,
        t.mirror_of is null and not exists (select from ledger.transfer m where m.organisation_id = t.counterpart_id
          and m.transfer_id = 'tfm_' || substr(t.transfer_id, 5)) as waits
      from ledger.transfer t where t.counterpart_id is not null)
    select least(book, other) as organisation_id, 'clearing/' || currency || '/' || greatest(book, other) as subject,
      sum(amount)::bigint as difference
    from side where not waits group by least(book, other), greatest(book, other), currency having sum(amount) <> 0`);
  return [...breaksOf('clearing_not_mirrored', mirrors), ...breaksOf('clearing_pair_disagrees', pairs)];
}

async function causeBreaks(db: Queryable): Promise<LedgerBreak[]> {
  const rows = await db.rows<BreakRow>(sql`
    select t.organisation_id, t.transfer_id as subject, t.amount_minor as difference from ledger.transfer t
    where t.mirror_of is null and not case t.cause_kind
      when 'charge' then exists (select from ledger.charge_share s where s.organisation_id = t.organisation_id and s.charge_id = t.cause_id)
      when 'refund' then exists (select from ledger.refund r where r.refund_id = t.cause_id)
      when 'top_up' then exists (select from ledger.top_up u where u.organisation_id = t.organisation_id and u.top_up_id = t.cause_id and u.state = 'confirmed')
      when 'conversion' then exists (select from ledger.conversion c where c.conversion_id = t.cause_id)
      when 'cod_collection' then exists (select from ledger.cod_collection c where c.collection_id = t.cause_id)
      when 'deposit' then exists (select from ledger.deposit d where d.deposit_id = t.cause_id)
      when 'partner_entry' then exists (select from ledger.partner_entry e where e.organisation_id = t.organisation_id and e.entry_id = t.cause_id)
      when 'payout' then exists (select from ledger.payout p where p.organisation_id = t.organisation_id and p.payout_id = t.cause_id)
      else false end`);
  return breaksOf('transfer_without_cause', rows);
}

/** What the operator owes of each deposit: all of it while it stands, nothing once it was given back. */
async function depositBreaks(db: Queryable): Promise<LedgerBreak[]> {
  const rows = await db.rows<BreakRow>(sql`
    select d.organisation_id, d.deposit_id as subject,
      ((case when d.returned_at is null then d.amount_minor else 0 end) - coalesce(t.owed, 0))::bigint as difference
    from ledger.deposit d left join (
      select cause_id, sum(case kind when 'deposit' then amount_minor else -amount_minor end) as owed
      from ledger.transfer where cause_kind = 'deposit' and mirror_of is null group by 1) t on t.cause_id = d.deposit_id
    where (case when d.returned_at is null then d.amount_minor else 0 end) <> coalesce(t.owed, 0)`);
  return breaksOf('deposit_not_explained', rows);
}

async function chargeBreaks(db: Queryable): Promise<LedgerBreak[]> {
  // Every share is explained by transfers to its last minor unit: charged lines, and refunds of its charge.
  const shares = await db.rows<BreakRow>(sql`
    select s.organisation_id, s.charge_id as subject, (s.due_minor - coalesce(c.charged, 0))::bigint as difference
    from ledger.charge_share s left join (
      select organisation_id, cause_id, sum(amount_minor) as charged from ledger.transfer
      where cause_kind = 'charge' and kind <> 'arrears_payment' and mirror_of is null group by 1, 2) c
      on c.organisation_id = s.organisation_id and c.cause_id = s.charge_id
    where s.due_minor <> coalesce(c.charged, 0)
    union all
    select c.organisation_id, c.charge_id, (c.total_minor - coalesce(sum(s.due_minor), 0))::bigint
    from ledger.charge c left join ledger.charge_share s on s.charge_id = c.charge_id
    group by c.organisation_id, c.charge_id, c.total_minor having c.total_minor <> coalesce(sum(s.due_minor), 0)
    union all
    select c.organisation_id, c.charge_id, (c.refunded_minor - coalesce(sum(t.amount_minor), 0))::bigint
    from ledger.charge c left join ledger.refund r on r.organisation_id = c.organisation_id and r.charge_id = c.charge_id
      left join ledger.transfer t on t.cause_kind = 'refund' and t.cause_id = r.refund_id and t.mirror_of is null
    group by c.organisation_id, c.charge_id, c.refunded_minor having c.refunded_minor <> coalesce(sum(t.amount_minor), 0)`);
  const arrears = await db.rows<BreakRow>(sql`
    with owed as (select w.organisation_id, w.currency, sum(s.outstanding_minor) as amount
        from ledger.charge_share s join ledger.wallet w using (organisation_id, wallet_id) group by 1, 2),
      booked as (select organisation_id, currency, sum(case when t.debit_account like 'arrears/%' then t.amount_minor else -t.amount_minor end) as amount
        from ledger.transfer t where (t.debit_account like 'arrears/%' or t.credit_account like 'arrears/%') and t.mirror_of is null group by 1, 2)
    select organisation_id, 'arrears/' || currency as subject, (coalesce(b.amount, 0) - coalesce(o.amount, 0))::bigint as difference
    from owed o full join booked b using (organisation_id, currency) where coalesce(b.amount, 0) <> coalesce(o.amount, 0)`);
  return [...breaksOf('charge_not_explained', shares), ...breaksOf('arrears_not_explained', arrears)];
}

/** Each entry and each step of a payout moved its account of the partner's book by exactly its amount. */
async function partnerBreaks(db: Queryable): Promise<LedgerBreak[]> {
  const entries = await db.rows<BreakRow>(sql`
    select e.organisation_id, e.entry_id as subject, (e.amount_minor - coalesce(t.moved, 0))::bigint as difference
    from ledger.partner_entry e left join (
      select organisation_id, cause_id, sum(case when split_part(credit_account, '/', 1) in ('earned', 'cod_due') then amount_minor else 0 end
        - case when split_part(debit_account, '/', 1) in ('earned', 'cod_due') then amount_minor else 0 end) as moved
      from ledger.transfer where cause_kind = 'partner_entry' and mirror_of is null group by 1, 2) t
      on t.organisation_id = e.organisation_id and t.cause_id = e.entry_id
    where e.amount_minor <> coalesce(t.moved, 0)`);
  const payouts = await db.rows<BreakRow>(sql`
    select p.organisation_id, p.payout_id as subject,
      (case p.state when 'instructed' then p.amount_minor else 0 end - coalesce(t.due, 0))::bigint as difference
    from ledger.payout p left join (
      select organisation_id, cause_id, sum(case when credit_account like 'payout_due/%' then amount_minor else 0 end
        - case when debit_account like 'payout_due/%' then amount_minor else 0 end) as due,
        sum(case when split_part(debit_account, '/', 1) in ('earned', 'cod_due') then amount_minor else 0 end) as taken
      from ledger.transfer where cause_kind = 'payout' and mirror_of is null group by 1, 2) t
      on t.organisation_id = p.organisation_id and t.cause_id = p.payout_id
    where case p.state when 'instructed' then p.amount_minor else 0 end <> coalesce(t.due, 0)
      or p.amount_minor <> coalesce(t.taken, 0)`);
  return [...breaksOf('partner_entry_not_explained', entries), ...breaksOf('payout_not_explained', payouts)];
}

async function snapshotBreaks(db: Queryable): Promise<LedgerBreak[]> {
  const rows = await db.rows<BreakRow>(sql`
    select s.organisation_id, s.account as subject, (s.balance_minor - coalesce(sum(
      case when t.credit_account = s.account then t.amount_minor else -t.amount_minor end), 0))::bigint as difference
    from ledger.account_snapshot s left join ledger.transfer t on t.organisation_id = s.organisation_id
      and (t.credit_account = s.account or t.debit_account = s.account) and t.transaction_id < s.horizon
    where s.horizon <= pg_snapshot_xmax(pg_current_snapshot())
    group by s.organisation_id, s.account, s.balance_minor
    having s.balance_minor <> coalesce(sum(case when t.credit_account = s.account then t.amount_minor else -t.amount_minor end), 0)`);
  return breaksOf('snapshot_differs_from_transfers', rows);
}
