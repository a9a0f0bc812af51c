import type { Difference } from './verdict.ts';

/** Prefixes of our own carriers' numbers: three letters, eleven digits, one check digit. */
const FORM = /^(PRC|PRE|PRB|PRL)(\d{11})(\d)$/;

/**
 * ISO/IEC 7064, MOD 11,10: over all digits p = ((p + digit) mod 10, or 10 for 0) x 2 mod 11, begun with 10; the check
 * digit is the one that makes the last sum 1 modulo 10. Written from the standard, not from the network's code.
 */
export function checkDigitOf(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (product + Number(digit)) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return String((11 - product) % 10);
}

/** Each number has the form of its carrier, a right check digit, and was given to one parcel only. */
export function judgeNumbers(
  numbers: readonly { readonly number: string; readonly parcel: string }[],
): Difference[] {
  const differences: Difference[] = [];
  const owner = new Map<string, string>();
  for (const { number, parcel } of numbers) {
    const [, , digits = '', check] = FORM.exec(number) ?? [];
    if (check === undefined)
      differences.push({
        kind: 'number_format',
        subject: number,
        expected: 'letters and 12 digits',
        found: number,
      });
    else if (check !== checkDigitOf(digits))
      differences.push({
        kind: 'number_check_digit',
        subject: number,
        expected: checkDigitOf(digits),
        found: check,
      });
    const before = owner.get(number);
    if (before !== undefined && before !== parcel)
      differences.push({ kind: 'number_repeated', subject: number, expected: before, found: parcel });
    owner.set(number, parcel);
  }
  return differences;
}
