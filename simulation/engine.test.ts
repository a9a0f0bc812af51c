import { expect, test } from 'vitest';
import { actUntil } from './engine.ts';
import { createQueue } from './queue.ts';
import type { World } from './world.ts';

test('a world that is told to end does what is under way, and everything else waits', async () => {
  const ending = new AbortController();
  const done: string[] = [];
  const acts = [1, 2, 3].map((order) => ({ kind: 'unreported', order, at: order, step: order }) as const);
  const counts = new Map<string, number>();
  counts.set = (what) => {
    done.push(what);
    ending.abort();
    return counts;
  };
  const world = { queue: createQueue(acts), counts } as unknown as World;
  const pace = { atOnce: 1, onFailure: (_: string, error: unknown) => expect.fail(String(error)) };
  await actUntil(world, 2, { ...pace, ending: ending.signal });
  expect(done).toEqual(['unreported scans']);
  expect(world.queue.waiting()).toEqual(acts.slice(1));
});
