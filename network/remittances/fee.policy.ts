import { type Money, scaleMinor } from '../kernel/index.ts';
import type { CodRemittanceDocument } from './rulebook.ts';

/** What collecting costs, in minor units of the amount: a share, rounded half away from zero, at least the minimum, at most all. */
export function feeFor({ fees }: CodRemittanceDocument, { amountMinor, currency }: Money): number {
  const fee = fees[currency];
  if (fee === undefined) return 0;
  const share = scaleMinor(amountMinor, fee.shareBasisPoints, 10_000);
  return Math.min(amountMinor, Math.max(share, fee.minimumMinor));
}
