import { addDays, addMs, type Instant } from '../kernel/index.ts';
import type { DeclarationFacts } from './facts.ts';
import type { FalseTrackingDocument } from './rulebook.ts';

const HOUR_MS = 3_600_000;

/**
 * Until when a malformed number may be a slip of the pen that its merchant corrects: no case before. 24 hours is our
 * default, also for rules that were written before they could say so.
 */
export function slipEndsAt(facts: DeclarationFacts, rules: FalseTrackingDocument): Instant {
  return addMs(facts.declaration.numberDeclaredAt, (rules.slipHours ?? 24) * HOUR_MS);
}

/** 48 points close an account (domain reference 3.3); for half a year, our default. */
const SHIPPED = { points: 48, days: 180 } as const;

/**
 * Until when a merchant with so many points that stand may declare nothing: from the newest of them on. Undefined while
 * there are fewer.
 */
export function suspendedUntil(
  standing: { readonly points: number; readonly newestAt: Instant | undefined },
  rules: FalseTrackingDocument,
): Instant | undefined {
  const { points, days } = rules.restriction ?? SHIPPED;
  return standing.newestAt === undefined || standing.points < points
    ? undefined
    : addDays(standing.newestAt, days);
}
