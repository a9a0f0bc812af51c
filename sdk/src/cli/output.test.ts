import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { clean, moneyText, type Output, printRows, progressText, startProgress } from './output.ts';
import { wordsOf } from './standard-input.ts';

function recorder(json: boolean, isTerminal: boolean) {
  const [out, notes]: [string[], string[]] = [[], []];
  const output: Output = {
    json,
    isTerminal,
    write: (text) => void out.push(text),
    note: (text) => void notes.push(text),
  };
  return { output, out, notes };
}

test('rows are a table, or with --json one line each', () => {
  const rows = [
    { id: 'a', count: 1 },
    { id: 'long name', count: undefined },
  ];
  const plain = recorder(false, false);
  printRows(plain.output, rows);
  expect(plain.out.join('')).toBe('id         count\na          1\nlong name\n');
  const json = recorder(true, false);
  printRows(json.output, rows);
  expect(json.out).toEqual(['{"id":"a","count":1}\n', '{"id":"long name"}\n']);
});

test.each([
  [1_234, 'CNY', '12.34 CNY'],
  [5, 'EUR', '0.05 EUR'],
  [-1_551, 'CNY', '-15.51 CNY'],
  [1_200, 'JPY', '1200 JPY'],
  [1_234, 'KWD', '1.234 KWD'],
  [0, 'EUR', '0.00 EUR'],
])('%i of %s are %s', (amount_minor, currency, text) => {
  expect(moneyText({ amount_minor, currency })).toBe(text);
});

test('control characters of others do not reach a terminal', () => {
  expect(clean('a\x1b[2Jb\r\nc\u009bd')).toBe('a [2Jb c d');
});

test('progress tells count, rate and time left', () => {
  expect(progressText({ done: 250, total: 1000, unit: 'numbers', elapsedMs: 5_000 })).toBe(
    '250 of 1000 numbers, 50 a second, 15 s left',
  );
  expect(progressText({ done: 0, total: 10, unit: 'numbers', elapsedMs: 0 })).toBe(
    '0 of 10 numbers, 0.0 a second',
  );
});

test('a bar on a terminal, a line every 10 s elsewhere', () => {
  let now = 0;
  const terminal = recorder(false, true);
  const bar = startProgress(terminal.output, 10, 'n', () => now);
  now = 150;
  bar.advance(5);
  bar.end();
  expect(terminal.notes).toEqual([expect.stringContaining('[############............]'), '\r\x1b[2K']);
  now = 0;
  const plain = recorder(false, false);
  const lines = startProgress(plain.output, 10, 'n', () => now);
  for (now = 1_000; now <= 20_000; now += 1_000) lines.advance(0);
  lines.end();
  expect(plain.notes).toHaveLength(2);
});

test('- stands for the lines of standard input', async () => {
  async function* input() {
    yield Buffer.from('A1\r\n\n 包');
    yield Buffer.from('裹 \nB2');
  }
  expect(await wordsOf(['X', '-'], input())).toEqual(['X', 'A1', '包裹', 'B2']);
  expect(await wordsOf(['X', 'Y'], input())).toEqual(['X', 'Y']);
});

test('whoever has read enough ends it without a fault', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--help']);
  child.stdout.destroy();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const [code] = await once(child, 'close');
  expect({ code, said }).toEqual({ code: 0, said: '' });
});
