import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from './assess.policy.ts';
import { claim, day, factsOf, HONEST_SCANS, MADRID, SHENZHEN, scan } from './facts.fixture.ts';
import type { DeclarationFacts, FactScan } from './facts.ts';
import { NEVER_CONVICT, DEFAULT_FALSE_TRACKING as RULES } from './rulebook.ts';

const rulesOf = (facts: DeclarationFacts, rules = RULES) =>
  assess(facts, rules).findings.map((finding) => finding.rule);

/** The way of an honest parcel, with these weights at its first scans; an order of 800 g. */
const weighed = (...grams: readonly (number | undefined)[]): FactScan[] => {
  const physical = HONEST_SCANS.slice(1);
  return [
    ...HONEST_SCANS.slice(0, 1),
    ...physical.map((one, index) =>
      grams[index] === undefined ? one : { ...one, weightGrams: grams[index] },
    ),
  ];
};

describe('the weight of a parcel', () => {
  test.each<readonly [string, DeclarationFacts, boolean]>([
    ['that nobody weighed says nothing', factsOf(), false],
    ['of its goods and a box is right', factsOf({ scans: weighed(950) }), false],
    ['of two fifths of the goods may be a bad guess', factsOf({ scans: weighed(320) }), false],
    ['of an envelope holds no 800 g', factsOf({ scans: weighed(20) }), true],
    ['of light goods is a guess', factsOf({ order: { weightGrams: 150 }, scans: weighed(10) }), false],
    ['in a crate may be much', factsOf({ order: { weightGrams: 100 }, scans: weighed(1_050) }), false],
    ['three times the goods may be the packing', factsOf({ scans: weighed(2_400) }), false],
    ['of 4 kg is another parcel', factsOf({ scans: weighed(4_000) }), true],
    [
      'of what was declared is right',
      factsOf({ declaration: { weightGrams: 950 }, scans: weighed(990) }),
      false,
    ],
    [
      'that was declared, of goods that weigh ten times as much, holds no goods',
      factsOf({ declaration: { weightGrams: 60 }, scans: weighed(60) }),
      true,
    ],
    [
      'of a part that was declared is known',
      factsOf({ declaration: { isPart: true, weightGrams: 500 }, scans: weighed(20) }),
      true,
    ],
    [
      'of a parcel for several orders that was declared is known',
      factsOf({
        claims: [claim({ sameBuyer: true })],
        declaration: { weightGrams: 1_600 },
        scans: weighed(9_000),
      }),
      true,
    ],
    [
      'of goods that nobody weighed is that of the declaration',
      factsOf({ order: { weightGrams: 0 }, declaration: { weightGrams: 900 }, scans: weighed(15) }),
      true,
    ],
    ['that one scale knew, and another not, speaks for it', factsOf({ scans: weighed(1, 900) }), false],
    ['twice too light stays too light', factsOf({ scans: weighed(1, 30) }), true],
    ['twice too heavy stays too heavy', factsOf({ scans: weighed(9_000, 4_000) }), true],
    [
      'of a part of an order says nothing',
      factsOf({ declaration: { isPart: true }, scans: weighed(20) }),
      false,
    ],
    [
      'with another order of the buyer in it may be much',
      factsOf({ claims: [claim({ sameBuyer: true })], scans: weighed(4_000) }),
      false,
    ],
    [
      'with another order of the buyer in it is not less',
      factsOf({ claims: [claim({ sameBuyer: true })], scans: weighed(20) }),
      true,
    ],
    [
      'on a label is what the sender wrote',
      factsOf({ scans: [scan('order_created', 0.5, SHENZHEN, { weightGrams: 20 }), ...weighed().slice(1)] }),
      false,
    ],
    [
      'of a source that nobody recognises says nothing',
      factsOf({
        scans: [...weighed(), scan('picked_up', 1.6, SHENZHEN, { recognised: false, weightGrams: 20 })],
      }),
      false,
    ],
    [
      'on its way back says nothing',
      factsOf({ scans: [...weighed(), scan('returning', 12, MADRID, { weightGrams: 20 })] }),
      false,
    ],
    [
      'of an order without one says nothing',
      factsOf({ order: { weightGrams: 0 }, scans: weighed(9) }),
      false,
    ],
  ])('%s', (_name, facts, isFound) => {
    expect(rulesOf(facts).includes('weight')).toBe(isFound);
  });

  test('is evidence with both weights and the scan that speaks most for the merchant', () => {
    const [finding] = assess(factsOf({ scans: weighed(20, 60) }), RULES).findings;
    expect(finding).toMatchObject({
      ...{ rule: 'weight', points: 60, declared: '800 g', observed: '60 g' },
      ...{ scanIds: ['departed_origin-3-correos'], places: [{ country: 'CN', city: 'Shenzhen' }] },
    });
  });

  test('is judged by the tolerance of the rulebook; a document without one has the shipped one', () => {
    const { weightTolerance: _shipped, ...older } = RULES;
    expect(rulesOf(factsOf({ scans: weighed(20) }), older)).toEqual(['weight']);
    const strict = {
      ...RULES,
      weightTolerance: { tooLight: { percent: 90, grams: 10 }, tooHeavy: { percent: 110, grams: 10 } },
    };
    expect(rulesOf(factsOf({ scans: weighed(700) }), strict)).toEqual(['weight']);
    expect(rulesOf(factsOf({ scans: weighed(1_000) }), strict)).toEqual(['weight']);
    expect(rulesOf(factsOf({ scans: weighed(790) }), strict)).toEqual([]);
  });

  test('one more weighing that is right clears it, whenever it comes and however many were wrong', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 320, max: 2_400 }),
        (wrong, right) => {
          const scans = [...wrong, right].map((weightGrams, index) =>
            scan('in_transit_local', 7 + index / 100, MADRID, { weightGrams }),
          );
          expect(rulesOf(factsOf({ scans: [...HONEST_SCANS, ...scans] }))).toEqual([]);
          expect(rulesOf(factsOf({ scans: [...scans.toReversed(), ...HONEST_SCANS] }))).toEqual([]);
        },
      ),
    );
  });
});

