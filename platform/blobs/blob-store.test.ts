import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFolderBlobStore } from './blob-store.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'postroad-blobs-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a blob comes back as it went, is replaced whole, and is gone after its deletion', async () => {
  const store = openFolderBlobStore(folder);
  expect(await store.get('labels/2026-11/lbl_1')).toBeUndefined();
  await store.put('labels/2026-11/lbl_1', new Uint8Array([0, 255, 10]));
  await store.put('labels/2026-11/lbl_1', new Uint8Array([7]));
  expect([...((await store.get('labels/2026-11/lbl_1')) ?? [])]).toEqual([7]);
  expect(await readdir(join(folder, 'labels/2026-11'))).toEqual(['lbl_1']);
  await store.delete('labels/2026-11/lbl_1');
  await store.delete('labels/2026-11/lbl_1');
  expect(await store.get('labels/2026-11/lbl_1')).toBeUndefined();
});

it('many writers of one key leave one whole blob and nothing beside it', async () => {
  const store = openFolderBlobStore(folder);
  await Promise.all(Array.from({ length: 10 }, (_, n) => store.put('a/b', new Uint8Array(5000).fill(n))));
  const bytes = (await store.get('a/b')) ?? new Uint8Array();
  expect(bytes).toHaveLength(5000);
  expect(new Set(bytes).size).toBe(1);
  expect(await readdir(join(folder, 'a'))).toEqual(['b']);
});

it('a blob that cannot be put leaves nothing behind', async () => {
  const store = openFolderBlobStore(folder);
  await store.put('a/b/c', new Uint8Array([1]));
  await expect(store.put('a/b', new Uint8Array([1]))).rejects.toThrow();
  expect(await readdir(join(folder, 'a'))).toEqual(['b']);
});

it('only its owner reads a blob', async () => {
  await openFolderBlobStore(folder).put('a/b', new Uint8Array([1]));
  if (process.platform !== 'win32') expect((await stat(join(folder, 'a/b'))).mode & 0o777).toBe(0o600);
});

it.each([
  '',
  '/etc/passwd',
  '../x',
  'a/../../x',
  'a//b',
  'A',
  'a\u0000',
  'a/.',
  'x/'.repeat(8),
  'a b',
  'é',
  'a\\b',
])('no key leads out of the folder: %j', async (key) => {
  const store = openFolderBlobStore(folder);
  await expect(store.put(key, new Uint8Array())).rejects.toThrow(RangeError);
  await expect(store.get(key)).rejects.toThrow(RangeError);
  await expect(store.delete(key)).rejects.toThrow(RangeError);
});
