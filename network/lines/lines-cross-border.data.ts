import { money } from '../kernel/index.ts';
import { leg, SINCE_2024, sellingAndBuying, zonesByCountry } from './line-parts.ts';
import type { Leg, Limits, LinePromise, ServiceLine, Surcharge } from './model.ts';

/*
 * Lines out of China. Legs by the usual windows of a standard line (source: domain reference 6.4). Small packets
 * keep to the limits of UPU letter post: 2 kg, 900 mm for the sum of sides, 600 mm a side. Days: economy 20 to 45,
 * standard 10 to 18, fast 5 to 10 (source: public statements on Cainiao's products). Prices are our demo data.
 */

const SMALL_PACKET: Limits = {
  maxWeightGrams: 2_000,
  maxSideMm: 600,
  maxSumOfSidesMm: 900,
  maxDeclaredValue: money(40_000, 'USD'),
};

/** Exports leave with VAT at zero rate (source: Chinese VAT on international transport). */
const TAXES: ServiceLine['taxes'] = [
  { kind: 'vat', origin: 'CN', destination: '*', rateBp: 0, from: SINCE_2024 },
];

const CUSTOMS: NonNullable<ServiceLine['customs']> = {
  hs6: true,
  incoterms: ['DDP', 'DAP'],
  taxIds: [
    { country: 'BR', kind: 'cpf' },
    { country: 'CL', kind: 'rut' },
    { country: 'RU', kind: 'inn' },
  ],
};

/** Islands and forces' mail that no line-haul of ours reaches. */
const UNSERVED: ServiceLine['unserved'] = [
  {
    country: 'US',
    divisions: ['AA', 'AE', 'AP', 'GU', 'MP', 'AS'],
    postcodePrefixes: ['969', '340', '09', '962', '963', '964', '965', '966'],
  },
  { country: 'ES', postcodePrefixes: ['51', '52'] },
];

const DESTINATIONS = ['US', 'ES', 'FR', 'DE', 'NL', 'RU', 'CL', 'BR', 'GB'] as const;

/** One price zone per country; rates are fen of registration and fen per kilogram. */
type Rates = Partial<
  Record<(typeof DESTINATIONS)[number], readonly [registrationMinor: number, perKgMinor: number]>
>;

function journey(
  firstP50: number,
  haulP50: number,
  haulP90: number,
  lastP50: number,
  lastP90: number,
): Leg[] {
  const carrier = 'postroad_line';
  return [
    leg('pickup', carrier, firstP50, firstP50 * 3),
    leg('warehouse', carrier, 0.5, 1),
    leg('export_customs', carrier, 1, 2),
    leg('line_haul', carrier, haulP50, haulP90),
    leg('import_customs', carrier, 1, 3),
    leg('last_mile', carrier, lastP50, lastP90),
  ];
}

function estimate(days: LinePromise['days'], guarantee?: LinePromise['guarantee']): LinePromise {
  return {
    kind: guarantee === undefined ? 'ESTIMATE' : 'PROMISE',
    dayKind: 'calendar',
    zone: 'Asia/Shanghai',
    weekend: [],
    holidays: [],
    cutOff: '16:00',
    days,
    guarantee,
  };
}

type Offer = Pick<
  ServiceLine,
  'code' | 'names' | 'serviceClass' | 'tags' | 'legs' | 'promise' | 'goodsClasses'
> & {
  readonly rates: Rates;
  readonly minimumGrams: number;
  readonly surcharges: readonly Surcharge[];
  readonly limits?: Limits;
  readonly volumetric?: ServiceLine['volumetric'];
  readonly carrierCode?: string;
  readonly online?: boolean;
  readonly buyingPercent: number;
};

function crossBorder(offer: Offer): ServiceLine {
  const { rates, minimumGrams, surcharges, buyingPercent, ...words } = offer;
  const countries = Object.keys(rates);
  return {
    carrierCode: 'postroad_line',
    online: true,
    limits: SMALL_PACKET,
    volumetric: { kind: 'none' },
    ...words,
    origins: [{ country: 'CN' }],
    destinations: countries.map((country) => ({ country })),
    unserved: UNSERVED,
    ...sellingAndBuying(
      {
        code: `${offer.code}_2024`,
        currency: 'CNY',
        validFrom: SINCE_2024,
        zones: zonesByCountry(Object.fromEntries(countries.map((country) => [country, [country]]))),
        sheet: {
          kind: 'per_gram',
          roundUpToGrams: 1,
          minimumGrams,
          // Fen per kilogram, so a thousandth of it per gram, in millionths.
          rates: Object.entries(rates).map(([zone, [registrationMinor, perKgMinor]]) => ({
            zone,
            registrationMinor,
            microsPerGram: perKgMinor * 1000,
          })),
        },
        surcharges,
      },
      buyingPercent,
    ),
    taxes: TAXES,
    handover: ['door_pickup', 'drop_off', 'self_post'],
    customs: CUSTOMS,
    validFrom: SINCE_2024,
  };
}

const WORRY_FREE: LinePromise['guarantee'] = {
  rule: { kind: 'percent_of_order', rateBp: 10_000 },
  // Cap of the standard worry-free line, about CNY 300 (source: domain reference 2.6, unchecked).
  cap: money(30_000, 'CNY'),
};

const INSURANCE: Surcharge = { type: 'insurance', rateBp: 200, minimumMinor: 100 };
const BATTERY: Surcharge = { type: 'battery', amountMinor: 200 };

