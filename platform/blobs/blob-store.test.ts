import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { instant } from '../../network/kernel/index.ts';
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

it('old blobs that nobody names go, with writes that a crash cut; named, young and foreign files stay', async () => {
  const store = openFolderBlobStore(folder);
  const before = instant('2026-06-02T00:00:00Z');
  const age = (key: string, at: string) => utimes(join(folder, key), new Date(at), new Date(at));
  const keys = Array.from({ length: 1_203 }, (_, index) => `labels/live/2026-06/n${index}`);
  for (const key of [...keys, 'labels/live/young', 'labels/test/x', 'labels/livelier'])
    await store.put(key, new Uint8Array([1]));
  const cut = 'labels/live/2026-06/n1.00ff00ff00ff.part';
  const youngCut = 'labels/live/2026-06/n2.00ff00ff00ff.part';
  const foreign = 'labels/live/NOTES.txt';
  for (const name of [cut, youngCut, foreign]) await writeFile(join(folder, name), 'x');
  for (const name of [...keys, cut, foreign, 'labels/test/x', 'labels/livelier'])
    await age(name, '2026-06-01T23:59:59Z');
  await age('labels/live/young', '2026-06-02T00:00:00Z');
  const isNamed = (key: string) => Number(key.split('/n')[1]) % 3 === 0;
  const asked: number[] = [];
  const removed = await store.removeUnnamed('labels/live', before, async (batch) => {
    asked.push(batch.length);
    return new Set(batch.filter(isNamed));
  });
  expect(removed).toBe(802 + 1);
  expect(Math.max(...asked)).toBeLessThanOrEqual(500);
  const left = (await readdir(join(folder, 'labels/live/2026-06'))).sort();
  expect(left).toEqual(
    [...keys.filter(isNamed).map((key) => key.split('/')[3]), 'n2.00ff00ff00ff.part'].sort(),
  );
  expect(await readdir(join(folder, 'labels'))).toEqual(expect.arrayContaining(['live', 'livelier', 'test']));
  expect((await readdir(join(folder, 'labels/live'))).sort()).toEqual(['2026-06', 'NOTES.txt', 'young']);
  expect(await store.removeUnnamed('labels/nothing', before, async () => new Set())).toBe(0);
});

it('nothing is removed when it cannot be learnt what is named', async () => {
  const store = openFolderBlobStore(folder);
  await store.put('a/b', new Uint8Array([1]));
  await utimes(join(folder, 'a/b'), 0, 0);
  const sweep = store.removeUnnamed('a', instant('2026-06-02T00:00:00Z'), async () => {
    throw new Error('the database is away');
  });
  await expect(sweep).rejects.toThrow('away');
  expect(await store.get('a/b')).toBeDefined();
});
