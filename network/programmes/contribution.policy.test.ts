import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Instant, instant, money } from '../kernel/index.ts';
import {
  contributionMinor,
  type Purchase,
  programmesPaying,
  whyNotApplicable,
} from './contribution.policy.ts';
import type { Programme } from './model.ts';

const FROM = instant('2026-01-01T00:00:00Z');
const TO = instant('2026-02-01T00:00:00Z');
const NOW = instant('2026-01-15T00:00:00Z');

const programme = (part: Partial<Programme> = {}): Programme => ({
  id: 'prg_00000000000000000000000000' as Programme['id'],
  organisationId: 'org_00000000000000000000000000' as Programme['organisationId'],
  name: 'Free shipping',
  lineCodes: [],
  serviceClasses: [],
  destinations: [],
  shareBasisPoints: 10_000,
  currency: money(0, 'EUR').currency,
  maxPerParcelMinor: undefined,
  budgetMinor: 1_000,
  spentMinor: 0,
  validFrom: FROM,
  validTo: TO,
  openedAt: FROM,
  ...part,
});
const purchase = (part: Partial<Purchase> = {}): Purchase => ({
  lineCode: 'eu_next_day',
  serviceClass: 'FAST',
  destination: 'DE',
  parcelCount: 1,
  total: money(595, 'EUR'),
  ...part,
});

describe('a programme', () => {
  test.each<[string, Partial<Programme>, Partial<Purchase>, Instant, boolean]>([
    ['that leaves all open pays', {}, {}, NOW, true],
    ['pays from its first instant', {}, {}, FROM, true],
    ['pays to just before its end', {}, {}, TO, false],
    ['pays without an end', { validTo: undefined }, {}, instant('2030-01-01T00:00:00Z'), true],
    ['not before it begins', {}, {}, instant('2025-12-31T23:59:59Z'), false],
    ['for a line that it names', { lineCodes: ['eu_next_day'] }, {}, NOW, true],
    ['not for another line', { lineCodes: ['eu_3_5_days'] }, {}, NOW, false],
    ['for a class that it names', { serviceClasses: ['FAST'] }, {}, NOW, true],
    [
      'for a line that it names besides its classes',
      { lineCodes: ['eu_next_day'], serviceClasses: ['ECONOMY'] },
      {},
      NOW,
      true,
    ],
    ['not for another class', { serviceClasses: ['ECONOMY'] }, {}, NOW, false],
    ['not to another country', { destinations: ['FR'] as never }, {}, NOW, false],
    ['not in another currency', {}, { total: money(595, 'USD') }, NOW, false],
  ])('%s', (_name, changed, bought, at, pays) => {
    expect(whyNotApplicable(programme(changed), purchase(bought), at) === undefined).toBe(pays);
  });
});

describe('a contribution', () => {
  test.each([
    ['free shipping pays all', {}, {}, 595],
    ['half is rounded down', { shareBasisPoints: 5_000 }, {}, 297],
    ['a maximum holds', { maxPerParcelMinor: 200 }, {}, 200],
    ['for each parcel', { maxPerParcelMinor: 200 }, { parcelCount: 2 }, 400],
    ['and is no minimum', { maxPerParcelMinor: 900 }, {}, 595],
  ])('%s', (_name, changed, bought, expected) => {
    expect(contributionMinor(programme(changed), purchase(bought))).toBe(expected);
  });

  test('is whole, never negative and never more than the freight, also for the largest amounts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 1, max: 10_000 }),
        fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
        fc.integer({ min: 1, max: 50 }),
        (amountMinor, shareBasisPoints, maxPerParcelMinor, parcelCount) => {
          const minor = contributionMinor(
            programme({ shareBasisPoints, maxPerParcelMinor }),
            purchase({ total: money(amountMinor, 'EUR'), parcelCount }),
          );
          expect(Number.isSafeInteger(minor)).toBe(true);
          expect(minor).toBeGreaterThanOrEqual(0);
          expect(minor).toBeLessThanOrEqual(amountMinor);
        },
      ),
    );
  });
});

describe('the programmes that would pay', () => {
  const named = (letter: string, part: Partial<Programme>) =>
    programme({ ...part, id: `prg_${letter.repeat(26)}` as Programme['id'] });
  const paying = (programmes: readonly Programme[], bought: Partial<Purchase> = {}) =>
    programmesPaying(programmes, purchase(bought), NOW).map((part) => [
      part.programmeId[4],
      part.pays.amountMinor,
      part.merchantPays.amountMinor,
    ]);

  test('stand with the most generous first, equal ones by age, each with what is left for the merchant', () => {
    const half = named('c', { shareBasisPoints: 5_000 });
    expect(paying([half, named('b', {}), named('a', {})])).toEqual([
      ['a', 595, 0],
      ['b', 595, 0],
      ['c', 297, 298],
    ]);
    expect(programmesPaying([half], purchase(), NOW)).toEqual([
      {
        programmeId: half.id,
        name: 'Free shipping',
        payerId: half.organisationId,
        pays: money(297, 'EUR'),
        merchantPays: money(298, 'EUR'),
      },
    ]);
  });

  test.each<[string, Partial<Programme>, number | undefined]>([
    ['one whose budget covers it to the last cent', { budgetMinor: 1_000, spentMinor: 405 }, 595],
    ['not one whose budget lacks a cent', { budgetMinor: 1_000, spentMinor: 406 }, undefined],
    ['one that pays little of much within its budget', { budgetMinor: 100, maxPerParcelMinor: 100 }, 100],
    ['not one for another line', { lineCodes: ['eu_3_5_days'] }, undefined],
    ['not one that has ended', { validTo: NOW }, undefined],
    ['not one whose share of it is nothing', { shareBasisPoints: 1 }, undefined],
  ])('%s', (_name, part, pays) => {
    expect(paying([named('a', part)])[0]?.[1]).toBe(pays);
  });
});
