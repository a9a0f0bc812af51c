import { expect, test } from 'vitest';
import { newHandle, tokenOf, worldOf } from './address.ts';
import { gramsOf } from './grams.ts';

test('a weight is read as people write it', () => {
  expect(['1.9', '1,9', ' 2 ', '0.05', '30'].map(gramsOf)).toEqual([1_900, 1_900, 2_000, 50, 30_000]);
  for (const text of ['', '0', '-1', '1.2345', 'two', '1e3', '1 9', '9999'])
    expect([text, gramsOf(text)]).toEqual([text, undefined]);
});

test('only a whole token behind the mark opens a mailing', () => {
  const token = `mlt_test_${'a-_9'.repeat(5)}ab`;
  expect(tokenOf(`#${token}`)).toBe(token);
  for (const hash of ['', '#', token, `#${token}x`, `#${token.slice(1)}`, `# ${token}`])
    expect([hash, tokenOf(hash)]).toEqual([hash, undefined]);
});

test('the world is the live one unless the address says otherwise', () => {
  expect(['', '?world=live', '?world=test', '?world=TEST'].map(worldOf)).toEqual([
    'live',
    'live',
    'test',
    'live',
  ]);
});

test('a handle is one that nobody guesses', () => {
  const handles = Array.from({ length: 100 }, newHandle);
  expect(new Set(handles).size).toBe(100);
  for (const handle of handles) expect(handle).toMatch(/^[0-9a-f]{32}$/);
});
