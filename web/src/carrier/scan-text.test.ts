import { expect, it } from 'vitest';
import { formatOf, lineOfIndex } from './scan-text.ts';

it('a file is told by how it begins', () => {
  expect(formatOf('\n {"number":"X"}')).toBe('ndjson');
  expect(formatOf('number,milestone\n')).toBe('csv');
});

it('the first row of a table stands in line 2, the first object in its own', () => {
  expect(lineOfIndex('number\nA\nB', 'csv', 1)).toBe(3);
  expect(lineOfIndex('{}\n\n{}\n', 'ndjson', 1)).toBe(3);
});
