import { expect, it } from 'vitest';
import { formatOf, lineOfIndex, linesOf } from './scan-text.ts';

it('a file is told by how it begins', () => {
  expect(formatOf('\n {"number":"X"}')).toBe('ndjson');
  expect(formatOf('number,milestone\n')).toBe('csv');
  expect(formatOf("UNA:+.? 'UNB+UNOA:1")).toBe('payload:edifact');
  expect(formatOf('{"@context":[],"type": "EPCISDocument"}')).toBe('epcis');
});

it('the first row of a table stands in line 2, the first object in its own', () => {
  expect(lineOfIndex('number\nA\nB', 'csv', 1)).toBe(3);
  expect(lineOfIndex('{}\n\n{}\n', 'ndjson', 1)).toBe(3);
  expect(lineOfIndex('<a/>', 'payload:ups', 1)).toBe(2);
});

it('refused lines make a file that can be sent again', () => {
  expect(linesOf('number,text\r\nA,"two\r\nlines"\r\nB,x\r\n', 'csv', [1])).toBe('number,text\nB,x\n');
  expect(linesOf('number,text\nA,"two\nlines"\nB,x', 'csv', [0])).toBe('number,text\nA,"two\nlines"\n');
  expect(linesOf('{"a":1}\n\n{"b":2}', 'ndjson', [1])).toBe('{"b":2}\n');
});
