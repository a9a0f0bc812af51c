/** Longer than a day is never waited for on a carrier's word alone. Our default. */
const MAX_WAIT_MS = 86_400_000;

/** `Retry-After` in milliseconds (RFC 9110, section 10.2.3: seconds or a date); undefined for neither. */
export function readRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Math.min(Number(text) * 1_000, MAX_WAIT_MS);
  // Only a date of HTTP: others are read in surprising ways ("-5" would be a month of 2001).
  const wait = text.endsWith(' GMT') ? Date.parse(text) - nowMs : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), MAX_WAIT_MS);
}
