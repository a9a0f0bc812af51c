import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyError, loadOrCreateKeyFile, parseKey } from './key-file.ts';

const KEY = Buffer.from(new Uint8Array(32).map((_, index) => index)).toString('base64');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-file-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function faultOf(path: string, outsideOf?: string): Promise<string> {
  try {
    await loadOrCreateKeyFile(path, outsideOf === undefined ? {} : { outsideOf });
  } catch (error) {
    if (error instanceof KeyError) return error.fault;
    throw error;
  }
  return 'none';
}

describe('the key file', () => {
  it('is made once, for its owner only, and read ever after', async () => {
    const path = join(folder, 'keys', 'vault.key');
    const first = await loadOrCreateKeyFile(path);
    const second = await loadOrCreateKeyFile(path);
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.key).toEqual(first.key);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'keys'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'keys'))).toEqual(['vault.key']);
    expect(parseKey(await readFile(path, 'utf8'), 'it')).toEqual(first.key);
  });

  it('is one, even when many start together', async () => {
    const path = join(folder, 'vault.key');
    const all = await Promise.all(Array.from({ length: 12 }, () => loadOrCreateKeyFile(path)));
    expect(new Set(all.map((one) => Buffer.from(one.key).toString('hex'))).size).toBe(1);
    expect(all.filter((one) => one.created)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['vault.key']);
  });

  it('is refused when others can read it', async () => {
    const path = join(folder, 'vault.key');
    await writeFile(path, KEY);
    for (const mode of [0o644, 0o640, 0o604]) {
      await chmod(path, mode);
      expect(await faultOf(path)).toBe('readable_by_others');
    }
    await chmod(path, 0o600);
    expect(await faultOf(path)).toBe('none');
  });

  it.each(['', 'hello', KEY.slice(1), `${KEY}${KEY}`, Buffer.alloc(32).toString('base64')])(
    'is refused with %j inside, and never overwritten',
    async (content) => {
      const path = join(folder, 'vault.key');
      await writeFile(path, content, { mode: 0o600 });
      expect(await faultOf(path)).toBe('malformed');
      expect(await readFile(path, 'utf8')).toBe(content);
    },
  );

  it('is refused inside the folder of the database, by any spelling', async () => {
    const database = join(folder, 'data');
    await mkdir(database);
    for (const path of ['vault.key', 'deep/vault.key', '../data/vault.key', './/vault.key', '..vault']) {
      expect(await faultOf(`${database}/${path}`, database)).toBe('inside_forbidden_folder');
    }
    expect(await faultOf(join(folder, 'database.key'), database)).toBe('none');
    expect(await readdir(database)).toEqual([]);
  });

  it('is no folder and no dangling link', async () => {
    expect(await faultOf(folder)).toBe('not_a_file');
    const link = join(folder, 'link');
    await symlink(join(folder, 'nowhere'), link);
    expect(await faultOf(link)).toBe('not_a_file');
  });
});

describe('a key in text', () => {
  it('is 32 bytes in base64, with or without a line end', () => {
    expect(parseKey(`${KEY}\n`, 'POSTROAD_VAULT_KEY')).toHaveLength(32);
  });

  it.each([
    '',
    ' ',
    KEY.slice(0, -1),
    KEY.replace('A', '*'),
    'A'.repeat(44),
    `${'A'.repeat(43)}=`,
    KEY.slice(0, 24),
  ])('is not %j', (text) => {
    expect(() => parseKey(text, 'POSTROAD_VAULT_KEY')).toThrow(KeyError);
  });

  it('does not stand in the error', () => {
    expect(() => parseKey('my-secret-passphrase', 'POSTROAD_VAULT_KEY')).toThrow(
      /^POSTROAD_VAULT_KEY must be 32 bytes in base64$/,
    );
  });
});
