import { money } from '../kernel/index.ts';
import { leg, SINCE_2024, sellingAndBuying } from './line-parts.ts';
import type { Region, ServiceLine, ZoneTable } from './model.ts';

/*
 * Domestic express in China. Zones: the same province, the same part of the country, neighbouring parts, the rest.
 * Provinces by the first two digits of GB/T 2260 and of the postcode (source: China Post). Prices are our demo data.
 */

const province = (group: string, gb: string, ...postcodePrefixes: string[]): Region => ({
  code: gb,
  group,
  areas: [{ country: 'CN', divisions: [gb], postcodePrefixes }],
});

const PROVINCES: readonly Region[] = [
  province('NORTH', '11', '10'),
  province('NORTH', '12', '30'),
  province('NORTH', '13', '05', '06', '07'),
  province('NORTH', '14', '03', '04'),
  province('NORTH', '15', '01', '02'),
  province('NORTHEAST', '21', '11', '12'),
  province('NORTHEAST', '22', '13'),
  province('NORTHEAST', '23', '15', '16'),
  province('EAST', '31', '20'),
  province('EAST', '32', '21', '22'),
  province('EAST', '33', '31', '32'),
  province('EAST', '34', '23', '24'),
  province('CENTRE', '36', '33', '34'),
  province('EAST', '37', '25', '26', '27'),
  province('SOUTH', '35', '35', '36'),
  province('CENTRE', '41', '45', '46', '47'),
  province('CENTRE', '42', '43', '44'),
  province('CENTRE', '43', '41', '42'),
  province('SOUTH', '44', '51', '52'),
  province('SOUTH', '45', '53', '54'),
  province('SOUTH', '46', '57'),
  province('SOUTHWEST', '50', '40'),
  province('SOUTHWEST', '51', '61', '62', '63', '64'),
  province('SOUTHWEST', '52', '55', '56'),
  province('SOUTHWEST', '53', '65', '66', '67'),
  province('FAR', '54', '85', '86'),
  province('NORTHWEST', '61', '71', '72'),
  province('NORTHWEST', '62', '73', '74'),
  province('FAR', '63', '81'),
  province('NORTHWEST', '64', '75'),
  province('FAR', '65', '83', '84'),
];

const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['NORTH', 'EAST'],
  ['NORTH', 'NORTHEAST'],
  ['NORTH', 'CENTRE'],
  ['NORTH', 'NORTHWEST'],
  ['EAST', 'CENTRE'],
  ['EAST', 'SOUTH'],
  ['CENTRE', 'SOUTH'],
  ['CENTRE', 'SOUTHWEST'],
  ['CENTRE', 'NORTHWEST'],
  ['SOUTH', 'SOUTHWEST'],
  ['SOUTHWEST', 'NORTHWEST'],
];

const FAR_PAIRS = ['NORTH', 'NORTHEAST', 'EAST', 'CENTRE', 'SOUTH', 'SOUTHWEST', 'NORTHWEST'].flatMap(
  (group): [string, string][] => [
    [`FAR>${group}`, 'far'],
    [`${group}>FAR`, 'far'],
  ],
);

const ZONES: ZoneTable = {
  regions: PROVINCES,
  rule: {
    kind: 'by_pair',
    sameRegion: 'province',
    sameGroup: 'region',
    groupPairs: Object.fromEntries([
      ...NEIGHBOURS.flatMap(([a, b]): [string, string][] => [
        [`${a}>${b}`, 'near'],
        [`${b}>${a}`, 'near'],
      ]),
      ...FAR_PAIRS,
    ]),
    otherwise: 'wide',
  },
};

/** Calendar days: express couriers work every day of the year (spring festival closures are added as holidays). */
const CN_DOMESTIC_EXPRESS: ServiceLine = {
  code: 'cn_domestic_express',
  names: { en: 'China domestic express', zh: '国内快递' },
  carrierCode: 'postroad_express_cn',
  serviceClass: 'STANDARD',
  online: true,
  tags: ['domestic'],
  origins: [{ country: 'CN' }],
  destinations: [{ country: 'CN' }],
  unserved: [],
  legs: [
    leg('pickup', 'postroad_express_cn', 0.2, 0.5),
    leg('line_haul', 'postroad_express_cn', 1, 2),
    leg('last_mile', 'postroad_express_cn', 0.5, 1),
  ],
  limits: {
    maxWeightGrams: 50_000,
    maxSideMm: 1500,
    maxSumOfSidesMm: 3000,
    maxDeclaredValue: money(5_000_000, 'CNY'),
  },
  goodsClasses: ['normal', 'battery_contained', 'cosmetics_non_liquid', 'breakable'],
  volumetric: { kind: 'max', divisor: 6000 },
  ...sellingAndBuying(
    {
      code: 'cn_domestic_2024',
      currency: 'CNY',
      validFrom: SINCE_2024,
      zones: ZONES,
      sheet: {
        kind: 'first_and_step',
        rates: [
          { zone: 'province', firstGrams: 1000, firstMinor: 800, stepGrams: 1000, stepMinor: 150 },
          { zone: 'region', firstGrams: 1000, firstMinor: 1000, stepGrams: 1000, stepMinor: 300 },
          { zone: 'near', firstGrams: 1000, firstMinor: 1200, stepGrams: 1000, stepMinor: 500 },
          { zone: 'wide', firstGrams: 1000, firstMinor: 1400, stepGrams: 1000, stepMinor: 800 },
          { zone: 'far', firstGrams: 1000, firstMinor: 2200, stepGrams: 1000, stepMinor: 1600 },
        ],
      },
      surcharges: [
        { type: 'redelivery', freeAttempts: 2, amountMinor: 300 },
        { type: 'return', rateBp: 5000 },
        { type: 'cod', rateBp: 100, minimumMinor: 300 },
        { type: 'insurance', rateBp: 50, minimumMinor: 100 },
      ],
    },
    72,
  ),
  taxes: [{ kind: 'vat', origin: 'CN', destination: 'CN', rateBp: 600, from: SINCE_2024 }],
  promise: {
    kind: 'PROMISE',
    dayKind: 'calendar',
    zone: 'Asia/Shanghai',
    weekend: [],
    holidays: [],
    cutOff: '18:00',
    days: [
      { zone: 'province', minDays: 1, maxDays: 2 },
      { zone: 'region', minDays: 1, maxDays: 2 },
      { zone: 'near', minDays: 2, maxDays: 3 },
      { zone: 'wide', minDays: 2, maxDays: 4 },
      { zone: 'far', minDays: 4, maxDays: 7 },
    ],
    guarantee: { rule: { kind: 'fixed', amount: money(500, 'CNY') }, cap: money(500, 'CNY') },
  },
  handover: ['door_pickup', 'drop_off'],
  validFrom: SINCE_2024,
};

export const CHINA_LINES: readonly ServiceLine[] = [CN_DOMESTIC_EXPRESS];
