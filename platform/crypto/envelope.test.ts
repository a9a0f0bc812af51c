import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyRing, open, SealError, type SealFault, seal } from './envelope.ts';

const KEK = new Uint8Array(32).map((_, index) => index);
const OTHER = new Uint8Array(32).map((_, index) => 255 - index);
const CONTEXT = ['org_a', '2026-11'];
const text = (value: string) => new TextEncoder().encode(value);

function faultOf(action: () => unknown): SealFault | 'none' {
  try {
    action();
  } catch (error) {
    if (error instanceof SealError) return error.fault;
    throw error;
  }
  return 'none';
}

describe('sealed bytes', () => {
  const key = createKeyRing({ kek: KEK }).generateDataKey(CONTEXT).plain;

  it('come back as they were', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.string(), { maxLength: 3 }),
        (plain, binding) => {
          const sealed = seal(key, plain, binding);
          expect(sealed.length).toBe(plain.length + 29);
          expect(Uint8Array.from(open(key, sealed, binding))).toEqual(Uint8Array.from(plain));
        },
      ),
    );
  });

  it('are different each time', () => {
    const once = new Set(
      Array.from({ length: 1000 }, () => Buffer.from(seal(key, text('x'), [])).toString('hex')),
    );
    expect(once.size).toBe(1000);
  });

  it('are refused when any one bit is turned', () => {
    const sealed = seal(key, text('Zhang San'), ['org_a', 'pty_1']);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Uint8Array.from(sealed);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(faultOf(() => open(key, altered, ['org_a', 'pty_1']))).toBe(
        bit < 8 ? 'malformed' : 'not_authentic',
      );
    }
  });

  it('are refused at any shorter or longer length', () => {
    const sealed = seal(key, text('Zhang San'), []);
    for (let length = 0; length < sealed.length; length += 1) {
      expect(faultOf(() => open(key, sealed.subarray(0, length), []))).toBe(
        length < 29 ? 'malformed' : 'not_authentic',
      );
    }
    expect(faultOf(() => open(key, Buffer.concat([sealed, text('x')]), []))).toBe('not_authentic');
  });

  it.each([
    [['org_b', 'pty_1']],
    [['org_a', 'pty_2']],
    [['org_ap', 'ty_1']],
    [['org_a']],
    [['org_a', 'pty_1', '']],
    [['org_a","pty_1']],
  ])('do not open in another place: %j', (binding) => {
    const sealed = seal(key, text('secret'), ['org_a', 'pty_1']);
    expect(faultOf(() => open(key, sealed, binding))).toBe('not_authentic');
  });

  it('do not open with another key, and a key of another length is a mistake', () => {
    const sealed = seal(key, text('secret'), []);
    expect(faultOf(() => open(OTHER, sealed, []))).toBe('not_authentic');
    expect(() => open(OTHER.subarray(1), sealed, [])).toThrow(RangeError);
    expect(() => seal(new Uint8Array(16), text('secret'), [])).toThrow(RangeError);
  });

  it('never show in the error', () => {
    const sealed = seal(key, text('Zhang San'), []);
    expect(() => open(OTHER, sealed, [])).toThrow(/^sealed bytes refused: not_authentic$/);
  });
});

describe('data keys', () => {
  const ring = createKeyRing({ kek: KEK });

  it('are fresh, and come back from their wrapping', () => {
    const [first, second] = [ring.generateDataKey(CONTEXT), ring.generateDataKey(CONTEXT)];
    expect(first.plain).not.toEqual(second.plain);
    expect(Uint8Array.from(ring.unwrap(first.wrapped, CONTEXT))).toEqual(Uint8Array.from(first.plain));
    expect(Buffer.from(first.wrapped).includes(Buffer.from(first.plain))).toBe(false);
  });

  it('are refused for another tenant or month, by another key, altered or cut', () => {
    const { wrapped } = ring.generateDataKey(CONTEXT);
    expect(faultOf(() => ring.unwrap(wrapped, ['org_b', '2026-11']))).toBe('not_authentic');
    expect(faultOf(() => ring.unwrap(wrapped, ['org_a', '2026-12']))).toBe('not_authentic');
    expect(faultOf(() => createKeyRing({ kek: OTHER }).unwrap(wrapped, CONTEXT))).toBe('not_authentic');
    expect(faultOf(() => ring.unwrap(wrapped.subarray(1), CONTEXT))).toBe('malformed');
    expect(faultOf(() => ring.unwrap(new Uint8Array(), CONTEXT))).toBe('malformed');
    for (let at = 0; at < wrapped.length; at += 1) {
      const altered = Uint8Array.from(wrapped);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const fault = at === 0 ? 'malformed' : at === 1 ? 'unknown_key_version' : 'not_authentic';
      expect(faultOf(() => ring.unwrap(altered, CONTEXT))).toBe(fault);
    }
  });

  it('survive a rotation: old ones open, new ones take the new key, rewrapped ones need the old no more', () => {
    const old = ring.generateDataKey(CONTEXT);
    const both = createKeyRing({
      kek: [
        { version: 1, key: KEK },
        { version: 2, key: OTHER },
      ],
    });
    expect(both.currentVersion).toBe(2);
    expect(Uint8Array.from(both.unwrap(old.wrapped, CONTEXT))).toEqual(Uint8Array.from(old.plain));
    const next = createKeyRing({ kek: [{ version: 2, key: OTHER }] });
    expect(faultOf(() => next.unwrap(old.wrapped, CONTEXT))).toBe('unknown_key_version');
    const rewrapped = both.rewrap(old.wrapped, CONTEXT);
    expect(Uint8Array.from(next.unwrap(rewrapped, CONTEXT))).toEqual(Uint8Array.from(old.plain));
  });

  it.each([
    ['no key', []],
    ['a short key', new Uint8Array(31)],
    ['version 0', [{ version: 0, key: KEK }]],
    ['version 256', [{ version: 256, key: KEK }]],
    [
      'a version twice',
      [
        { version: 1, key: KEK },
        { version: 1, key: OTHER },
      ],
    ],
  ])('need a proper ring, not %s', (_, kek) => {
    expect(() => createKeyRing({ kek })).toThrow(RangeError);
  });
});
