import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Instant, instant } from '../kernel/index.ts';
import {
  activate,
  afterTests,
  giveWay,
  type Life,
  periodAt,
  retire,
  stateAt,
  successionOf,
} from './decide.ts';
import type { Period, RulebookVersionId } from './model.ts';

const NOW = instant('2026-03-01T00:00:00Z');
const day = (days: number): Instant => addDays(NOW, days);
const DRAFT: Life = { state: 'draft', validFrom: undefined, validTo: undefined };
const TESTED: Life = { ...DRAFT, state: 'tested' };
const ACTIVE: Life = { state: 'active', validFrom: day(-10), validTo: undefined };
const OVER: Life = { state: 'active', validFrom: day(-10), validTo: day(-1) };
const RETIRED: Life = { state: 'retired', validFrom: undefined, validTo: undefined };

function period(number: number, from: Instant, to?: Instant, organisationId = 'network'): Period {
  return {
    organisationId: organisationId as Period['organisationId'],
    versionId: `rbv_${number}` as RulebookVersionId,
    number,
    validFrom: from,
    validTo: to,
  };
}

describe('the life of a version', () => {
  // state, after passing tests, after failing tests, activating, retiring
  const table: [string, Life, string, string, string, string][] = [
    ['draft', DRAFT, 'tested', 'draft', 'rulebook_version_not_tested', 'retired'],
    ['tested', TESTED, 'tested', 'draft', 'active', 'retired'],
    ['active', ACTIVE, 'active', 'active', 'rulebook_version_already_active', 'retired'],
    [
      'active, its time is over',
      OVER,
      'retired',
      'retired',
      'rulebook_version_retired',
      'rulebook_version_retired',
    ],
    ['retired', RETIRED, 'retired', 'retired', 'rulebook_version_retired', 'rulebook_version_retired'],
  ];
  test.each(table)('%s', (_name, life, passing, failing, activating, retiring) => {
    const state = stateAt(life, NOW);
    expect(afterTests(state, 0)).toBe(passing);
    expect(afterTests(state, 2)).toBe(failing);
    const activated = activate(life, { at: NOW, now: NOW, failures: 0 }, []);
    expect(activated.ok ? activated.value.state : activated.rejection.code).toBe(activating);
    const retired = retire(life, NOW);
    expect(retired.ok ? retired.value.state : retired.rejection.code).toBe(retiring);
  });
});

describe('activating', () => {
  test('in the past is refused, so that what was answered stays explainable', () => {
    const outcome = activate(TESTED, { at: day(-1), now: NOW, failures: 0 }, []);
    expect(outcome.ok ? '' : outcome.rejection.code).toBe('rulebook_date_past');
  });
  test('is refused when the tests fail now although they passed before', () => {
    const outcome = activate(TESTED, { at: NOW, now: NOW, failures: 1 }, []);
    expect(outcome.ok ? '' : outcome.rejection.code).toBe('rulebook_tests_failed');
  });
  test('before a scheduled version ends where that one begins', () => {
    const outcome = activate(TESTED, { at: day(1), now: NOW, failures: 0 }, [
      period(1, day(-9)),
      period(2, day(5)),
    ]);
    expect(outcome).toEqual({ ok: true, value: { state: 'active', validFrom: day(1), validTo: day(5) } });
  });
  test('ends the version in force, and one that was to begin at the same moment never begins', () => {
    expect(giveWay(period(1, day(-9)), day(1))).toEqual({
      state: 'active',
      validFrom: day(-9),
      validTo: day(1),
    });
    expect(giveWay(period(2, day(1)), day(1))?.state).toBe('retired');
    expect(giveWay(period(3, day(2)), day(1))).toBeUndefined();
    expect(giveWay(period(4, day(-9), day(-2)), day(1))).toBeUndefined();
  });
});

describe('retiring', () => {
  test('a version that is still to begin leaves no time in force', () => {
    const outcome = retire({ state: 'active', validFrom: day(3), validTo: undefined }, NOW);
    expect(outcome).toEqual({ ok: true, value: { state: 'retired', validFrom: day(3), validTo: day(3) } });
  });
});

describe('the version in force', () => {
  test('begins at its first moment and is over at its last', () => {
    const periods = [period(1, day(0), day(2)), period(2, day(2))];
    expect(periodAt(periods, 'network', day(-1))).toBeUndefined();
    expect(periodAt(periods, 'network', day(0))?.number).toBe(1);
    expect(periodAt(periods, 'network', addDays(day(2), -1 / 86_400_000))?.number).toBe(1);
    expect(periodAt(periods, 'network', day(2))?.number).toBe(2);
  });
  test('is the platform’s own before that of the network, also when the network’s is younger', () => {
    const periods = [period(1, day(0), day(4), 'org_a'), period(2, day(1))];
    expect(periodAt(periods, 'org_a', day(3))?.number).toBe(1);
    expect(periodAt(periods, 'org_a', day(4))?.number).toBe(2);
  });
  test('follows the one before it, and none where a version ended alone', () => {
    const periods = [period(1, day(0), day(2)), period(2, day(2), day(4)), period(3, day(5))];
    expect(successionOf(periods, 'network').map(({ from, period: one }) => [from, one?.number])).toEqual([
      [undefined, undefined],
      [day(0), 1],
      [day(2), 2],
      [day(4), undefined],
      [day(5), 3],
    ]);
  });
  test('after any row of activations there is exactly one at every moment from the first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 12 }), (offsets) => {
        let all: { life: Life; period: Period }[] = [];
        offsets.forEach((offset, index) => {
          const at = day(offset);
          const others = all.filter((one) => one.life.state === 'active').map((one) => one.period);
          const outcome = activate(TESTED, { at, now: NOW, failures: 0 }, others);
          if (!outcome.ok) throw new Error(outcome.rejection.code);
          all = all.map((one) => {
            const life = one.life.state === 'active' ? giveWay(one.period, at) : undefined;
            return life === undefined ? one : { life, period: { ...one.period, validTo: life.validTo } };
          });
          const { validTo } = outcome.value;
          all.push({ life: outcome.value, period: period(index, at, validTo) });
        });
        const first = Math.min(...offsets);
        for (let moment = first; moment <= 31; moment += 1) {
          const at = day(moment);
          const inForce = all.filter(
            ({ period: one }) => one.validFrom <= at && (one.validTo === undefined || at < one.validTo),
          );
          expect(inForce).toHaveLength(1);
        }
      }),
    );
  });
});
