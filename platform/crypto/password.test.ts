import { describe, expect, it } from 'vitest';
import { hashPassword, needsRehash, verifyPassword } from './password.ts';
import { hashToken, newToken } from './token.ts';

const SALT = 'c29tZXNhbHRzb21lc2FsdA';
const HASH = 'x'.repeat(43);

describe('a password', () => {
  it('is known by its hash, and another one is not', async () => {
    const stored = await hashPassword('correct horse 电池');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword(stored, 'correct horse 电池')).toBe(true);
    expect(await verifyPassword(stored, 'correct horse 电池 ')).toBe(false);
    expect(await verifyPassword(stored, '')).toBe(false);
    expect(needsRehash(stored)).toBe(false);
    expect(await hashPassword('correct horse 电池')).not.toBe(stored);
  });

  it('is the same on a system that composes accents and on one that does not', async () => {
    expect(await verifyPassword(await hashPassword('caf\u00e9-12345'), 'cafe\u0301-12345')).toBe(true);
  });

  it('made elsewhere with other costs is still known, and marked for a new hash', async () => {
    // Computed with the reference parameters of this test by node:crypto: 'password', m=64, t=3, p=2.
    const { argon2Sync } = await import('node:crypto');
    const hash = argon2Sync('argon2id', {
      message: Buffer.from('password'),
      nonce: Buffer.from('somesaltsomesalt'),
      memory: 64,
      passes: 3,
      parallelism: 2,
      tagLength: 24,
    });
    const stored = `$argon2id$v=19$m=64,t=3,p=2$${SALT}$${hash.toString('base64').replace(/=+$/, '')}`;
    expect(await verifyPassword(stored, 'password')).toBe(true);
    expect(await verifyPassword(stored, 'Password')).toBe(false);
    expect(needsRehash(stored)).toBe(true);
  });

  it('of nobody is wrong', async () => {
    expect(await verifyPassword(undefined, 'anything')).toBe(false);
  });

  it.each([
    '',
    'plain',
    `$argon2i$v=19$m=19456,t=2,p=1$${SALT}$${HASH}`,
    `$argon2id$v=16$m=19456,t=2,p=1$${SALT}$${HASH}`,
    `$argon2id$v=19$m=9999999,t=2,p=1$${SALT}$${HASH}`,
    `$argon2id$v=19$m=19456,t=999,p=1$${SALT}$${HASH}`,
    `$argon2id$v=19$m=19456,t=2,p=200$${SALT}$${HASH}`,
    `$argon2id$v=19$m=8,t=2,p=8$${SALT}$${HASH}`,
    `$argon2id$v=19$m=19456,t=0,p=1$${SALT}$${HASH}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$`,
    `$argon2id$v=19$m=19456,t=2,p=1$$${HASH}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${SALT}$${HASH}\n`,
  ])('behind the damaged or hostile text %j is wrong', async (stored) => {
    expect(await verifyPassword(stored, 'password')).toBe(false);
    expect(needsRehash(stored)).toBe(true);
  });

  it('is not empty and no book', async () => {
    await expect(hashPassword('')).rejects.toThrow(RangeError);
    await expect(hashPassword('x'.repeat(1025))).rejects.toThrow(RangeError);
    await expect(hashPassword('电'.repeat(342))).rejects.toThrow(RangeError);
    expect(await verifyPassword(undefined, 'x'.repeat(1_000_000))).toBe(false);
  });
});

describe('a token', () => {
  it('is random text that fits into an address', () => {
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(newToken(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(Array.from({ length: 1000 }, () => newToken())).size).toBe(1000);
  });

  it.each([0, 15, -1, Number.NaN])('of %s bytes is too weak', (bytes) => {
    expect(() => newToken(bytes)).toThrow(RangeError);
  });

  it('is stored as a hash', () => {
    expect(hashToken('a')).toHaveLength(32);
    expect(hashToken('a')).toEqual(hashToken('a'));
    expect(hashToken('a')).not.toEqual(hashToken('b'));
  });
});
