import { expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { judgeReweigh } from './reweigh.policy.ts';

const at = instant('2026-03-01T10:00:00Z');

test.each([
  // Tolerance of 100 g declared: 10 g, for 3 % would be 3 g.
  [100, 110, 'keep_declared', 100],
  [100, 111, 'bill_measured', 111],
  [100, 120, 'bill_measured', 120],
  [100, 121, 'discrepancy', 121],
  // Tolerance of 1000 g declared: 30 g.
  [1000, 1030, 'keep_declared', 1000],
  [1000, 1031, 'bill_measured', 1031],
  [1000, 1200, 'bill_measured', 1200],
  [1000, 1201, 'discrepancy', 1201],
  // Lighter counts in the same way.
  [1000, 970, 'keep_declared', 1000],
  [1000, 969, 'bill_measured', 969],
  [1000, 799, 'discrepancy', 799],
  // Ten grams are tolerated even where they are more than a fifth.
  [20, 30, 'keep_declared', 20],
  [20, 31, 'discrepancy', 31],
])('declared %i g, measured %i g: %s, billed %i g', (declared, measured, verdict, billGrams) => {
  expect(judgeReweigh(declared, measured, at)).toMatchObject({ verdict, billGrams });
});

test('a discrepancy can be disputed for seven days and needs photographs', () => {
  const verdict = judgeReweigh(100, 500, at);
  expect(verdict).toMatchObject({ disputableUntil: instant('2026-03-08T10:00:00Z'), notify: true });
  expect(verdict.evidence).toContain('photo_on_scale');
});

test('another policy is another verdict', () => {
  const strict = { toleranceGrams: 0, toleranceBp: 0, disputeAboveBp: 0, disputeDays: 1 };
  expect(judgeReweigh(100, 101, at, strict).verdict).toBe('discrepancy');
  expect(judgeReweigh(100, 100, at, strict).verdict).toBe('keep_declared');
});

test.each([
  [0, 1],
  [1, 0],
  [1.5, 2],
  [1, Number.NaN],
  [-5, 5],
])('%s and %s are no weights', (declared, measured) => {
  expect(() => judgeReweigh(declared, measured, at)).toThrow(RangeError);
});
