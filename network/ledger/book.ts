import type { Work } from '../../platform/world/index.ts';
import { type Instant, latest, type OrganisationId } from '../kernel/index.ts';
import { type Account, accountOf, clearingAccount, derivedId } from './account.ts';
import { BookCleared } from './events.ts';
import type { Reference, Wallet } from './model.ts';
import { countSameTransfers, insertTransfers, type Transfer } from './transfer-store.ts';
import { readScope, saveWallets } from './wallet-store.ts';

/**
 * Transfers that belong to one cause and the wallets they move, collected under the wallets' locks and written by
 * `commitPosting` with one insert and one update.
 */
export type Posting = {
  /** In whose name the command runs; its group takes the events. */
  readonly organisationId: OrganisationId;
  readonly cause: Reference;
  readonly subject: Reference | undefined;
  readonly evidence: string | undefined;
  readonly now: Instant;
  readonly before: ReadonlyMap<string, Wallet>;
  readonly wallets: Map<string, Wallet>;
  readonly transfers: Transfer[];
};

export function beginPosting(
  work: Work,
  facts: {
    readonly organisationId: OrganisationId;
    readonly cause: Reference;
    readonly subject?: Reference | undefined;
    readonly evidence?: string | undefined;
  },
  wallets: readonly Wallet[],
): Posting {
  return {
    organisationId: facts.organisationId,
    cause: facts.cause,
    subject: facts.subject,
    evidence: facts.evidence,
    now: work.now,
    before: new Map(wallets.map((wallet) => [wallet.id, wallet])),
    wallets: new Map(wallets.map((wallet) => [wallet.id, wallet])),
    transfers: [],
  };
}

/** What makes a transfer: `part` names it within its cause, so that its id can be derived. */
export type Entry = {
  readonly part: string;
  readonly kind: string;
  readonly amountMinor: number;
  readonly detail?: object | undefined;
  readonly valueDate?: string | undefined;
  /** When one posting serves several causes (collecting many charges at once). */
  readonly cause?: Reference | undefined;
  readonly subject?: Reference | undefined;
};

/** The working copy of a wallet of this posting. */
export function walletIn(posting: Posting, walletId: string): Wallet {
  const wallet = posting.wallets.get(walletId);
  if (wallet === undefined) throw new Error('a posting touches only wallets that were locked for it');
  return wallet;
}

/** Releases a held amount of a wallet of this posting. */
export function releaseHeld(posting: Posting, walletId: string, amountMinor: number): void {
  const wallet = walletIn(posting, walletId);
  posting.wallets.set(walletId, { ...wallet, heldMinor: wallet.heldMinor - amountMinor });
}

export function markArrears(posting: Posting, walletId: string, since: Instant | undefined): void {
  posting.wallets.set(walletId, { ...walletIn(posting, walletId), arrearsSince: since });
}

/** Money out of a wallet's book (`from`: the wallet or its arrears) to an account of the book it clears with. */
export function payOut(
  posting: Posting,
  walletId: string,
  from: 'wallet' | 'arrears',
  to: Account,
  entry: Entry,
): void {
  const wallet = walletIn(posting, walletId);
  const other = otherSide(wallet, to);
  addTransfer(posting, wallet, accountOf(from, wallet.currency), other.account, other, entry);
}

/** Money from an account of the clearing book into a wallet, or against its arrears. */
export function payIn(
  posting: Posting,
  walletId: string,
  to: 'wallet' | 'arrears',
  from: Account,
  entry: Entry,
): void {
  const wallet = walletIn(posting, walletId);
  const other = otherSide(wallet, from);
  addTransfer(posting, wallet, other.account, accountOf(to, wallet.currency), other, entry);
}

/** Pays what is owed from the wallet of the same book. */
export function payArrears(posting: Posting, walletId: string, entry: Entry): void {
  const wallet = walletIn(posting, walletId);
  addTransfer(
    posting,
    wallet,
    accountOf('wallet', wallet.currency),
    accountOf('arrears', wallet.currency),
    {},
    entry,
  );
}

type Facing = { readonly counterpartId?: OrganisationId; readonly counterAccount?: Account };

/** An operator that pays from its own book needs no clearing: both sides are there. */
function otherSide(wallet: Wallet, account: Account): Facing & { readonly account: Account } {
  if (wallet.clearsWith === wallet.organisationId) return { account };
  return {
    account: clearingAccount(wallet.currency, wallet.clearsWith),
    counterpartId: wallet.clearsWith,
    counterAccount: account,
  };
}

