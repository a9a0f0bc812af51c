import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { randomBytes } from './random.ts';

/**
 * `prd_live_<id:16><secret:52><checksum:7>` in lower-case base 32: a key id of 80 bits that finds the row, 32 random
 * bytes, and the CRC-32 of all before, so that a mistyped or truncated key is refused without a look-up.
 */
export type ApiKeyParts = { readonly world: 'live' | 'test'; readonly keyId: string };

const SHAPE = /^prd_(live|test)_([a-z2-7]{16})([a-z2-7]{52})([a-z2-7]{7})$/;
/** Both worlds are written with four letters. */
const HEAD_LENGTH = 'prd_live_'.length + 16;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

export function mintApiKey(options: {
  readonly world: 'live' | 'test';
  readonly random?: (count: number) => Uint8Array;
}): {
  readonly text: string;
  readonly keyId: string;
} {
  const random = options.random ?? randomBytes;
  const keyId = base32(random(10));
  const head = `prd_${options.world}_${keyId}${base32(random(32))}`;
  return { text: head + checksum(head), keyId };
}

/** World and key id of a text that may be a key: what one and the same key begins with. */
export function headOfApiKey(text: string): string {
  return text.slice(0, HEAD_LENGTH);
}

/** Undefined for anything that is not a whole key with a right checksum. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [, world, keyId, , sum] = match;
  if (keyId === undefined || sum !== checksum(text.slice(0, -7))) return undefined;
  return { world: world === 'live' ? 'live' : 'test', keyId };
}

/** SHA-256: enough for a secret of 256 random bits. */
export function hashSecret(text: string): Uint8Array {
  return hash('sha256', text, 'buffer');
}

export function isSameSecret(stored: Uint8Array, given: Uint8Array): boolean {
  return stored.length === given.length && timingSafeEqual(stored, given);
}

/** As `base32` writes its four bytes, without making them: it is read at each request. */
function checksum(text: string): string {
  const sum = crc32(text);
  let written = '';
  for (let shift = 27; shift >= 0; shift -= 5) written += ALPHABET[(sum >>> shift) & 31];
  return written + ALPHABET[(sum << 3) & 31];
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET[(held << (5 - bits)) & 31];
}
