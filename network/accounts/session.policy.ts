import { addMs, type Instant, msBetween } from '../kernel/index.ts';

/** Source: our defaults; OWASP Session Management asks for both an idle and an absolute end. */
export const SESSION_IDLE_MS = 12 * 3_600_000;
export const SESSION_LONGEST_MS = 14 * 86_400_000;
/** Use is written down this seldom, so that a read does not cost a write each time; idle ends that much earlier. */
export const SESSION_TOUCH_MS = 5 * 60_000;

export type SessionTimes = {
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | undefined;
};

export function newSessionTimes(now: Instant): SessionTimes {
  return {
    createdAt: now,
    lastSeenAt: now,
    expiresAt: addMs(now, SESSION_LONGEST_MS),
    revokedAt: undefined,
  };
}

export function isSessionAlive(session: SessionTimes, now: Instant): boolean {
  return (
    session.revokedAt === undefined &&
    session.expiresAt > now &&
    msBetween(session.lastSeenAt, now) < SESSION_IDLE_MS
  );
}

export function isTouchDue(session: SessionTimes, now: Instant): boolean {
  return msBetween(session.lastSeenAt, now) >= SESSION_TOUCH_MS;
}
