import { money } from '../kernel/index.ts';
import { leg, SINCE_2024, sellingAndBuying } from './line-parts.ts';
import type { Area, ServiceLine } from './model.ts';

/*
 * Local delivery in Europe. Given by the stories: next day at EUR 2 in selected regions, three to five days at
 * EUR 3 to 5 more widely (source: Cainiao's European local network). Which regions, and the bands between EUR 3.00
 * and EUR 5.00, are our demo data. Prices are before VAT of the sender's country.
 */

/** Selected regions: greater Madrid, Paris, Randstad, Rhine-Ruhr and Brussels, by the post's own leading digits. */
const NEXT_DAY_AREAS: readonly Area[] = [
  { country: 'ES', postcodePrefixes: ['28'] },
  { country: 'FR', postcodePrefixes: ['75', '92', '93', '94'] },
  { country: 'NL', postcodePrefixes: ['10', '11', '20', '25', '26', '30', '35'] },
  { country: 'DE', postcodePrefixes: ['40', '44', '45', '47', '50', '51'] },
  { country: 'BE', postcodePrefixes: ['10', '11', '12'] },
];

const WIDE_COUNTRIES = ['ES', 'FR', 'NL', 'DE', 'BE', 'PT', 'IT', 'PL', 'AT', 'LU', 'CZ'] as const;
const WIDE_AREAS: readonly Area[] = WIDE_COUNTRIES.map((country) => ({ country }));

/** Standard rates of VAT on transport in the sender's country (source: EU Taxes in Europe database, unchecked). */
const VAT_BP: Readonly<Record<string, number>> = {
  ES: 2100,
  FR: 2000,
  NL: 2100,
  DE: 1900,
  BE: 2100,
  PT: 2300,
  IT: 2200,
  PL: 2300,
  AT: 2000,
  LU: 1700,
  CZ: 2100,
};
const TAXES: ServiceLine['taxes'] = Object.entries(VAT_BP).map(([origin, rateBp]) => ({
  kind: 'vat',
  origin,
  destination: '*',
  rateBp,
  from: SINCE_2024,
}));

/** Days on which no country of the network delivers. */
const HOLIDAYS = ['2024', '2025', '2026', '2027', '2028'].flatMap((year) => [
  `${year}-01-01`,
  `${year}-05-01`,
  `${year}-12-25`,
]);

const NEXT_DAY: ServiceLine = {
  code: 'eu_next_day',
  names: { en: 'Europe next day', zh: '欧洲次日达' },
  carrierCode: 'postroad_express_eu',
  serviceClass: 'FAST',
  online: true,
  tags: ['europe_local'],
  origins: NEXT_DAY_AREAS,
  destinations: NEXT_DAY_AREAS,
  unserved: [],
  legs: [
    leg('pickup', 'postroad_express_eu', 0.2, 0.4),
    leg('line_haul', 'postroad_express_eu', 0.4, 0.6),
    leg('last_mile', 'postroad_express_eu', 0.3, 0.5),
  ],
  limits: {
    maxWeightGrams: 5_000,
    maxSideMm: 600,
    maxSumOfSidesMm: 1200,
    maxDeclaredValue: money(50_000, 'EUR'),
    postcodeRequired: true,
  },
  goodsClasses: ['normal', 'battery_contained', 'cosmetics_non_liquid', 'breakable'],
  volumetric: { kind: 'none' },
  ...sellingAndBuying(
    {
      code: 'eu_next_day_2024',
      currency: 'EUR',
      validFrom: SINCE_2024,
      // Next day holds inside one country's selected regions only: the pair decides, other pairs have no price.
      zones: {
        regions: NEXT_DAY_AREAS.map((area) => ({ code: area.country, areas: [area] })),
        rule: { kind: 'by_pair', sameRegion: 'city', sameGroup: 'city', groupPairs: {} },
      },
      sheet: { kind: 'bands', rates: [{ zone: 'city', bands: [{ upToGrams: 5_000, amountMinor: 200 }] }] },
      surcharges: [
        { type: 'redelivery', freeAttempts: 2, amountMinor: 150 },
        { type: 'insurance', rateBp: 50, minimumMinor: 50 },
      ],
    },
    85,
  ),
  taxes: TAXES,
  promise: {
    kind: 'PROMISE',
    dayKind: 'working',
    zone: 'Europe/Paris',
    weekend: [7],
    holidays: HOLIDAYS,
    cutOff: '16:00',
    days: [{ zone: '*', minDays: 1, maxDays: 1 }],
    guarantee: { rule: { kind: 'percent_of_order', rateBp: 1000 }, cap: money(1_000, 'EUR') },
  },
  handover: ['door_pickup', 'drop_off'],
  validFrom: SINCE_2024,
};

