import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MILESTONE_NAMES, MILESTONES } from '../tracking/index.ts';
import { assess, levelOf } from './assess.policy.ts';
import {
  claim,
  day,
  factsOf,
  GETAFE,
  HONEST_SCANS,
  LYON,
  MADRID,
  type PLACED,
  SHENZHEN,
  scan,
  VALENCIA,
} from './facts.fixture.ts';
import type { DeclarationFacts, FactScan } from './facts.ts';

import { DEFAULT_FALSE_TRACKING as RULES } from './rulebook.ts';

const judged = (facts: DeclarationFacts) => {
  const { outlook, findings } = assess(facts, RULES);
  return { outlook, rules: findings.map((finding) => finding.rule).sort() };
};
const shifted = (days: number, scans: readonly FactScan[] = HONEST_SCANS) =>
  scans.map((one) => ({
    ...one,
    id: `${one.id}${days}` as FactScan['id'],
    occurredAt: new Date(
      Date.parse(one.occurredAt) + days * 86_400_000,
    ).toISOString() as FactScan['occurredAt'],
  }));
const until = (milestone: string) =>
  HONEST_SCANS.slice(0, HONEST_SCANS.findIndex((one) => one.milestone === milestone) + 1);
const relocated = (place: typeof LYON) =>
  HONEST_SCANS.map((one) => (one.place === MADRID ? { ...one, place } : one));

/** 20 to 25 km apart. */
const ROTTERDAM = {
  country: 'NL' as typeof LYON.country,
  city: 'Rotterdam',
  postcode: '3011 AA',
  position: { latitude: 51.92, longitude: 4.48 },
};
const THE_HAGUE = {
  country: 'NL' as typeof LYON.country,
  city: 'Den Haag',
  postcode: '2511 CS',
  position: { latitude: 52.08, longitude: 4.31 },
};

const weighing = (weightGrams: number) => HONEST_SCANS.map((one) => ({ ...one, weightGrams }));

type Row = readonly [name: string, facts: DeclarationFacts, outlook: string, rules: readonly string[]];

const HONEST: readonly Row[] = [
  ['a parcel that goes where it should', factsOf(), 'genuine', []],
  ['one that nobody has scanned yet, in time', factsOf({ at: day(5), scans: [] }), 'open', []],
  ['one on its way', factsOf({ scans: until('departed_origin') }), 'open', []],
  [
    'the number printed again after a long rest',
    factsOf({ scans: [...shifted(-400), ...HONEST_SCANS] }),
    'genuine',
    [],
  ],
  ['the same, not yet scanned anew', factsOf({ at: day(4), scans: shifted(-400) }), 'open', []],
  [
    'printed again soon, and out again',
    factsOf({ scans: [...shifted(-20), ...HONEST_SCANS] }),
    'genuine',
    [],
  ],
  [
    'an express parcel that only our own people scanned',
    factsOf({
      declaration: { carrierCode: 'dhl_express', carrierKind: 'express' },
      scans: HONEST_SCANS.map((one) => ({ ...one, source: 'postroad:org_desk' })),
    }),
    'genuine',
    [],
  ],
  ['two orders of one buyer in one parcel', factsOf({ claims: [claim({ sameBuyer: true })] }), 'genuine', []],
  [
    'a number that somebody copied later',
    factsOf({ claims: [claim({ declaredAt: day(3) })] }),
    'genuine',
    [],
  ],
  [
    'a number that three copied later',
    factsOf({
      claims: ['a', 'b', 'c'].map((buyerKey) =>
        claim({ buyerKey, externalShipmentId: `ext_${buyerKey}`, declaredAt: day(3) }),
      ),
    }),
    'genuine',
    [],
  ],
  ['brought to the office in the next town', factsOf({ scans: relocated(GETAFE) }), 'genuine', []],
  [
    'turned round after the delivery',
    factsOf({ scans: [...HONEST_SCANS, scan('returning', 12, MADRID), scan('returned', 25, SHENZHEN)] }),
    'genuine',
    [],
  ],
  [
    'refused and sent back',
    factsOf({
      scans: [
        ...until('out_for_delivery'),
        scan('refused', 9.1, MADRID),
        scan('returning', 10),
        scan('returned', 30, SHENZHEN),
      ],
    }),
    'genuine',
    [],
  ],
  [
    'a local time a few hours before the order, zone unknown',
    factsOf({
      scans: HONEST_SCANS.map((one) => ({ ...one, zoneKnown: false })),
      order: { placedAt: day(2.2) },
    }),
    'genuine',
    [],
  ],
  [
    'collected at a point in another town that the buyer chose',
    factsOf({
      scans: [
        ...until('out_for_delivery'),
        scan('redirected', 9.05, VALENCIA),
        scan('at_point', 9.1, VALENCIA),
        scan('delivered', 10, VALENCIA),
      ],
    }),
    'genuine',
    [],
  ],
  ['a number of a form that we do not know, but scanned', factsOf({ numberCheck: 'fails' }), 'genuine', []],
  [
    'a malformed number that may be a slip yet',
    factsOf({ scans: [], numberCheck: 'fails', at: day(1.9) }),
    'open',
    [],
  ],
  ['a corrected slip of the pen', factsOf({ declaration: { correctedAt: day(2) } }), 'genuine', []],
  ['scanned late, but scanned', factsOf({ at: day(40), scans: shifted(12) }), 'genuine', []],
  [
    'a forged delivery in another country that the timeline holds back',
    factsOf({ scans: [...until('out_for_delivery'), scan('delivered', 9.1, LYON, { quarantined: true })] }),
    'genuine',
    [],
  ],
  [
    'fetched from the buyer after a delivery whose pick-up nobody scanned',
    factsOf({
      scans: [...HONEST_SCANS.filter((one) => one.milestone !== 'picked_up'), scan('picked_up', 12, MADRID)],
    }),
    'genuine',
    [],
  ],
];

