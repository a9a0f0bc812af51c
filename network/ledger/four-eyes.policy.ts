import { type Money, minorDigits } from '../kernel/index.ts';

/** Whole units of a currency from which two different keys must confirm a payment. Our default. */
export const FOUR_EYES_UNITS = 10_000;

/** Units that stand in for the default where a unit is worth far less. Our default, by order of magnitude. */
const UNITS_BY_CURRENCY: Readonly<Record<string, number>> = {
  CNY: 75_000,
  JPY: 1_500_000,
  KRW: 14_000_000,
  BRL: 50_000,
};

export function fourEyesThresholdMinor(currency: Money['currency']): number {
  return (UNITS_BY_CURRENCY[currency] ?? FOUR_EYES_UNITS) * 10 ** minorDigits(currency);
}

/** A payment at or above the threshold needs a second key. */
export function needsFourEyes(amount: Money): boolean {
  return amount.amountMinor >= fourEyesThresholdMinor(amount.currency);
}
