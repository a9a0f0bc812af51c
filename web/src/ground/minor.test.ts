import { expect, test } from 'vitest';
import { isAmount, majorOf, minorOf } from './minor.ts';

test.each([
  ['12.34', 'EUR', 1234],
  ['12,3', 'EUR', 1230],
  ['0.29', 'USD', 29],
  ['12', 'JPY', 12],
  ['12.9', 'JPY', 12],
  ['1.2345', 'KWD', 1234],
  ['1.005', 'EUR', 100],
])('%s %s is %i of the small change', (text, currency, minor) => {
  expect(minorOf(text, currency)).toBe(minor);
});

test('what is no amount is nothing', () => {
  for (const text of ['', 'x', '-1', '1e3', '1.2.3']) expect(minorOf(text, 'EUR')).toBe(0);
});

test.each([
  [1234, 'EUR', '12.34'],
  [5, 'USD', '0.05'],
  [0, 'EUR', '0.00'],
  [12, 'JPY', '12'],
  [1234, 'KWD', '1.234'],
])('%i of the small change of %s is written %s and read back', (minor, currency, text) => {
  expect(majorOf({ amount_minor: minor, currency })).toBe(text);
  expect(minorOf(text, currency)).toBe(minor);
});

test('what is no amount is told from nought', () => {
  expect(['0', '12.50', ' 7,5 '].map(isAmount)).toEqual([true, true, true]);
  expect(['', 'twelve', '-3', '1.2.3', '12 EUR'].map(isAmount)).toEqual([false, false, false, false, false]);
});
