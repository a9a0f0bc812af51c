import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../../platform/world/index.ts';
import { instant, type Money, type OrganisationId } from '../kernel/index.ts';
import {
  arrive,
  capacityOf,
  convert,
  emptyPlaces,
  leave,
  NO_PLAN,
  type Places,
  type Plan,
  publish,
  release,
  reserve,
  roomOf,
  ruleKey,
  stateOf,
} from './capacity.policy.ts';
import { aDemand, NOW, shopAt } from './demand.fixture.ts';
import { exclusionOf } from './exclusion.policy.ts';
import { hourAt, hoursOf } from './hours.policy.ts';
import type { Demand, ExclusionReason } from './model.ts';
import { DEFAULT_POINT_ALLOCATION } from './rulebook.ts';
import { POINT_ALLOCATION_KIND } from './rulebook-kind.ts';
import { byScore, cheapestOf, gotShareOf, partsOf, scoreOf } from './score.policy.ts';

const NETWORK = newId('org') as OrganisationId;

describe('places', () => {
  test.each<[string, Places, 'open' | 'full' | 'closed', number]>([
    ['untouched', emptyPlaces(3), 'open', 3],
    ['partly taken', { ...emptyPlaces(3), reserved: 1, used: 1 }, 'open', 1],
    ['all taken', { ...emptyPlaces(3), reserved: 2, used: 1 }, 'full', 0],
    ['nothing offered', emptyPlaces(0), 'closed', 0],
    ['more came than was offered', { ...emptyPlaces(3), used: 3, beyond: 1 }, 'closed', 0],
    ['one of those left, the hour stays closed', { ...emptyPlaces(3), used: 2, beyond: 1 }, 'closed', 0],
  ])('%s', (_, places, state, room) => {
    expect(stateOf(places)).toBe(state);
    expect(roomOf(places)).toBe(room);
  });

  test('what was published less than is taken is not offered again when it is given back', () => {
    const taken = { ...emptyPlaces(10), reserved: 8 };
    const lowered = publish(taken, 4);
    expect(lowered).toEqual({ published: 4, capacity: 8, reserved: 8, used: 0, beyond: 0 });
    expect(roomOf(release(lowered, 3))).toBe(0);
    expect(roomOf(release(lowered, 5))).toBe(1);
  });

  test('a walk-in takes what nobody holds, and the rest is beyond', () => {
    const places = arrive({ ...emptyPlaces(5), reserved: 3, used: 1 }, 3);
    expect(places).toMatchObject({ used: 2, reserved: 3, beyond: 2 });
    expect(publish(places, 7)).toMatchObject({ used: 4, beyond: 0, capacity: 7 });
  });

  test('reserved + used never passes the capacity, in any order of events', () => {
    const step = fc.tuple(
      fc.constantFrom('reserve', 'release', 'convert', 'arrive', 'leave', 'publish'),
      fc.integer({ min: 1, max: 6 }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.array(step, { maxLength: 60 }), (first, steps) => {
        let places = emptyPlaces(first);
        let refusedWithRoom = false;
        for (const [what, count] of steps) {
          const room = roomOf(places);
          if (what === 'reserve') {
            const after = reserve(places, count);
            refusedWithRoom ||= (after === undefined) !== count > room;
            places = after ?? places;
          } else if (what === 'release') places = release(places, Math.min(count, places.reserved));
          else if (what === 'convert') places = convert(places, Math.min(count, places.reserved));
          else if (what === 'arrive') {
            const after = arrive(places, count);
            // A fact is counted in full.
            expect(after.used + after.beyond).toBe(places.used + places.beyond + count);
            places = after;
          } else if (what === 'leave') places = leave(places, count);
          else places = publish(places, count);
          const { reserved, used, beyond, capacity, published } = places;
          expect(reserved + used).toBeLessThanOrEqual(capacity);
          expect(Math.min(reserved, used, beyond)).toBeGreaterThanOrEqual(0);
          // Above what is published the capacity is only what is taken.
          expect(capacity === published || capacity === reserved + used).toBe(true);
        }
        expect(refusedWithRoom).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('capacity of an hour', () => {
  const hour = { startsAt: instant('2026-06-01T02:00:00Z'), day: '2026-06-01', hour: 10 };
  const plan = (entries: [string, number][], more: Partial<Plan> = {}): Plan => ({
    ...NO_PLAN,
    rules: new Map(entries),
    ...more,
  });
  const daily: [string, number] = [ruleKey('return', 'daily', 10), 6];
  const dated: [string, number] = [ruleKey('return', '2026-06-01', 10), 2];
  test.each<[string, Plan, number]>([
    ['the usual number without a rule', NO_PLAN, 10],
    ['the daily rule before it', plan([daily]), 6],
    ['the rule of the date before that', plan([daily, dated]), 2],
    ['a closed hour', plan([[ruleKey('return', 'daily', 10), 0]]), 0],
    ['of another service nothing', plan([[ruleKey('mail', 'daily', 10), 1]]), 10],
    ['the slider takes its share, rounded down', plan([], { acceptPercent: 55 }), 5],
    ['until its moment', plan([], { acceptPercent: 0, acceptUntil: hour.startsAt }), 10],
    ['and closes at 0', plan([], { acceptPercent: 0, acceptUntil: instant('2026-06-01T03:00:00Z') }), 0],
  ])('%s', (_, given, expected) => {
    expect(capacityOf(given, { return: 10 }, 'return', hour)).toBe(expected);
  });
  test('a service without a number takes nothing', () => {
    expect(capacityOf(NO_PLAN, {}, 'return', hour)).toBe(0);
  });
});

describe('local hours', () => {
  const span = (startsAt: string, endsAt: string) => ({
    startsAt: instant(startsAt),
    endsAt: instant(endsAt),
  });
  test('of a zone half an hour off begin on its half hours', () => {
    expect(hourAt('Asia/Kolkata', instant('2026-06-01T04:40:00Z'))).toEqual({
      startsAt: '2026-06-01T04:30:00.000Z',
      day: '2026-06-01',
      hour: 10,
    });
  });
  test('that an open span touches, its broken ends too', () => {
    const hours = hoursOf([span('2026-06-01T00:30:00Z', '2026-06-01T03:15:00Z')], 'Asia/Shanghai');
    expect(hours.map(({ hour }) => hour)).toEqual([8, 9, 10, 11]);
  });
  test('of two spans in one hour come once', () => {
    const spans = [
      span('2026-06-01T04:00:00Z', '2026-06-01T04:20:00Z'),
      span('2026-06-01T04:40:00Z', '2026-06-01T05:00:00Z'),
    ];
    expect(hoursOf(spans, 'Asia/Shanghai')).toHaveLength(1);
  });
  test('of the night of summer time: one is missing in spring, one comes twice in autumn', () => {
    const spring = hoursOf([span('2026-03-28T23:00:00Z', '2026-03-29T03:00:00Z')], 'Europe/Berlin');
    expect(spring.map(({ hour }) => hour)).toEqual([0, 1, 3, 4]);
    const autumn = hoursOf([span('2026-10-24T22:00:00Z', '2026-10-25T03:00:00Z')], 'Europe/Berlin');
    expect(autumn.map(({ hour }) => hour)).toEqual([0, 1, 2, 2, 3]);
    expect(new Set(autumn.map(({ startsAt }) => startsAt)).size).toBe(5);
  });
  test('found one by one are the ones found in a row', () => {
    for (const zone of ['Asia/Kathmandu', 'Europe/Berlin', 'America/New_York', 'Asia/Shanghai']) {
      const hours = hoursOf([span('2026-10-24T20:10:00Z', '2026-11-02T03:40:00Z')], zone);
      for (const hour of hours) expect(hourAt(zone, hour.startsAt)).toEqual(hour);
    }
  });
});

describe('exclusions', () => {
  const fits = { distanceMeters: 500, maxDistanceMeters: 30_000, isBlocked: false };
  const small = { perHour: { return: 10 }, shelf: 5, maxWeightGrams: 10_000, maxSideMm: 600 };
  test.each<
    [ExclusionReason | undefined, Parameters<typeof shopAt>[2], Partial<Demand>, Partial<typeof fits>]
  >([
    [undefined, {}, {}, {}],
    ['other_country', {}, { country: 'DE' as Demand['country'] }, {}],
    ['service_not_offered', { services: ['mail'] }, {}, {}],
    ['too_far', {}, {}, { distanceMeters: 30_001 }],
    ['outside_range', { range: { kind: 'divisions', codes: ['110000'] } }, {}, {}],
    [undefined, { range: { kind: 'divisions', codes: ['330100'] } }, {}, {}],
    ['goods_class_not_taken', {}, { goodsClass: 'battery_contained' }, {}],
    [undefined, { goodsClasses: ['battery_contained'] }, { goodsClass: 'battery_contained' }, {}],
    ['too_heavy', { capacity: small }, { weightGrams: 10_001 }, {}],
    [undefined, { capacity: small }, { weightGrams: 10_000, longestSideMm: 600 }, {}],
    ['too_long', { capacity: small }, { longestSideMm: 601 }, {}],
    ['blocked', {}, {}, { isBlocked: true }],
  ])('%s', (reason, point, demand, more) => {
    const judged = { point: shopAt(500, NETWORK, point), demand: aDemand(demand), ...fits, ...more };
    expect(exclusionOf(judged)).toBe(reason);
  });
});

describe('score', () => {
  const fee = (amountMinor: number, currency = 'CNY') => ({ amountMinor, currency }) as Money;
  const facts = { distanceMeters: 0, room: 10, capacity: 10, quality: 100, fee: undefined, gotShare: 0 };
  test('the best point has 1 in every part, and 1 in all', () => {
    const parts = partsOf(facts, new Map(), 1_500);
    expect(Object.values(parts)).toEqual([1, 1, 1, 1, 1]);
    expect(scoreOf(parts, DEFAULT_POINT_ALLOCATION.weights)).toBe(1);
  });
  test.each([
    ['distance is half at the half distance', { distanceMeters: 1_500 }, 'distance', 0.5],
    ['capacity is the free share', { room: 3, capacity: 12 }, 'capacity', 0.25],
    ['without capacity nothing is free', { room: 0, capacity: 0 }, 'capacity', 0],
    ['quality is of a hundred', { quality: 80 }, 'quality', 0.8],
    ['cost compares with the cheapest of its currency', { fee: fee(400) }, 'cost', 0.5],
    ['a currency alone is its own cheapest', { fee: fee(9_999, 'EUR') }, 'cost', 1],
    ['fairness is what was not got', { gotShare: 0.7 }, 'fairness', 0.3],
  ] as const)('%s', (_, more, part, expected) => {
    const all = { ...facts, ...more };
    const cheapest = cheapestOf([all, { fee: fee(200) }, { fee: fee(0) }]);
    expect(partsOf(all, cheapest, 1_500)[part]).toBe(expected);
  });
  test('equal scores go to the nearer, then by id', () => {
    const list = [
      { pointId: 'b', score: 0.5, distanceMeters: 9 },
      { pointId: 'a', score: 0.5, distanceMeters: 9 },
      { pointId: 'c', score: 0.5, distanceMeters: 1 },
      { pointId: 'd', score: 0.9, distanceMeters: 99 },
    ];
    expect(byScore(list).map(({ pointId }) => pointId)).toEqual(['d', 'c', 'a', 'b']);
  });
  test('a point of a large network that got much stands behind a lone shop that got little', () => {
    const large = gotShareOf({ could: 100, got: 10 }, { could: 1_000, got: 900 });
    const lone = gotShareOf({ could: 100, got: 10 }, { could: 100, got: 10 });
    expect(large).toBeGreaterThan(lone);
    expect(gotShareOf(undefined, undefined)).toBe(0.1);
  });
});

describe('the rulebook', () => {
  test('as shipped passes its own tests', () => {
    expect(POINT_ALLOCATION_KIND.schema.parse(DEFAULT_POINT_ALLOCATION)).toEqual(DEFAULT_POINT_ALLOCATION);
    expect(POINT_ALLOCATION_KIND.runTests(DEFAULT_POINT_ALLOCATION)).toEqual([]);
  });
  test('without weights, or with its distances turned round, does not', () => {
    const none = { distance: 0, capacity: 0, quality: 0, cost: 0, fairness: 0 };
    const faulty = { ...DEFAULT_POINT_ALLOCATION, weights: none, maxDistanceMeters: 1_000 };
    expect(POINT_ALLOCATION_KIND.runTests(faulty).map(({ test }) => test)).toEqual(['weights', 'distances']);
  });
});

test('now is within the opening hours of the shops of these tests', () => {
  expect(hourAt('Asia/Shanghai', NOW).hour).toBe(10);
});
