import { instant, money } from '../kernel/index.ts';
import type { MarketPolicyDocument, MarketRule } from './market-policy.ts';

type Test = MarketPolicyDocument['tests'][number];

const usd = {
  over: (minor: number) => band({ over: minor }),
  upTo: (minor: number) => band({ upTo: minor }),
};

function band(edges: { over?: number; upTo?: number }): NonNullable<MarketRule['amountPaid']> {
  return { currency: money(0, 'USD').currency, ...edges };
}

function test(
  destination: string,
  amountMinor: number,
  line: string,
  expect: Test['expect'],
  lineTags: string[] = [],
): Test {
  const [channel, serviceClass] = line.split(' ');
  return {
    query: {
      at: instant('2026-01-01T00:00:00Z'),
      destination,
      amountPaid: money(amountMinor, 'USD'),
      goodsClasses: ['normal'],
      serviceClass: serviceClass as Test['query']['serviceClass'],
      online: channel === 'online',
      lineTags,
      rates: [],
    },
    expect,
  };
}

const RUSSIA: MarketRule[] = [
  {
    id: 'ru_standard_fast',
    destinations: ['RU'],
    serviceClasses: ['STANDARD', 'FAST'],
    effect: 'allow',
    reason: 'Standard and fast lines may be used to Russia for every amount.',
  },
  {
    id: 'ru_simple_to_5',
    destinations: ['RU'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['SIMPLE'],
    channel: 'online',
    effect: 'allow',
    reason: 'Online simple lines may be used to Russia up to USD 5.',
  },
  {
    id: 'ru_economy_to_2',
    destinations: ['RU'],
    amountPaid: usd.upTo(200),
    serviceClasses: ['ECONOMY'],
    channel: 'online',
    effect: 'allow',
    reason: 'Online economy lines may be used to Russia up to USD 2.',
  },
  {
    id: 'ru_else',
    destinations: ['RU'],
    effect: 'deny',
    reason: 'To Russia: standard or fast; online simple up to USD 5; online economy up to USD 2.',
  },
];

const UNITED_STATES: MarketRule[] = [
  {
    id: 'us_named_over_5',
    destinations: ['US'],
    amountPaid: usd.over(500),
    lineTags: ['epacket', 'platform_standard'],
    serviceClasses: ['STANDARD'],
    effect: 'allow',
    reason: 'E-packet and the platform standard line may be used to the United States above USD 5.',
  },
  {
    id: 'us_fast',
    destinations: ['US'],
    serviceClasses: ['FAST'],
    effect: 'allow',
    reason: 'Fast lines may be used to the United States for every amount.',
  },
  {
    id: 'us_standard_to_5',
    destinations: ['US'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['STANDARD'],
    effect: 'allow',
    reason: 'Standard lines may be used to the United States up to USD 5.',
  },
  {
    id: 'us_economy_to_5',
    destinations: ['US'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['ECONOMY'],
    channel: 'online',
    effect: 'allow',
    reason: 'Online economy lines may be used to the United States up to USD 5.',
  },
  {
    id: 'us_else',
    destinations: ['US'],
    effect: 'deny',
    reason:
      'To the United States: above USD 5 e-packet, platform standard or fast; up to USD 5 standard, fast or online economy.',
  },
];

const SPAIN: MarketRule[] = [
  {
    id: 'es_fast',
    destinations: ['ES'],
    serviceClasses: ['FAST'],
    effect: 'allow',
    reason: 'Fast lines may be used to Spain for every amount.',
  },
  {
    id: 'es_named_over_5',
    destinations: ['ES'],
    amountPaid: usd.over(500),
    serviceClasses: ['STANDARD'],
    lineTags: ['platform_standard'],
    effect: 'allow',
    reason: 'The platform standard line may be used to Spain above USD 5.',
  },
  {
    id: 'es_standard_to_5',
    destinations: ['ES'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['STANDARD'],
    effect: 'allow',
    reason: 'Standard lines may be used to Spain up to USD 5.',
  },
  {
    id: 'es_simple_to_5',
    destinations: ['ES'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['SIMPLE'],
    channel: 'online',
    effect: 'allow',
    reason: 'Online simple lines may be used to Spain up to USD 5.',
  },
  {
    id: 'es_named_economy_to_5',
    destinations: ['ES'],
    amountPaid: usd.upTo(500),
    serviceClasses: ['ECONOMY'],
    channel: 'online',
    lineTags: ['correos_economy'],
    effect: 'allow',
    reason: 'The named online economy line may be used to Spain up to USD 5.',
  },
  {
    id: 'es_else',
    destinations: ['ES'],
    effect: 'deny',
    reason:
      'To Spain: above USD 5 platform standard or fast; up to USD 5 also standard, online simple or the named online economy line.',
  },
];

/** The source gives these countries a rule above USD 5 only; below it what holds for every destination holds. */
const FRANCE_NETHERLANDS_CHILE: MarketRule[] = [
  {
    id: 'fr_nl_cl_fast_over_5',
    destinations: ['FR', 'NL', 'CL'],
    amountPaid: usd.over(500),
    serviceClasses: ['FAST'],
    effect: 'allow',
    reason: 'Fast lines may be used to France, the Netherlands and Chile above USD 5.',
  },
  {
    id: 'fr_nl_cl_named_over_5',
    destinations: ['FR', 'NL', 'CL'],
    amountPaid: usd.over(500),
    serviceClasses: ['STANDARD'],
    lineTags: ['platform_standard'],
    effect: 'allow',
    reason: 'The platform standard line may be used to France, the Netherlands and Chile above USD 5.',
  },
  {
    id: 'fr_nl_cl_over_5',
    destinations: ['FR', 'NL', 'CL'],
    amountPaid: usd.over(500),
    effect: 'deny',
    reason: 'To France, the Netherlands and Chile above USD 5: platform standard or fast lines only.',
  },
];

const EVERYWHERE: MarketRule[] = [
  {
    id: 'offline_economy_never',
    serviceClasses: ['ECONOMY'],
    channel: 'offline',
    effect: 'deny',
    reason: 'Offline economy lines have no registration and are never allowed.',
  },
  {
    id: 'offline_simple_never',
    serviceClasses: ['SIMPLE'],
    channel: 'offline',
    effect: 'deny',
    reason: 'Offline simple lines are never allowed.',
  },
];

const STANDARD_LINE = ['platform_standard'];

/** The table of domain reference 3.2, with every row and boundary as a test of its own. */
export const CROSS_BORDER_MARKET_POLICY: MarketPolicyDocument = {
  kind: 'market_policy',
  title: 'Cross-border marketplace: lines by destination and amount paid',
  source:
    'published seller notices of a cross-border marketplace (domain reference 3.2); USD 5.00 counts as up to 5',
  otherwise: { effect: 'allow', reason: 'No rule of this marketplace restricts the line.' },
  rules: [...RUSSIA, ...UNITED_STATES, ...SPAIN, ...FRANCE_NETHERLANDS_CHILE, ...EVERYWHERE],
  tests: [
    test('RU', 501, 'offline STANDARD', 'allow'),
    test('RU', 501, 'online FAST', 'allow'),
    test('RU', 501, 'online SIMPLE', 'deny'),
    test('RU', 500, 'online SIMPLE', 'allow'),
    test('RU', 500, 'offline SIMPLE', 'deny'),
    test('RU', 201, 'online ECONOMY', 'deny'),
    test('RU', 200, 'online ECONOMY', 'allow'),
    test('RU', 200, 'offline ECONOMY', 'deny'),
    test('US', 501, 'offline STANDARD', 'deny'),
    test('US', 501, 'offline STANDARD', 'allow', ['epacket']),
    test('US', 501, 'online STANDARD', 'allow', STANDARD_LINE),
    test('US', 501, 'offline FAST', 'allow'),
    test('US', 501, 'online ECONOMY', 'deny'),
    test('US', 500, 'offline STANDARD', 'allow'),
    test('US', 500, 'online ECONOMY', 'allow'),
    test('US', 500, 'offline ECONOMY', 'deny'),
    test('US', 500, 'online SIMPLE', 'deny'),
    test('ES', 501, 'online STANDARD', 'allow', STANDARD_LINE),
    test('ES', 501, 'online STANDARD', 'deny'),
    test('ES', 501, 'online FAST', 'allow'),
    test('ES', 501, 'online ECONOMY', 'deny', ['correos_economy']),
    test('ES', 500, 'online ECONOMY', 'allow', ['correos_economy']),
    test('ES', 500, 'online ECONOMY', 'deny'),
    test('ES', 500, 'offline ECONOMY', 'deny', ['correos_economy']),
    test('ES', 500, 'online SIMPLE', 'allow'),
    test('ES', 500, 'offline SIMPLE', 'deny'),
    test('ES', 500, 'offline STANDARD', 'allow'),
    ...['FR', 'NL', 'CL'].flatMap((country) => [
      test(country, 501, 'online STANDARD', 'allow', STANDARD_LINE),
      test(country, 501, 'offline FAST', 'allow'),
      test(country, 501, 'online STANDARD', 'deny'),
      test(country, 501, 'online SIMPLE', 'deny'),
      test(country, 501, 'online ECONOMY', 'deny'),
      test(country, 500, 'online ECONOMY', 'allow'),
    ]),
    test('DE', 10_000, 'online ECONOMY', 'allow'),
    test('DE', 1, 'offline ECONOMY', 'deny'),
    test('DE', 1, 'offline SIMPLE', 'deny'),
    test('DE', 1, 'offline STANDARD', 'allow'),
  ],
};

/** For platforms without a table of their own: everything but economy lines that nobody vets. */
export const NEUTRAL_MARKET_POLICY: MarketPolicyDocument = {
  kind: 'market_policy',
  title: 'Neutral: every line except offline economy',
  source: 'our default',
  otherwise: { effect: 'allow', reason: 'This marketplace does not restrict lines.' },
  rules: EVERYWHERE.slice(0, 1),
  tests: [
    test('US', 100_000, 'online ECONOMY', 'allow'),
    test('RU', 1, 'offline SIMPLE', 'allow'),
    test('RU', 1, 'offline ECONOMY', 'deny'),
  ],
};
