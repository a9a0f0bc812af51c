import type { RequestRate } from '../../network/polling/connector-contract.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

export const perSecond = (requests: number): RequestRate => ({
  requests,
  perMs: SECOND_MS,
  burst: Math.max(1, Math.ceil(requests)),
});
export const perMinute = (requests: number): RequestRate => ({ requests, perMs: 60 * SECOND_MS, burst: 5 });
export const perHour = (requests: number): RequestRate => ({ requests, perMs: 3_600 * SECOND_MS, burst: 5 });
export const perDay = (requests: number): RequestRate => ({ requests, perMs: DAY_MS, burst: 10 });

/** Where the carrier's document names no limit: slow enough to be nobody's burden. */
export const UNSTATED_RATE: RequestRate = perSecond(2);
export const UNSTATED = 'no limit is documented; our default';
