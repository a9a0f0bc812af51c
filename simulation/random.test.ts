import { expect, test } from 'vitest';
import { randomOf } from './random.ts';

test('a stream is the same for ever by seed and name, and another by another name', () => {
  const draw = (seed: number, name: string) => {
    const random = randomOf(seed, name);
    return Array.from({ length: 5 }, () => random.whole(0, 1_000_000));
  };
  expect(draw(1, 'a')).toEqual(draw(1, 'a'));
  expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
  expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
});

test('a spread has the median and the 90th percentile that were asked for', () => {
  const random = randomOf(7, 'spread');
  const drawn = Array.from({ length: 20_000 }, () => random.spread(3, 7)).sort((a, b) => a - b);
  const quantile = (share: number) => drawn[Math.floor(share * drawn.length)] ?? 0;
  expect(quantile(0.5)).toBeGreaterThan(2.85);
  expect(quantile(0.5)).toBeLessThan(3.15);
  expect(quantile(0.9)).toBeGreaterThan(6.6);
  expect(quantile(0.9)).toBeLessThan(7.4);
});

test('weights are likelihoods, and a weight of nothing is never drawn', () => {
  const random = randomOf(7, 'weights');
  const drawn = Array.from({ length: 10_000 }, () =>
    random.weighted([
      ['often', 3],
      ['rare', 1],
      ['never', 0],
    ] as const),
  );
  const share = drawn.filter((one) => one === 'often').length / drawn.length;
  expect(share).toBeGreaterThan(0.72);
  expect(share).toBeLessThan(0.78);
  expect(drawn).not.toContain('never');
});
