import { type Currency, type Instant, type Money, minorDigits, scaleMinor } from '../kernel/index.ts';

/**
 * A dated rate given with the facts of a question, never fetched: one major unit of `from` is
 * `numerator / denominator` major units of `to`, valid from `at` until a later rate of the pair.
 */
export type ExchangeRate = {
  readonly from: Currency;
  readonly to: Currency;
  readonly numerator: number;
  readonly denominator: number;
  readonly at: Instant;
};

/**
 * `amount` in another currency by the latest rate not after `at` (either direction of the pair), rounded half away
 * from zero to a minor unit; undefined when no rate is known. For judging amounts only: money that moves is
 * converted by a pair of transfers.
 */
export function findConverted(
  amount: Money,
  to: Currency,
  rates: readonly ExchangeRate[],
  at: Instant,
): Money | undefined {
  if (amount.currency === to) return amount;
  let best: ExchangeRate | undefined;
  for (const rate of rates) {
    const forward = rate.from === amount.currency && rate.to === to;
    const backward = rate.to === amount.currency && rate.from === to;
    if ((!forward && !backward) || rate.at > at) continue;
    if (best === undefined || rate.at > best.at) best = rate;
  }
  if (best === undefined) return undefined;
  const [above, below] =
    best.from === to ? [best.denominator, best.numerator] : [best.numerator, best.denominator];
  const shift = minorDigits(to) - minorDigits(amount.currency);
  const amountMinor = scaleMinor(
    amount.amountMinor,
    above * 10 ** Math.max(0, shift),
    below * 10 ** Math.max(0, -shift),
  );
  return { amountMinor, currency: to };
}
