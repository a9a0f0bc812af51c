import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, money } from '../kernel/index.ts';
import { CROSS_BORDER_MARKET_POLICY, NEUTRAL_MARKET_POLICY } from './market-policy.data.ts';
import {
  dryRun,
  judgeMarketPolicy,
  type MarketPolicyDocument,
  type MarketQuery,
  marketPolicySchema,
  marketQuerySchema,
  runDocumentTests,
} from './market-policy.ts';
import { GOODS_CLASSES, SERVICE_CLASSES, type ServiceClass } from './model.ts';

const AT = instant('2026-01-01T00:00:00Z');
const ask = (
  destination: string,
  amountMinor: number,
  serviceClass: ServiceClass,
  online = true,
  part: Partial<MarketQuery> = {},
): MarketQuery => ({
  at: AT,
  destination,
  amountPaid: money(amountMinor, 'USD'),
  goodsClasses: ['normal'],
  serviceClass,
  online,
  lineTags: [],
  rates: [],
  ...part,
});
const judge = (query: MarketQuery) => judgeMarketPolicy(CROSS_BORDER_MARKET_POLICY, query);

describe('the table of the marketplace, row by row', () => {
  /** destination, amounts, then which of online E S T F (ECONOMY SIMPLE STANDARD FAST) are allowed; named tags apart. */
  const rows: [string, number[], string][] = [
    ['RU', [501, 100_000], 'TF'],
    ['RU', [201, 500], 'STF'],
    ['RU', [0, 1, 200], 'ESTF'],
    ['US', [501, 100_000], 'F'],
    ['US', [0, 500], 'ETF'],
    ['ES', [501, 100_000], 'F'],
    ['ES', [0, 500], 'STF'],
    ['FR', [501], 'F'],
    ['NL', [501], 'F'],
    ['CL', [501], 'F'],
    ['FR', [500], 'ESTF'],
    ['DE', [0, 500, 501], 'ESTF'],
  ];
  const cases = rows.flatMap(([country, amounts, allowed]) =>
    amounts.map((amount) => [country, amount, allowed] as const),
  );
  test.each(cases)('%s for %i cents, online: %s', (country, amount, allowed) => {
    const letters = SERVICE_CLASSES.filter(
      (serviceClass) => judge(ask(country, amount, serviceClass)).allowed,
    ).map((name) => (name === 'STANDARD' ? 'T' : name[0]));
    expect(letters.join('')).toBe(allowed);
  });
  test.each(cases)('%s for %i cents, offline: neither economy nor simple', (country, amount, allowed) => {
    const open = SERVICE_CLASSES.filter(
      (serviceClass) => judge(ask(country, amount, serviceClass, false)).allowed,
    );
    const expected = SERVICE_CLASSES.filter(
      (name) => (name === 'STANDARD' && allowed.includes('T')) || name === 'FAST',
    );
    expect(open).toEqual(expected);
  });
  test.each(['US', 'ES', 'FR', 'NL', 'CL'])(
    'to %s above 5 the platform standard line is allowed by name',
    (country) => {
      expect(judge(ask(country, 501, 'STANDARD', true, { lineTags: ['platform_standard'] })).allowed).toBe(
        true,
      );
      expect(judge(ask(country, 501, 'STANDARD', true, { lineTags: ['other'] })).allowed).toBe(false);
    },
  );
  test('the e-packet is named for the United States only', () => {
    const tagged = { lineTags: ['epacket'] };
    expect(judge(ask('US', 501, 'STANDARD', false, tagged)).allowed).toBe(true);
    expect(judge(ask('ES', 501, 'STANDARD', false, tagged)).allowed).toBe(false);
  });
  test('to Spain the named economy line is allowed online up to 5', () => {
    const tagged = { lineTags: ['correos_economy'] };
    expect(judge(ask('ES', 500, 'ECONOMY', true, tagged)).allowed).toBe(true);
    expect(judge(ask('ES', 501, 'ECONOMY', true, tagged)).allowed).toBe(false);
    expect(judge(ask('ES', 500, 'ECONOMY', false, tagged)).allowed).toBe(false);
  });
});

test('a refusal names its row and its reason', () => {
  expect(judge(ask('RU', 501, 'SIMPLE'))).toEqual({
    allowed: false,
    ruleId: 'ru_else',
    reason: 'To Russia: standard or fast; online simple up to USD 5; online economy up to USD 2.',
  });
});

test('amounts are compared by the latest rate not after the question', () => {
  const EUR = money(0, 'EUR').currency;
  const USD = money(0, 'USD').currency;
  const rates = [
    { from: EUR, to: USD, numerator: 11, denominator: 10, at: instant('2025-06-01T00:00:00Z') },
    { from: EUR, to: USD, numerator: 10, denominator: 10, at: instant('2025-12-01T00:00:00Z') },
    { from: EUR, to: USD, numerator: 99, denominator: 10, at: instant('2026-02-01T00:00:00Z') },
  ];
  const query = ask('RU', 0, 'SIMPLE', true, { amountPaid: money(500, 'EUR'), rates });
  expect(judge(query).allowed).toBe(true);
  expect(judge({ ...query, amountPaid: money(501, 'EUR') }).allowed).toBe(false);
  expect(judge({ ...query, at: instant('2025-07-01T00:00:00Z') }).allowed).toBe(false);
  expect(judge({ ...query, rates: [] })).toMatchObject({ allowed: false, ruleId: 'exchange_rate_missing' });
  expect(judge({ ...query, destination: 'DE', rates: [] }).allowed).toBe(true);
});

