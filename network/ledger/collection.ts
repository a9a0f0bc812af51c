import type { Work } from '../../platform/world/index.ts';
import { addMs, type OrganisationId } from '../kernel/index.ts';
import { beginPosting, commitPosting, markArrears, type Posting, payArrears, walletIn } from './book.ts';
import { afterFailedAttempt } from './charge.policy.ts';
import { hasSharesInArrears, listOutstanding, listShares, saveShares } from './charge-store.ts';
import { ArrearsBegan, ArrearsEnded, FreightPaid } from './events.ts';
import { availableMinor, type ChargeShare, type Wallet } from './model.ts';
import { lockWallet } from './wallet-store.ts';

export const RETRY_CHARGE = 'ledger.retry_charge';
export const COLLECT_MORE = 'ledger.collect_more';

/** Unpaid shares that one transaction collects; the rest follow in a job. */
const COLLECT_AT_ONCE = 200;

/**
 * Pays unpaid shares of a wallet, oldest first, as far as its funds reach; after a top-up or a higher limit.
 * `groupId`: in whose name the command runs, when it is not the wallet's owner.
 */
export async function collectOutstanding(
  work: Work,
  organisationId: OrganisationId,
  walletId: string,
  groupId: OrganisationId = organisationId,
): Promise<void> {
  const wallet = await lockWallet(work.db, organisationId, walletId);
  if (wallet === undefined) return;
  const shares = await listOutstanding(work.db, organisationId, walletId, COLLECT_AT_ONCE);
  const after = await collect(work, wallet, shares, groupId);
  if (shares.length === COLLECT_AT_ONCE && availableMinor(after) > 0) {
    work.schedule({
      kind: COLLECT_MORE,
      key: walletId,
      runAt: work.now,
      payload: { organisationId, walletId },
    });
  }
}

/** For the timer: tries one share again; the third failure puts the payer in arrears. */
export async function retryShare(
  work: Work,
  command: { readonly organisationId: OrganisationId; readonly chargeId: string },
): Promise<void> {
  const { organisationId } = command;
  const walletId = (await findShare(work, command))?.walletId;
  const wallet = walletId === undefined ? undefined : await lockWallet(work.db, organisationId, walletId);
  const before = await findShare(work, command);
  if (before === undefined || wallet === undefined || before.state !== 'retrying') return;
  await collect(work, wallet, [before], organisationId);
  const share = await findShare(work, command);
  if (share === undefined || share.outstandingMinor === 0) return;
  const attempts = share.attempts + 1;
  const next = afterFailedAttempt(attempts);
  if (next.kind === 'wait') {
    await saveShares(work.db, [{ ...share, attempts }]);
    work.schedule({
      kind: RETRY_CHARGE,
      key: `${command.chargeId}:${command.organisationId}`,
      runAt: addMs(work.now, next.waitMs),
      payload: command,
    });
    return;
  }
  await saveShares(work.db, [{ ...share, attempts, state: 'arrears' }]);
  if (wallet.arrearsSince !== undefined) return;
  const current = await lockWallet(work.db, organisationId, wallet.id);
  const posting = beginPosting(
    work,
    { organisationId, cause: { kind: 'charge', id: command.chargeId } },
    current === undefined ? [] : [current],
  );
  markArrears(posting, wallet.id, work.now);
  await commitPosting(work, posting);
  emitArrears(work, ArrearsBegan.name, current ?? wallet, organisationId);
}

async function findShare(
  work: Work,
  command: { readonly organisationId: string; readonly chargeId: string },
) {
  return (await listShares(work.db, command.chargeId, [command.organisationId]))[0];
}

/** Pays these shares from a locked wallet in their order, with one posting. Answers the wallet afterwards. */
async function collect(
  work: Work,
  wallet: Wallet,
  shares: readonly ChargeShare[],
  groupId: OrganisationId,
): Promise<Wallet> {
  let left = availableMinor(wallet);
  const paid: ChargeShare[] = [];
  const posting = beginPosting(work, { organisationId: groupId, cause: { kind: 'wallet', id: wallet.id } }, [
    wallet,
  ]);
  for (const share of shares) {
    const amountMinor = Math.min(left, share.outstandingMinor);
    if (amountMinor <= 0) break;
    left -= amountMinor;
    payArrears(posting, wallet.id, {
      part: `settlement:${share.settlements + 1}`,
      kind: 'arrears_payment',
      amountMinor,
      cause: { kind: 'charge', id: share.chargeId },
      subject: share.subject,
    });
    paid.push(paidPart(share, amountMinor));
  }
  if (paid.length === 0) return wallet;
  await saveShares(work.db, paid);
  await endArrears(work, posting, wallet.id);
  await commitPosting(work, posting);
  for (const share of paid) emitIfPaid(work, share, groupId);
  return walletIn(posting, wallet.id);
}

/** A share of which `amountMinor` more is settled. */
export function paidPart(share: ChargeShare, amountMinor: number): ChargeShare {
  const outstandingMinor = share.outstandingMinor - amountMinor;
  return {
    ...share,
    outstandingMinor,
    settlements: share.settlements + 1,
    state: outstandingMinor === 0 ? 'paid' : share.state,
  };
}

/** Lifts the block of a wallet in a posting when none of its shares is in arrears any more. The shares are saved. */
export async function endArrears(work: Work, posting: Posting, walletId: string): Promise<void> {
  const wallet = walletIn(posting, walletId);
  if (wallet.arrearsSince === undefined) return;
  if (await hasSharesInArrears(work.db, wallet.organisationId, wallet.id)) return;
  markArrears(posting, wallet.id, undefined);
  emitArrears(work, ArrearsEnded.name, wallet, posting.organisationId);
}

function emitArrears(work: Work, type: string, wallet: Wallet, groupId: OrganisationId): void {
  work.emit({
    type,
    group: { organisationId: groupId },
    subjectId: wallet.id,
    subjectSequence: wallet.version + 1,
    audience: [wallet.organisationId],
    payload: { organisationId: wallet.organisationId, walletId: wallet.id, currency: wallet.currency },
  });
}

/** Tells that a share's debt is gone. `groupId`: in whose name the command runs. */
export function emitIfPaid(work: Work, share: ChargeShare, groupId: OrganisationId): void {
  if (share.state !== 'paid') return;
  work.emit({
    type: FreightPaid.name,
    group: { organisationId: groupId },
    // The subject is one payer's share: other payers of the charge count for themselves.
    subjectId: `${share.chargeId}:${share.organisationId}`,
    subjectSequence: share.settlements,
    audience: [...new Set([share.organisationId, share.chargeOrganisationId])],
    payload: { organisationId: share.organisationId, chargeId: share.chargeId, reference: share.subject },
  });
}
