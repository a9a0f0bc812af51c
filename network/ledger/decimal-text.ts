/** `1234` with 2 digits is `12.34`; exact, no floating numbers. */
export function decimalText(amountMinor: number, digits: number): string {
  if (digits === 0) return String(amountMinor);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  return `${amountMinor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
