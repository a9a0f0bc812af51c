import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** MD5 and SHA-1 are what carriers ask for; nothing of ours rests on them. */
export const md5Hex = (text: string): string => createHash('md5').update(text, 'utf8').digest('hex');
export const md5Base64 = (text: string): string => createHash('md5').update(text, 'utf8').digest('base64');
export const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

export function hmacSha256Base64(
  key: string | Uint8Array,
  ...parts: readonly (string | Uint8Array)[]
): string {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('base64');
}

/** Compares a proof with what it should be, in a time that does not tell where they differ. */
export function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
