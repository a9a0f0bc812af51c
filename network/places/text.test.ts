import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText, closestName, editDistance, foldText, narrowWidth } from './text.ts';

describe('text', () => {
  test.each([
    ['São Paulo', 'sao paulo'],
    ['ŁÓDŹ', 'lodz'],
    ['Ærøskøbing', 'aeroskobing'],
    ["L'Aquila / Città", 'l aquila citta'],
    ['İstanbul', 'istanbul'],
    ['杭州市', '杭州市'],
    ['***', ''],
  ])('folds %s to %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('cleaning and folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });

  test('control characters, lone surrogates and direction marks do not survive cleaning', () => {
    expect(cleanText('a\u0000b\ud800c\u202ed\r\n\te')).toBe('a b c d e');
  });

  test('full-width digits of a Chinese keyboard become plain digits', () => {
    expect(narrowWidth('９６９号　Ａ座')).toBe('969号 A座');
  });

  test('a name with one wrong letter is suggested, a far one is not', () => {
    expect(closestName('Sao Paolo', ['Rio', 'São Paulo'])).toBe('São Paulo');
    expect(closestName('Berlin', ['Rio', 'São Paulo'])).toBeUndefined();
    expect(closestName('', ['Rio'])).toBeUndefined();
  });

  test('edit distance is symmetric and stops above its limit', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b, 20)).toBe(editDistance(b, a, 20));
        expect(editDistance(a, b, 2)).toBe(Math.min(3, editDistance(a, b, 20)));
      }),
    );
  });
});