function addTransfer(
  posting: Posting,
  wallet: Wallet,
  debit: Account,
  credit: Account,
  facing: Facing,
  entry: Entry,
): void {
  const own = accountOf('wallet', wallet.currency);
  const delta = (credit === own ? entry.amountMinor : 0) - (debit === own ? entry.amountMinor : 0);
  let after: Wallet | undefined;
  if (delta !== 0) {
    // Time never runs backwards within a wallet, so that the order of its history is the order of its statements.
    after = {
      ...wallet,
      balanceMinor: wallet.balanceMinor + delta,
      sequence: wallet.sequence + 1,
      lastPostedAt: latest(posting.now, wallet.lastPostedAt),
    };
    posting.wallets.set(wallet.id, after);
  }
  posting.transfers.push(
    transferOf(
      posting,
      { organisationId: wallet.organisationId, currency: wallet.currency, debit, credit, ...facing },
      entry,
      after,
    ),
  );
}

/** A transfer between accounts without a floor, in whatever book the posting may touch. */
export function moveBetween(
  posting: Posting,
  sides: Pick<Transfer, 'organisationId' | 'currency' | 'debit' | 'credit'> & Facing,
  entry: Entry,
): void {
  posting.transfers.push(transferOf(posting, sides, entry, undefined));
}

function transferOf(
  posting: Posting,
  sides: Pick<Transfer, 'organisationId' | 'currency' | 'debit' | 'credit'> & Facing,
  entry: Entry,
  wallet: Wallet | undefined,
): Transfer {
  const cause = entry.cause ?? posting.cause;
  return {
    organisationId: sides.organisationId,
    id: derivedId('tfr', [sides.organisationId, cause.kind, cause.id, entry.part]),
    debit: sides.debit,
    credit: sides.credit,
    amountMinor: entry.amountMinor,
    currency: sides.currency,
    kind: entry.kind,
    cause,
    subject: entry.subject ?? posting.subject,
    evidence: posting.evidence,
    detail: entry.detail,
    counterpartId: sides.counterpartId,
    counterAccount: sides.counterAccount,
    walletId: wallet?.id,
    walletSequence: wallet?.sequence,
    walletBalanceMinor: wallet?.balanceMinor,
    valueDate: entry.valueDate,
    postedAt: wallet?.lastPostedAt ?? posting.now,
  };
}

/**
 * Writes a posting. A repeated posting (same ids, same content) changes nothing and answers `false`; one with other
 * content under the same ids is a programming error, because commands check their own references first.
 */
export async function commitPosting(work: Work, posting: Posting): Promise<boolean> {
  const { transfers } = posting;
  if (transfers.length > 0) {
    const inserted = await insertTransfers(work.db, transfers);
    if (inserted.length !== transfers.length) {
      if (inserted.length === 0 && (await countSameTransfers(work.db, transfers)) === transfers.length)
        return false;
      throw new Error(
        `the cause ${posting.cause.kind} ${posting.cause.id} has other transfers in the ledger already`,
      );
    }
  }
  const changes = [...posting.wallets].flatMap(([id, after]) => {
    const before = posting.before.get(id);
    return before === undefined || before === after ? [] : [{ before, after }];
  });
  if (changes.length > 0 && (await saveWallets(work.db, changes)) !== changes.length) {
    throw new Error('a wallet was changed without its lock, or a posting crossed its floor');
  }
  announceClearing(work, posting);
  return true;
}

function announceClearing(work: Work, posting: Posting): void {
  const byBook = new Map<OrganisationId, string[]>();
  for (const transfer of posting.transfers) {
    if (transfer.counterpartId === undefined) continue;
    byBook.set(transfer.organisationId, [...(byBook.get(transfer.organisationId) ?? []), transfer.id]);
  }
  for (const [organisationId, transferIds] of byBook) {
    work.emit({
      type: BookCleared.name,
      group: { organisationId: posting.organisationId },
      subjectId: posting.cause.id,
      subjectSequence: 1,
      audience: [],
      payload: { organisationId, transferIds },
    });
  }
}

/**
 * Runs `body` where it can see the books of all these organisations, and goes back to the scope of before. A
 * command that stays in its own book pays nothing for it.
 */
export async function acrossBooks<T>(
  work: Work,
  organisationId: string,
  books: readonly string[],
  body: () => Promise<T>,
): Promise<T> {
  if (books.every((book) => book === organisationId)) return body();
  const scope = await readScope(work.db);
  if (scope === '*') return body();
  await work.actFor('network');
  const result = await body();
  await work.actFor({ organisationId: scope });
  return result;
}
