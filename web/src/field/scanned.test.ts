import { expect, test } from 'vitest';
import { gramsOf, numberIn, plainCode, sidesOf, wedge } from './scanned.ts';

const NUMBERS = ['PRC123456789015', 'PRC987654321094', 'LX123456785CN'];

test('a code is the number it holds, also with an identifier before it or an address around it', () => {
  expect(plainCode(' ]C1prc 1234\u001d5 ')).toBe('PRC12345');
  expect(numberIn(']C0PRC123456789015', NUMBERS)).toBe('PRC123456789015');
  expect(numberIn('https://post.example/t/lx123456785cn', NUMBERS)).toBe('LX123456785CN');
});

test('what holds no number or two of them is none', () => {
  for (const code of ['', 'PRC1', 'PRC123456789015 LX123456785CN', 'OTHER1'])
    expect(numberIn(code, NUMBERS), code).toBeUndefined();
});

const typed = (text: string, betweenMs: number) => {
  const read = wedge();
  const codes = [...text, 'Enter'].map((key, index) => read({ key, atMs: index * betweenMs }));
  return codes.filter((code) => code !== undefined);
};

test('a scanner is quick and ends with Enter; somebody who types is not one', () => {
  expect(typed('PRC123', 10)).toEqual(['PRC123']);
  expect(typed('PRC123', 200)).toEqual([]);
  expect(typed('ab', 10)).toEqual([]);
  const read = wedge();
  read({ key: 'x', atMs: 0 });
  const late = [...'PRC9', 'Enter'].map((key, index) => read({ key, atMs: 5_000 + index }));
  expect(late.at(-1)).toBe('PRC9');
});

test.each([
  ['1250', 1_250],
  ['1.25', 1_250],
  ['1,25 kg', 1_250],
  ['850 g', 850],
  ['ST,GS,+  1.250kg', 1_250],
  ['2 lb', 907],
  ['0', undefined],
  ['heavy', undefined],
])('%s weighs %s grams', (text, grams) => {
  expect(gramsOf(text)).toBe(grams);
});

test('three sides in centimetres, however they are parted', () => {
  const box = { length_mm: 300, width_mm: 205, height_mm: 120 };
  for (const text of ['30x20.5x12', '30 20,5 12', 'L30 W20.5 H12']) expect(sidesOf(text), text).toEqual(box);
  for (const text of ['30x20', '30x20x12x5', '0x1x1', '']) expect(sidesOf(text), text).toBeUndefined();
});
