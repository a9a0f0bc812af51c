import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
  splitMoney,
} from '../kernel/index.ts';
import { derivedId } from './account.ts';
import { acrossBooks, beginPosting, commitPosting, type Posting, payIn } from './book.ts';
import {
  addRefunded,
  type Charge,
  findRefund,
  insertRefund,
  listShares,
  lockCharge,
  saveShares,
} from './charge-store.ts';
import { earningAccount } from './charges.ts';
import { emitIfPaid, endArrears, paidPart } from './collection.ts';
import { FreightRefunded } from './events.ts';
import type { ChargeId, ChargeShare, Reference, ShareLine } from './model.ts';
import { lockWallets } from './wallet-store.ts';

export type RefundCharge = {
  readonly organisationId: OrganisationId;
  readonly chargeId: ChargeId;
  /** Why, e.g. `{ kind: 'dispute', id }`: one reason refunds a charge once. */
  readonly reason: Reference;
  /** Undefined: all that is left of the charge. */
  readonly amount?: Money | undefined;
  readonly evidence?: string | undefined;
};

/**
 * Gives back money of a charge to its payers, in the proportion of what each has left in it, line by line. What a
 * payer still owes of the charge is struck off before its wallet gets money.
 */
export async function refundCharge(
  work: Work,
  command: RefundCharge,
): Promise<
  Outcome<
    { readonly refundId: string; readonly amount: Money },
    'charge_not_found' | 'refund_exceeds_charge' | 'refund_reused' | 'currency_mismatch'
  >
> {
  const charge = await lockCharge(work.db, command.organisationId, command.chargeId);
  if (charge === undefined) return refused('charge_not_found', '');
  const { currency } = charge;
  const refundId = derivedId('rfd', [charge.id, command.reason.kind, command.reason.id]);
  const known = await findRefund(work.db, command.organisationId, refundId);
  if (known !== undefined) {
    const isSame = known.amountWasGiven
      ? known.amountMinor === command.amount?.amountMinor && currency === command.amount.currency
      : command.amount === undefined;
    return isSame
      ? accepted({ refundId, amount: { amountMinor: known.amountMinor, currency } })
      : refused('refund_reused', 'This reason refunded another amount.');
  }
  if (command.amount !== undefined && command.amount.currency !== currency) {
    return refused('currency_mismatch', `The charge is in ${currency}.`);
  }
  const left = charge.totalMinor - charge.refundedMinor;
  const amountMinor = command.amount?.amountMinor ?? left;
  if (amountMinor <= 0 || amountMinor > left)
    return refused('refund_exceeds_charge', `${left} minor units are left.`);
  const payerIds = charge.payers.map((payer) => payer.organisationId);
  await acrossBooks(work, charge.organisationId, payerIds, () =>
    giveBack(work, charge, refundId, amountMinor, command.evidence),
  );
  await insertRefund(
    work.db,
    {
      id: refundId,
      organisationId: charge.organisationId,
      chargeId: charge.id,
      reason: command.reason,
      amountMinor,
      amountWasGiven: command.amount !== undefined,
      evidence: command.evidence,
    },
    work.now,
  );
  await addRefunded(work.db, charge, amountMinor);
  emitRefund(work, charge, refundId, command.reason, amountMinor);
  return accepted({ refundId, amount: { amountMinor, currency } });
}

async function giveBack(
  work: Work,
  charge: Charge,
  refundId: string,
  amountMinor: number,
  evidence: string | undefined,
): Promise<void> {
  const payerIds = charge.payers.map((payer) => payer.organisationId);
  const posting = beginPosting(
    work,
    {
      organisationId: charge.organisationId,
      cause: { kind: 'refund', id: refundId },
      subject: charge.reference,
      evidence,
    },
    await lockWallets(work.db, payerIds, charge.currency),
  );
  const shares = await listShares(work.db, charge.id, payerIds);
  const parts = splitMoney(
    { amountMinor, currency: charge.currency },
    shares.map((share) => share.dueMinor - share.refundedMinor),
  );
  const after = shares.map((share, index) =>
    giveBackShare(posting, charge, share, parts[index]?.amountMinor ?? 0),
  );
  await saveShares(work.db, after);
  for (const share of after) await endArrears(work, posting, share.walletId);
  await commitPosting(work, posting);
  after.forEach((share, index) => {
    if ((shares[index]?.outstandingMinor ?? 0) > 0) emitIfPaid(work, share, charge.organisationId);
  });
}

/** One payer's part, over its lines by what is left of each; first against what it owes, then into its wallet. */
function giveBackShare(
  posting: Posting,
  charge: Charge,
  share: ChargeShare,
  amountMinor: number,
): ChargeShare {
  if (amountMinor === 0) return share;
  const byLine = splitMoney(
    { amountMinor, currency: charge.currency },
    share.lines.map((line) => line.amountMinor - line.refundedMinor),
  );
  let owed = share.outstandingMinor;
  const lines = share.lines.map((line, index): ShareLine => {
    const part = byLine[index]?.amountMinor ?? 0;
    const struck = Math.min(owed, part);
    owed -= struck;
    for (const [to, minor] of [
      ['arrears', struck],
      ['wallet', part - struck],
    ] as const) {
      if (minor === 0) continue;
      payIn(posting, share.walletId, to, earningAccount(line.type, charge.currency), {
        part: `line:${line.line}:${to}`,
        kind: 'refund',
        amountMinor: minor,
        detail: { lineType: line.type },
      });
    }
    return { ...line, refundedMinor: line.refundedMinor + part };
  });
  const struck = share.outstandingMinor - owed;
  const settled = struck > 0 ? paidPart(share, struck) : share;
  return { ...settled, lines, refundedMinor: share.refundedMinor + amountMinor };
}

function emitRefund(
  work: Work,
  charge: Charge,
  refundId: string,
  reason: Reference,
  amountMinor: number,
): void {
  work.emit({
    type: FreightRefunded.name,
    group: { organisationId: charge.organisationId },
    subjectId: charge.id,
    // 1 and 2 are the charge itself; refunds count on from the charge's version.
    subjectSequence: charge.version + 2,
    audience: [...new Set([charge.organisationId, ...charge.payers.map((payer) => payer.organisationId)])],
    payload: {
      organisationId: charge.organisationId,
      chargeId: charge.id,
      refundId,
      reference: charge.reference,
      reason,
      amountMinor,
      currency: charge.currency,
    },
  });
}
