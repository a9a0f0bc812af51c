import { createHmac, timingSafeEqual } from 'node:crypto';

/** Digits and letters that nobody takes for another: without 0 1 I L O S U. 29 is prime, so the check finds every swap. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRTVWXYZ';
const PRIME = CODE_ALPHABET.length;
/** Seven drawn characters (1.7 x 10^10 codes) and the check character. */
export const CODE_LENGTH = 8;
const FAIR_BELOW = Math.floor(256 / PRIME) * PRIME;

/** A fresh code. `bytes(n)` gives n random bytes; draws that would favour some characters are thrown away. */
export function newCounterCode(bytes: (length: number) => Uint8Array): string {
  let body = '';
  while (body.length < CODE_LENGTH - 1) {
    const [drawn = 255] = bytes(1);
    if (drawn < FAIR_BELOW) body += CODE_ALPHABET[drawn % PRIME];
  }
  return body + checkCharacter(body);
}

/** Weighted sum modulo 29: finds every wrong character and every swap of two. */
function checkCharacter(body: string): string {
  let sum = 0;
  for (const [index, character] of [...body].entries()) sum += (index + 1) * CODE_ALPHABET.indexOf(character);
  return CODE_ALPHABET[sum % PRIME] ?? '';
}

/** The code in a text that a clerk typed or a camera read, without its blanks and hyphens; undefined: none. */
export function readTypedCode(text: string): string | undefined {
  const code = text.toUpperCase().replace(/[\s-]/g, '');
  if (code.length !== CODE_LENGTH || [...code].some((one) => !CODE_ALPHABET.includes(one))) return undefined;
  const body = code.slice(0, -1);
  return checkCharacter(body) === code.at(-1) ? code : undefined;
}

/** As people read it aloud: `7K3M-PQ9C`. */
export function spelled(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a code opens at a counter: goods that go back, or a parcel that somebody sends. */
export type CodeUse = 'return' | 'mailing';
/** How its QR begins, so that a counter knows whom to ask. */
const MARK: Readonly<Record<CodeUse, string>> = { return: 'PR1', mailing: 'PM1' };

const QR = /^([A-Z0-9]{3}):([0-9A-Z]{8}):([A-Za-z0-9_-]{22})$/;
const SIGNATURE_BYTES = 16;

/** What the QR shows: the code and our signature, and nothing of a person. */
export function qrOf(key: Uint8Array, use: CodeUse, code: string): string {
  return `${MARK[use]}:${code}:${Buffer.from(signatureOf(key, use, code)).toString('base64url')}`;
}

/** The code in a QR that we signed for this use; undefined for every other text. */
export function readQr(key: Uint8Array, use: CodeUse, text: string): string | undefined {
  const [, mark, code = '', given = ''] = QR.exec(text.trim()) ?? [];
  if (mark !== MARK[use] || readTypedCode(code) === undefined) return undefined;
  const signature = Buffer.from(given, 'base64url');
  return signature.length === SIGNATURE_BYTES && timingSafeEqual(signature, signatureOf(key, use, code))
    ? code
    : undefined;
}

function signatureOf(key: Uint8Array, use: CodeUse, code: string): Uint8Array {
  return createHmac('sha256', key).update(`${use} qr ${code}`).digest().subarray(0, SIGNATURE_BYTES);
}

/** What a code is looked up by: nobody finds the code from it without the key. */
export function codeIndexOf(key: Uint8Array, use: CodeUse, code: string): Uint8Array {
  return createHmac('sha256', key).update(`${use} code ${code}`).digest();
}

/** Wrong codes of one clerk within an hour before the counter has to wait. */
export const WRONG_TRIES_ALLOWED = 5;
export const TRIES_WINDOW_MS = 3_600_000;
