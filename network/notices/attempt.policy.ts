import { addDays, addMs, type Instant } from '../kernel/index.ts';
import type { DeliveryState, DisabledReason } from './model.ts';
import { retryAfterMs, waitAfter } from './retry.policy.ts';

/** Nothing but failures for so long switches an endpoint off. Source: promises ("automatic disable after 5 days"). */
export const FAILING_DAYS = 5;
/** An answer slower than this moves an endpoint to the workers for slow ones; our default. */
export const SLOW_MS = 2_000;
const LOG_CHARS = 1_000;
/**
 * So many failures in a row are the receiver's and not one message's: it is left alone, for 5 s at first, then twice
 * as long after each further failure, for 5 minutes at most; a single delivery tries again. Our defaults.
 */
export const PAUSE_AFTER = 5;
const FIRST_PAUSE_MS = 5_000;
export const LONGEST_PAUSE_MS = 300_000;
/** A receiver that asks for it by Retry-After is left alone at once, for so long at most; our default. */
const LONGEST_ASKED_PAUSE_MS = 3_600_000;

/** What came back from one attempt. */
export type AttemptResult = {
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly retryAfter: string | undefined;
  readonly durationMs: number;
};

export type EndpointHealth = {
  readonly state: 'enabled' | 'disabled';
  readonly disabledReason: DisabledReason | undefined;
  readonly disabledAt: Instant | undefined;
  readonly failingSince: Instant | undefined;
  readonly isSlow: boolean;
  /** In a row, since the last success. */
  readonly failures: number;
  /** Nothing is sent before it. */
  readonly resumeAt: Instant | undefined;
};

export type AfterAttempt = {
  readonly delivery: { readonly state: DeliveryState; readonly nextAttemptAt: Instant };
  readonly endpoint: EndpointHealth;
};

/**
 * What an attempt does to its delivery and to its endpoint. Only 2xx is success (redirects are not followed); 410
 * gives the delivery up and switches the endpoint off. `attempt` counts from 1; `nowMs` is the wall clock's, for a
 * Retry-After that is a date.
 */
export function afterAttempt(
  endpoint: EndpointHealth,
  delivery: { readonly id: string; readonly attempt: number },
  result: AttemptResult,
  now: Instant,
  nowMs: number,
): AfterAttempt {
  const isSlow = result.durationMs > SLOW_MS;
  if (result.status !== undefined && result.status >= 200 && result.status < 300) {
    return {
      delivery: { state: 'delivered', nextAttemptAt: now },
      endpoint: { ...endpoint, failingSince: undefined, isSlow, failures: 0, resumeAt: undefined },
    };
  }
  const failingSince = endpoint.failingSince ?? now;
  const failures = endpoint.failures + 1;
  const asked = retryAfterMs(result.retryAfter, nowMs);
  const pauseMs = pauseAfter(failures, asked);
  const resumeAt = pauseMs === 0 ? undefined : addMs(now, pauseMs);
  const health: EndpointHealth = { ...endpoint, failingSince, isSlow: true, failures, resumeAt };
  const wait = waitAfter(delivery.attempt, delivery.id, asked);
  const next: AfterAttempt['delivery'] =
    wait === undefined || result.status === 410
      ? { state: 'failed', nextAttemptAt: now }
      : { state: 'pending', nextAttemptAt: addMs(now, wait) };
  const reason = disableReason(result.status, failingSince, now);
  if (reason === undefined || endpoint.state === 'disabled') return { delivery: next, endpoint: health };
  return {
    delivery: next,
    endpoint: { ...health, state: 'disabled', disabledReason: reason, disabledAt: now },
  };
}

/** How long an endpoint is left alone after so many failures in a row. */
function pauseAfter(failures: number, askedMs: number | undefined): number {
  const doublings = failures - PAUSE_AFTER;
  const own = doublings < 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** Math.min(doublings, 20), LONGEST_PAUSE_MS);
  return Math.max(own, Math.min(askedMs ?? 0, LONGEST_ASKED_PAUSE_MS));
}

function disableReason(
  status: number | undefined,
  failingSince: Instant,
  now: Instant,
): 'gone' | 'failing' | undefined {
  if (status === 410) return 'gone';
  return addDays(failingSince, FAILING_DAYS) <= now ? 'failing' : undefined;
}

/** What the log keeps of an answer: its start, without control characters and halves of characters. */
export function logText(answer: string): string {
  return Array.from(answer.slice(0, 4 * LOG_CHARS).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' '))
    .slice(0, LOG_CHARS)
    .join('');
}
