import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  addMoney,
  addMs,
  type Currency,
  type Money,
  type OrganisationId,
  type Outcome,
  refused,
  zero,
} from '../kernel/index.ts';
import { type Account, accountOf, derivedId } from './account.ts';
import {
  acrossBooks,
  beginPosting,
  commitPosting,
  type Posting,
  payOut,
  releaseHeld,
  walletIn,
} from './book.ts';
import { afterFailedAttempt, fundLines, payable } from './charge.policy.ts';
import {
  type Charge,
  deleteUnpaidCharge,
  insertCharge,
  insertShares,
  listShares,
  lockCharge,
} from './charge-store.ts';
import { RETRY_CHARGE } from './collection.ts';
import { FreightCharged, FreightChargeFailed } from './events.ts';
import { lockHoldSet } from './hold-store.ts';
import { closeHolds, emitHoldPosted, payersText } from './holds.ts';
import {
  availableMinor,
  type ChargeLine,
  type ChargeResult,
  type ChargeShare,
  type HoldSetId,
  type Payer,
  type Reference,
  type ShareLine,
  type Wallet,
  type WalletId,
} from './model.ts';
import { checkPayers, splitLines, splitOverPayers } from './payer-split.policy.ts';
import { lockAllWallets, lockWallets } from './wallet-store.ts';

/** Where a line's money belongs in the operator's book. */
export function earningAccount(type: string, currency: Currency): Account {
  if (type === 'tax') return accountOf('tax_payable', currency);
  if (type === 'duty') return accountOf('duty_payable', currency);
  return accountOf('income', currency);
}

export type PostHold = {
  readonly organisationId: OrganisationId;
  readonly holdSetId: HoldSetId;
  /** In the currency of the hold; none negative. Their sum may be below, at or above what was held. */
  readonly charges: readonly ChargeLine[];
  /** Reference of the proof, e.g. of the measurement; shown beside every transfer. */
  readonly evidence?: string | undefined;
};

/**
 * Charges a hold: lines are split over the payers, what was held and is not needed is released. More than was held
 * takes available funds; what they do not cover is owed (outstanding), collected again later and then in arrears.
 * A hold that lapsed holds nothing any more: it is charged when the available funds of all payers cover it, and refused
 * otherwise, because nothing was promised for it any more and nothing may leave unpaid (domain reference 2.3).
 * Once per hold: the same again answers the same charge.
 */
export async function postHold(
  work: Work,
  command: PostHold,
): Promise<Outcome<ChargeResult, 'hold_not_found' | 'hold_not_open' | ChargeNowRefusal>> {
  const set = await lockHoldSet(work.db, command.organisationId, command.holdSetId);
  if (set === undefined) return refused('hold_not_found', '');
  const total = totalOf(command.charges, set.amount.currency);
  if (total === undefined) return refused('currency_mismatch', `The hold is in ${set.amount.currency}.`);
  const charge = chargeOf(command, set, total, set.payers, set.id);
  const payerIds = set.payers.map((payer) => payer.organisationId);
  return acrossBooks(work, set.organisationId, payerIds, async () => {
    if (set.state === 'posted') return sameCharge(work, charge, payerIds);
    if (set.state === 'voided') return refused('hold_not_open', `The hold is ${set.state}.`);
    if (!(await insertCharge(work.db, charge, work.now))) {
      if (set.state === 'expired') return sameCharge(work, charge, payerIds);
      // A reference that was charged without its hold must not be charged again through it.
      return refused('charge_reused', 'This reference was charged without its hold already.');
    }
    if (set.state === 'expired') {
      const funds = await fundsFor(work, charge, 'refuse');
      if (!Array.isArray(funds)) {
        await deleteUnpaidCharge(work.db, charge);
        return funds;
      }
    }
    const wallets = await lockWallets(work.db, payerIds, charge.currency);
    const held = await closeHolds(work, set, 'posted');
    const result = await applyCharge(work, charge, wallets, held);
    if (set.state === 'held') emitHoldPosted(work, set);
    return accepted(result);
  });
}

export type ChargeNow = {
  readonly organisationId: OrganisationId;
  readonly reference: Reference;
  readonly payers: readonly Payer[];
  readonly charges: readonly ChargeLine[];
  readonly evidence?: string | undefined;
  /** `refuse`: all payers have the funds, or nothing happens. `owe`: what is missing becomes outstanding. */
  readonly whenShort: 'refuse' | 'owe';
};
type ChargeNowRefusal =
  | 'insufficient_funds'
  | 'wallet_missing'
  | 'currency_mismatch'
  | 'payer_split_invalid'
  | 'charge_reused';

