import { expect, test } from 'vitest';
import { mistyped, numberOf } from './numbers.ts';

test('numbers look as printed ones do, down to the check digit', () => {
  // UPU S10-12's own example, a published test number of UPS, and an air waybill of DHL's documents.
  expect(numberOf('ems', 47_312_482)).toBe('EA473124829CN');
  expect(numberOf('ups', 1_234_567)).toMatch(/^1Z7W3A8503\d{8}$/);
  expect(numberOf('dhl_express', 0)).toBe('1000000002');
});

test('a typing error changes one digit and nothing else', () => {
  expect(mistyped('EA473124829CN')).toBe('EA473124820CN');
  expect(mistyped('1000000002')).toBe('1000000003');
});

test('a serial gives one number, and no two serials the same', () => {
  const carriers = ['china_post', 'correios', 'ups', 'dhl_express', 'sf_express', '4px', 'zto'] as const;
  const numbers = carriers.flatMap((carrier) =>
    Array.from({ length: 300 }, (_, serial) => numberOf(carrier, 20_000_000 + serial)),
  );
  expect(new Set(numbers).size).toBe(numbers.length);
});