const CHEATS: readonly Row[] = [
  [
    'an invented number without a form, a day after it was named',
    factsOf({ scans: [], numberCheck: 'fails', at: day(2) }),
    'suspected',
    ['number_malformed'],
  ],
  [
    'the same after the deadline',
    factsOf({ scans: [], numberCheck: 'fails' }),
    'convicted',
    ['no_first_scan', 'number_malformed'],
  ],
  ['a well-formed number that nobody ever saw', factsOf({ scans: [] }), 'convicted', ['no_first_scan']],
  ['only a label', factsOf({ scans: until('order_created') }), 'convicted', ['no_first_scan']],
  [
    'a cancelled label',
    factsOf({ at: day(3), scans: [scan('order_created', 1), scan('cancelled', 2)] }),
    'convicted',
    ['label_cancelled'],
  ],
  [
    'a number whose only scans are held back',
    factsOf({ scans: HONEST_SCANS.map((one) => ({ ...one, quarantined: true as const })) }),
    'convicted',
    ['no_first_scan'],
  ],
  [
    'delivered at the right place before anybody had it',
    factsOf({
      scans: [
        scan('delivered', 2, MADRID),
        scan('picked_up', 4, SHENZHEN),
        scan('departed_origin', 5, SHENZHEN),
      ],
    }),
    'suspected',
    ['delivered_before_shipped', 'delivered_without_out_for_delivery'],
  ],
  [
    'delivered before the order',
    factsOf({ at: day(1), scans: shifted(-12) }),
    'convicted',
    ['delivered_before_declared', 'delivered_before_order', 'scan_before_order'],
  ],
  [
    'an old parcel whose number is never seen again',
    factsOf({ scans: shifted(-90) }),
    'convicted',
    ['no_first_scan'],
  ],
  ['on its way before the order', factsOf({ scans: shifted(-3) }), 'convicted', ['scan_before_order']],
  ['brought to another country', factsOf({ scans: relocated(LYON) }), 'convicted', ['destination_country']],
  ['brought to another city', factsOf({ scans: relocated(VALENCIA) }), 'suspected', ['destination_city']],
  [
    'brought to the next city of a dense country',
    factsOf({ order: { to: ROTTERDAM }, scans: relocated(THE_HAGUE) }),
    'suspected',
    ['destination_city'],
  ],
  [
    'an unused number of our stock',
    factsOf({ at: day(2), scans: [], pool: 'unused' }),
    'convicted',
    ['number_from_pool'],
  ],
  ["somebody else's living parcel", factsOf({ holder: 'other' }), 'suspected', ['number_of_anothers_parcel']],
  [
    'a number declared before for another buyer',
    factsOf({ claims: [claim()] }),
    'suspected',
    ['number_on_another_order'],
  ],
  [
    'a number for four buyers, never seen',
    factsOf({
      at: day(3),
      scans: [],
      claims: ['a', 'b', 'c'].map((buyerKey) => claim({ buyerKey, externalShipmentId: `ext_${buyerKey}` })),
    }),
    'suspected',
    ['number_of_many_buyers', 'number_on_another_order'],
  ],
  [
    'untracked mail called express',
    factsOf({ declaration: { number: 'UA123456785CN', serviceName: 'EMS Express' } }),
    'suspected',
    ['service_class'],
  ],
  [
    'an express carrier that never saw it',
    factsOf({ declaration: { carrierCode: 'dhl_express', carrierKind: 'express' } }),
    'suspected',
    ['carrier_differs'],
  ],
  [
    'an express carrier, and only another one speaks, whose word moves nothing',
    factsOf({
      at: day(4),
      declaration: { carrierCode: 'dhl_express', carrierKind: 'express' },
      scans: [scan('picked_up', 2, SHENZHEN, { source: 'ups', recognised: false })],
    }),
    'suspected',
    ['carrier_differs'],
  ],
  [
    'stock said to be in Spain',
    factsOf({ declaration: { shipFrom: MADRID.country } }),
    'suspected',
    ['ship_from_country'],
  ],
  ['an empty box', factsOf({ scans: weighing(60) }), 'suspected', ['weight']],
  [
    'an empty box at a house where nobody ordered',
    factsOf({ scans: weighing(60), reports: [{ kind: 'not_ordered', reportedAt: day(10) }] }),
    'suspected',
    ['denied_by_buyer', 'weight'],
  ],
  [
    'delivered, by a source that nobody recognises',
    factsOf({ scans: HONEST_SCANS.map((one) => ({ ...one, recognised: false, source: 'somewhere' })) }),
    'suspected',
    ['only_unverified_scans'],
  ],
];

