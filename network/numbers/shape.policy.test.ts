import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionOf, formsOf, hasForm } from './shape.policy.ts';

const fits = (shape: string, text: string) => formsOf(shape).some((form) => hasForm(form, text));

describe('a shape', () => {
  const cases: [string, string, boolean][] = [
    ['n3', '123', true],
    ['n3', '12', false],
    ['n3', '12A', false],
    ['a2', 'AB', true],
    ['a2', 'A1', false],
    ['an2', 'A1', true],
    ['an2', 'a1', false],
    ['n1..3', '1', true],
    ['n1..3', '1234', false],
    ['1Z n1', '1Z9', true],
    ['1Z n1', '2Z9', false],
    ['GM|LXX n1', 'LXX1', true],
    ['GM|LXX n1', 'GM1', true],
    ['GM|LXX n1', 'GMX1', false],
    ['[C-E7] n1', 'D1', true],
    ['[C-E7] n1', '71', true],
    ['[C-E7] n1', 'F1', false],
    ['A (n2) B', 'A12B', true],
    ['n2 - n1', '123', true],
    ['a0..1 n2 a0..1', 'X12', true],
    ['a0..1 n2 a0..1', '12', true],
    ['a0..1 n2 a0..1', 'XX12', false],
    ['n1', '１', false],
  ];
  test.each(cases)('%s and %s: %s', (shape, text, expected) => {
    expect(fits(shape, text)).toBe(expected);
    expect(new RegExp(expressionOf([shape])).test(text)).toBe(expected);
  });

  test('tells what its check digit covers, and where a hyphen is printed', () => {
    expect(formsOf('3 n2 (n3) n1')[0]).toMatchObject({ checked: [3, 6], hyphens: [] });
    expect(formsOf('n2..3 - 1').map((form) => [form.checked, form.hyphens])).toEqual([
      [[0, 3], [2]],
      [[0, 4], [3]],
    ]);
  });

  test('speaks the more for a number the less it leaves open', () => {
    const [free, fixed, either] = ['n2', '1 n1', 'an2'].map((shape) => formsOf(shape)[0]?.evidence ?? 0);
    expect(free).toBeCloseTo(0);
    expect(fixed).toBeCloseTo(1);
    expect(either).toBeLessThan(-1);
  });

  test.each(['', 'n', 'x3', 'n3..', '(n3', 'n3)', '[', 'N 3!', 'a0..30 n0..30 a0..30'])(
    'that makes no sense is an error of ours: %s',
    (shape) => {
      expect(() => formsOf(shape)).toThrow(SyntaxError);
    },
  );
});

test('two shapes are one expression', () => {
  expect(expressionOf(['94 n20'])).toBe('^94[0-9]{20}$');
  expect(expressionOf(['GD (n9) a2', 'a2 (n9) WW'])).toBe('^(?:GD[0-9]{9}[A-Z]{2}|[A-Z]{2}[0-9]{9}WW)$');
  expect(expressionOf(['GM|LX n1 an9..38'])).toBe('^(?:GM|LX)[0-9][0-9A-Z]{9,38}$');
});

test('a form and the expression of its shape agree on any text', () => {
  const shapes = ['n9..11', 'CN a0..4 n2..3 a0..2', '777|078 [0-5] an1', 'L [AIEHNX] [1-3] n2'];
  const text = fc.string({ unit: fc.constantFrom(...'0123457789ACEHILNX'), maxLength: 12 });
  fc.assert(
    fc.property(fc.constantFrom(...shapes), text, (shape, candidate) => {
      expect(fits(shape, candidate)).toBe(new RegExp(expressionOf([shape])).test(candidate));
    }),
    { numRuns: 2000 },
  );
});
