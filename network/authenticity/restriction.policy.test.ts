import { expect, test } from 'vitest';
import { addMs } from '../kernel/index.ts';
import { day, factsOf } from './facts.fixture.ts';
import { slipEndsAt, suspendedUntil } from './restriction.policy.ts';
import { DEFAULT_FALSE_TRACKING as RULES } from './rulebook.ts';

/** As documents were written before they could say it. */
const { slipHours: _slip, restriction: _restriction, ...OLDER } = RULES;

test.each([
  ['the shipped rules', RULES, 24],
  ['rules that do not say it', OLDER, 24],
  ['rules that give no time', { ...RULES, slipHours: 0 }, 0],
])('a slip may be corrected: %s', (_name, rules, hours) => {
  const facts = factsOf({ declaration: { numberDeclaredAt: day(4) } });
  expect(slipEndsAt(facts, rules)).toBe(addMs(day(4), hours * 3_600_000));
});

test.each([
  [48, RULES, day(185)],
  [60, OLDER, day(185)],
  [47, RULES, undefined],
  [12, { ...RULES, restriction: { points: 12, days: 10 } }, day(15)],
])('%i points suspend the merchant', (points, rules, until) => {
  expect(suspendedUntil({ points, newestAt: day(5) }, rules)).toBe(until);
});

test('no penalty, no suspension', () => {
  expect(suspendedUntil({ points: 0, newestAt: undefined }, RULES)).toBeUndefined();
});