describe('honest merchants', () => {
  test.each(HONEST)('%s', (_name, facts, outlook, rules) => {
    expect(judged(facts)).toEqual({ outlook, rules });
  });
});

describe('cheats', () => {
  test.each(CHEATS)('%s', (_name, facts, outlook, rules) => {
    expect(judged(facts)).toEqual({ outlook, rules });
  });
});

test('two places without a postcode are not one for the same dash or zeros', () => {
  const at = (city: string, latitude: number, longitude: number, postcode: string) => ({
    ...{ country: 'AE' as typeof LYON.country, city, postcode },
    position: { latitude, longitude },
  });
  for (const nothing of ['-', '00000']) {
    const dubai = at('Dubai', 25.2, 55.27, nothing);
    const { outlook, rules } = judged(
      factsOf({ order: { to: dubai }, scans: relocated(at('Abu Dhabi', 24.45, 54.38, nothing)) }),
    );
    expect([outlook, rules]).toEqual(['suspected', ['destination_city']]);
    const { position: _p, ...unplaced } = at('Abu Dhabi', 0, 0, nothing);
    const { position: _d, ...to } = dubai;
    const { supports } = assess(factsOf({ order: { to }, scans: relocated(unplaced) }), RULES);
    expect(supports.map(({ rule }) => rule)).not.toContain('destination_place_agrees');
  }
});

test('a finding names what was compared, both values, the scan, its time and its coarse place', () => {
  const [finding] = assess(factsOf({ scans: relocated(LYON) }), RULES).findings;
  expect(finding).toEqual({
    rule: 'destination_country',
    points: 100,
    compared: 'destination of the order, place of the last mile',
    declared: 'ES',
    observed: 'FR',
    scanIds: ['delivered-9.2-correos'],
    instants: [day(9.2)],
    places: [{ country: 'FR', city: 'Lyon', postcode: '69001' }],
  });
});

test('nothing that is seen of another merchant’s parcel speaks for a declaration, and none of it is shown', () => {
  const { supports, findings } = assess(factsOf({ holder: 'other', scans: relocated(LYON) }), RULES);
  expect(supports).toEqual([]);
  expect(findings.map((finding) => finding.aboutOthers)).toEqual([true, true]);
});

test('a scan faster than any aeroplane speaks against a number, unless its zone is unknown', () => {
  const jump = (zoneKnown: boolean) =>
    judged(
      factsOf({
        scans: [scan('picked_up', 1.5, SHENZHEN), scan('arrived_delivery_depot', 1.7, MADRID, { zoneKnown })],
      }),
    ).rules;
  expect(jump(true)).toEqual(['location_jump']);
  expect(jump(false)).toEqual([]);
});

test('a swap after the first scan speaks against the new number', () => {
  const declaration = { correctedAt: day(5), replacedNumberScannedAt: day(2) };
  expect(judged(factsOf({ declaration, holder: 'other' })).rules).toEqual([
    'corrected_after_first_scan',
    'number_of_anothers_parcel',
  ]);
});

