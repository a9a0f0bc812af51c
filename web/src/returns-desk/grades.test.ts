import { expect, it } from 'vitest';
import { gradesOf, newGrades } from './grades.ts';

it('items are in order until somebody says otherwise; then a reason and a part go along', () => {
  const grades = newGrades([{ line: 1 }, { line: 3 }]);
  expect(gradesOf(grades, 'CNY')).toEqual([
    { line: 1, grade: 'ok', quality: 1 },
    { line: 3, grade: 'ok', quality: 1 },
  ]);
  const damaged = { grade: 'no_ok', quality: '3', reason: 'customer_fault', refund: '12.50' } as const;
  expect(gradesOf({ ...grades, 3: damaged }, 'CNY')[1]).toEqual({
    line: 3,
    grade: 'no_ok',
    quality: 3,
    reason: 'customer_fault',
    refund_minor: 1_250,
  });
  expect(gradesOf({ 3: { ...damaged, refund: ' ' } }, 'CNY')[0]?.refund_minor).toBe(0);
});
