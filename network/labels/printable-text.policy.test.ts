import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FIELD_CODE_POINTS, plainLetter, printableText } from './printable-text.policy.ts';
import { cellsOf } from './typeface.ts';

const shown = (text: string): string =>
  cellsOf(printableText(text), 'regular')
    .map((cell) => cell.text)
    .join('');

describe('printable text', () => {
  test.each([
    ['plain ASCII stays', 'Flat 3, 12 Main St.', 'Flat 3, 12 Main St.'],
    ['line breaks, tabs and controls become one space', 'a\r\n\tb\u0000\u001b[31mc', 'a b [31mc'],
    ['Unicode line separators and wide spaces become a space', 'a\u2028b\u3000c\u00a0d', 'a b c d'],
    ['bidi overrides and isolates vanish', 'pay \u202e001\u202c \u2066x\u2069', 'pay 001 x'],
    [
      'zero-width characters, soft hyphens and byte order marks vanish',
      'a\u200bb\u200dc\u00add\ufeff',
      'abcd',
    ],
    ['tag characters vanish', 'a\u{e0041}\u{e007f}b', 'ab'],
    ['a lone surrogate is seen', 'a\ud800b\udc00', 'a?b?'],
    ['private use and unassigned characters are seen', '\ue000\u0378\uffff', '???'],
    ['a decomposed letter is composed', 'Cafe\u0301', 'Café'],
    ['piled marks vanish', `z${'\u0321\u0353'.repeat(50)}algo`, 'zalgo'],
    ['a ZPL command stays text', '^XA~JA^FD_5E', '^XA~JA^FD_5E'],
  ])('%s', (_, input, output) => {
    expect(printableText(input)).toBe(output);
  });

  test.each([
    ['emoji are one visible mark each', '家🏠👨‍👩‍👧', '家????'],
    ['scripts without glyphs are visible marks', 'שלום 서울', '???? ??'],
    [
      'letters without glyphs lose their accent',
      'Łódź Třebíč Kőszeg Đà Nẵng İzmir',
      'Lódz Třebíč Kőszeg Dà Nang Izmir',
    ],
  ])('%s', (_, input, output) => {
    const plain = (text: string): string => [...text].map(plainLetter).join('');
    expect(plain(shown(input))).toBe(plain(output));
    expect(shown(input).includes('?')).toBe(output.includes('?'));
  });

  test('Greek, Cyrillic and Chinese keep their own letters', () => {
    expect(shown('Ωμέγα Москва 金华')).toContain('Москва 金华');
  });

  test('any string becomes clean, bounded and stable', () => {
    const halves = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((units) => String.fromCharCode(...units));
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), halves);
    fc.assert(
      fc.property(hostile, (text) => {
        const once = printableText(text);
        expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]| {2}|^ | $/u);
        expect(printableText(once)).toBe(once);
        cellsOf(once, 'bold');
      }),
      { numRuns: 1000 },
    );
  });

  test('megabytes are cut before any work is done on them', () => {
    expect([...printableText('水'.repeat(5_000_000))]).toHaveLength(MAX_FIELD_CODE_POINTS);
  });
});
