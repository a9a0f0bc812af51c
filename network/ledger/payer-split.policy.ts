import { accepted, type Money, type Outcome, refused, splitMoney } from '../kernel/index.ts';
import type { ChargeLine, Payer, ShareLine } from './model.ts';

const WHOLE_BASIS_POINTS = 10_000;

/** Refuses a list that names a payer twice or whose shares are no whole. `whole`: what fixed amounts must total. */
export function checkPayers(
  payers: readonly Payer[],
  whole: Money,
): Outcome<readonly Payer[], 'payer_split_invalid'> {
  if (payers.length === 0 || payers.length > 16)
    return refused('payer_split_invalid', 'Name 1 to 16 payers.');
  if (new Set(payers.map((payer) => payer.organisationId)).size !== payers.length) {
    return refused('payer_split_invalid', 'A payer is named twice.');
  }
  let shares = 0;
  let fixed = 0;
  for (const payer of payers) {
    const part = 'fixedMinor' in payer ? payer.fixedMinor : payer.shareBasisPoints;
    if (!Number.isSafeInteger(part) || part < 0)
      return refused('payer_split_invalid', 'Parts are whole and not negative.');
    if ('fixedMinor' in payer) fixed += payer.fixedMinor;
    else shares += payer.shareBasisPoints;
  }
  const hasShares = payers.some((payer) => 'shareBasisPoints' in payer);
  if (hasShares && shares !== WHOLE_BASIS_POINTS) {
    return refused('payer_split_invalid', `The shares total ${shares} of 10000 basis points.`);
  }
  if (fixed > whole.amountMinor || (!hasShares && fixed !== whole.amountMinor)) {
    return refused('payer_split_invalid', 'The fixed amounts do not fit the whole.');
  }
  return accepted(payers);
}

/**
 * What each payer owes of `whole`, in the order of the payers; the parts sum to exactly the whole. Fixed amounts
 * come first and never give more than is there; the rest goes by shares. When the final amount outgrows fixed
 * amounts without shares, the rest is the merchant's (it declared the parcel), else the first payer's: our rule.
 */
export function splitOverPayers(whole: Money, payers: readonly Payer[]): readonly number[] {
  let left = whole.amountMinor;
  const parts = payers.map((payer) => {
    if (!('fixedMinor' in payer)) return 0;
    const part = Math.min(payer.fixedMinor, left);
    left -= part;
    return part;
  });
  if (left === 0) return parts;
  const weights = payers.map((payer) => ('shareBasisPoints' in payer ? payer.shareBasisPoints : 0));
  if (weights.some((weight) => weight > 0)) {
    const rest = splitMoney({ amountMinor: left, currency: whole.currency }, weights);
    return parts.map((part, index) => part + (rest[index]?.amountMinor ?? 0));
  }
  const merchant = payers.findIndex((payer) => payer.role === 'merchant');
  const bearer = merchant === -1 ? 0 : merchant;
  return parts.map((part, index) => (index === bearer ? part + left : part));
}

/**
 * Cuts the lines of a charge into each payer's part: every line sums over the payers to its amount, and every
 * payer's lines sum to what `dues` says it owes. Each line is split by what the payers still have to take, which
 * never gives more than that. `dues` sums to the sum of the lines.
 */
export function splitLines(
  lines: readonly ChargeLine[],
  dues: readonly number[],
): readonly (readonly ShareLine[])[] {
  const left = [...dues];
  const shares: ShareLine[][] = dues.map(() => []);
  lines.forEach((line, number) => {
    if (line.amount.amountMinor === 0) return;
    splitMoney(line.amount, left).forEach((part, payer) => {
      left[payer] = (left[payer] ?? 0) - part.amountMinor;
      if (part.amountMinor > 0) {
        shares[payer]?.push({
          line: number,
          type: line.type,
          amountMinor: part.amountMinor,
          refundedMinor: 0,
        });
      }
    });
  });
  return shares;
}
