import { expect, test } from 'vitest';
import { partsOfLines, textOfFile } from './scan-file.ts';

test.each([
  ['UTF-8', Buffer.from('城市\n')],
  ['UTF-8 with a mark', Buffer.from('\ufeff城市\n')],
  ['UTF-16, little end first', Buffer.from('\ufeff城市\n', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeff城市\n', 'utf16le').swap16()],
])('a file in %s is read', (_name, bytes) => {
  expect(textOfFile(bytes)).toBe('城市\n');
});

test('a file in another encoding is not read, instead of losing letters', () => {
  expect(textOfFile(Uint8Array.of(0x41, 0xba, 0xbc, 0xd6, 0xdd))).toBeUndefined(); // 杭州 in GBK
});

test('a long table is cut between rows, also where a cell holds a line break; each part has the header', () => {
  const rows = Array.from({ length: 12_000 }, (_, row) => `${row},"two\nlines"`);
  const parts = partsOfLines(`\n number,text\r\n${rows.join('\r\n')}\n\n`, 'csv');
  expect(parts.map(({ from, lines }) => [from, lines.length])).toEqual([
    [0, 5_000],
    [5_000, 5_000],
    [10_000, 2_000],
  ]);
  expect(parts[2]?.text).toBe([' number,text', ...rows.slice(10_000), ''].join('\n'));
  const header = [{ text: 'number,text', line: 1 }];
  expect(partsOfLines('number,text\n', 'csv')).toEqual([
    { text: 'number,text\n', from: 0, header, lines: [] },
  ]);
  const lines = [
    { text: '{"a":1}', line: 1 },
    { text: '{"b":2}', line: 3 },
  ];
  expect(partsOfLines('{"a":1}\n\n{"b":2}', 'ndjson')).toEqual([
    { text: '{"a":1}\n{"b":2}\n', from: 0, header: [], lines },
  ]);
});

test('an open quote makes one row of what is behind it', () => {
  const parts = partsOfLines(`number\n"${'A\n'.repeat(50_000)}`, 'csv');
  expect(parts.map(({ lines }) => lines.length)).toEqual([1]);
});
