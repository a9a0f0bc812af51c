import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MILESTONE_NAMES, MILESTONES } from '../tracking/index.ts';
import { assess } from './assess.policy.ts';
import { claim, day, factsOf, HONEST_SCANS, LYON, MADRID, SHENZHEN, VALENCIA } from './facts.fixture.ts';
import type { DeclarationFacts, FactPlace, FactScan } from './facts.ts';
import { RULE_NAMES, type RuleName } from './model.ts';
import { DEFAULT_FALSE_TRACKING as RULES } from './rulebook.ts';

/*
 * What holds for any facts at all: forged, contradictory, and broken as carriers and merchants break them.
 */
const RUNS = 500;

/** What is written where a word is wanted and there is none, or one that nobody expects. */
const WORDLESS = ['', ' ', '-', '0', '00000', '000-000', '--', '.', '/', '…', '\u200b', '\u202e'] as const;
const word = fc.oneof(
  fc.constantFrom<string>(
    ...WORDLESS,
    'Madrid',
    'MADRID',
    'Lyon',
    '28013',
    '28 013',
    '69001',
    '__proto__',
    '💣',
    '深圳',
  ),
  fc.string({ maxLength: 6 }),
);
const place: fc.Arbitrary<FactPlace> = fc.oneof(
  fc.constantFrom(MADRID, VALENCIA, LYON, SHENZHEN),
  fc.record(
    {
      country: fc.constantFrom('ES', 'FR', 'CN', 'HK', 'ZZ').map((code) => code as FactPlace['country']),
      city: word,
      postcode: word,
      position: fc.constantFrom(
        { latitude: 90, longitude: 180 },
        { latitude: -90, longitude: -180 },
        { latitude: 0, longitude: 0 },
        { latitude: 40.42, longitude: -3.7 },
      ),
    },
    { requiredKeys: ['country'] },
  ),
);
const scan: fc.Arbitrary<FactScan> = fc
  .record({
    milestone: fc.constantFrom(...MILESTONE_NAMES, 'unmapped' as const),
    quarter: fc.integer({ min: -200, max: 200 }),
    zoneKnown: fc.boolean(),
    source: fc.constantFrom('correos', 'dhl_express', 'postroad', ''),
    recognised: fc.boolean(),
    place: fc.option(place, { nil: undefined }),
    weightGrams: fc.constantFrom(undefined, 0, 1, 800, 1_000_000),
    serial: fc.nat(),
  })
  .map(({ quarter, serial, ...told }) => ({
    ...told,
    id: `scan ${serial}` as FactScan['id'],
    occurredAt: day(quarter / 4),
  }));
const scans = fc.array(scan, { maxLength: 12 });
const claims = fc.array(
  fc
    .record({
      externalShipmentId: fc.constantFrom('ext_a', 'ext_b', 'ext_c', 'ext_d'),
      organisationId: fc.constantFrom('org_a', 'org_b'),
      sameBuyer: fc.boolean(),
      buyerKey: fc.constantFrom('a', 'b', 'c'),
      declaredAt: fc.integer({ min: -60, max: 60 }).map(day),
      isWithdrawn: fc.boolean(),
    })
    .map(({ isWithdrawn, ...told }) => claim({ ...told, ...(isWithdrawn ? { withdrawnAt: day(1) } : {}) })),
  { maxLength: 5 },
);
const reports = fc.array(
  fc.record({
    kind: fc.constantFrom('not_delivered_to_me', 'delivered_elsewhere', 'not_ordered', 'damaged', '?'),
    reportedAt: fc.integer({ min: -10, max: 30 }).map(day),
  }),
  { maxLength: 3 },
);
const about = fc.record({
  at: fc.integer({ min: -5, max: 60 }).map(day),
  claims,
  reports,
  holder: fc.constantFrom('own', 'other', 'nobody' as const),
  pool: fc.constantFrom('not_ours', 'unused', 'cancelled', 'in_use' as const),
  numberCheck: fc.constantFrom('holds', 'fails', 'no_format' as const),
  to: place,
  weightGrams: fc.constantFrom(undefined, 0, 800, 1_000_000),
});
const facts: fc.Arbitrary<DeclarationFacts> = fc
  .tuple(about, scans)
  .map(([{ to, weightGrams, ...more }, told]) =>
    factsOf({ ...more, order: { to, weightGrams }, scans: told }),
  );

/** Any weights and thresholds that a document may have. */
const rules = fc
  .record({
    weights: fc.array(fc.integer({ min: 0, max: 1_000 }), {
      minLength: RULE_NAMES.length,
      maxLength: RULE_NAMES.length,
    }),
    suspectAt: fc.integer({ min: 1, max: 200 }),
    convictAt: fc.integer({ min: 1, max: 200 }),
    genuineAt: fc.integer({ min: 1, max: 200 }),
  })
  .map(({ weights, ...thresholds }) => ({
    ...RULES,
    ...thresholds,
    weights: Object.fromEntries(RULE_NAMES.map((name, at) => [name, weights[at]])) as typeof RULES.weights,
  }));

const namesOf = (of: DeclarationFacts) => assess(of, RULES).findings.map(({ rule }) => rule);

