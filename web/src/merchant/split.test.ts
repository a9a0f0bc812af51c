import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCharges } from './split.ts';

test('half of the freight is half of each line', () => {
  expect(splitCharges([800, 200], 500)).toEqual([
    { programme: 400, merchant: 400 },
    { programme: 100, merchant: 100 },
  ]);
});

test('what is left by rounding goes to the largest remainder', () => {
  expect(splitCharges([100, 100, 101], 100).map(({ programme }) => programme)).toEqual([33, 33, 34]);
});

test('a price of nothing is split into nothing', () => {
  expect(splitCharges([0, 0], 0)).toEqual([
    { programme: 0, merchant: 0 },
    { programme: 0, merchant: 0 },
  ]);
});

test('the parts always add up: of each line, and of what the programme pays', () => {
  const price = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(price, fc.integer({ min: 0, max: 10_000 }), (amounts, basisPoints) => {
      const total = amounts.reduce((sum, amount) => sum + amount, 0);
      const pays = Math.floor((total * basisPoints) / 10_000);
      const parts = splitCharges(amounts, pays);
      expect(parts.reduce((sum, part) => sum + part.programme, 0)).toBe(pays);
      for (const [index, part] of parts.entries()) {
        expect(part.programme + part.merchant).toBe(amounts[index]);
        expect(part.programme).toBeGreaterThanOrEqual(0);
        expect(part.merchant).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
