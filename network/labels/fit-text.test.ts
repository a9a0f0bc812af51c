import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitText, LINE_EM, MM_PER_POINT, widthEm } from './fit-text.ts';
import { printableText } from './printable-text.policy.ts';

const rule = { weight: 'regular', maxPt: 12, minPt: 6, maxLines: 3 } as const;
const linesOf = (text: string, width: number, height: number, more = {}) =>
  fitText(text, width, height, { ...rule, ...more })?.lines.map((line) =>
    line.map((cell) => cell.text).join(''),
  );

describe('fitting text', () => {
  test('a short text stands on one line at the largest size', () => {
    expect(fitText('Hello', 50, 10, rule)).toMatchObject({ sizePt: 12 });
    expect(linesOf('Hello', 50, 10)).toEqual(['Hello']);
  });

  test('Latin breaks between words and loses the space at the break', () => {
    expect(linesOf('Avenida Brigadeiro Faria Lima', 20, 40, { minPt: 12 })).toEqual([
      'Avenida',
      'Brigadeiro',
      'Faria Lima',
    ]);
  });

  test('Chinese breaks anywhere but never before a closing mark', () => {
    const lines = linesOf('浙江省金华市义乌市。', 4.3 * 4, 40, { minPt: 12 });
    expect(lines?.length).toBe(3);
    for (const line of lines ?? []) expect(line.startsWith('。')).toBe(false);
  });

  test('a text that prefers one line shrinks before it wraps', () => {
    expect(linesOf('CAMPINAS 13-02', 20, 20, { wrapBelowPt: 6 })).toEqual(['CAMPINAS 13-02']);
    expect(linesOf('CAMPINAS 13-02', 20, 20)?.length).toBe(2);
  });

  test('what does not fit at the smallest size ends in an ellipsis', () => {
    const lines = linesOf('x'.repeat(300), 20, 20);
    expect(lines).toHaveLength(3);
    expect(lines?.at(-1)).toMatch(/x…$/);
  });

  test('a box lower than the smallest line takes nothing', () => {
    expect(fitText('x', 20, 1, rule)).toBeUndefined();
    expect(fitText('', 20, 20, rule)).toBeUndefined();
  });

  test('whatever the text, lines stay inside the box and no character is lost unless an ellipsis says so', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.double({ min: 3, max: 90, noNaN: true }),
        fc.double({ min: 1, max: 30, noNaN: true }),
        fc.boolean(),
        (raw, width, height, prefers) => {
          const text = printableText(raw);
          const fitted = fitText(text, width, height, prefers ? { ...rule, wrapBelowPt: 8 } : rule);
          if (fitted === undefined) return;
          const em = fitted.sizePt * MM_PER_POINT;
          expect(fitted.sizePt).toBeGreaterThanOrEqual(6 - 1e-9);
          expect(fitted.lines.length * em * LINE_EM).toBeLessThanOrEqual(height + 1e-6);
          for (const line of fitted.lines) expect(widthEm(line) * em).toBeLessThanOrEqual(width + 1e-6);
          const cells = fitted.lines.flat();
          if (cells.at(-1)?.text === '…') return;
          expect(cells.filter((cell) => cell.text !== ' ').length).toBe(
            [...text].filter((each) => each !== ' ').length,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
