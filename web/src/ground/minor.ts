/**
 * `12.34` or `12,34` in the small change of a currency (ISO 4217 by Intl), without floating point; more digits than the
 * currency has are cut off, and what is no amount is 0: the server refuses it by field.
 */
export function minorOf(text: string, currency: string): number {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const [, whole = '', part = ''] = /^\s*(\d{1,12})(?:[.,](\d*))?\s*$/.exec(text) ?? [];
  return whole === '' ? 0 : Number(whole + part.slice(0, digits).padEnd(digits, '0'));
}
