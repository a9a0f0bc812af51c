import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../network/kernel/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { openWorldClock, wallClock } from './clock.ts';

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld();
});
afterAll(() => bed.stop());

test('a clock that nobody set is the wall clock; a set one stands, survives a restart and never goes back', async () => {
  const clock = await openWorldClock(bed.database);
  expect(clock.isRunning()).toBe(true);
  expect(clock.now() <= wallClock.now()).toBe(true);
  const at = '2100-01-01T00:00:00.000Z' as Instant;
  expect(await clock.set({ at, running: false })).toBe(true);
  expect([clock.now(), clock.isRunning()]).toEqual([at, false]);
  const other = await openWorldClock(bed.database);
  expect(other.now()).toBe(at);
  expect(await other.set({ at: '2099-12-31T23:59:59.999Z' as Instant, running: false })).toBe(false);
  expect(clock.now()).toBe(at);
  expect(await other.set({ at: '2100-01-02T00:00:00.000Z' as Instant, running: true })).toBe(true);
  expect(clock.now()).toBe(at);
  await clock.refresh();
  expect(clock.now() >= '2100-01-02T00:00:00.000Z').toBe(true);
});
