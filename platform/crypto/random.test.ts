import { describe, expect, it } from 'vitest';
import { randomBytes, uuidv7Bytes } from './random.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const msOf = (uuid: Uint8Array) => Buffer.from(uuid).readUIntBE(0, 6);

describe('random bytes', () => {
  it.each([0, 1, 16, 8191, 8192, 8193, 100_000])('come in the count asked for: %d', (count) => {
    expect(randomBytes(count)).toHaveLength(count);
  });

  it('are handed out once, over the edges of the block', () => {
    const seen = new Set<string>();
    for (let draw = 0; draw < 5000; draw += 1) seen.add(hex(randomBytes(13)));
    expect(seen.size).toBe(5000);
  });

  it('belong to the caller: writing into them changes nobody else', () => {
    const mine = randomBytes(16);
    const before = hex(mine);
    randomBytes(16).fill(0);
    expect(hex(mine)).toBe(before);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('do not come in a count of %s', (count) => {
    expect(() => randomBytes(count)).toThrow(RangeError);
    expect(hex(randomBytes(16))).not.toBe('00'.repeat(16));
  });
});

describe('a UUID of version 7', () => {
  it('has version, variant and its millisecond', () => {
    const start = Date.UTC(2300, 0, 1, 12, 34, 56, 789);
    const uuid = uuidv7Bytes(start);
    expect(uuid).toHaveLength(16);
    expect(msOf(uuid)).toBe(start);
    expect((uuid[6] ?? 0) >> 4).toBe(7);
    expect((uuid[8] ?? 0) >> 6).toBe(2);
  });

  it('grows in one process, also within a millisecond and when the clock goes back', () => {
    const start = Date.UTC(2301, 0, 1);
    let last = '';
    for (let count = 0; count < 20_000; count += 1) {
      const next = hex(uuidv7Bytes(count % 1000 === 999 ? start - 5000 : start + Math.floor(count / 7000)));
      expect(next > last).toBe(true);
      last = next;
    }
    expect(msOf(Buffer.from(last, 'hex')) - start).toBeLessThan(20);
  });
});
