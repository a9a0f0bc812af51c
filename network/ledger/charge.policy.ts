import type { ShareLine } from './model.ts';

const HOUR_MS = 3_600_000;

/** Waits before collecting again what a wallet could not pay. Source: freight payment states, RETRY(3, 1 h/6 h/24 h). */
export const RETRY_WAITS_MS: readonly number[] = [1 * HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS];

/** `wait`: try again after that long. `arrears`: the third failure; new orders of the payer are blocked. */
export function afterFailedAttempt(
  attempts: number,
): { readonly kind: 'wait'; readonly waitMs: number } | { readonly kind: 'arrears' } {
  const waitMs = RETRY_WAITS_MS[attempts];
  return waitMs === undefined ? { kind: 'arrears' } : { kind: 'wait', waitMs };
}

/**
 * What a wallet pays of a due amount: the held part always, more as far as the available funds reach.
 * All in minor units; `available` counts without the hold.
 */
export function payable(
  due: number,
  held: number,
  available: number,
): { readonly paid: number; readonly outstanding: number } {
  const paid = Math.min(due, held + Math.max(0, available));
  return { paid, outstanding: due - paid };
}

/** A part of a line that is paid from the wallet or owed. */
export type FundedLine = ShareLine & { readonly from: 'wallet' | 'arrears' };

/** Pays lines in their order until `paid` is used up; the line at the edge is cut in two. */
export function fundLines(lines: readonly ShareLine[], paid: number): readonly FundedLine[] {
  let left = paid;
  return lines.flatMap((line) => {
    const now = Math.min(line.amountMinor, left);
    left -= now;
    const later = line.amountMinor - now;
    return [
      ...(now > 0 ? [{ ...line, amountMinor: now, from: 'wallet' as const }] : []),
      ...(later > 0 ? [{ ...line, amountMinor: later, from: 'arrears' as const }] : []),
    ];
  });
}
