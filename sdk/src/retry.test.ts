import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterSeconds } from './problem.ts';
import { delayMs, MAX_DELAY_MS } from './retry.ts';

test('waits double, spread over the upper half, and never pass the longest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const whole = Math.min(MAX_DELAY_MS, 250 * 2 ** (attempt - 1));
        const wait = delayMs({ firstDelayMs: 250, random: () => random }, attempt, undefined);
        expect(wait).toBeGreaterThanOrEqual(whole / 2);
        expect(wait).toBeLessThanOrEqual(whole);
      },
    ),
  );
});

test('what the server asks for is kept, up to the longest', () => {
  const options = { firstDelayMs: 250, random: () => 0 };
  expect(delayMs(options, 1, 7)).toBe(7_000);
  expect(delayMs(options, 1, 86_400)).toBe(MAX_DELAY_MS);
});

test('Retry-After is seconds or a date; nonsense is none', () => {
  const of = (value: string) => retryAfterSeconds(new Headers({ 'retry-after': value }));
  expect(of('12')).toBe(12);
  expect(of(new Date(Date.now() - 5_000).toUTCString())).toBe(0);
  expect(of(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50);
  expect(of('soon')).toBeUndefined();
  expect(of('-3.5x')).toBeUndefined();
  expect(retryAfterSeconds(new Headers())).toBeUndefined();
});
