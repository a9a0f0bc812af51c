import { addMs, type Instant, latest, msBetween } from '../kernel/index.ts';

/**
 * How failed log-ins are slowed: the first `free` cost nothing, then each doubles the wait. Our defaults.
 * `pair` is an account tried from one network; `account` the same account from anywhere: it lets many more through
 * and waits a minute at most, because everybody can fail in somebody else's name.
 */
export const SLOWING = {
  pair: { free: 5, firstWaitMs: 1_000, longestWaitMs: 900_000 },
  account: { free: 50, firstWaitMs: 1_000, longestWaitMs: 60_000 },
} as const;
export type SlowedBy = keyof typeof SLOWING;

/** Failures are forgotten this long after the last one. */
export const FORGET_MS = 86_400_000;

export type Attempts = {
  readonly key: string;
  readonly by: SlowedBy;
  readonly failures: number;
  readonly lastAt: Instant;
  readonly blockedUntil: Instant;
};

/** Milliseconds to wait after so many failures. */
export function waitMs(by: SlowedBy, failures: number): number {
  const rule = SLOWING[by];
  if (failures < rule.free) return 0;
  // 2 ** 30 is far beyond every longest wait.
  return Math.min(rule.longestWaitMs, rule.firstWaitMs * 2 ** Math.min(30, failures - rule.free));
}

/**
 * Counts an attempt before its password is looked at, so that many at once count as many: success takes it back.
 * Answers the counters to keep, or how long to wait; a slowed attempt does not count.
 */
export function takeAttempt(
  known: readonly Attempts[],
  now: Instant,
): { readonly slowedUntil: Instant } | { readonly counted: readonly Attempts[] } {
  // Who waits for nothing is in nobody's way, though his moment is a little later than this one's.
  const waiting = known.filter(({ by, failures }) => waitMs(by, failures) > 0);
  const until = waiting.reduce((end, entry) => latest(end, entry.blockedUntil), now);
  if (until > now) return { slowedUntil: until };
  return {
    counted: known.map((entry) => {
      const before = msBetween(entry.lastAt, now) > FORGET_MS ? 0 : entry.failures;
      const failures = before + 1;
      return { ...entry, failures, lastAt: now, blockedUntil: addMs(now, waitMs(entry.by, failures)) };
    }),
  };
}

/**
 * The network that an address stands for: an IPv4 address, or the /64 of an IPv6 one, which is what one customer
 * gets (RFC 6177), so that nobody has 2^64 addresses to fail from.
 */
export function networkOf(address: string): string {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
