import { expect, test } from 'vitest';
import { atMost, createLifeline } from './lifeline.ts';

test('what was started last is ended first, and a failing closer does not keep the others', async () => {
  const order: string[] = [];
  const failed: string[] = [];
  const lifeline = createLifeline((name) => failed.push(name));
  for (const name of ['database', 'platform', 'file'])
    await lifeline.onStop(name, async () => {
      order.push(name);
      if (name === 'platform') throw new Error('stuck');
    });
  expect(await Promise.all([lifeline.stop(), lifeline.stop()])).toEqual([false, false]);
  expect(order).toEqual(['file', 'platform', 'database']);
  expect(failed).toEqual(['platform']);
});

test('what starts during the stop is ended at once', async () => {
  const lifeline = createLifeline(() => undefined);
  expect(await lifeline.stop()).toBe(true);
  let closed = false;
  await lifeline.onStop('late', async () => {
    closed = true;
  });
  expect(closed).toBe(true);
  expect(lifeline.isStopping).toBe(true);
});

test('atMost gives up on what does not end', async () => {
  expect(await atMost(5, new Promise(() => undefined))).toBe(false);
  expect(await atMost(60_000, Promise.resolve())).toBe(true);
  await expect(atMost(60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
});
