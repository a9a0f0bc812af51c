import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Instant } from '../kernel/index.ts';
import { alarmsOf, BLOCK_SIZE, blockSize, stockOf } from './stock.policy.ts';

test('leases use up a segment exactly, each lease takes what is wanted when it is there, and alarms ring once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 50 }), (size, wanted) => {
      let segment = {
        fromSerial: 0,
        toSerial: size - 1,
        nextSerial: 0,
        lowWaterPercent: 20,
        lowAnnouncedAt: undefined as Instant | undefined,
        exhaustedAt: undefined as Instant | undefined,
      };
      let low = 0;
      let exhausted = 0;
      while (segment.nextSerial < size) {
        const remaining = size - segment.nextSerial;
        const block = blockSize(remaining, wanted);
        expect(block).toBeGreaterThanOrEqual(Math.min(remaining, wanted));
        expect(block).toBeLessThanOrEqual(Math.min(remaining, Math.max(BLOCK_SIZE, wanted)));
        segment = { ...segment, nextSerial: segment.nextSerial + block };
        const alarms = alarmsOf(segment);
        const now = '2026-01-01T00:00:00.000Z' as Instant;
        if (alarms.low) {
          expect((size - segment.nextSerial) * 5).toBeLessThanOrEqual(size);
          low += 1;
          segment.lowAnnouncedAt = now;
        }
        if (alarms.exhausted) {
          exhausted += 1;
          segment.exhaustedAt = now;
        }
      }
      expect([segment.nextSerial, low, exhausted]).toEqual([size, 1, 1]);
    }),
  );
});

test('a cancelled number goes back to the balance and cannot be issued again', () => {
  const stock = stockOf(
    { fromSerial: 1, toSerial: 100, lost: 5 },
    { used: 60, cancelled: 10, printed: 40, expired: 2 },
  );
  expect(stock).toMatchObject({ size: 100, balance: 45, available: 35, lost: 5 });
});
