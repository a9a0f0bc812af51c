import { expect, test } from 'vitest';
import { minorOf } from './minor.ts';

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
