import { expect, test } from 'vitest';
import { createQueue } from './queue.ts';
import { randomOf } from './random.ts';

test('whatever was put in comes out by its instant, and of the same instant in the order of coming', () => {
  const random = randomOf(1, 'queue');
  const items = Array.from({ length: 2_000 }, (_, ticket) => ({ at: random.whole(0, 300), ticket }));
  const sorted = items.toSorted((a, b) => a.at - b.at || a.ticket - b.ticket);
  const queue = createQueue(items);
  expect(queue.waiting()).toEqual(sorted);
  expect(queue.nextAt()).toBe(sorted[0]?.at);
  const early = queue.takeUntil(150);
  expect(early).toEqual(sorted.filter((item) => item.at <= 150));
  queue.push({ at: 151, ticket: -1 });
  expect([...early, ...queue.takeUntil(1_000)].length).toBe(2_001);
  expect([queue.size, queue.nextAt()]).toEqual([0, undefined]);
});
