import { createHash } from 'node:crypto';
import { randomBytes } from './random.ts';

/** 128 bits: nobody guesses it. */
const TOKEN_BYTES = 16;

/** An opaque secret for a session or a link: `bytes` (at least 16) random bytes as base64url. Shown once. */
export function newToken(bytes: number = TOKEN_BYTES): string {
  if (!(bytes >= TOKEN_BYTES)) throw new RangeError('a token has at least 16 bytes');
  return Buffer.from(randomBytes(bytes)).toString('base64url');
}

/** What is stored of a token: SHA-256, enough for a secret that is random. */
export function hashToken(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
