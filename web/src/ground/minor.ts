const AMOUNT = /^\s*(\d{1,12})(?:[.,](\d*))?\s*$/;

/** Is this an amount at all? For fields where 0 would be taken for one. */
export const isAmount = (text: string): boolean => AMOUNT.test(text);

/**
 * `12.34` or `12,34` in the small change of a currency (ISO 4217 by Intl), without floating point; more digits than the
 * currency has are cut off, and what is no amount is 0: the server refuses it by field.
 */
export function minorOf(text: string, currency: string): number {
  const digits = digitsOf(currency);
  const [, whole = '', part = ''] = AMOUNT.exec(text) ?? [];
  return whole === '' ? 0 : Number(whole + part.slice(0, digits).padEnd(digits, '0'));
}

/** The other way: `1234, EUR` is `12.34`, as a field for amounts shows what is stored. */
export function majorOf(of: { readonly amount_minor: number; readonly currency: string }): string {
  const digits = digitsOf(of.currency);
  const text = String(of.amount_minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function digitsOf(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}
