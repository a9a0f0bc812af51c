import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBlindIndex, deriveKey, normaliseDigits, normaliseText } from './blind-index.ts';

const KEY = new Uint8Array(32).fill(7);
const index = createBlindIndex({ key: KEY });
const hex = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('hex');

describe('a blind index', () => {
  it('finds the same text again, however it is spaced or cased', () => {
    expect(index.of('org_a', 'email', 'Ann@Example.COM ')).toHaveLength(16);
    expect(index.of('org_a', 'email', 'Ann@Example.COM ')).toEqual(
      index.of('org_a', 'email', 'ann@example.com'),
    );
    expect(index.of('org_a', 'phone', '+86 139-1234 5678', 'digits')).toEqual(
      index.of('org_a', 'phone', '+８６13912345678', 'digits'),
    );
  });

  it('is another one for another tenant, field, form, text and key', () => {
    const base = hex(index.of('org_a', 'email', '12'));
    const others = [
      index.of('org_b', 'email', '12'),
      index.of('org_a', 'phone', '12'),
      index.of('org_a', 'email', '12', 'digits'),
      index.of('org_a', 'email', '1 2'),
      createBlindIndex({ key: new Uint8Array(32).fill(8) }).of('org_a', 'email', '12'),
    ].map(hex);
    expect(new Set([base, ...others]).size).toBe(6);
  });

  it('stays the same over restarts and over more tenants than it remembers', () => {
    const before = hex(index.of('org_0', 'f', 'x'));
    for (let tenant = 0; tenant < 3000; tenant += 1) index.of(`org_${tenant}`, 'f', 'x');
    expect(hex(index.of('org_0', 'f', 'x'))).toBe(before);
    expect(hex(createBlindIndex({ key: KEY }).of('org_0', 'f', 'x'))).toBe(before);
  });

  it('is not moved by a caller that wipes its copy of the key', () => {
    const own = Uint8Array.from(KEY);
    const careful = createBlindIndex({ key: own });
    own.fill(0);
    expect(hex(careful.of('org_z', 'f', 'x'))).toBe(hex(index.of('org_z', 'f', 'x')));
  });

  it('is different for different texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (first, second) => {
        const same = normaliseText(first) === normaliseText(second);
        expect(hex(index.of('t', 'f', first)) === hex(index.of('t', 'f', second))).toBe(same);
      }),
    );
  });

  it('needs a key of 32 bytes', () => {
    expect(() => createBlindIndex({ key: new Uint8Array(31) })).toThrow(RangeError);
  });
});

describe('comparable text', () => {
  it.each([
    ['  Zhang\t San\n', 'zhang san'],
    ['ＺＨＡＮＧ', 'zhang'],
    ['e\u0301', '\u00e9'],
    ['   ', undefined],
    ['', undefined],
  ])('%j is %j', (text, expected) => {
    expect(normaliseText(text)).toBe(expected);
  });

  it.each([
    ['+86 (139) 1234-5678', '+8613912345678'],
    ['139.1234.5678', '13912345678'],
    ['12345678910-1234', '123456789101234'],
    // A masked number must not pass for a shorter whole one.
    ['138----5678', undefined],
    ['139******78', undefined],
    ['138..5678', undefined],
    ['138xxxx5678', undefined],
    ['-', undefined],
    ['', undefined],
    ['0139+12', undefined],
  ])('the number %j is %j', (text, expected) => {
    expect(normaliseDigits(text)).toBe(expected);
  });
});

describe('a derived key', () => {
  it('is its own for each purpose', () => {
    expect(deriveKey(KEY, 'a')).toHaveLength(32);
    expect(deriveKey(KEY, 'a')).toEqual(deriveKey(KEY, 'a'));
    expect(deriveKey(KEY, 'a')).not.toEqual(deriveKey(KEY, 'b'));
    expect(deriveKey(KEY, 'a')).not.toEqual(KEY);
  });
});