test('yen have no minor digits: 750 yen at 150 are five dollars', () => {
  const rates = [
    { from: money(0, 'USD').currency, to: money(0, 'JPY').currency, numerator: 150, denominator: 1, at: AT },
  ];
  expect(judge(ask('RU', 0, 'SIMPLE', true, { amountPaid: money(750, 'JPY'), rates })).allowed).toBe(true);
  expect(judge(ask('RU', 0, 'SIMPLE', true, { amountPaid: money(752, 'JPY'), rates })).allowed).toBe(false);
});

test('a more specific row wins, of equals the refusal, of those the earlier', () => {
  const row = (id: string, part: object) => ({ id, effect: 'allow', reason: id, ...part });
  const document = marketPolicySchema.parse({
    ...NEUTRAL_MARKET_POLICY,
    tests: [],
    rules: [
      row('any', {}),
      row('to_us', { destinations: ['US'] }),
      row('not_us', { destinations: ['US'], effect: 'deny' }),
      row('also_not', { destinations: ['US'], effect: 'deny' }),
      row('us_liquid', { destinations: ['US'], goodsClasses: ['liquid'] }),
    ],
  });
  expect(judgeMarketPolicy(document, ask('US', 1, 'FAST')).ruleId).toBe('not_us');
  expect(judgeMarketPolicy(document, ask('DE', 1, 'FAST')).ruleId).toBe('any');
  expect(judgeMarketPolicy(document, ask('US', 1, 'FAST', true, { goodsClasses: ['liquid'] })).ruleId).toBe(
    'us_liquid',
  );
  expect(
    judgeMarketPolicy(document, ask('US', 1, 'FAST', true, { goodsClasses: ['liquid', 'normal'] })).allowed,
  ).toBe(false);
});

describe.each([CROSS_BORDER_MARKET_POLICY, NEUTRAL_MARKET_POLICY])(
  'the shipped document $title',
  (document) => {
    test('obeys its schema and its own tests', () => {
      expect(marketPolicySchema.parse(document)).toEqual(document);
      expect(document.tests.length).toBeGreaterThan(2);
      expect(runDocumentTests(document)).toEqual([]);
    });
    test('answers every question', () => {
      const query = fc.record({
        at: fc.constant(AT),
        destination: fc.constantFrom('RU', 'US', 'ES', 'FR', 'ZZ'),
        amountPaid: fc.integer({ min: 0, max: 2_000 }).map((minor) => money(minor, 'USD')),
        goodsClasses: fc.subarray([...GOODS_CLASSES]),
        serviceClass: fc.constantFrom(...SERVICE_CLASSES),
        online: fc.boolean(),
        lineTags: fc.constant([]),
        rates: fc.constant([]),
      });
      fc.assert(
        fc.property(query, (each) => {
          const verdict = judgeMarketPolicy(document, each);
          expect(verdict.reason.length).toBeGreaterThan(0);
          if (each.serviceClass === 'ECONOMY' && !each.online) expect(verdict.allowed).toBe(false);
        }),
      );
    });
  },
);

test('a document whose test does not hold says which', () => {
  const [first] = CROSS_BORDER_MARKET_POLICY.tests;
  const broken: MarketPolicyDocument = {
    ...CROSS_BORDER_MARKET_POLICY,
    tests: [first!, { ...first!, expect: 'deny' }, { ...first!, rule: 'us_fast' }],
  };
  expect(runDocumentTests(broken)).toMatchObject([
    { index: 1, expected: 'deny' },
    { index: 2, expected: 'allow by us_fast', judged: { ruleId: 'ru_standard_fast' } },
  ]);
});

test('the dry run lists what would change and nothing else', () => {
  const queries = [ask('RU', 501, 'SIMPLE'), ask('RU', 501, 'FAST'), ask('DE', 1, 'SIMPLE', false)];
  expect(
    dryRun(CROSS_BORDER_MARKET_POLICY, NEUTRAL_MARKET_POLICY, queries).map((difference) => [
      difference.index,
      difference.before.ruleId,
      difference.after.ruleId,
    ]),
  ).toEqual([
    [0, 'ru_else', 'otherwise'],
    [2, 'offline_simple_never', 'otherwise'],
  ]);
  expect(dryRun(CROSS_BORDER_MARKET_POLICY, CROSS_BORDER_MARKET_POLICY, queries)).toEqual([]);
});

test.each([
  ['two rows of one id', { rules: [NEUTRAL_MARKET_POLICY.rules[0], NEUTRAL_MARKET_POLICY.rules[0]] }],
  [
    'a band turned round',
    { rules: [{ ...NEUTRAL_MARKET_POLICY.rules[0], amountPaid: { currency: 'USD', over: 500, upTo: 500 } }] },
  ],
  ['an unknown key', { rules: [{ ...NEUTRAL_MARKET_POLICY.rules[0], country: 'US' }] }],
  [
    'a currency that is none',
    { rules: [{ ...NEUTRAL_MARKET_POLICY.rules[0], amountPaid: { currency: 'ZZZ' } }] },
  ],
  [
    'a float amount',
    { rules: [{ ...NEUTRAL_MARKET_POLICY.rules[0], amountPaid: { currency: 'USD', over: 0.5 } }] },
  ],
])('a document with %s is refused', (_name, part) => {
  expect(marketPolicySchema.safeParse({ ...NEUTRAL_MARKET_POLICY, ...part }).success).toBe(false);
});

test('a question is read strictly, tags and rates may be left out', () => {
  const { lineTags: _tags, rates: _rates, ...short } = ask('US', 1, 'FAST');
  expect(marketQuerySchema.parse(short)).toMatchObject({ lineTags: [], rates: [] });
  expect(marketQuerySchema.safeParse({ ...short, goodsClasses: [] }).success).toBe(false);
  expect(marketQuerySchema.safeParse({ ...short, extra: 1 }).success).toBe(false);
});
