import { type Instant, type Money, msBetween } from '../kernel/index.ts';
import type { Risk, RiskFinding } from './model.ts';
import type { ReturnPolicy, RiskRule } from './rulebook.ts';

/** Earlier cases of the same buyer with this merchant, within the days that the policy looks back. */
export type PastReturn = {
  readonly id: string;
  readonly orderId: string;
  readonly kind: string;
  readonly isWithdrawn: boolean;
  readonly counterFoundOtherwise: boolean;
};
export type RiskFacts = {
  readonly past: readonly PastReturn[];
  readonly orderId: string;
  readonly amount: Money;
  readonly now: Instant;
  readonly windowEndsAt: Instant | undefined;
};

const DAY_MS = 86_400_000;

type Rule = (
  facts: RiskFacts,
  policy: ReturnPolicy['risk'],
) => Omit<RiskFinding, 'rule' | 'points'> | undefined;

const NO_CASES = { count: 1, returnIds: [] };

/** Each says what it saw, or nothing. What was withdrawn is held against nobody. */
const RULES: Readonly<Record<RiskRule, Rule>> = {
  many_returns: ({ past }, { manyReturns }) => manyOf(past, manyReturns),
  many_refunds_only: ({ past }, { manyRefundsOnly }) =>
    manyOf(
      past.filter(({ kind }) => kind === 'refund_only'),
      manyRefundsOnly,
    ),
  counter_found_otherwise: ({ past }) =>
    manyOf(
      past.filter((one) => one.counterFoundOtherwise),
      1,
    ),
  same_order_again: ({ past, orderId }) =>
    manyOf(
      past.filter((one) => one.orderId === orderId),
      1,
    ),
  high_amount: ({ amount }, { highAmount }) => {
    const limit = highAmount[amount.currency];
    return limit !== undefined && amount.amountMinor >= limit ? NO_CASES : undefined;
  },
  last_day: ({ now, windowEndsAt }) =>
    windowEndsAt !== undefined && msBetween(now, windowEndsAt) < DAY_MS ? NO_CASES : undefined,
};

/** Sums the points of the rules that have something to say; heaviest first. */
export function riskOf(facts: RiskFacts, policy: ReturnPolicy['risk']): Risk {
  const past = facts.past.filter(({ isWithdrawn }) => !isWithdrawn);
  const findings = (Object.keys(RULES) as RiskRule[])
    .flatMap((rule): RiskFinding[] => {
      const points = policy.weights[rule];
      const seen = points === 0 ? undefined : RULES[rule]({ ...facts, past }, policy);
      return seen === undefined ? [] : [{ rule, points, ...seen }];
    })
    .sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1));
  return { score: findings.reduce((sum, { points }) => sum + points, 0), findings };
}

function manyOf(cases: readonly PastReturn[], from: number) {
  return cases.length < from
    ? undefined
    : { count: cases.length, returnIds: cases.slice(0, 20).map(({ id }) => id) };
}
