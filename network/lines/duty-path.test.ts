import { describe, expect, test } from 'vitest';
import { instant } from '../kernel/index.ts';
import { SHIPPED_DUTY_PATHS } from './duty-path.data.ts';
import { dutyPathSchema, findDutyPath } from './duty-path.ts';
import { SHIPPED_LINES } from './shipped-lines.ts';

const find = (origin: string, destination: string, at: string) => {
  const path = findDutyPath(SHIPPED_DUTY_PATHS, { origin, destination }, instant(at));
  return path?.kind === 'rule' ? path.rule.id : path?.kind;
};

describe('rules are selected by date, also at the bounds', () => {
  test.each([
    ['US', '2025-08-29T03:59:59.999Z', 'us_section_321'],
    ['US', '2025-08-29T04:00:00Z', 'us_eo_14324'],
    ['US', '2026-02-24T05:00:00Z', 'us_section_122'],
    ['US', '2026-07-24T03:59:59.999Z', 'us_section_122'],
    ['US', '2026-07-24T04:00:00Z', 'us_section_321_suspended'],
    ['US', '2027-07-01T04:00:00Z', 'us_no_de_minimis'],
    ['ES', '2026-06-30T21:59:59.999Z', 'eu_vat_from_first_cent'],
    ['ES', '2026-06-30T22:00:00Z', 'eu_three_euro'],
    ['ES', '2028-06-30T21:59:59.999Z', 'eu_three_euro'],
    ['ES', '2028-06-30T22:00:00Z', undefined],
    ['BR', '2024-08-01T03:00:00Z', 'br_remessa_conforme'],
    ['BR', '2024-08-01T02:59:59.999Z', undefined],
  ])('from China to %s at %s: %s', (destination, at, expected) =>
    expect(find('CN', destination, at)).toBe(expected),
  );
});

test('inside a country and inside the Union there are no customs', () => {
  expect(find('CN', 'CN', '2026-11-22T00:00:00Z')).toBe('no_customs');
  expect(find('NL', 'DE', '2026-11-22T00:00:00Z')).toBe('no_customs');
  expect(find('GB', 'DE', '2026-11-22T00:00:00Z')).toBe('eu_three_euro');
});

test('a lane without a rule has no path', () => {
  expect(find('CN', 'JP', '2026-11-22T00:00:00Z')).toBeUndefined();
  expect(find('CN', '*', '2026-11-22T00:00:00Z')).toBeUndefined();
});

test('the exact pair wins over the Union, the later of equals wins', () => {
  const [rule] = SHIPPED_DUTY_PATHS.rules.filter(({ id }) => id === 'eu_three_euro');
  const later = { ...rule!, id: 'later', from: instant('2026-08-01T00:00:00Z') };
  const exact = { ...rule!, id: 'exact', origin: 'CN', destination: 'ES' };
  const at = instant('2026-11-22T00:00:00Z');
  const pick = (rules: (typeof rule)[], destination: string) => {
    const path = findDutyPath(
      { ...SHIPPED_DUTY_PATHS, rules: rules as never },
      { origin: 'CN', destination },
      at,
    );
    return path?.kind === 'rule' ? path.rule.id : path;
  };
  expect(pick([exact, later, rule], 'ES')).toBe('exact');
  expect(pick([exact, later, rule], 'FR')).toBe('later');
  expect(pick([rule, later], 'FR')).toBe('later');
});

test('the three-euro duty is three euro per tariff code to a value of 150', () => {
  const rule = SHIPPED_DUTY_PATHS.rules.find(({ id }) => id === 'eu_three_euro');
  expect(rule?.facts[0]).toMatchObject({
    kind: 'per_distinct_hs6',
    amount: { amountMinor: 300 },
    valueUpTo: { amountMinor: 15_000 },
  });
});

test('every international lane of a shipped line has a path today', () => {
  for (const line of SHIPPED_LINES) {
    for (const { country } of line.destinations)
      expect(find(line.origins[0]!.country, country, '2026-11-22T00:00:00Z')).toBeDefined();
  }
});

test('the shipped document obeys its schema; ids twice or an unknown regime word do not', () => {
  expect(dutyPathSchema.parse(SHIPPED_DUTY_PATHS)).toEqual(SHIPPED_DUTY_PATHS);
  const [rule] = SHIPPED_DUTY_PATHS.rules;
  expect(dutyPathSchema.safeParse({ ...SHIPPED_DUTY_PATHS, rules: [rule, rule] }).success).toBe(false);
  expect(
    dutyPathSchema.safeParse({ ...SHIPPED_DUTY_PATHS, rules: [{ ...rule, regime: 'Free!' }] }).success,
  ).toBe(false);
});
