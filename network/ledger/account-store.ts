import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Instant } from '../kernel/index.ts';

/**
 * Snapshots are exact because of their horizon: no transaction below `pg_snapshot_xmin` can still commit, so every
 * transfer is either below it and in the snapshot, or not and read with the later ones.
 */
const LATER = sql`t.transaction_id >= coalesce(s.horizon, '0'::xid8)`;

/** Balance (credits less debits, minor units) of an account without a floor: its snapshot and what came later. */
export async function readAccountBalance(
  db: Queryable,
  organisationId: string,
  account: string,
): Promise<number> {
  const row = await db.row<{ balance: number }>(sql`
    with s as (select balance_minor, horizon from ledger.account_snapshot
      where organisation_id = ${organisationId} and account = ${account} and horizon <= pg_snapshot_xmax(pg_current_snapshot()))
    select (coalesce((select balance_minor from s), 0) + coalesce((
      select sum(case when t.credit_account = ${account} then t.amount_minor else -t.amount_minor end)
      from ledger.transfer t left join s on true
      where t.organisation_id = ${organisationId} and (t.credit_account = ${account} or t.debit_account = ${account}) and ${LATER}), 0))::bigint as balance`);
  return row.balance;
}

/**
 * Adds what was committed since the last run to the snapshots, account by account. Snapshots of a horizon that this
 * cluster has not reached come from another one (a restored dump): they are dropped and made anew.
 */
export async function takeSnapshots(db: Queryable, now: Instant): Promise<number> {
  const strange = await db.run(
    sql`delete from ledger.account_snapshot where horizon > pg_snapshot_xmax(pg_current_snapshot())`,
  );
  if (strange > 0) await db.run(sql`delete from ledger.account_snapshot`);
  return db.run(sql`
    with bounds as (select coalesce((select max(horizon) from ledger.account_snapshot), '0'::xid8) as low,
      pg_snapshot_xmin(pg_current_snapshot()) as high),
    side as (
      select t.organisation_id, t.credit_account as account, t.amount_minor as delta from ledger.transfer t, bounds b
        where t.transaction_id >= b.low and t.transaction_id < b.high
      union all
      select t.organisation_id, t.debit_account, -t.amount_minor from ledger.transfer t, bounds b
        where t.transaction_id >= b.low and t.transaction_id < b.high)
    insert into ledger.account_snapshot as s (organisation_id, account, balance_minor, horizon, taken_at)
    select organisation_id, account, sum(delta), (select high from bounds), ${now} from side
    where account not like 'wallet/%' group by organisation_id, account
    on conflict (organisation_id, account) do update
      set balance_minor = s.balance_minor + excluded.balance_minor, horizon = excluded.horizon, taken_at = excluded.taken_at`);
}