const THREE_TO_FIVE_DAYS: ServiceLine = {
  code: 'eu_3_5_days',
  names: { en: 'Europe 3 to 5 days', zh: '欧洲三至五日达' },
  carrierCode: 'postroad_express_eu',
  serviceClass: 'STANDARD',
  online: true,
  tags: ['europe_local', 'platform_standard'],
  origins: WIDE_AREAS,
  destinations: WIDE_AREAS,
  // Islands and cities off the mainland network: Canaries, Ceuta, Melilla.
  unserved: [{ country: 'ES', postcodePrefixes: ['35', '38', '51', '52'] }],
  legs: [
    leg('first_mile', 'postroad_express_eu', 0.5, 1),
    leg('line_haul', 'postroad_express_eu', 1.5, 2.5),
    leg('last_mile', 'postroad_express_eu', 1, 1.5),
  ],
  limits: {
    maxWeightGrams: 20_000,
    maxSideMm: 1200,
    maxLengthPlusGirthMm: 3000,
    maxDeclaredValue: money(100_000, 'EUR'),
  },
  goodsClasses: ['normal', 'battery_contained', 'cosmetics_non_liquid', 'liquid', 'powder', 'breakable'],
  volumetric: { kind: 'max', divisor: 6000 },
  ...sellingAndBuying(
    {
      code: 'eu_3_5_days_2024',
      currency: 'EUR',
      validFrom: SINCE_2024,
      zones: {
        regions: WIDE_AREAS.map((area) => ({ code: area.country, areas: [area] })),
        rule: {
          kind: 'by_pair',
          sameRegion: 'domestic',
          sameGroup: 'domestic',
          groupPairs: {},
          otherwise: 'cross',
        },
      },
      sheet: {
        kind: 'bands',
        rates: [
          {
            zone: 'domestic',
            bands: [
              { upToGrams: 1_000, amountMinor: 300 },
              { upToGrams: 5_000, amountMinor: 350 },
              { upToGrams: 10_000, amountMinor: 400 },
              { upToGrams: 20_000, amountMinor: 450 },
            ],
          },
          {
            zone: 'cross',
            bands: [
              { upToGrams: 1_000, amountMinor: 350 },
              { upToGrams: 5_000, amountMinor: 400 },
              { upToGrams: 10_000, amountMinor: 450 },
              { upToGrams: 20_000, amountMinor: 500 },
            ],
          },
        ],
      },
      surcharges: [
        {
          type: 'remote',
          areas: [
            { country: 'ES', postcodePrefixes: ['07'] },
            { country: 'FR', postcodePrefixes: ['20'] },
          ],
          amountMinor: 250,
        },
        { type: 'return', rateBp: 8000 },
        { type: 'insurance', rateBp: 50, minimumMinor: 50 },
      ],
    },
    82,
  ),
  taxes: TAXES,
  promise: {
    kind: 'PROMISE',
    dayKind: 'working',
    zone: 'Europe/Paris',
    weekend: [6, 7],
    holidays: HOLIDAYS,
    cutOff: '15:00',
    days: [{ zone: '*', minDays: 3, maxDays: 5 }],
    guarantee: { rule: { kind: 'percent_of_order', rateBp: 500 }, cap: money(500, 'EUR') },
  },
  handover: ['drop_off', 'door_pickup'],
  validFrom: SINCE_2024,
};

export const EUROPE_LINES: readonly ServiceLine[] = [NEXT_DAY, THREE_TO_FIVE_DAYS];
