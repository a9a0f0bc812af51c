import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUCKETS, bucketOf } from './bucket.policy.ts';

test('the buckets of known keys never change: rows are found by them', () => {
  const vectors = ['', 'a', 'PRE0000000001', 'PRE0000000002', 'pcl_01jd3v9k2m4n6p8q0r1s2t3v4w', '运单'];
  expect(vectors.map(bucketOf)).toEqual([11, 435, 406, 931, 278, 260]);
});

test('every key has one bucket in range', () => {
  fc.assert(
    fc.property(fc.string(), (key) => {
      const bucket = bucketOf(key);
      expect(Number.isInteger(bucket) && bucket >= 0 && bucket < BUCKETS).toBe(true);
      expect(bucketOf(key)).toBe(bucket);
    }),
  );
});

test('numbers in sequence spread evenly', () => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let serial = 0; serial < 102_400; serial += 1) {
    const bucket = bucketOf(`PRE${String(serial).padStart(10, '0')}`);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  // 100 are expected; 10 standard deviations apart would be no accident.
  expect(Math.min(...counts)).toBeGreaterThan(40);
  expect(Math.max(...counts)).toBeLessThan(180);
});
