import { describe, expect, it } from 'vitest';
import { addMs, instant } from '../kernel/index.ts';
import { LAG_COUNTS, LAG_STEPS_MS, lagStep, lagWithin, unusualSilenceMs } from './source-health.policy.ts';

const HOUR = 3_600_000;
const START = instant('2026-03-01T00:00:00Z');
const hoursOf = (...at: number[]) => at.map((hour) => addMs(START, hour * HOUR));

describe('the lag of a source', () => {
  it('belongs to the step that it does not exceed', () => {
    expect([-5_000, 0, 1_000, 1_001, 60_000].map(lagStep)).toEqual([0, 0, 0, 1, 4]);
    expect(lagStep(30 * 24 * HOUR)).toBe(LAG_COUNTS - 1);
    expect([...LAG_STEPS_MS].sort((a, b) => a - b)).toEqual(LAG_STEPS_MS);
  });
  it('is told as the end of a step, and as the last step when it is later than all', () => {
    const counts = Array.from({ length: LAG_COUNTS }, () => 0);
    expect(lagWithin(counts, 0.5)).toBeUndefined();
    counts[0] = 90;
    counts[4] = 8;
    counts[LAG_COUNTS - 1] = 2;
    expect([0.5, 0.9, 0.95, 0.99].map((share) => lagWithin(counts, share))).toEqual([
      1_000,
      1_000,
      60_000,
      7 * 24 * HOUR,
    ]);
  });
});

describe('a silence', () => {
  it('of a source that is hardly known is never unusual', () => {
    expect(unusualSilenceMs(hoursOf(0, 1, 2))).toBeUndefined();
  });
  it('is unusual when it is half as long again as the longest one so far', () => {
    const days = [0, 1, 2].flatMap((day) => Array.from({ length: 14 }, (_, hour) => day * 24 + 6 + hour));
    expect(unusualSilenceMs(hoursOf(...days))).toBe(15 * HOUR);
    expect(unusualSilenceMs(hoursOf(...Array.from({ length: 48 }, (_, hour) => hour)))).toBe(2 * HOUR);
  });
});
