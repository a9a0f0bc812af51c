import { expect, test } from 'vitest';
import { batchesOf } from './batches.ts';

test('five hundred and one lines go in requests of at most a hundred, in order', () => {
  const items = Array.from({ length: 501 }, (_, index) => index);
  const batches = batchesOf(items);
  expect(batches.map((batch) => batch.length)).toEqual([100, 100, 100, 100, 100, 1]);
  expect(batches.flat()).toEqual(items);
  expect(batchesOf([])).toEqual([]);
});
