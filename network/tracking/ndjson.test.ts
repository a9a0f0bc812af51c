import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_LINE_BYTES, splitLines } from './ndjson.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('blank lines are passed over and still counted, with either line end', () => {
  expect(splitLines(bytes('a\r\n\n \t\nb'), 10)).toEqual([
    { index: 0, ok: true, text: 'a\r' },
    { index: 3, ok: true, text: 'b' },
  ]);
  expect(splitLines(bytes(''), 10)).toEqual([]);
});

test('a line that is no UTF-8 or too long is named, its neighbours are read', () => {
  const body = Buffer.concat([
    bytes('a\n'),
    Uint8Array.of(0xc3, 0x28, 0x0a),
    bytes(`${'x'.repeat(MAX_LINE_BYTES + 1)}\nb`),
  ]);
  expect(splitLines(body, 10)?.map((line) => (line.ok ? line.text : line.message.slice(0, 20)))).toEqual([
    'a',
    'The line is not vali',
    'The line has more th',
    'b',
  ]);
});

test('more lines than allowed are refused as a whole, blank ones do not count', () => {
  expect(splitLines(bytes('a\n\nb\n'), 2)).toHaveLength(2);
  expect(splitLines(bytes('a\nb\nc'), 2)).toBeUndefined();
});

test('any lines come back as they were', () => {
  const line = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/\n/.test(text) && /[^ \t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(splitLines(bytes(lines.join('\n')), 1_000)?.map((one) => one.ok && one.text)).toEqual(lines);
    }),
  );
});
