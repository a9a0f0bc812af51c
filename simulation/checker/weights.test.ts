import { expect, test } from 'vitest';
import { emptyTruth, type TruthClaim, type TruthWeighing } from '../truth.ts';
import type { Readings } from './answers.ts';
import { judgeWeights } from './weights.ts';

const DAY = 86_400_000;
const ORDERED = 500 * DAY;

const claim = (different: Partial<TruthClaim> = {}): TruthClaim => ({
  ...{ key: '1/0', story: 1, way: 'plain', merchant: 3, ref: '1', isGenuine: true },
  ...{ externalShipmentId: `ext ${different.key ?? '1/0'}`, takenAt: ORDERED, number: 'N' },
  ...{ orderedAt: ORDERED, buyer: 'B', orderGrams: 1_000, isPart: false },
  ...different,
});
const weighed = (grams: number, different: Partial<TruthWeighing> = {}): TruthWeighing => ({
  ...{ number: 'N', reporter: 'ems', occurredAt: ORDERED + DAY, grams },
  ...different,
});

/** What is expected of each claim, if the network found nothing about weights. */
function expectedOf(
  claims: readonly TruthClaim[],
  weighings: readonly TruthWeighing[],
  rules: string[] = [],
) {
  const truth = emptyTruth();
  for (const one of claims) truth.claims.set(one.key, one);
  truth.weighings.push(...weighings);
  const found = { organisationId: 'org', rules };
  const verifications = new Map(claims.map((one) => [one.externalShipmentId, found]));
  return judgeWeights(truth, { verifications } as unknown as Readings).map((one) => one.expected);
}

test.each([
  ['nobody weighed', {}, [], []],
  ['what was sold', {}, [weighed(1_080)], []],
  ['next to nothing', {}, [weighed(90)], ['the weight of the goods']],
  ['light, and not by much', { orderGrams: 300 }, [weighed(110)], []],
  ['a placeholder, and then what was sold', {}, [weighed(1), weighed(1_050)], []],
  ['three times as much', {}, [weighed(3_100)], ['the weight of the goods']],
  ['of an earlier life', {}, [weighed(90, { occurredAt: ORDERED - 400 * DAY })], []],
  ['by somebody nobody recognises', {}, [weighed(90, { reporter: '4px' })], []],
  ['not what was stated', { orderGrams: 200, statedGrams: 900 }, [weighed(150)], ['the stated weight']],
  ['what was stated, and not what was sold', { statedGrams: 90 }, [weighed(90)], ['the weight of the goods']],
  ['a part of what was sold', { isPart: true }, [weighed(150)], []],
  [
    'not what was stated of the part',
    { isPart: true, statedGrams: 600 },
    [weighed(150)],
    ['the stated weight'],
  ],
] as const)('%s', (_, different, weighings, expected) => {
  expect(expectedOf([claim(different)], weighings)).toEqual(expected);
});

test('two orders of one buyer may be heavy together; of what was stated that is no excuse', () => {
  const other = { key: '1/1' };
  expect(expectedOf([claim(), claim(other)], [weighed(4_000)])).toEqual([]);
  expect(expectedOf([claim(), claim({ ...other, buyer: 'C' })], [weighed(4_000)])).toHaveLength(2);
  expect(expectedOf([claim({ statedGrams: 800 }), claim(other)], [weighed(4_000)])).toEqual([
    'the stated weight',
  ]);
});

test('a finding without a reason is a difference, and one with a reason is none', () => {
  expect(expectedOf([claim()], [weighed(1_080)], ['weight'])).toEqual(['nothing']);
  expect(expectedOf([claim()], [weighed(90)], ['weight'])).toEqual([]);
});
