import type { NumberSegment } from './model.ts';

/** Numbers that one lease takes (our default): one transaction and one synced file write per thousand numbers. */
export const BLOCK_SIZE = 1_000;
/** When little is left a lease takes this part of it, so that several processes share the rest; our default. */
const SHARE_OF_REST = 8;
/** But not fewer than this many, or the end of a segment would cost a transaction per number; our default. */
const SMALLEST_BLOCK = 20;
/** Stock alarm below this share (source: domain 1.3, our default). */
export const LOW_WATER_PERCENT = 20;
/** A range may be loaded again only so long after its last use (source: domain 1.3, our default). */
export const REST_DAYS = 180;
/** A process stops handing out numbers of a block after this, and ... */
export const BLOCK_LIFE_MS = 24 * 3_600_000;
/** ... after this what it did not issue counts as lost: no command runs for a day. Our defaults. */
export const BLOCK_CLOSING_MS = 48 * 3_600_000;

export function remainingSerials(segment: Pick<NumberSegment, 'toSerial' | 'nextSerial'>): number {
  return segment.toSerial - segment.nextSerial + 1;
}

/** How many numbers a lease takes when `wanted` are needed at once. */
export function blockSize(remaining: number, wanted: number): number {
  const usual = Math.min(BLOCK_SIZE, Math.max(SMALLEST_BLOCK, Math.ceil(remaining / SHARE_OF_REST)));
  return Math.min(remaining, Math.max(usual, wanted));
}

/** Whether a lease crossed the low-water mark or took the last number; each is announced once per segment. */
export function alarmsOf(
  segment: Pick<
    NumberSegment,
    'fromSerial' | 'toSerial' | 'nextSerial' | 'lowWaterPercent' | 'lowAnnouncedAt' | 'exhaustedAt'
  >,
): { readonly low: boolean; readonly exhausted: boolean } {
  const size = segment.toSerial - segment.fromSerial + 1;
  const left = remainingSerials(segment);
  return {
    low: segment.lowAnnouncedAt === undefined && left * 100 <= size * segment.lowWaterPercent,
    exhausted: segment.exhaustedAt === undefined && left === 0,
  };
}

export type SegmentCount = {
  readonly used: number;
  readonly cancelled: number;
  readonly printed: number;
  readonly expired: number;
};

/**
 * The counters of a stock account (source: WaybillBranchAccount of the electronic waybill service). `balance` is
 * what the holder still has of what he got: size - used + cancelled - lost. `available` is what can still be
 * issued: a cancelled number goes back to the balance, yet is not issued a second time.
 */
export function stockOf(
  segment: Pick<NumberSegment, 'fromSerial' | 'toSerial' | 'lost'>,
  count: SegmentCount,
): SegmentCount & {
  readonly size: number;
  readonly lost: number;
  readonly balance: number;
  readonly available: number;
} {
  const size = segment.toSerial - segment.fromSerial + 1;
  return {
    size,
    used: count.used,
    cancelled: count.cancelled,
    printed: count.printed,
    expired: count.expired,
    lost: segment.lost,
    balance: size - count.used + count.cancelled - segment.lost,
    available: size - count.used - segment.lost,
  };
}
