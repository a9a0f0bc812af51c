import { createHash } from 'node:crypto';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits before the 2nd to the 10th attempt; the first is immediate. Source: Standard Webhooks, "Retry schedule". */
export const RETRY_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];
/** At most so much later than the schedule says, so that what failed together does not come back together. */
export const JITTER = 0.1;
/** A receiver may ask for a later attempt by Retry-After, up to this; our default. */
export const MAX_RETRY_AFTER_MS = 24 * HOUR;

/**
 * Milliseconds from a failed attempt to the next; undefined when that was the last. `attempt` counts from 1, `seed`
 * makes the jitter: the same seed and attempt give the same wait.
 */
export function waitAfter(
  attempt: number,
  seed: string,
  retryAfterMs: number | undefined,
): number | undefined {
  const planned = RETRY_MS[attempt - 1];
  if (planned === undefined) return undefined;
  const part = createHash('sha256').update(`${seed}:${attempt}`).digest().readUInt32BE() / 0x1_0000_0000;
  const jittered = Math.round(planned * (1 + JITTER * part));
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}

/** `Retry-After` as milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); undefined when it is neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
