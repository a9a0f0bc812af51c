import { expect, test } from 'vitest';
import { everyMsWhile, keysOf, pauseOf } from './topics.ts';

test('a topic names the lists that are read anew, and one that nobody knows names none', () => {
  expect(keysOf(['quarantine', 'unmapped_codes'])).toEqual([
    ['quarantine'],
    ['unmapped-codes'],
    ['code-mappings'],
  ]);
  expect(keysOf(['of a newer server' as never])).toEqual([]);
});

test('while the line is up a list that it tells of is seldom asked for, and every other one as before', () => {
  expect(everyMsWhile(true, ['quarantine', ''], 10_000)).toBe(60_000);
  expect(everyMsWhile(true, ['health'], 10_000)).toBe(10_000);
  expect(everyMsWhile(false, ['quarantine', ''], 10_000)).toBe(10_000);
});

test('what changes all the time on a busy network is read at longer intervals', () => {
  expect(pauseOf('timelines')).toBeGreaterThan(pauseOf('verifications'));
});