describe('the word of a buyer', () => {
  const said = (kind: string, atDay: number, more: Parameters<typeof factsOf>[0] = {}) =>
    rulesOf(factsOf({ ...more, reports: [{ kind, reportedAt: day(atDay) }] }));

  test.each(['not_delivered_to_me', 'delivered_elsewhere', 'not_ordered'])(
    'after the delivery raises a suspicion and convicts nobody: %s',
    (kind) => {
      expect(said(kind, 10)).toEqual(['denied_by_buyer']);
      const { outlook } = assess(factsOf({ reports: [{ kind, reportedAt: day(10) }] }), RULES);
      expect(outlook).toBe('suspected');
    },
  );

  test.each<readonly [string, string[]]>([
    ['before the delivery is impatience', said('not_delivered_to_me', 5)],
    [
      'of a parcel that nobody calls delivered',
      said('not_delivered_to_me', 10, { scans: weighed().slice(0, 4) }),
    ],
    ['about something else', said('damaged', 10)],
    ['of a wrong place on the way', said('wrong_place_or_time', 10)],
  ])('%s says nothing', (_name, rules) => {
    expect(rules).toEqual([]);
  });

  test('names the delivery and when it was denied', () => {
    const facts = factsOf({ reports: [{ kind: 'not_ordered', reportedAt: day(11) }] });
    expect(assess(facts, RULES).findings[0]).toMatchObject({
      ...{ declared: 'delivered', observed: 'not_ordered', scanIds: ['delivered-9.2-correos'] },
      instants: [day(9.2), day(11)],
    });
  });

  test('never convicts by any document, and weighs as shipped where a document is older than it', () => {
    expect(NEVER_CONVICT).toContain('denied_by_buyer');
    const { denied_by_buyer: _newer, ...weights } = RULES.weights;
    const facts = factsOf({ reports: [{ kind: 'not_ordered', reportedAt: day(10) }] });
    expect(assess(facts, { ...RULES, weights }).score).toBe(50);
  });
});