test('a finding is evidence of what was told, and the score is the sum of the findings', () => {
  fc.assert(
    fc.property(facts, rules, (of, by) => {
      const { findings, supports, score, outlook } = assess(of, by);
      const known = new Map<string, FactScan>(of.scans.map((one) => [one.id, one]));
      for (const { rule, scanIds, places, points } of findings) {
        expect(points).toBe(by.weights[rule]);
        for (const id of scanIds) expect(known.has(id)).toBe(true);
        const told = of.scans.flatMap((one) => (one.place === undefined ? [] : [one.place.country]));
        for (const { country } of places) expect(told).toContain(country);
      }
      expect(new Set(findings.map(({ rule }) => rule)).size).toBe(findings.length);
      expect(score).toBe(findings.reduce((sum, { points }) => sum + points, 0));
      for (const { scanIds } of supports) expect(known.get(scanIds[0] ?? '')?.recognised).toBe(true);
      if (outlook === 'genuine') expect(score).toBeLessThan(by.suspectAt);
    }),
    { numRuns: RUNS },
  );
});

test('neither others that declare the number nor buyers convict, by whatever weights', () => {
  fc.assert(
    fc.property(about, rules, ({ claims: others, reports: said, holder }, by) => {
      const of = factsOf({ claims: others, reports: said, holder, scans: HONEST_SCANS });
      expect(assess(of, by).outlook).not.toBe('convicted');
    }),
    { numRuns: RUNS },
  );
});

test('of what somebody else’s parcel did nothing speaks for a merchant, and nothing is shown to him', () => {
  fc.assert(
    fc.property(facts, (of) => {
      const { findings, supports } = assess({ ...of, holder: 'other' }, RULES);
      expect(supports).toEqual([]);
      for (const { scanIds, aboutOthers } of findings) if (scanIds.length > 0) expect(aboutOthers).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('hearsay clears nobody, and accuses only of being all there is', () => {
  const ABOUT_HEARSAY: ReadonlySet<RuleName> = new Set(['no_first_scan', 'only_unverified_scans']);
  fc.assert(
    fc.property(facts, scans, (of, more) => {
      const hearsay = more.map((one, at) => ({
        ...one,
        recognised: false,
        id: `hearsay ${at}` as FactScan['id'],
      }));
      const told = { ...of, scans: [...of.scans, ...hearsay] };
      expect(namesOf(told).filter((rule) => !ABOUT_HEARSAY.has(rule))).toEqual(
        namesOf(of).filter((rule) => !ABOUT_HEARSAY.has(rule)),
      );
      expect(assess(told, RULES).supports).toEqual(assess(of, RULES).supports);
    }),
    { numRuns: RUNS },
  );
});

test('a time of an unknown zone accuses nobody of what a time of a known one does not', () => {
  const TIMES: ReadonlySet<RuleName> = new Set([
    'scan_before_order',
    'scan_before_payment',
    'delivered_before_order',
    'delivered_before_shipped',
    'delivered_before_declared',
    'location_jump',
  ]);
  const pointsOf = (of: DeclarationFacts) =>
    assess(of, RULES).findings.reduce((sum, { rule, points }) => sum + (TIMES.has(rule) ? points : 0), 0);
  // One life of the number: whether an earlier one is over hangs on its times as well.
  const oneLife = scans.map((all) =>
    all.filter(({ milestone }) => milestone === 'unmapped' || !MILESTONES[milestone].terminal),
  );
  const delivered = scan.map((one) => ({ ...one, milestone: 'delivered' as const, occurredAt: day(55) }));
  fc.assert(
    fc.property(oneLife, delivered, (life, end) => {
      const told = [...life, end].map((one) => ({ ...one, recognised: true }));
      const with_ = (zoneKnown: boolean) => factsOf({ scans: told.map((one) => ({ ...one, zoneKnown })) });
      expect(pointsOf(with_(false))).toBeLessThanOrEqual(pointsOf(with_(true)));
    }),
    { numRuns: RUNS },
  );
});

test('a dash where a word is wanted says nothing: of no place, for nobody and against nobody', () => {
  const wordless = fc.constantFrom(...WORDLESS);
  fc.assert(
    fc.property(
      facts,
      fc.subarray(['city', 'postcode'] as const, { minLength: 1 }),
      wordless,
      wordless,
      (of, keys, here, there) => {
        const write = (at: FactPlace, text: string | undefined): FactPlace => ({
          ...at,
          ...Object.fromEntries(keys.map((key) => [key, text])),
        });
        const with_ = (atOrder: string | undefined, atScans: string | undefined) =>
          assess(
            {
              ...of,
              order: { ...of.order, to: write(of.order.to, atOrder) },
              scans: of.scans.map((one) =>
                one.place === undefined ? one : { ...one, place: write(one.place, atScans) },
              ),
            },
            RULES,
          );
        const [dashes, silence] = [with_(here, there), with_(undefined, undefined)];
        expect([dashes.outlook, dashes.score]).toEqual([silence.outlook, silence.score]);
        expect(dashes.supports.map(({ rule }) => rule)).toEqual(silence.supports.map(({ rule }) => rule));
      },
    ),
    { numRuns: RUNS },
  );
});
