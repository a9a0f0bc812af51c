import { addMs, type Instant, latest } from '../kernel/index.ts';
import type { RequestRate } from './connector-contract.ts';

/** A token bucket as one instant: when it would be full again (the generic cell rate algorithm, ITU-T I.371). */
export type Bucket = { readonly fullAt: Instant };

/** The bucket after `requests` more, and when the next one may go. */
export function afterRequests(
  bucket: Bucket,
  rate: RequestRate,
  now: Instant,
  requests: number,
): { readonly bucket: Bucket; readonly nextAt: Instant } {
  const intervalMs = rate.perMs / rate.requests;
  const fullAt = addMs(latest(bucket.fullAt, now), Math.ceil(intervalMs * requests));
  const nextAt = latest(addMs(fullAt, -Math.floor(intervalMs * (rate.burst - 1))), now);
  return { bucket: { fullAt }, nextAt };
}
