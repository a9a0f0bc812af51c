import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashSecret, isSameSecret, mintApiKey, parseApiKey } from './api-key.ts';

describe('an API key', () => {
  it('says its world and its id, and no two are the same', () => {
    for (const world of ['live', 'test'] as const) {
      const { text, keyId } = mintApiKey({ world });
      expect(text.startsWith(`prd_${world}_${keyId}`)).toBe(true);
      expect(parseApiKey(text)).toEqual({ world, keyId });
    }
    expect(new Set(Array.from({ length: 1000 }, () => mintApiKey({ world: 'live' }).text)).size).toBe(1000);
  });

  it('takes its id and secret from what it is given', () => {
    const random = (count: number) => new Uint8Array(count).fill(255);
    const { text, keyId } = mintApiKey({ world: 'test', random });
    expect(keyId).toBe('7'.repeat(16));
    expect(text).toMatch(/^prd_test_7{67}[a-z2-7]{8}$/);
  });

  it('is refused with any one character changed, dropped, doubled or swapped', () => {
    const { text } = mintApiKey({ world: 'live' });
    for (let at = 0; at < text.length; at += 1) {
      const [head, one, tail] = [text.slice(0, at), text[at] ?? '', text.slice(at + 1)];
      const wrong = one === 'b' ? 'c' : 'b';
      expect(parseApiKey(head + wrong + tail)).toBeUndefined();
      expect(parseApiKey(head + tail)).toBeUndefined();
      expect(parseApiKey(head + one + one + tail)).toBeUndefined();
      const swapped = head + (tail[0] ?? '') + one + tail.slice(1);
      if (swapped !== text) expect(parseApiKey(swapped)).toBeUndefined();
    }
  });

  it('of the test world does not pass for one of the live world', () => {
    const { text } = mintApiKey({ world: 'test' });
    expect(parseApiKey(text.replace('_test_', '_live_'))).toBeUndefined();
  });

  it.each([
    '',
    'prd_live_',
    `prd_live_${'a'.repeat(75)}`,
    'Bearer prd_live_',
    ' ',
    '\u0000',
    '\ud800',
    'prd_live_'.repeat(100_000),
  ])('is not this text (%#)', (text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });

  it('does not come with spaces, line ends or capitals', () => {
    const { text } = mintApiKey({ world: 'live' });
    for (const wrong of [`${text}\n`, ` ${text}`, `${text} `, text.toUpperCase(), `${text}a`]) {
      expect(parseApiKey(wrong)).toBeUndefined();
    }
  });

  it('is never made by chance', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567'), maxLength: 80 }),
        (tail) => {
          expect(parseApiKey(`prd_live_${tail}`)).toBeUndefined();
        },
      ),
    );
  });
});

describe('a stored secret', () => {
  it('is known by its hash only', () => {
    const stored = hashSecret('prd_live_x');
    expect(stored).toHaveLength(32);
    expect(isSameSecret(stored, hashSecret('prd_live_x'))).toBe(true);
    expect(isSameSecret(stored, hashSecret('prd_live_y'))).toBe(false);
    expect(isSameSecret(stored, stored.subarray(1))).toBe(false);
    expect(isSameSecret(stored, new Uint8Array())).toBe(false);
  });
});
