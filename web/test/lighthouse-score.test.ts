import { expect, test } from 'vitest';
import { DESKTOP, MOBILE, performanceScore, scoreOf } from './lighthouse-score.ts';

test('a curve goes through its two points and falls', () => {
  for (const curve of [...Object.values(MOBILE), ...Object.values(DESKTOP)]) {
    expect(scoreOf(curve.p10, curve)).toBeCloseTo(0.9, 5);
    expect(scoreOf(curve.median, curve)).toBeCloseTo(0.5, 5);
    expect(scoreOf(0, curve)).toBe(1);
    const falling = [0.1, 0.5, 1, 2, 5].map((times) => scoreOf(curve.median * times, curve));
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
  }
});

test('the score weighs five metrics; all at their 10th percentile give 90, the largest paint twice', () => {
  const { fcp, lcp, tbt, cls } = MOBILE;
  const good = { fcp: fcp.p10, lcp: lcp.p10, tbt: tbt.p10, cls: cls.p10 };
  // The largest paint stands for the speed index, and at 2.5 s that scores better than 0.9.
  expect(performanceScore(good, MOBILE)).toBe(91);
  expect(performanceScore({ ...good, cls: 1 }, MOBILE)).toBeLessThan(70);
  expect(performanceScore({ fcp: 0, lcp: 0, tbt: 0, cls: 0 }, DESKTOP)).toBe(100);
});
