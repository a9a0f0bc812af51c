import { addMs, type Instant, msBetween } from '../kernel/index.ts';
import { MILESTONES, type ParcelReading, type ParcelStatus } from '../tracking/index.ts';
import type { NumberAnswer, NumberResult } from './outcome.policy.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How often a number is asked for, by what its carrier last said. Sources: Techship tracking monitor (every 3 hours,
 * without news 6, 12, 24, from the start again with the first news), AfterShip (every 3 to 12 hours), DHL Developer
 * Portal (at most 10 fetches a shipment and day). The hour of a parcel on the van is ours.
 */
const EVERY_MS: Readonly<Partial<Record<ParcelStatus, number>>> = {
  out_for_delivery: HOUR_MS,
  info_received: 6 * HOUR_MS,
  available_for_pickup: 12 * HOUR_MS,
  returning: 12 * HOUR_MS,
};
const USUAL_MS = 3 * HOUR_MS;
const LONGEST_MS = DAY_MS;
/** An older copy of an answer is soon followed by the present one. Our default. */
const AFTER_STALE_MS = HOUR_MS;
/** A number that no carrier knows ages out. Source: AfterShip, "expired" after 30 days without information. */
export const UNKNOWN_DAYS = 30;
/** Source: Kuaidi100, a subscription ends after 60 days without a change. */
export const QUIET_DAYS = 60;

export const END_REASONS = ['terminal', 'unknown_too_long', 'quiet_too_long', 'stopped'] as const;
export type EndReason = (typeof END_REASONS)[number];

export type PolledNumber = {
  readonly wantedAt: Instant;
  /** Of the last news. */
  readonly changedAt: Instant | undefined;
  readonly newestScanAt: Instant | undefined;
  /** Looks without news since then. */
  readonly quietPolls: number;
  readonly status: ParcelStatus;
};

export type NextPoll = PolledNumber & {
  readonly lastResult: NumberResult;
  readonly nextPollAt: Instant;
  readonly endReason: EndReason | undefined;
};

/** What the newest scan of the carrier means, and whether it has no more to say; `not_found` before the first. */
export function stateIn({ scans }: ParcelReading): {
  readonly status: ParcelStatus;
  readonly isOver: boolean;
} {
  const [first, ...more] = scans;
  if (first === undefined) return { status: 'not_found', isOver: false };
  const newest = more.reduce(
    (best, scan) => (scan.time.occurredAt > best.time.occurredAt ? scan : best),
    first,
  );
  if (newest.milestone === 'unmapped') return { status: 'unknown', isOver: false };
  const { status, terminal } = MILESTONES[newest.milestone];
  return { status, isOver: terminal };
}

/** `spread`: from 0 to 1, the number's own, so that numbers of one day do not come due in one moment. */
export function planNext(polled: PolledNumber, answer: NumberAnswer, now: Instant, spread: number): NextPoll {
  const isNews = answer.result === 'news';
  const told = isNews && answer.parcel !== undefined ? stateIn(answer.parcel) : undefined;
  const seen: PolledNumber = {
    wantedAt: polled.wantedAt,
    changedAt: isNews ? now : polled.changedAt,
    newestScanAt: isNews ? answer.newestScanAt : polled.newestScanAt,
    quietPolls: isNews ? 0 : polled.quietPolls + 1,
    status: told?.status ?? polled.status,
  };
  const waitMs = answer.result === 'stale' ? AFTER_STALE_MS : waitOf(seen);
  return {
    ...seen,
    lastResult: answer.result,
    nextPollAt: addMs(now, Math.round(waitMs * (0.95 + spread / 10))),
    endReason: told?.isOver === true ? 'terminal' : endOf(seen, answer.result, now),
  };
}

function waitOf({ status, quietPolls }: PolledNumber): number {
  return Math.min((EVERY_MS[status] ?? USUAL_MS) * 2 ** Math.min(quietPolls, 5), LONGEST_MS);
}

function endOf(seen: PolledNumber, result: NumberResult, now: Instant): EndReason | undefined {
  if (seen.changedAt === undefined)
    return msBetween(seen.wantedAt, now) > UNKNOWN_DAYS * DAY_MS ? 'unknown_too_long' : undefined;
  return result !== 'news' && msBetween(seen.changedAt, now) > QUIET_DAYS * DAY_MS
    ? 'quiet_too_long'
    : undefined;
}
