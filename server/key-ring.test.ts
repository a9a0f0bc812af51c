import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomBytes } from '../platform/crypto/index.ts';
import { loadKeyRing } from './key-ring.ts';

let dataFolder: string;
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'postroad-keys-'));
});
afterAll(() => rm(dataFolder, { recursive: true, force: true }));

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

test('without a variable one key file is made beside the database, for its owner only, and used again', async () => {
  const first = await loadKeyRing({ vaultKey: undefined, dataFolder });
  const { wrapped, plain } = first.generateDataKey(['a']);
  const again = await loadKeyRing({ vaultKey: '', dataFolder });
  expect(Buffer.from(again.unwrap(wrapped, ['a']))).toEqual(Buffer.from(plain));
  expect((await stat(join(dataFolder, 'keys', 'vault.key'))).mode & 0o777).toBe(0o600);
});

test('several versions are read, the highest wraps, and the older still opens', async () => {
  const [old, young] = [randomBytes(32), randomBytes(32)];
  const before = await loadKeyRing({ vaultKey: base64(old), dataFolder });
  const both = await loadKeyRing({ vaultKey: `2:${base64(young)}, 1:${base64(old)}`, dataFolder });
  expect([before.currentVersion, both.currentVersion]).toEqual([1, 2]);
  const { wrapped } = before.generateDataKey(['a']);
  expect(() => both.unwrap(both.rewrap(wrapped, ['a']), ['a'])).not.toThrow();
});

test('a key that is none is refused without being repeated', async () => {
  for (const vaultKey of ['secret', '2:', `0:${base64(randomBytes(32))}`, base64(randomBytes(16)), ',']) {
    const error = await loadKeyRing({ vaultKey, dataFolder }).then(
      () => undefined,
      (cause) => cause as Error,
    );
    expect(error, vaultKey).toBeInstanceOf(Error);
    if (vaultKey.length > 3) expect(error?.message).not.toContain(vaultKey);
  }
});