test('a holiday moves the deadline of the first scan', () => {
  const order = { placedAt: '2026-02-13T08:00:00.000Z' as typeof PLACED };
  const declaration = { declaredAt: '2026-02-13T09:00:00.000Z' as typeof PLACED };
  const at = (text: string) =>
    judged(factsOf({ order, declaration, scans: [], at: text as typeof PLACED })).rules;
  expect(at('2026-02-25T00:00:00.000Z')).toEqual([]);
  expect(at('2026-03-02T09:00:00.000Z')).toEqual(['no_first_scan']);
});

test('Easter moves it where Easter is kept', () => {
  const order = { placedAt: '2026-04-01T08:00:00.000Z' as typeof PLACED };
  const declaration = {
    declaredAt: '2026-04-01T09:00:00.000Z' as typeof PLACED,
    shipFrom: 'DE' as typeof LYON.country,
  };
  const at = (text: string) =>
    judged(factsOf({ order, declaration, scans: [], at: text as typeof PLACED })).rules;
  expect(at('2026-04-09T09:00:00.000Z')).toEqual([]);
  expect(at('2026-04-10T09:00:00.000Z')).toEqual(['no_first_scan']);
});

test('repetition and collusion make it serious', () => {
  expect(levelOf(factsOf(), 0, RULES)).toBe('general');
  expect(levelOf(factsOf(), 3, RULES)).toBe('serious');
  expect(levelOf(factsOf(), 24, RULES)).toBe('especially_serious');
  const claims = [claim(), claim({ externalShipmentId: 'ext_third', organisationId: 'org_third' })];
  expect(levelOf(factsOf({ claims }), 0, RULES)).toBe('serious');
});

/** Honest and odd scans, of now and of an earlier life of the number, recognised and not. */
const POOL: readonly FactScan[] = [
  ...HONEST_SCANS,
  ...shifted(-20),
  ...relocated(LYON).map((one) => ({ ...one, id: `lyon ${one.id}` as FactScan['id'] })),
  ...HONEST_SCANS.map((one) => ({ ...one, id: `hearsay ${one.id}` as FactScan['id'], recognised: false })),
  scan('cancelled', 0.7, SHENZHEN),
];

test('no announcement accuses or clears anybody, whenever, wherever and by whomever it is made', () => {
  const notice = fc
    .record({
      milestone: fc.constantFrom(...MILESTONE_NAMES.filter((name) => MILESTONES[name].notice)),
      atDay: fc.integer({ min: -200, max: 200 }).map((tenths) => tenths / 10),
      place: fc.constantFrom(undefined, SHENZHEN, MADRID, LYON, ROTTERDAM),
      recognised: fc.boolean(),
      zoneKnown: fc.boolean(),
      source: fc.constantFrom('correos', 'dhl_express', 'postroad'),
      weightGrams: fc.constantFrom(undefined, 5, 90_000),
    })
    .map(({ milestone, atDay, place, ...more }) => scan(milestone, atDay, place, more));
  fc.assert(
    fc.property(
      fc.subarray([...POOL.filter(({ milestone }) => milestone !== 'order_created')]),
      fc.array(notice, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 30 }),
      (scans, notices, days) => {
        const told = { at: day(days), declaration: { weightGrams: 800 } };
        expect(assess(factsOf({ ...told, scans: [...scans, ...notices] }), RULES)).toEqual(
          assess(factsOf({ ...told, scans }), RULES),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});

test('the verdict depends on the set of facts, not on their order or repetition', () => {
  const rivals = ['a', 'b', 'c'].map((buyerKey, index) =>
    claim({ buyerKey, externalShipmentId: `ext_${buyerKey}`, declaredAt: day(index) }),
  );
  fc.assert(
    fc.property(
      fc
        .subarray([...POOL])
        .chain((scans) =>
          fc.tuple(
            fc.constant(scans),
            fc.shuffledSubarray(scans, { minLength: scans.length }),
            fc.subarray(scans),
          ),
        ),
      fc.shuffledSubarray(rivals),
      ([scans, shuffled, again], claims) => {
        const inOrder = assess(factsOf({ scans, claims: claims.toSorted(byId) }), RULES);
        expect(assess(factsOf({ scans: [...shuffled, ...again], claims }), RULES)).toEqual(inOrder);
      },
    ),
    { numRuns: 500 },
  );
});

const byId = (one: { externalShipmentId: string }, other: { externalShipmentId: string }) =>
  one.externalShipmentId < other.externalShipmentId ? -1 : 1;