/** Charges without a hold, once per reference. */
export async function chargeNow(
  work: Work,
  command: ChargeNow,
): Promise<Outcome<ChargeResult, ChargeNowRefusal>> {
  const currency = command.charges[0]?.amount.currency;
  const total = currency === undefined ? undefined : totalOf(command.charges, currency);
  if (total === undefined) return refused('currency_mismatch', 'A charge has lines, all in one currency.');
  const payers = checkPayers(command.payers, total);
  if (!payers.ok) return payers;
  const charge = chargeOf(command, command, total, payers.value, undefined);
  const payerIds = payers.value.map((payer) => payer.organisationId);
  return acrossBooks(work, command.organisationId, payerIds, async () => {
    if (!(await insertCharge(work.db, charge, work.now))) return sameCharge(work, charge, payerIds);
    const refusal = await fundsFor(work, charge, command.whenShort);
    if (!Array.isArray(refusal)) {
      await deleteUnpaidCharge(work.db, charge);
      return refusal;
    }
    return accepted(await applyCharge(work, charge, refusal, new Map()));
  });
}

/** The locked wallets of all payers, or why they cannot pay. */
async function fundsFor(work: Work, charge: Charge, whenShort: 'refuse' | 'owe') {
  const payerIds = charge.payers.map((payer) => payer.organisationId);
  const all = await lockAllWallets(work.db, payerIds);
  const wallets = all.filter((wallet) => wallet.currency === charge.currency);
  if (wallets.length < payerIds.length) {
    return payerIds.some((id) => all.every((wallet) => wallet.organisationId !== id))
      ? refused('wallet_missing', 'A payer has no wallet.')
      : refused('currency_mismatch', `A payer has no wallet in ${charge.currency}.`);
  }
  const dues = splitOverPayers(totalMoney(charge), charge.payers);
  const isShort = charge.payers.some((payer, index) => {
    const wallet = wallets.find((candidate) => candidate.organisationId === payer.organisationId);
    return wallet === undefined || availableMinor(wallet) < (dues[index] ?? 0);
  });
  return isShort && whenShort === 'refuse'
    ? refused('insufficient_funds', 'The available funds of a payer are less than its part.')
    : wallets;
}

function totalOf(lines: readonly ChargeLine[], currency: Currency): Money | undefined {
  if (lines.some((line) => line.amount.amountMinor < 0))
    throw new RangeError('a charge line is not negative: refund instead');
  if (lines.some((line) => line.amount.currency !== currency)) return undefined;
  return addMoney(zero(currency), ...lines.map((line) => line.amount));
}

function totalMoney(charge: Charge): Money {
  return { amountMinor: charge.totalMinor, currency: charge.currency };
}

function chargeOf(
  command: { readonly charges: readonly ChargeLine[]; readonly evidence?: string | undefined },
  of: { readonly organisationId: OrganisationId; readonly reference: Reference },
  total: Money,
  payers: readonly Payer[],
  holdSetId: HoldSetId | undefined,
): Charge {
  return {
    id: derivedId('chg', [of.organisationId, of.reference.kind, of.reference.id]),
    organisationId: of.organisationId,
    reference: of.reference,
    holdSetId,
    currency: total.currency,
    totalMinor: total.amountMinor,
    refundedMinor: 0,
    lines: command.charges,
    payers,
    evidence: command.evidence,
    version: 1,
  };
}

/** Moves the money of a new charge. `held` is released by payer; the wallets are locked. */
async function applyCharge(
  work: Work,
  charge: Charge,
  wallets: readonly Wallet[],
  held: ReadonlyMap<OrganisationId, { walletId: WalletId; amountMinor: number }>,
): Promise<ChargeResult> {
  const dues = splitOverPayers(totalMoney(charge), charge.payers);
  const lines = splitLines(charge.lines, dues);
  const posting = beginPosting(
    work,
    {
      organisationId: charge.organisationId,
      cause: { kind: 'charge', id: charge.id },
      subject: charge.reference,
      evidence: charge.evidence,
    },
    wallets,
  );
  const shares = charge.payers.map((payer, index) => {
    const wallet = wallets.find((candidate) => candidate.organisationId === payer.organisationId);
    if (wallet === undefined) throw new Error('a payer that held funds has its wallet');
    const heldMinor = held.get(payer.organisationId)?.amountMinor ?? 0;
    const { paid, outstanding } = payable(dues[index] ?? 0, heldMinor, availableMinor(wallet));
    releaseHeld(posting, wallet.id, heldMinor);
    payLines(posting, charge, wallet, lines[index] ?? [], paid);
    return shareOf(charge, payer, wallet, lines[index] ?? [], paid + outstanding, outstanding);
  });
  await insertShares(work.db, shares, work.now);
  await commitPosting(work, posting);
  for (const share of shares) scheduleRetry(work, share);
  emitCharge(work, FreightCharged.name, charge, shares, 1);
  if (shares.some((share) => share.outstandingMinor > 0))
    emitCharge(work, FreightChargeFailed.name, charge, shares, 2);
  return resultOf(charge, shares);
}

