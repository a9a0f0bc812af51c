import { addMs, type Instant } from '../kernel/index.ts';
import type { PullOutcome } from './outcome.policy.ts';

/**
 * How a source does. `closed`: asked as planned; `open`: left alone until `resumeAt`; `half_open`: one request at a
 * time tells whether it is well again. Told from the streak and the instant, so nothing has to move it.
 */
export type BreakerState = 'closed' | 'open' | 'half_open';
export type SourceHealth = { readonly errorStreak: number; readonly resumeAt: Instant | undefined };

/** So many failures in a row open the breaker. Our default. */
export const OPENS_AT = 3;
/** Waits after the first, second, ... failure in a row: doubling from 30 s to half an hour. Our default. */
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 1_800_000;
/** Only a person mends a credential; asking with a wrong one gets it locked by some carriers. Our default. */
const CREDENTIAL_WAIT_MS = 3_600_000;

export function breakerOf({ errorStreak, resumeAt }: SourceHealth, now: Instant): BreakerState {
  if (errorStreak < OPENS_AT) return 'closed';
  return resumeAt !== undefined && now < resumeAt ? 'open' : 'half_open';
}

/** What the carrier asks for counts as least; it never shortens our own wait. */
export function afterOutcome(
  health: SourceHealth,
  outcome: PullOutcome,
  retryAfterMs: number | undefined,
  now: Instant,
): SourceHealth {
  if (outcome === 'read') return { errorStreak: 0, resumeAt: undefined };
  const errorStreak = health.errorStreak + 1;
  const doubled = Math.min(FIRST_WAIT_MS * 2 ** Math.min(errorStreak - 1, 10), LONGEST_WAIT_MS);
  const ownMs = outcome === 'credential_refused' ? CREDENTIAL_WAIT_MS : doubled;
  return { errorStreak, resumeAt: addMs(now, Math.max(ownMs, retryAfterMs ?? 0)) };
}
