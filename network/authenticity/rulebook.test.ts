import { expect, test } from 'vitest';
import { classOfService } from './class-rules.policy.ts';
import { day, factsOf, HONEST_SCANS, LYON, MADRID, scan } from './facts.fixture.ts';
import { DEFAULT_FALSE_TRACKING, falseTrackingSchema } from './rulebook.ts';
import { FALSE_TRACKING_KIND, pastDeclarationOf, qualityOf } from './rulebook-kind.ts';

test('the shipped document is one, and passes its tests', () => {
  expect(falseTrackingSchema.parse(DEFAULT_FALSE_TRACKING)).toEqual(DEFAULT_FALSE_TRACKING);
  expect(FALSE_TRACKING_KIND.runTests(DEFAULT_FALSE_TRACKING)).toEqual([]);
});

test('no document lets the reuse of a number convict', () => {
  const document = { ...DEFAULT_FALSE_TRACKING, convicting: ['number_on_another_order' as const] };
  expect(FALSE_TRACKING_KIND.runTests(document).map((fault) => fault.ruleId)).toEqual([
    'number_on_another_order',
  ]);
});

test('precision and recall count what people decided, and nothing else', () => {
  const abroad = HONEST_SCANS.map((one) => (one.place === MADRID ? { ...one, place: LYON } : one));
  const cases = [
    { id: 'a', facts: factsOf(), isFalse: false },
    { id: 'b', facts: factsOf({ scans: abroad }), isFalse: true },
    {
      id: 'c',
      facts: factsOf({ scans: HONEST_SCANS.map((one) => ({ ...one, weightGrams: 50 })) }),
      isFalse: false,
    },
    { id: 'd', facts: factsOf({ scans: [scan('picked_up', 2)] }), isFalse: true },
    { id: 'e', facts: factsOf({ scans: [] }), isFalse: undefined },
  ];
  expect(qualityOf(DEFAULT_FALSE_TRACKING, cases)).toEqual({
    labelled: 4,
    truePositives: 1,
    falsePositives: 1,
    falseNegatives: 1,
    trueNegatives: 1,
    precision: 0.5,
    recall: 0.5,
  });
  expect(qualityOf(DEFAULT_FALSE_TRACKING, []).precision).toBeUndefined();
});

test('the rules’ own word is no label, and silence lasts to the end of the period', () => {
  const past = (state: 'penalised' | 'cleared', decidedBy: 'rules' | 'operator') =>
    pastDeclarationOf({ id: 'vrf_1' as never, facts: factsOf({ at: day(2) }), state, decidedBy }, day(10));
  expect(past('penalised', 'rules').isFalse).toBeUndefined();
  expect(past('penalised', 'operator').isFalse).toBe(true);
  expect(past('cleared', 'operator').isFalse).toBe(false);
  expect(past('cleared', 'operator').facts.at).toBe(day(10));
});

test('a stricter draft is told from the rules in force, case by case', () => {
  const strict = { ...DEFAULT_FALSE_TRACKING, suspectAt: 10 };
  const noDoorScan = HONEST_SCANS.filter((one) => one.milestone !== 'out_for_delivery');
  const cases = [
    { id: 'a', facts: factsOf(), isFalse: false },
    { id: 'b', facts: factsOf({ scans: noDoorScan }), isFalse: false },
  ];
  const result = FALSE_TRACKING_KIND.dryRun?.run(strict, DEFAULT_FALSE_TRACKING, cases as never);
  expect(result?.differences).toEqual([{ caseId: 'b', before: 'genuine', after: 'suspected' }]);
  expect(result?.quality?.map((one) => [one.version, one.falsePositives])).toEqual([
    ['before', 0],
    ['after', 1],
  ]);
});

test.each([
  ['EMS', 'fast'],
  ['DHL Express Worldwide', 'fast'],
  ['Economy Air', 'economy'],
  ['中国邮政挂号小包', 'standard'],
  ['中国邮政平常小包+', 'economy'],
  ['Parcel', undefined],
])('%s is sold as %s', (name, expected) => {
  expect(classOfService(name)).toBe(expected);
});

test('a calendar without a default is no document', () => {
  const { CN } = DEFAULT_FALSE_TRACKING.calendars;
  expect(falseTrackingSchema.safeParse({ ...DEFAULT_FALSE_TRACKING, calendars: { CN } }).success).toBe(false);
});