function payLines(
  posting: Posting,
  charge: Charge,
  wallet: Wallet,
  lines: readonly ShareLine[],
  paid: number,
): void {
  for (const line of fundLines(lines, paid)) {
    const declared = charge.lines[line.line];
    payOut(posting, walletIn(posting, wallet.id).id, line.from, earningAccount(line.type, charge.currency), {
      part: `line:${line.line}:${line.from}`,
      kind: line.type,
      amountMinor: line.amountMinor,
      detail:
        declared?.tax === undefined && declared?.basis === undefined
          ? undefined
          : { ...declared.tax, basis: declared.basis },
    });
  }
}

function shareOf(
  charge: Charge,
  payer: Payer,
  wallet: Wallet,
  lines: readonly ShareLine[],
  dueMinor: number,
  outstandingMinor: number,
): ChargeShare {
  return {
    chargeId: charge.id,
    organisationId: payer.organisationId,
    chargeOrganisationId: charge.organisationId,
    subject: charge.reference,
    walletId: wallet.id,
    role: payer.role,
    dueMinor,
    outstandingMinor,
    refundedMinor: 0,
    lines,
    state: outstandingMinor > 0 ? 'retrying' : 'paid',
    attempts: 0,
    settlements: 0,
  };
}

function scheduleRetry(work: Work, share: ChargeShare): void {
  const next = afterFailedAttempt(0);
  if (share.outstandingMinor === 0 || next.kind !== 'wait') return;
  work.schedule({
    kind: RETRY_CHARGE,
    key: `${share.chargeId}:${share.organisationId}`,
    runAt: addMs(work.now, next.waitMs),
    payload: { organisationId: share.organisationId, chargeId: share.chargeId },
  });
}

/** The answer to a repeated command: the charge as it stands, when it is the same charge. */
async function sameCharge(
  work: Work,
  wanted: Charge,
  payerIds: readonly string[],
): Promise<Outcome<ChargeResult, 'charge_reused'>> {
  const known = await lockCharge(work.db, wanted.organisationId, wanted.id);
  const isSame =
    known !== undefined &&
    known.totalMinor === wanted.totalMinor &&
    known.currency === wanted.currency &&
    linesText(known.lines) === linesText(wanted.lines) &&
    payersText(known.payers) === payersText(wanted.payers);
  if (!isSame) return refused('charge_reused', 'This reference was charged with other lines or payers.');
  return accepted(resultOf(known, await listShares(work.db, known.id, payerIds)));
}

function linesText(lines: readonly ChargeLine[]): string {
  return JSON.stringify(
    lines.map((line) => [line.type, line.amount.amountMinor, line.tax?.taxType, line.tax?.rateBasisPoints]),
  );
}

function resultOf(charge: Charge, shares: readonly ChargeShare[]): ChargeResult {
  const outstanding = shares.reduce((sum, share) => sum + share.outstandingMinor, 0);
  return {
    chargeId: charge.id,
    total: totalMoney(charge),
    outstanding: { amountMinor: outstanding, currency: charge.currency },
    shares: charge.payers.flatMap((payer) => {
      const share = shares.find((candidate) => candidate.organisationId === payer.organisationId);
      return share === undefined
        ? []
        : [
            {
              organisationId: share.organisationId,
              role: share.role,
              dueMinor: share.dueMinor,
              outstandingMinor: share.outstandingMinor,
            },
          ];
    }),
  };
}

function emitCharge(
  work: Work,
  type: string,
  charge: Charge,
  shares: readonly ChargeShare[],
  sequence: number,
): void {
  work.emit({
    type,
    group: { organisationId: charge.organisationId },
    subjectId: charge.id,
    subjectSequence: sequence,
    audience: [...new Set([charge.organisationId, ...shares.map((share) => share.organisationId)])],
    payload: {
      organisationId: charge.organisationId,
      chargeId: charge.id,
      reference: charge.reference,
      currency: charge.currency,
      totalMinor: charge.totalMinor,
      payers: shares.map((share) => ({
        organisationId: share.organisationId,
        role: share.role,
        dueMinor: share.dueMinor,
        outstandingMinor: share.outstandingMinor,
      })),
    },
  });
}