export const CROSS_BORDER_LINES: readonly ServiceLine[] = [
  crossBorder({
    code: 'cn_global_economy',
    names: { en: 'Global economy', zh: '全球经济' },
    serviceClass: 'ECONOMY',
    tags: ['correos_economy'],
    legs: journey(1, 8, 20, 6, 12),
    goodsClasses: ['normal', 'breakable'],
    rates: {
      US: [0, 9_800],
      ES: [0, 7_600],
      FR: [0, 8_200],
      DE: [0, 8_000],
      NL: [0, 7_900],
      RU: [0, 7_200],
      CL: [0, 9_000],
      BR: [0, 9_900],
      GB: [0, 7_800],
    },
    minimumGrams: 50,
    surcharges: [],
    promise: estimate([{ zone: '*', minDays: 20, maxDays: 45 }]),
    buyingPercent: 84,
  }),
  crossBorder({
    code: 'cn_global_simple',
    names: { en: 'Global simple', zh: '全球简易' },
    serviceClass: 'SIMPLE',
    tags: [],
    legs: journey(1, 6, 14, 5, 9),
    goodsClasses: ['normal', 'battery_contained', 'breakable'],
    rates: { US: [800, 9_600], ES: [600, 7_500], RU: [500, 7_000], CL: [700, 8_900], BR: [700, 9_600] },
    minimumGrams: 1,
    surcharges: [BATTERY],
    promise: estimate([{ zone: '*', minDays: 15, maxDays: 35 }]),
    buyingPercent: 83,
  }),
  crossBorder({
    code: 'cn_global_standard',
    names: { en: 'Global standard', zh: '全球标准' },
    serviceClass: 'STANDARD',
    tags: ['platform_standard'],
    legs: journey(1, 2.5, 6, 3, 7),
    goodsClasses: ['normal', 'battery_contained', 'cosmetics_non_liquid', 'magnetic', 'special', 'breakable'],
    rates: {
      US: [1_900, 9_400],
      ES: [1_600, 7_400],
      FR: [1_700, 7_900],
      DE: [1_700, 7_600],
      NL: [1_700, 7_700],
      RU: [1_800, 7_100],
      CL: [2_100, 9_200],
      BR: [2_000, 9_700],
      GB: [1_600, 7_200],
    },
    minimumGrams: 1,
    surcharges: [BATTERY, INSURANCE, { type: 'return', rateBp: 10_000 }],
    promise: estimate(
      [
        { zone: 'FR', minDays: 7, maxDays: 15 },
        { zone: 'DE', minDays: 7, maxDays: 15 },
        { zone: 'GB', minDays: 7, maxDays: 15 },
        { zone: 'BR', minDays: 12, maxDays: 25 },
        { zone: 'CL', minDays: 12, maxDays: 25 },
        { zone: '*', minDays: 10, maxDays: 18 },
      ],
      WORRY_FREE,
    ),
    buyingPercent: 81,
  }),
  crossBorder({
    code: 'cn_global_fast',
    names: { en: 'Global fast', zh: '全球优先' },
    serviceClass: 'FAST',
    tags: [],
    legs: journey(0.5, 1.5, 3, 2, 3),
    goodsClasses: ['normal', 'battery_contained', 'cosmetics_non_liquid', 'breakable'],
    rates: {
      US: [6_500, 8_800],
      ES: [5_800, 7_900],
      FR: [5_800, 7_900],
      DE: [5_600, 7_700],
      NL: [5_600, 7_700],
      RU: [7_000, 9_500],
      CL: [8_000, 11_000],
      BR: [8_000, 11_500],
      GB: [5_600, 7_700],
    },
    minimumGrams: 500,
    // Express limits: 30 kg, 1.2 m a side, 3 m length and girth; volume by 5000 (source: air express tariffs).
    limits: {
      maxWeightGrams: 30_000,
      maxSideMm: 1200,
      maxLengthPlusGirthMm: 3000,
      maxDeclaredValue: money(250_000, 'USD'),
    },
    volumetric: { kind: 'max', divisor: 5000 },
    surcharges: [
      { type: 'fuel', rateBp: 1200 },
      { type: 'oversize', sideOverMm: 1000, amountMinor: 15_000 },
      BATTERY,
      INSURANCE,
    ],
    promise: estimate([{ zone: '*', minDays: 5, maxDays: 10 }], {
      ...WORRY_FREE,
      cap: money(120_000, 'CNY'),
    }),
    buyingPercent: 86,
  }),
  crossBorder({
    code: 'china_post_registered',
    names: { en: 'China Post registered packet', zh: '中国邮政挂号小包' },
    serviceClass: 'STANDARD',
    tags: ['post_registered'],
    // Known and priced, but never offered before a connector ships: the post takes no orders here.
    carrierCode: 'china_post',
    online: false,
    legs: journey(1, 8, 18, 6, 12),
    goodsClasses: ['normal', 'breakable'],
    rates: {
      US: [2_200, 9_800],
      ES: [1_900, 8_100],
      FR: [1_900, 8_300],
      DE: [1_900, 8_300],
      NL: [1_900, 8_300],
      RU: [2_100, 7_900],
      CL: [2_300, 9_800],
      BR: [2_300, 9_900],
    },
    minimumGrams: 1,
    surcharges: [],
    promise: estimate([{ zone: '*', minDays: 15, maxDays: 50 }]),
    buyingPercent: 90,
  }),
];
