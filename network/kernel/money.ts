/** ISO 4217 alphabetic code. */
declare const currencyBrand: unique symbol;
export type Currency = string & { readonly [currencyBrand]: true };

/** Integer minor units of one currency. JSON: `{ "amount_minor": 1234, "currency": "EUR" }` is EUR 12.34. */
export type Money = { readonly amountMinor: number; readonly currency: Currency };

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

export function isCurrency(text: string): text is Currency {
  return CURRENCIES.has(text);
}

/** Throws RangeError for an unknown currency or an amount that is not a safe integer. */
export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError('money is a safe integer of minor units');
  if (!isCurrency(currency)) throw new RangeError(`not an ISO 4217 currency: ${currency}`);
  return { amountMinor, currency };
}

export function zero(currency: Currency): Money {
  return { amountMinor: 0, currency };
}

/** Throws RangeError when the currencies differ: converting is a pair of transfers with a dated rate, never a sum. */
export function addMoney(first: Money, ...rest: readonly Money[]): Money {
  let sum = first.amountMinor;
  for (const part of rest) {
    if (part.currency !== first.currency)
      throw new RangeError(`cannot add ${part.currency} to ${first.currency}`);
    sum += part.amountMinor;
  }
  return money(sum, first.currency);
}

export function subtractMoney(first: Money, second: Money): Money {
  return addMoney(first, { amountMinor: -second.amountMinor, currency: second.currency });
}

/** Digits behind the point: 2 for EUR, 0 for JPY, 3 for KWD (CLDR through Intl). */
export function minorDigits(currency: Currency): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/**
 * `amount` of minor units times `numerator / denominator`, rounded half away from zero, in exact integer arithmetic.
 * Throws RangeError when the denominator is not positive.
 */
export function scaleMinor(amountMinor: number, numerator: number, denominator: number): number {
  if (denominator <= 0) throw new RangeError('the denominator is positive');
  const product = BigInt(amountMinor) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const doubled = product * 2n + (product < 0n ? -divisor : divisor);
  return Number(doubled / (divisor * 2n));
}

/**
 * Splits an amount by integer weights so that the parts sum to exactly the whole (largest remainder, earlier part
 * first). Throws RangeError for no or negative weights, or weights that sum to 0.
 */
export function splitMoney(whole: Money, weights: readonly number[]): readonly Money[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (
    weights.length === 0 ||
    total <= 0 ||
    weights.some((weight) => weight < 0 || !Number.isSafeInteger(weight))
  ) {
    throw new RangeError('weights are non-negative integers with a positive sum');
  }
  const sign = whole.amountMinor < 0 ? -1 : 1;
  const amount = BigInt(Math.abs(whole.amountMinor));
  const parts = weights.map((weight, index) => {
    const product = amount * BigInt(weight);
    return { index, floor: product / BigInt(total), remainder: product % BigInt(total) };
  });
  let left = Number(amount - parts.reduce((sum, part) => sum + part.floor, 0n));
  const extra = new Set<number>();
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
  );
  for (const part of byRemainder) {
    if (left === 0) break;
    extra.add(part.index);
    left -= 1;
  }
  return parts.map((part) => ({
    amountMinor: sign * (Number(part.floor) + (extra.has(part.index) ? 1 : 0)),
    currency: whole.currency,
  }));
}
