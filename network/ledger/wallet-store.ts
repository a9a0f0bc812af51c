import { type Queryable, sql } from '../../platform/db/index.ts';
import type { Currency, Instant, OrganisationId } from '../kernel/index.ts';
import type { Wallet, WalletId } from './model.ts';

type WalletRow = {
  organisation_id: OrganisationId;
  wallet_id: WalletId;
  currency: Currency;
  clears_with: OrganisationId;
  balance_minor: number;
  held_minor: number;
  credit_limit_minor: number;
  sequence: number;
  version: number;
  last_posted_at: Instant;
  arrears_since: Instant | null;
  opened_at: Instant;
};

const COLUMNS = sql`w.organisation_id, w.wallet_id, w.currency, w.clears_with, w.balance_minor, w.held_minor,
  w.credit_limit_minor, w.sequence, w.version, w.last_posted_at, w.arrears_since, w.opened_at`;

function walletOfRow(row: WalletRow): Wallet {
  return {
    id: row.wallet_id,
    organisationId: row.organisation_id,
    currency: row.currency,
    clearsWith: row.clears_with,
    balanceMinor: row.balance_minor,
    heldMinor: row.held_minor,
    creditLimitMinor: row.credit_limit_minor,
    sequence: row.sequence,
    version: row.version,
    lastPostedAt: row.last_posted_at,
    arrearsSince: row.arrears_since ?? undefined,
    openedAt: row.opened_at,
  };
}

/** False when the organisation has a wallet in this currency. */
export async function insertWallet(db: Queryable, wallet: Wallet): Promise<boolean> {
  const rows = await db.run(sql`
    insert into ledger.wallet (organisation_id, wallet_id, currency, clears_with, credit_limit_minor, last_posted_at, opened_at)
    values (${wallet.organisationId}, ${wallet.id}, ${wallet.currency}, ${wallet.clearsWith}, ${wallet.creditLimitMinor},
      ${wallet.openedAt}, ${wallet.openedAt})
    on conflict do nothing`);
  return rows === 1;
}

export async function findWalletIn(
  db: Queryable,
  organisationId: string,
  currency: string,
): Promise<Wallet | undefined> {
  const row = await db.maybeRow<WalletRow>(sql`
    select ${COLUMNS} from ledger.wallet w where w.organisation_id = ${organisationId} and w.currency = ${currency}`);
  return row === undefined ? undefined : walletOfRow(row);
}

export async function findWallet(db: Queryable, walletId: string): Promise<Wallet | undefined> {
  const row = await db.maybeRow<WalletRow>(
    sql`select ${COLUMNS} from ledger.wallet w where w.wallet_id = ${walletId}`,
  );
  return row === undefined ? undefined : walletOfRow(row);
}

/** Wallets of the scope after an id, in birth order. */
export async function listWallets(db: Queryable, after: string, limit: number): Promise<Wallet[]> {
  const rows = await db.rows<WalletRow>(sql`
    select ${COLUMNS} from ledger.wallet w where w.wallet_id > ${after} order by w.wallet_id limit ${limit}`);
  return rows.map(walletOfRow);
}

/**
 * Locks the wallets of some organisations in a currency. Always in the same order, so that two commands with
 * crossing payers wait for each other and never block each other.
 */
export async function lockWallets(
  db: Queryable,
  organisationIds: readonly string[],
  currency: string,
): Promise<Wallet[]> {
  const rows = await db.rows<WalletRow>(sql`
    select ${COLUMNS} from ledger.wallet w
    where w.organisation_id = any(${organisationIds}) and w.currency = ${currency}
    order by w.organisation_id collate "C", w.wallet_id collate "C" for update`);
  return rows.map(walletOfRow);
}

export async function lockWallet(
  db: Queryable,
  organisationId: string,
  walletId: string,
): Promise<Wallet | undefined> {
  const row = await db.maybeRow<WalletRow>(sql`
    select ${COLUMNS} from ledger.wallet w
    where w.organisation_id = ${organisationId} and w.wallet_id = ${walletId} for update`);
  return row === undefined ? undefined : walletOfRow(row);
}

/** As `lockWallets`, in every currency: arrears in one block orders in all. */
export async function lockAllWallets(db: Queryable, organisationIds: readonly string[]): Promise<Wallet[]> {
  const rows = await db.rows<WalletRow>(sql`
    select ${COLUMNS} from ledger.wallet w
    where w.organisation_id = any(${organisationIds})
    order by w.organisation_id collate "C", w.wallet_id collate "C" for update`);
  return rows.map(walletOfRow);
}

/**
 * Writes the state that postings reached. The condition on the version proves that the lock was held, the one on
 * the funds is the floor (the table's check constraint is the second wall). Answers how many were written.
 */
export async function saveWallets(
  db: Queryable,
  changes: readonly { before: Wallet; after: Wallet }[],
): Promise<number> {
  const rows = changes.map(({ before, after }) => ({
    organisation_id: after.organisationId,
    wallet_id: after.id,
    balance_minor: after.balanceMinor,
    held_minor: after.heldMinor,
    sequence: after.sequence,
    version: before.version,
    last_posted_at: after.lastPostedAt,
    arrears_since: after.arrearsSince ?? null,
  }));
  return db.run(sql`
    update ledger.wallet w set balance_minor = c.balance_minor, held_minor = c.held_minor, sequence = c.sequence,
      version = w.version + 1, last_posted_at = c.last_posted_at, arrears_since = c.arrears_since
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(organisation_id text, wallet_id text, balance_minor bigint,
      held_minor bigint, sequence bigint, version bigint, last_posted_at timestamptz, arrears_since timestamptz)
    where w.organisation_id = c.organisation_id and w.wallet_id = c.wallet_id and w.version = c.version
      and c.balance_minor - c.held_minor + w.credit_limit_minor >= 0`);
}

/** Sets the limit unless more credit is in use. */
export async function updateCreditLimit(
  db: Queryable,
  walletId: string,
  limitMinor: number,
): Promise<Wallet | undefined> {
  const row = await db.maybeRow<WalletRow>(sql`
    update ledger.wallet w set credit_limit_minor = ${limitMinor}, version = w.version + 1
    where w.wallet_id = ${walletId} and w.balance_minor - w.held_minor + ${limitMinor}::bigint >= 0
    returning ${COLUMNS}`);
  return row === undefined ? undefined : walletOfRow(row);
}

export async function hasArrears(db: Queryable, organisationId: string): Promise<boolean> {
  const row = await db.row<{ found: boolean }>(sql`
    select exists (select from ledger.wallet where organisation_id = ${organisationId} and arrears_since is not null) as found`);
  return row.found;
}

export async function findWalletOwner(db: Queryable, walletId: string): Promise<OrganisationId | undefined> {
  const row = await db.maybeRow<{ organisation_id: OrganisationId }>(
    sql`select organisation_id from ledger.wallet where wallet_id = ${walletId}`,
  );
  return row?.organisation_id;
}

/** The scope that row-level security reads: `*` or an organisation's id. */
export async function readScope(db: Queryable): Promise<string> {
  const row = await db.row<{ scope: string | null }>(
    sql`select current_setting('postroad.organisation', true) as scope`,
  );
  return row.scope ?? '';
}
