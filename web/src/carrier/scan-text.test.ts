import { expect, it } from 'vitest';
import { asLines, formatOf, linesByIndex, linesOf } from './scan-text.ts';

it('a file is told by how it begins', () => {
  expect(formatOf('\n {"number":"X"}')).toBe('ndjson');
  expect(formatOf('number,milestone\n')).toBe('csv');
  expect(formatOf('<Track/>')).toBeUndefined();
  expect(formatOf('[{"number":"X"}]')).toBe('ndjson');
  expect(formatOf("UNA:+.? 'UNB+UNOA:1")).toBe('payload:edifact');
  expect(formatOf('{"@context":[],"type": "EPCISDocument"}')).toBe('epcis');
});

it('the first row of a table stands in line 2, the first object in its own; cells may hold line breaks', () => {
  expect([0, 1].map(linesByIndex('number\nA\nB', 'csv'))).toEqual([2, 3]);
  expect([0, 1].map(linesByIndex('\nnumber,text\n\nA,"two\n\nlines"\nB,', 'csv'))).toEqual([4, 7]);
  expect(linesByIndex('{}\n\n{}\n', 'ndjson')(1)).toBe(3);
  expect(linesByIndex('<a/>', 'payload:ups')(1)).toBe(2);
});

it('a batch of JSON is as good as its scans one a line', () => {
  const lines = '{"number":"A"}\n{"number":"B"}\n';
  expect(asLines(' [{"number":"A"},\n {"number":"B"}]')).toBe(lines);
  expect(asLines('{ "scans": [{"number":"A"},{"number":"B"}] }')).toBe(lines);
  for (const text of ['{"number":"A"}\n{"number":"B"}', 'number\nA', '[{"number":', '{"scans":1}'])
    expect(asLines(text)).toBe(text);
});

it('refused lines make a file that can be sent again', () => {
  expect(linesOf('number,text\r\nA,"two\r\nlines"\r\nB,x\r\n', 'csv', [1])).toBe('number,text\nB,x\n');
  expect(linesOf('number,text\nA,"two\nlines"\nB,x', 'csv', [0])).toBe('number,text\nA,"two\nlines"\n');
  expect(linesOf('{"a":1}\n\n{"b":2}', 'ndjson', [1])).toBe('{"b":2}\n');
});
