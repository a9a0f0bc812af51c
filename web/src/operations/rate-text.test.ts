import { expect, it } from 'vitest';
import { rateOf, textOfRate } from './rate-text.ts';

it.each([
  ['7.8125', 781_250_000],
  ['0,00000001', 1],
  [' 1 ', 100_000_000],
  ['1234567.12345678', 123_456_712_345_678],
])('%s is %d hundred-millionths, and reads the same again', (text, rate) => {
  expect(rateOf(text)).toBe(rate);
  expect(rateOf(textOfRate(rate))).toBe(rate);
});

it.each(['', 'seven', '-1', '1.123456789', '1e3', '12345678'])('%s is no rate', (text) => {
  expect(rateOf(text)).toBe(0);
});

it('a rate is written without the zeros at its end', () => {
  expect(textOfRate(781_250_000)).toBe('7.8125');
  expect(textOfRate(100_000_000)).toBe('1');
  expect(textOfRate(1)).toBe('0.00000001');
});
