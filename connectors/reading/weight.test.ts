import { expect, it } from 'vitest';
import { readWeight } from './weight.ts';

it.each<readonly [string | undefined, string | undefined, number | undefined]>([
  ['1.25', 'KG', 1_250],
  ['5.00', 'LBS', 2_268],
  ['0.09', 'K', 90],
  ['8', 'oz', 227],
  ['1,5', 'kgs', 1_500],
  ['0.0001', 'kg', 1],
  ['250', ' g ', 250],
  ['0', 'kg', undefined],
  ['0.00', 'LB', undefined],
  ['-1', 'kg', undefined],
  ['1e3', 'g', undefined],
  ['', 'kg', undefined],
  ['heavy', 'kg', undefined],
  ['12', 'stone', undefined],
  ['12', undefined, undefined],
  [undefined, 'kg', undefined],
  ['1001', 'kg', undefined],
  ['1,234,5', 'g', undefined],
])('%s %s is %s g', (value, unit, grams) => {
  expect(readWeight(value, unit)).toBe(grams);
});
