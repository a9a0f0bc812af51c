import { describe, expect, test } from 'vitest';
import { MASK_KIND, MASK_PROFILES } from './mask-rules.ts';
import { DEFAULT_MASKS, type MaskDocument } from './masks.policy.ts';
import { DEFAULT_REVEALS, judgeReveal, REVEAL_KIND, RevealDocument } from './reveals.policy.ts';

describe('the rules of reveals', () => {
  // role, purpose, fields, seen in the last hour, answer
  test.each([
    ['courier', 'delivery', ['name', 'phone'], 0, 'allowed'],
    ['courier', 'delivery', ['name'], 59, 'allowed'],
    ['courier', 'delivery', ['name'], 60, 'reveal_quota_exhausted'],
    ['courier', 'delivery', ['email'], 0, 'reveal_not_allowed'],
    ['courier', 'fraud_investigation', ['name'], 0, 'reveal_not_allowed'],
    ['risk_inspector', 'fraud_investigation', ['tax_ids'], 0, 'allowed'],
    ['auditor', 'legal_request', ['name'], 0, 'reveal_not_allowed'],
    ['__proto__', 'delivery', ['name'], 0, 'reveal_not_allowed'],
  ] as const)('%s for %s, %j after %i: %s', (role, purpose, fields, seen, answer) => {
    const judged = judgeReveal(DEFAULT_REVEALS, role, { purpose, fields }, seen);
    expect(judged.ok ? 'allowed' : judged.rejection.code).toBe(answer);
  });

  test('the shipped document fits its schema and passes its tests', () => {
    expect(RevealDocument.parse(DEFAULT_REVEALS)).toEqual(DEFAULT_REVEALS);
    expect(REVEAL_KIND.runTests(DEFAULT_REVEALS)).toEqual([]);
  });

  test('an auditor cannot be given clear text, and a courier not the tax ids', () => {
    const { courier } = DEFAULT_REVEALS.roles;
    expect(RevealDocument.safeParse({ ...DEFAULT_REVEALS, roles: { auditor: courier } }).success).toBe(false);
    const wide = { ...DEFAULT_REVEALS, roles: { courier: { ...courier!, fields: ['tax_ids' as const] } } };
    expect(REVEAL_KIND.runTests(wide).map((failure) => failure.ruleId)).toEqual(['courier']);
  });
});

describe('the rulebook of masks', () => {
  const change = (name: string, mask: Partial<MaskDocument['profiles'][string]>): MaskDocument => ({
    ...DEFAULT_MASKS,
    profiles: { ...DEFAULT_MASKS.profiles, [name]: { ...DEFAULT_MASKS.profiles[name]!, ...mask } },
  });
  test('the shipped document passes its tests', () => {
    expect(MASK_KIND.runTests(DEFAULT_MASKS)).toEqual([]);
  });
  test.each([
    ['cn_gbt41833', { name: 'clear' }],
    ['cn_gbt41833', { lines: 'clear' }],
    ['cn_gbt41833', { phone: { showFirst: 4, showLast: 4, hideAtLeast: 4 } }],
    ['without_task', { name: 'clear' }],
    ['without_task', { company: 'clear' }],
    ['without_task', { lines: 'clear' }],
    ['last_four_only', { lines: 'without_unit' }],
    ['last_four_only', { name: 'first_character' }],
    ['last_four_only', { phone: { showFirst: 0, showLast: 3, hideAtLeast: 4 } }],
  ] as const)('%s with %j fails', (name, mask) => {
    expect(MASK_KIND.runTests(change(name, mask)).map((failure) => failure.ruleId)).toContain(name);
  });
  test('a document without one of the five profiles fails', () => {
    for (const name of MASK_PROFILES) {
      const { [name]: _gone, ...profiles } = DEFAULT_MASKS.profiles;
      expect(MASK_KIND.runTests({ ...DEFAULT_MASKS, profiles })).toHaveLength(1);
    }
  });
});
