import { monotonicMs } from '../clock/index.ts';

export type RateDecision = {
  readonly allowed: boolean;
  readonly remaining: number;
  readonly resetSeconds: number;
};

/** Token bucket per caller, in memory of this process. `perMinute` tokens refill evenly; `burst` is the bucket. */
export function createRateLimiter(options: { readonly perMinute: number; readonly burst: number }) {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = options.perMinute / 60_000;
  const MAX_CALLERS = 50_000;
  return {
    policy: `"default";q=${options.burst};w=${Math.max(1, Math.ceil(options.burst / (perMs * 1000)))}`,
    /** One that was taken for nothing, such as a try that was none. */
    giveBack(caller: string): void {
      const bucket = buckets.get(caller);
      if (bucket !== undefined) bucket.tokens = Math.min(options.burst, bucket.tokens + 1);
    },
    take(caller: string): RateDecision {
      const now = monotonicMs();
      let bucket = buckets.get(caller);
      if (bucket === undefined) {
        if (buckets.size >= MAX_CALLERS) buckets.delete(buckets.keys().next().value ?? '');
        bucket = { tokens: options.burst, at: now };
      } else buckets.delete(caller);
      buckets.set(caller, bucket);
      bucket.tokens = Math.min(options.burst, bucket.tokens + (now - bucket.at) * perMs);
      bucket.at = now;
      const allowed = bucket.tokens >= 1;
      if (allowed) bucket.tokens -= 1;
      const missing = allowed ? options.burst - bucket.tokens : 1 - bucket.tokens;
      return {
        allowed,
        remaining: Math.floor(bucket.tokens),
        resetSeconds: Math.ceil(missing / perMs / 1000),
      };
    },
  };
}
export type RateLimiter = ReturnType<typeof createRateLimiter>;
