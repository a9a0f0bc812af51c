/** Digits behind the point that a rate keeps: the API counts in 1/100,000,000 (`rate_e8`). */
const DIGITS = 8;

/** `7.8125` or `7,8125` as `rate_e8`, without floating point; 0 when it is no rate: the server refuses it by field. */
export function rateOf(text: string): number {
  const [, whole, part = ''] = /^\s*(\d{1,7})(?:[.,](\d{0,8}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? 0 : Number(whole + part.padEnd(DIGITS, '0'));
}

/** The other way round, without the zeros at its end. */
export function textOfRate(rateE8: number): string {
  const digits = String(rateE8).padStart(DIGITS + 1, '0');
  const part = digits.slice(-DIGITS).replace(/0+$/, '');
  return digits.slice(0, -DIGITS) + (part === '' ? '' : `.${part}`);
}
