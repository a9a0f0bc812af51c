import type { Work } from '../../platform/world/index.ts';
import { accepted, type Money, type Outcome, refused } from '../kernel/index.ts';
import { accountOf } from './account.ts';
import { acrossBooks, beginPosting, commitPosting, payIn } from './book.ts';
import { collectOutstanding } from './collection.ts';
import { WalletToppedUp } from './events.ts';
import { needsFourEyes } from './four-eyes.policy.ts';
import type { TopUpId, Wallet } from './model.ts';
import type { PaymentProvider } from './payment-provider.ts';
import { claimReceipt, insertTopUp, lockTopUp, saveTopUp, type TopUp } from './top-up-store.ts';
import { findWallet, lockWallet } from './wallet-store.ts';

/** Asks for a top-up: gives the reference that the payment must carry. No money moves. */
export async function requestTopUp(
  work: Work,
  provider: PaymentProvider,
  command: { readonly walletId: string; readonly amount: Money },
): Promise<
  Outcome<{ readonly topUp: TopUp; readonly instructions: string }, 'not_found' | 'currency_mismatch'>
> {
  const wallet = await findWallet(work.db, command.walletId);
  if (wallet === undefined) return refused('not_found', '');
  if (wallet.currency !== command.amount.currency)
    return refused('currency_mismatch', `The wallet is in ${wallet.currency}.`);
  const id: TopUpId = work.newId('tup');
  const { paymentReference, instructions } = provider.start({ topUpId: id, amount: command.amount });
  const topUp: TopUp = {
    id,
    organisationId: wallet.organisationId,
    walletId: wallet.id,
    provider: provider.name,
    paymentReference,
    currency: wallet.currency,
    requestedMinor: command.amount.amountMinor,
    receivedMinor: undefined,
    valueDate: undefined,
    bankReference: undefined,
    state: 'requested',
    firstConfirmedBy: undefined,
    secondConfirmedBy: undefined,
    requestedAt: work.now,
    confirmedAt: undefined,
  };
  await insertTopUp(work.db, topUp);
  return accepted({ topUp, instructions });
}

export type ConfirmTopUp = {
  readonly topUpId: string;
  /** What arrived on the bank account; it may differ from what was asked for and is what the wallet gets. */
  readonly amount: Money;
  /** Date of value at the bank, `YYYY-MM-DD`. */
  readonly valueDate: string;
  readonly bankReference: string;
  /** Key or session of the confirmer, and its person when it is known. */
  readonly confirmedBy: string;
};
type ConfirmRefusal =
  | 'not_found'
  | 'top_up_currency_mismatch'
  | 'top_up_settled'
  | 'bank_reference_used'
  | 'second_confirmation_needed';

/**
 * Confirms that money arrived. The same facts for a confirmed top-up change nothing. From the four-eyes threshold on, the first
 * confirmation only notes the facts, which its author may still correct; another confirmer with the same facts moves
 * the money. Then what the wallet owes is collected.
 */
export async function confirmTopUp(
  work: Work,
  command: ConfirmTopUp,
): Promise<Outcome<TopUp, ConfirmRefusal>> {
  const topUp = await lockTopUp(work.db, command.topUpId);
  if (topUp === undefined) return refused('not_found', '');
  if (topUp.currency !== command.amount.currency)
    return refused('top_up_currency_mismatch', `The wallet is in ${topUp.currency}.`);
  const isSame = hasSameFacts(topUp, command);
  // Who noted the facts may correct them as long as nobody else agreed; the correction begins anew.
  const isCorrection =
    topUp.state === 'awaiting_second_confirmation' &&
    !isSame &&
    topUp.firstConfirmedBy === command.confirmedBy;
  if (topUp.state !== 'requested' && !isSame && !isCorrection) {
    return refused('top_up_settled', 'It was confirmed with another amount, value date or bank reference.');
  }
  if (topUp.state === 'confirmed') return accepted(topUp);
  const wallet = await lockWallet(work.db, topUp.organisationId, topUp.walletId);
  if (wallet === undefined) throw new Error('a top-up has its wallet');
  return settle(
    work,
    isCorrection ? { ...topUp, state: 'requested', firstConfirmedBy: undefined } : topUp,
    wallet,
    command,
  );
}

function hasSameFacts(topUp: TopUp, command: ConfirmTopUp): boolean {
  return (
    topUp.receivedMinor === command.amount.amountMinor &&
    topUp.valueDate === command.valueDate &&
    topUp.bankReference === command.bankReference
  );
}

async function settle(
  work: Work,
  topUp: TopUp,
  wallet: Wallet,
  command: ConfirmTopUp,
): Promise<Outcome<TopUp, 'second_confirmation_needed' | 'bank_reference_used'>> {
  const facts = {
    receivedMinor: command.amount.amountMinor,
    valueDate: command.valueDate,
    bankReference: command.bankReference,
  };
  if (needsFourEyes(command.amount) && topUp.state === 'requested') {
    const waiting: TopUp = {
      ...topUp,
      ...facts,
      state: 'awaiting_second_confirmation',
      firstConfirmedBy: command.confirmedBy,
    };
    await saveTopUp(work.db, waiting);
    return accepted(waiting);
  }
  if (topUp.firstConfirmedBy === command.confirmedBy) {
    return refused('second_confirmation_needed', 'The first confirmation was yours; another must follow.');
  }
  const taker = await acrossBooks(work, topUp.organisationId, [wallet.clearsWith], () =>
    claimReceipt(work.db, wallet.clearsWith, topUp, command.bankReference, work.now),
  );
  if (taker !== topUp.id)
    return refused('bank_reference_used', 'This bank reference belongs to another top-up.');
  const isSecond = topUp.state === 'awaiting_second_confirmation';
  const confirmed: TopUp = {
    ...topUp,
    ...facts,
    state: 'confirmed',
    firstConfirmedBy: topUp.firstConfirmedBy ?? command.confirmedBy,
    secondConfirmedBy: isSecond ? command.confirmedBy : undefined,
    confirmedAt: work.now,
  };
  await saveTopUp(work.db, confirmed);
  await credit(work, confirmed, wallet, command);
  await collectOutstanding(work, wallet.organisationId, wallet.id);
  return accepted(confirmed);
}

async function credit(work: Work, topUp: TopUp, wallet: Wallet, command: ConfirmTopUp): Promise<void> {
  const posting = beginPosting(
    work,
    {
      organisationId: wallet.organisationId,
      cause: { kind: 'top_up', id: topUp.id },
      evidence: command.bankReference,
    },
    [wallet],
  );
  payIn(posting, wallet.id, 'wallet', accountOf('bank', wallet.currency), {
    part: 'receipt',
    kind: 'top_up',
    amountMinor: command.amount.amountMinor,
    valueDate: command.valueDate,
  });
  await commitPosting(work, posting);
  work.emit({
    type: WalletToppedUp.name,
    group: { organisationId: wallet.organisationId },
    subjectId: wallet.id,
    subjectSequence: wallet.version + 1,
    audience: [wallet.organisationId],
    payload: {
      organisationId: wallet.organisationId,
      walletId: wallet.id,
      topUpId: topUp.id,
      amountMinor: command.amount.amountMinor,
      requestedMinor: topUp.requestedMinor,
      currency: wallet.currency,
    },
  });
}
