import { timingSafeEqual } from 'node:crypto';

/** Four digits, as the Guoguo courier asks for at the door (domain reference 5.2). */
export const CODE_PATTERN = /^\d{4}$/;

/** The largest multiple of 10,000 below 2^16: draws above it are thrown away, or small codes would come more often. */
const FAIR_BELOW = 60_000;

/** Four digits, all equally likely. `bytes(n)` gives n random bytes. */
export function newCode(bytes: (length: number) => Uint8Array): string {
  for (;;) {
    const [high = 0, low = 0] = bytes(2);
    const drawn = high * 256 + low;
    if (drawn < FAIR_BELOW) return String(drawn % 10_000).padStart(4, '0');
  }
}

/** Compares in the same time whatever digits fit. */
export function isSameCode(first: Uint8Array, second: Uint8Array): boolean {
  return first.length === second.length && timingSafeEqual(first, second);
}
