import { type Currency, type Money, minorDigits } from '../kernel/index.ts';

/** Rates are integers: major units of the target for 10^8 major units of the source. */
export const RATE_SCALE = 100_000_000;

/**
 * `amount` at a rate, in minor units of `to`, rounded half away from zero: one rounding, after the exact product.
 * 100.00 EUR at 7.8 gives 780.00 CNY; 100.00 EUR at 160.5 gives JPY 16050.
 */
export function converted(amount: Money, to: Currency, rateE8: number): number {
  const digits = minorDigits(to) - minorDigits(amount.currency);
  const up = BigInt(amount.amountMinor) * BigInt(rateE8) * 10n ** BigInt(Math.max(0, digits));
  const down = BigInt(RATE_SCALE) * 10n ** BigInt(Math.max(0, -digits));
  const doubled = up * 2n + (up < 0n ? -down : down);
  const minor = Number(doubled / (down * 2n));
  if (!Number.isSafeInteger(minor)) throw new RangeError('the converted amount is beyond 2^53 minor units');
  return minor;
}
