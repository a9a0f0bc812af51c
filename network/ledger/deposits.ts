import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Currency,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { accountOf } from './account.ts';
import { acrossBooks, beginPosting, commitPosting, moveBetween, payIn, payOut } from './book.ts';
import { type Deposit, insertDeposit, listStandingDeposits, markReturned } from './deposit-store.ts';
import { availableMinor, type Reference } from './model.ts';
import { lockWallets } from './wallet-store.ts';

/** Moves a security from the wallet of an organisation to the operator, who owes it. In the organisation's scope. */
export async function takeDeposit(
  work: Work,
  command: { readonly organisationId: OrganisationId; readonly amount: Money; readonly reference: Reference },
): Promise<Outcome<Deposit, 'insufficient_funds' | 'wallet_missing'>> {
  const { organisationId, amount, reference } = command;
  const { currency, amountMinor } = amount;
  if (amountMinor <= 0) throw new RangeError('a deposit has an amount');
  const [wallet] = await lockWallets(work.db, [organisationId], currency);
  if (wallet === undefined) return refused('wallet_missing', `There is no wallet in ${currency}.`);
  if (availableMinor(wallet) < amountMinor)
    return refused('insufficient_funds', `${availableMinor(wallet)} minor units are available.`);
  const deposit: Deposit = {
    id: work.newId('dep'),
    organisationId,
    walletId: wallet.id,
    clearsWith: wallet.clearsWith,
    currency,
    amountMinor,
    reference,
    takenAt: work.now,
    deductedMinor: undefined,
  };
  await insertDeposit(work.db, deposit);
  const cause = { kind: 'deposit', id: deposit.id };
  const posting = beginPosting(work, { organisationId, cause, subject: reference }, [wallet]);
  const entry = { part: 'taken', kind: 'deposit', amountMinor };
  payOut(posting, wallet.id, 'wallet', accountOf('deposit_payable', currency), entry);
  await acrossBooks(work, organisationId, [wallet.clearsWith], () => commitPosting(work, posting));
  return accepted(deposit);
}

/** What stands deposited for a reference, in minor units of the currency. */
export async function depositedFor(
  db: Queryable,
  organisationId: OrganisationId,
  reference: Reference,
  currency: Currency,
): Promise<number> {
  const deposits = await listStandingDeposits(db, organisationId, reference);
  return deposits.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.amountMinor, 0);
}

export type Deduction = { readonly amountMinor: number; readonly reason: string };

/**
 * Gives back all deposits that stand for a reference, less what is deducted, which becomes income. Answers what came
 * back; of nothing when none stood.
 */
export async function returnDeposits(
  work: Work,
  command: {
    readonly organisationId: OrganisationId;
    readonly reference: Reference;
    readonly deductions: readonly Deduction[];
  },
): Promise<Outcome<readonly Money[], 'deduction_exceeds_deposit'>> {
  const { organisationId, reference } = command;
  const deposits = await listStandingDeposits(work.db, organisationId, reference, 'lock');
  const total = deposits.reduce((sum, one) => sum + one.amountMinor, 0);
  if (command.deductions.reduce((sum, one) => sum + one.amountMinor, 0) > total)
    return refused('deduction_exceeds_deposit', `${total} minor units are deposited.`);
  const left = command.deductions.map((one) => ({ ...one }));
  const returned: Money[] = [];
  for (const deposit of deposits) {
    const kept: Deduction[] = [];
    let rest = deposit.amountMinor;
    for (const deduction of left) {
      const amountMinor = Math.min(rest, deduction.amountMinor);
      if (amountMinor === 0) continue;
      kept.push({ amountMinor, reason: deduction.reason });
      deduction.amountMinor -= amountMinor;
      rest -= amountMinor;
    }
    await giveBack(work, deposit, kept, rest);
    returned.push({ amountMinor: rest, currency: deposit.currency });
  }
  return accepted(returned);
}

async function giveBack(
  work: Work,
  deposit: Deposit,
  kept: readonly Deduction[],
  restMinor: number,
): Promise<void> {
  const { organisationId, currency, clearsWith, reference } = deposit;
  const wallets = await lockWallets(work.db, [organisationId], currency);
  const cause = { kind: 'deposit', id: deposit.id };
  const posting = beginPosting(work, { organisationId, cause, subject: reference }, wallets);
  const owed = accountOf('deposit_payable', currency);
  if (restMinor > 0) {
    const entry = { part: 'returned', kind: 'deposit_return', amountMinor: restMinor };
    payIn(posting, deposit.walletId, 'wallet', owed, entry);
  }
  kept.forEach(({ amountMinor, reason }, index) => {
    const sides = {
      organisationId: clearsWith,
      currency,
      debit: owed,
      credit: accountOf('income', currency),
    };
    const part = `deducted:${index}`;
    moveBetween(posting, sides, { part, kind: 'deposit_deduction', amountMinor, detail: { reason } });
  });
  await acrossBooks(work, organisationId, [clearsWith], () => commitPosting(work, posting));
  await markReturned(work.db, deposit, deposit.amountMinor - restMinor, work.now);
}
