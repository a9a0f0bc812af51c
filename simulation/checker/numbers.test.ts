import { expect, test } from 'vitest';
import { checkDigitOf, judgeNumbers } from './numbers.ts';

test('the check digit of the standard: its own example, and one that a label bears', () => {
  // ISO/IEC 7064, MOD 11,10: the string 0794 has the check character 5.
  expect(checkDigitOf('0794')).toBe('5');
  expect(checkDigitOf('20260000001')).toBe('5');
});

test('a repeated number, a wrong digit and a strange form are told apart', () => {
  const good = { number: 'PRE202600000015', parcel: 'a' };
  expect(judgeNumbers([good, good])).toEqual([]);
  const kinds = (list: Parameters<typeof judgeNumbers>[0]) => judgeNumbers(list).map((one) => one.kind);
  expect(kinds([good, { ...good, parcel: 'b' }])).toEqual(['number_repeated']);
  expect(kinds([{ ...good, number: 'PRE202600000016' }])).toEqual(['number_check_digit']);
  expect(kinds([{ ...good, number: 'XX1' }])).toEqual(['number_format']);
});
