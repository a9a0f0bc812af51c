import { money } from '../kernel/index.ts';
import { leg, SINCE_2016, sellingAndBuying } from './line-parts.ts';
import type { Region, ServiceLine, ZoneTable } from './model.ts';

/*
 * Domestic parcels in Brazil: zones by federative unit, by CEP range (source: Correios, ranges of CEP by UF) or by
 * the unit's code. Limits are those of the PAC service: 30 kg, 100 cm a side, 200 cm for the sum (source: Correios).
 * Prices and days are our demo data.
 */

const unit = (group: string, code: string, ...ranges: [from: string, to: string][]): Region => ({
  code,
  group,
  areas: [{ country: 'BR', divisions: [code], postcodeRanges: ranges.map(([from, to]) => ({ from, to })) }],
});

const UNITS: readonly Region[] = [
  unit('SUDESTE', 'SP', ['01000', '19999']),
  unit('SUDESTE', 'RJ', ['20000', '28999']),
  unit('SUDESTE', 'ES', ['29000', '29999']),
  unit('SUDESTE', 'MG', ['30000', '39999']),
  unit('NORDESTE', 'BA', ['40000', '48999']),
  unit('NORDESTE', 'SE', ['49000', '49999']),
  unit('NORDESTE', 'PE', ['50000', '56999']),
  unit('NORDESTE', 'AL', ['57000', '57999']),
  unit('NORDESTE', 'PB', ['58000', '58999']),
  unit('NORDESTE', 'RN', ['59000', '59999']),
  unit('NORDESTE', 'CE', ['60000', '63999']),
  unit('NORDESTE', 'PI', ['64000', '64999']),
  unit('NORDESTE', 'MA', ['65000', '65999']),
  unit('NORTE', 'PA', ['66000', '68899']),
  unit('NORTE', 'AP', ['68900', '68999']),
  unit('NORTE', 'AM', ['69000', '69299'], ['69400', '69899']),
  unit('NORTE', 'RR', ['69300', '69399']),
  unit('NORTE', 'AC', ['69900', '69999']),
  unit('CENTRO_OESTE', 'DF', ['70000', '72799'], ['73000', '73699']),
  unit('CENTRO_OESTE', 'GO', ['72800', '72999'], ['73700', '76799']),
  unit('NORTE', 'RO', ['76800', '76999'], ['78900', '78999']),
  unit('NORTE', 'TO', ['77000', '77999']),
  unit('CENTRO_OESTE', 'MT', ['78000', '78899']),
  unit('CENTRO_OESTE', 'MS', ['79000', '79999']),
  unit('SUL', 'PR', ['80000', '87999']),
  unit('SUL', 'SC', ['88000', '89999']),
  unit('SUL', 'RS', ['90000', '99999']),
];

const both = (a: string, b: string, zone: string): [string, string][] => [
  [`${a}>${b}`, zone],
  [`${b}>${a}`, zone],
];

const ZONES: ZoneTable = {
  regions: UNITS,
  rule: {
    kind: 'by_pair',
    sameRegion: 'state',
    sameGroup: 'region',
    groupPairs: Object.fromEntries([
      ...both('SUDESTE', 'SUL', 'near'),
      ...both('SUDESTE', 'CENTRO_OESTE', 'near'),
      ...both('SUL', 'CENTRO_OESTE', 'near'),
      ...both('SUDESTE', 'NORDESTE', 'wide'),
      ...both('CENTRO_OESTE', 'NORDESTE', 'wide'),
      ...both('CENTRO_OESTE', 'NORTE', 'wide'),
    ]),
    otherwise: 'far',
  },
};

const BR_DOMESTIC_STANDARD: ServiceLine = {
  code: 'br_domestic_standard',
  names: { en: 'Brazil domestic standard', zh: '巴西国内标准' },
  carrierCode: 'postroad_express_br',
  serviceClass: 'STANDARD',
  online: true,
  tags: ['domestic'],
  origins: [{ country: 'BR' }],
  destinations: [{ country: 'BR' }],
  unserved: [],
  legs: [
    leg('first_mile', 'postroad_express_br', 1, 2),
    leg('line_haul', 'postroad_express_br', 4, 12),
    leg('last_mile', 'postroad_express_br', 2, 5),
  ],
  limits: {
    maxWeightGrams: 30_000,
    maxSideMm: 1000,
    maxSumOfSidesMm: 2000,
    maxDeclaredValue: money(1_000_000, 'BRL'),
  },
  goodsClasses: [
    'normal',
    'battery_contained',
    'cosmetics_non_liquid',
    'liquid',
    'powder',
    'magnetic',
    'breakable',
  ],
  // Correios counts volume only above 5 kg volumetric; ours counts it when it is twice the weight, as many lines do.
  volumetric: { kind: 'if_over_actual', divisor: 6000, times: 2 },
  ...sellingAndBuying(
    {
      code: 'br_domestic_2016',
      currency: 'BRL',
      validFrom: SINCE_2016,
      zones: ZONES,
      sheet: {
        kind: 'first_and_step',
        rates: [
          { zone: 'state', firstGrams: 500, firstMinor: 900, stepGrams: 500, stepMinor: 60 },
          { zone: 'region', firstGrams: 500, firstMinor: 1300, stepGrams: 500, stepMinor: 110 },
          { zone: 'near', firstGrams: 500, firstMinor: 1500, stepGrams: 500, stepMinor: 160 },
          { zone: 'wide', firstGrams: 500, firstMinor: 1900, stepGrams: 500, stepMinor: 240 },
          { zone: 'far', firstGrams: 500, firstMinor: 2400, stepGrams: 500, stepMinor: 330 },
        ],
      },
      surcharges: [
        { type: 'return', rateBp: 10_000 },
        { type: 'storage', freeDays: 7, amountMinorPerDay: 100 },
        { type: 'insurance', rateBp: 100, minimumMinor: 100 },
      ],
    },
    80,
  ),
  taxes: [{ kind: 'icms_none', origin: 'BR', destination: 'BR', rateBp: 0, from: SINCE_2016 }],
  promise: {
    kind: 'ESTIMATE',
    dayKind: 'calendar',
    zone: 'America/Sao_Paulo',
    weekend: [],
    holidays: [],
    cutOff: '17:00',
    days: [
      { zone: 'state', minDays: 2, maxDays: 14 },
      { zone: 'region', minDays: 4, maxDays: 20 },
      { zone: 'near', minDays: 5, maxDays: 24 },
      { zone: 'wide', minDays: 7, maxDays: 32 },
      { zone: 'far', minDays: 9, maxDays: 40 },
    ],
  },
  handover: ['drop_off', 'door_pickup'],
  validFrom: SINCE_2016,
};

export const BRAZIL_LINES: readonly ServiceLine[] = [BR_DOMESTIC_STANDARD];
