import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHECK_RULE_NAMES, CHECK_RULES, type CheckRuleName, s10CheckDigit } from './check-digit.policy.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const letters = (length: number) =>
  fc
    .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: length, maxLength: length })
    .map((all) => all.join(''));
const alphanumerics = (min: number, max: number) =>
  fc
    .array(fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'), { minLength: min, maxLength: max })
    .map((all) => all.join(''));
const someDigits = fc.integer({ min: 1, max: 30 }).chain(digits);

const BODIES: Record<CheckRuleName, fc.Arbitrary<string>> = {
  s10: fc.tuple(letters(2), digits(8), letters(2)).map((parts) => parts.join('')),
  s10_serial: digits(8),
  mod10: someDigits,
  mod10_91: digits(19),
  mod7: someDigits,
  mod11: someDigits,
  mod37: alphanumerics(1, 30),
  luhn: someDigits,
  ups: alphanumerics(15, 15),
  ontrac: fc.tuple(fc.constantFrom('C', 'D'), digits(13)).map((parts) => parts.join('')),
  fedex: fc.constantFrom(11, 13).chain(digits),
  none: alphanumerics(1, 30),
};

describe('numbers known to the world', () => {
  const known: [CheckRuleName, string, boolean][] = [
    ['s10', 'RR473124829GB', true],
    ['s10', 'RR473124828GB', false],
    ['mod10', '4006381333931', true],
    ['mod10', '4006381333932', false],
    ['mod7', '3318810025', true],
    ['mod7', '3318810010', false],
    ['mod11', '07945', true],
    ['mod11', '07946', false],
    ['luhn', '79927398713', true],
    ['luhn', '79927398710', false],
    ['ups', '999AA10123456784', true],
    ['ups', '999AA10123456785', false],
    ['fedex', '986578788855', true],
    ['fedex', '996578788855', false],
    ['fedex', '00779017972697', true],
    ['s10_serial', '123456785', true],
    ['s10_serial', '123456784', false],
    ['mod10_91', '01026837331000039521', true],
    ['mod10', '01026837331000039521', false],
    ['mod10', '9101026837331000039521', true],
    ['ontrac', 'C11031500001879', true],
    ['ontrac', 'C11031500001878', false],
    ['ontrac', 'D10011354453707', true],
    ['mod37', '09980000020033F', true],
    ['mod37', '09980000020033D', false],
  ];
  test.each(known)('%s %s verifies as %s', (rule, number, valid) => {
    expect(CHECK_RULES[rule].verify(number)).toBe(valid);
  });
});

describe.each(CHECK_RULE_NAMES)('the rule %s', (name) => {
  const rule = CHECK_RULES[name];

  test('verifies every number that it appended to', () => {
    fc.assert(
      fc.property(BODIES[name], (body) => {
        const number = rule.append(body);
        expect(number).toBeDefined();
        expect(rule.verify(number!)).toBe(true);
      }),
    );
  });

  test('keeps its promise on one wrong character', () => {
    let missed = 0;
    let tried = 0;
    fc.assert(
      fc.property(BODIES[name], fc.nat(), fc.integer({ min: 1, max: 9 }), (body, place, shift) => {
        const number = rule.append(body)!;
        const positions = [...number].flatMap((char, index) => (/\d/.test(char) ? [index] : []));
        if (positions.length === 0) return;
        const at = positions[place % positions.length]!;
        const wrong = number.slice(0, at) + ((Number(number[at]) + shift) % 10) + number.slice(at + 1);
        tried += 1;
        if (rule.verify(wrong)) missed += 1;
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(tried).toBeGreaterThan(100);
    if (rule.singleErrors === 'all') expect(missed).toBe(0);
    if (rule.singleErrors === 'most') expect(missed).toBeLessThan(tried / 5);
    if (rule.singleErrors === 'none') expect(missed).toBe(tried);
  });

  test('answers false to text that is not a number, however hostile', () => {
    for (const text of [
      '',
      '^',
      'é',
      '１２３',
      'x'.repeat(100_000),
      '1\u0000',
      '-1',
      '1e5',
      ' 12',
      'RR12345678-CN',
    ]) {
      expect(rule.verify(text)).toBe(false);
      expect(rule.append(text)).toBeUndefined();
    }
  });
});

test('a wrong S10 check digit is always seen, a wrong serial digit unless both sums stand for 5', () => {
  fc.assert(
    fc.property(digits(8), fc.nat(7), fc.integer({ min: 1, max: 9 }), (serial, at, shift) => {
      const wrong = serial.slice(0, at) + ((Number(serial[at]) + shift) % 10) + serial.slice(at + 1);
      const same = s10CheckDigit(serial) === s10CheckDigit(wrong);
      expect(same).toBe(same && s10CheckDigit(serial) === 5);
      const right = `RR${serial}${s10CheckDigit(serial)}CN`;
      const off = `RR${serial}${(s10CheckDigit(serial) + shift) % 10}CN`;
      expect(CHECK_RULES.s10.verify(right)).toBe(true);
      expect(CHECK_RULES.s10.verify(off)).toBe(false);
    }),
  );
});

test('the S10 remainders 10 and 11 become 0 and 5', () => {
  // 8x0.. only the last weight 7: 7 x 8 = 56, 56 mod 11 = 1, 11 - 1 = 10 -> 0; all zero: 11 -> 5.
  expect(s10CheckDigit('00000008')).toBe(0);
  expect(s10CheckDigit('00000000')).toBe(5);
});
