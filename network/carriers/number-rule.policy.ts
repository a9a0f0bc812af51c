import { CHECK_RULES } from './check-digit.policy.ts';
import type { Carrier, NumberRule } from './model.ts';

/** Longest text that is looked at; no carrier number is longer (FedEx's 34-digit barcode is the longest we know). */
const LONGEST = 40;

/**
 * A number as people and scanners write it, made comparable: blanks and hyphens removed, upper case. Undefined when
 * what remains is not 4 to 40 letters and digits.
 */
export function normaliseNumber(text: string): string | undefined {
  if (text.length > 4 * LONGEST) return undefined;
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  return /^[0-9A-Z]{4,40}$/.test(plain) ? plain : undefined;
}

/** Whether a normalised number has the rule's shape and its check digit holds. */
export function obeysRule(rule: NumberRule, number: string): boolean {
  if (number.length > LONGEST || !rule.shape.test(number)) return false;
  const [from, to] = rule.checked ?? [0, number.length];
  return CHECK_RULES[rule.check].verify(number.slice(from, to));
}

/** The first rule of the carrier that the number obeys; undefined when none does: the number is not the carrier's. */
export function findNumberRule(carrier: Carrier, number: string): NumberRule | undefined {
  return carrier.numberRules.find((rule) => obeysRule(rule, number));
}

/** The carrier's tracking page for a number; undefined when none is known. */
export function trackingUrlOf(carrier: Carrier, number: string): string | undefined {
  return carrier.trackingUrl?.replace('{number}', encodeURIComponent(number));
}
