import { hashSecret, hashToken, isSameSecret, newToken } from '../../platform/crypto/index.ts';
import { SESSION_LONGEST_MS } from './session.policy.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;
type WorldName = 'live' | 'test';

/**
 * `__Host-` binds the cookie to this host and to Secure (RFC 6265bis, 4.1.3.2): no neighbour below the same domain can
 * set it. Browsers count http://localhost as secure, so it works there in development without TLS; over plain
 * http elsewhere a browser drops it, which is meant.
 */
export const SESSION_COOKIE = '__Host-postroad';
export const CSRF_HEADER = 'postroad-csrf';

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';
const TOKEN = /^prs_(live|test)_[A-Za-z0-9_-]{43}$/;
const TOKEN_BYTES = 32;

/** The world stands in the token, so that one cookie serves both. */
export function newSessionToken(world: WorldName): string {
  return `prs_${world}_${newToken(TOKEN_BYTES)}`;
}

export function worldOfSessionToken(token: string): WorldName | undefined {
  const world = TOKEN.exec(token)?.[1];
  return world === 'live' || world === 'test' ? world : undefined;
}

export function sessionCookie(token: string): string {
  return `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}; Max-Age=${SESSION_LONGEST_MS / 1000}`;
}

export function endedSessionCookie(): string {
  return `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
}

/** The session's token from the Cookie header. Two of one name are nobody's: undefined, as for none. */
export function sessionTokenOf(headers: Headers): string | undefined {
  const given = headers.cookie;
  if (typeof given !== 'string') return undefined;
  const values = given
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${SESSION_COOKIE}=`))
    .map((pair) => pair.slice(SESSION_COOKIE.length + 1));
  const [token] = values;
  return values.length === 1 && token !== undefined && worldOfSessionToken(token) !== undefined
    ? token
    : undefined;
}

/**
 * What a script of our own pages sends in `postroad-csrf` and no other site can know: made from the session's token
 * by SHA-256, so it needs no storage and tells nothing about the token.
 */
export function csrfTokenOf(sessionToken: string): string {
  return Buffer.from(hashToken(`postroad-csrf\0${sessionToken}`)).toString('base64url');
}

/** What proofs of a device name the session by (`ath`, RFC 9449, 4.2); the page never sees the token itself. */
export function proofTokenHash(sessionToken: string): string {
  return Buffer.from(hashToken(sessionToken)).toString('base64url');
}

export function isCsrfProven(headers: Headers, sessionToken: string): boolean {
  const given = headers[CSRF_HEADER];
  return (
    typeof given === 'string' &&
    isSameSecret(hashSecret(csrfTokenOf(sessionToken)), hashSecret(given)) &&
    !isFromForeignPage(headers)
  );
}

/**
 * Does a browser say that a page of another site sent this? Sec-Fetch-Site where there is one (W3C Fetch Metadata),
 * else Origin against Host. Programs send neither.
 */
export function isFromForeignPage(headers: Headers): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = headers.origin;
  if (origin === undefined) return false;
  if (typeof origin !== 'string' || !URL.canParse(origin)) return true;
  return new URL(origin).host !== headers.host;
}
