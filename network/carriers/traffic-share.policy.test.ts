import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIFECYCLE } from './decide.ts';
import { drawOf, isInsideShare } from './traffic-share.policy.ts';

const CARRIER = 'postroad_express_eu';
const orders = (count: number, of = 'org_1') =>
  Array.from({ length: count }, (_, index) => `${of} order-${index}`);
const takenOf = (percent: number, demand: readonly string[], carrier = CARRIER) =>
  demand.filter((one) => isInsideShare(percent, carrier, one));

describe('the share of a carrier', () => {
  test.each([
    ['trial', LIFECYCLE.trialTrafficPercent],
    ['restricted', LIFECYCLE.restrictedTrafficPercent],
  ])('on 20,000 orders of whomever a carrier that is %s gets about %i %', (_, percent) => {
    // Three and a half standard deviations of a fair draw are 0.55 points at 5 % and 1.24 points at 50 %.
    const margin = 3.5 * Math.sqrt((percent * (100 - percent)) / 20_000);
    for (const merchant of ['org_1', 'org_2', 'shop of another marketplace']) {
      const share = takenOf(percent, orders(20_000, merchant)).length / 200;
      expect(Math.abs(share - percent), merchant).toBeLessThan(margin);
    }
  });

  test('nothing and everything are exact', () => {
    expect(takenOf(0, orders(500))).toEqual([]);
    expect(takenOf(100, orders(500))).toHaveLength(500);
  });

  test('every draw comes up, so that one percent is one of a hundred', () => {
    const draws = new Set(orders(5_000).map((order) => drawOf(CARRIER, order)));
    expect([...draws].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  test('the same order gets the same answer, and a larger share keeps what a smaller one had', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(100), fc.nat(100), (demand, one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        expect(isInsideShare(small, CARRIER, demand)).toBe(isInsideShare(small, CARRIER, demand));
        if (isInsideShare(small, CARRIER, demand)) expect(isInsideShare(large, CARRIER, demand)).toBe(true);
      }),
    );
  });

  test('carriers draw apart: the orders of two on trial overlap no more than by chance', () => {
    const demand = orders(20_000);
    const both = takenOf(50, takenOf(50, demand), 'postroad_line').length / 200;
    expect(Math.abs(both - 25)).toBeLessThan(3.5 * Math.sqrt((25 * 75) / 20_000));
  });

  test('where one name ends and the next begins is no accident of spelling', () => {
    expect(drawOf('ab', 'c order')).not.toBe(drawOf('a', 'bc order'));
  });
});
