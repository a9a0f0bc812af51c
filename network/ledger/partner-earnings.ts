import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Currency,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
} from '../kernel/index.ts';
import { type Account, type AccountKind, accountOf, clearingAccount, derivedId } from './account.ts';
import { beginPosting, commitPosting, moveBetween } from './book.ts';
import type { Reference } from './model.ts';
import {
  insertPartnerEntries,
  insertPayout,
  isPayoutReferenceUsed,
  lockPayout,
  type PartnerEntry,
  type Payout,
  type PayoutId,
  savePaid,
} from './partner-store.ts';

/** One thing that a partner earned (positive) or owes (negative); `kind` names the transfer, such as `commission`. */
export type EarningToRecord = Pick<PartnerEntry, 'reference' | 'currency' | 'amountMinor' | 'counterKind'> & {
  readonly kind: string;
  readonly subject?: Reference | undefined;
  /** Left out: `earned`. */
  readonly account?: PartnerAccount | undefined;
};
/** What is owed to a partner for its work, or of cash that was collected for it. */
type PartnerAccount = 'earned' | 'cod_due';

type Partner = {
  /** In whose scope this runs, and whose book it is. */
  readonly partnerId: OrganisationId;
  /** The operator's book that it clears with. */
  readonly clearsWith: OrganisationId;
};

/**
 * Books what a partner earned or owes, once per reference: a reference that is there is left alone. Amounts of 0 move
 * nothing and are left out.
 */
export async function recordEarnings(
  work: Work,
  partner: Partner,
  items: readonly EarningToRecord[],
): Promise<void> {
  const entries = items
    .filter((item) => item.amountMinor !== 0)
    .map((item) => {
      const id = derivedId('pte', [partner.partnerId, item.reference.kind, item.reference.id]);
      return { ...partner, ...item, id };
    });
  if (entries.length === 0) return;
  const fresh = await insertPartnerEntries(work.db, entries, work.now);
  const cause = { kind: 'partner_entry', id: entries[0]?.id ?? '' };
  const posting = beginPosting(work, { organisationId: partner.partnerId, cause }, []);
  for (const entry of entries) {
    if (!fresh.has(entry.id)) continue;
    const earned = accountOf(entry.account ?? 'earned', entry.currency);
    const other = facing(partner, entry.currency, entry.counterKind);
    const isEarned = entry.amountMinor > 0;
    moveBetween(
      posting,
      {
        organisationId: partner.partnerId,
        currency: entry.currency,
        debit: isEarned ? other.account : earned,
        credit: isEarned ? earned : other.account,
        ...other.mirror,
      },
      {
        part: 'entry',
        kind: entry.kind,
        amountMinor: Math.abs(entry.amountMinor),
        cause: { kind: 'partner_entry', id: entry.id },
        subject: entry.subject ?? entry.reference,
      },
    );
  }
  await commitPosting(work, posting);
}

/** The clearing account towards the operator, or his account itself where the partner is his own. */
function facing(partner: Partner, currency: Currency, kind: AccountKind) {
  const counterAccount = accountOf(kind, currency);
  if (partner.partnerId === partner.clearsWith) return { account: counterAccount, mirror: {} };
  const account: Account = clearingAccount(currency, partner.clearsWith);
  return { account, mirror: { counterpartId: partner.clearsWith, counterAccount } };
}

/** Sets aside what is to be paid out of what is owed, once per reference; the same again answers the same. */
export async function instructPayout(
  work: Work,
  partner: Partner,
  command: {
    readonly reference: Reference;
    readonly amount: Money;
    readonly account?: PartnerAccount | undefined;
  },
): Promise<Payout> {
  const { reference, amount, account = 'earned' } = command;
  const payout: Payout = {
    ...partner,
    id: payoutIdOf(partner.partnerId, reference),
    reference,
    currency: amount.currency,
    amountMinor: amount.amountMinor,
    state: 'instructed',
    bankReference: undefined,
    valueDate: undefined,
    instructedAt: work.now,
    paidAt: undefined,
  };
  if (!(await insertPayout(work.db, payout)))
    return (await lockPayout(work.db, partner.partnerId, payout.id)) ?? payout;
  const posting = beginPosting(work, causeOf(payout), []);
  moveBetween(
    posting,
    {
      organisationId: partner.partnerId,
      currency: payout.currency,
      debit: accountOf(account, payout.currency),
      credit: accountOf('payout_due', payout.currency),
    },
    { part: 'instructed', kind: 'payout_instructed', amountMinor: payout.amountMinor },
  );
  await commitPosting(work, posting);
  return payout;
}

function payoutIdOf(partnerId: OrganisationId, reference: Reference): PayoutId {
  return derivedId('pyo', [partnerId, reference.kind, reference.id]);
}

function causeOf(payout: Payout) {
  return {
    organisationId: payout.partnerId,
    cause: { kind: 'payout', id: payout.id },
    subject: payout.reference,
    evidence: payout.bankReference,
  };
}

export type ConfirmPayout = {
  readonly reference: Reference;
  /** Of the operator's bank; evidence of the transfer, used once for a partner. */
  readonly bankReference: string;
  /** `YYYY-MM-DD` */
  readonly valueDate: string;
};

/** The operator's bank paid: once. Runs in the partner's scope; the same facts again answer the same. */
export async function confirmPayout(
  work: Work,
  partnerId: OrganisationId,
  command: ConfirmPayout,
): Promise<Outcome<Payout, 'payout_unknown' | 'payout_settled' | 'bank_reference_used'>> {
  const { reference, bankReference, valueDate } = command;
  const known = await lockPayout(work.db, partnerId, payoutIdOf(partnerId, reference));
  if (known === undefined) return refused('payout_unknown', '');
  if (known.state === 'paid') {
    const isSame = known.bankReference === bankReference && known.valueDate === valueDate;
    return isSame ? accepted(known) : refused('payout_settled', '');
  }
  if (await isPayoutReferenceUsed(work.db, partnerId, bankReference))
    return refused('bank_reference_used', '');
  const paid: Payout = { ...known, state: 'paid', bankReference, valueDate, paidAt: work.now };
  await savePaid(work.db, paid);
  const posting = beginPosting(work, causeOf(paid), []);
  const bank = facing(paid, paid.currency, 'bank');
  moveBetween(
    posting,
    {
      organisationId: paid.partnerId,
      currency: paid.currency,
      debit: accountOf('payout_due', paid.currency),
      credit: bank.account,
      ...bank.mirror,
    },
    { part: 'paid', kind: 'payout_paid', amountMinor: paid.amountMinor, valueDate },
  );
  await commitPosting(work, posting);
  return accepted(paid);
}
