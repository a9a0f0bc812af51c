import { expect, it } from 'vitest';
import { changeOf } from './judgements.ts';

it.each([
  ['allows_all', 'denies:a,b', ['a', 'b'], []],
  ['denies:a,b', 'allows_all', [], ['a', 'b']],
  ['denies:a,b', 'denies:b,c', ['c'], ['a']],
  ['denies:a', 'denies:a', [], []],
])('%s, then %s', (before, after, denied, allowed) => {
  expect(changeOf(before, after)).toEqual({ denied, allowed });
});

it('answers of another kind are not read as lines', () => {
  expect(changeOf('duty:DDP', 'allows_all')).toBeUndefined();
});
