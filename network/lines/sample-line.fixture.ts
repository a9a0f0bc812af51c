import { instant, money } from '../kernel/index.ts';
import type { PriceTable, ServiceLine } from './model.ts';

/** A small line whose prices can be reckoned by head. */
export function sampleTable(part: Partial<PriceTable> = {}): PriceTable {
  return {
    code: 'sample_selling',
    currency: money(0, 'EUR').currency,
    validFrom: instant('2025-01-01T00:00:00Z'),
    zones: {
      regions: [
        { code: 'near', areas: [{ country: 'DE' }] },
        { code: 'far', areas: [{ country: 'PT' }] },
      ],
      rule: { kind: 'by_destination' },
    },
    sheet: {
      kind: 'first_and_step',
      rates: [
        { zone: 'near', firstGrams: 1000, firstMinor: 500, stepGrams: 500, stepMinor: 120 },
        { zone: 'far', firstGrams: 1000, firstMinor: 900, stepGrams: 500, stepMinor: 310 },
      ],
    },
    surcharges: [],
    ...part,
  };
}

export function sampleLine(part: Partial<ServiceLine> = {}): ServiceLine {
  return {
    code: 'sample',
    names: { en: 'Sample', zh: '样例' },
    carrierCode: 'postroad_express_eu',
    serviceClass: 'STANDARD',
    online: true,
    tags: [],
    origins: [{ country: 'NL' }],
    destinations: [{ country: 'DE' }, { country: 'PT' }],
    unserved: [{ country: 'PT', postcodePrefixes: ['9'] }],
    legs: [{ kind: 'last_mile', carrierCode: 'postroad_express_eu', p50Days: 1, p90Days: 2 }],
    limits: {
      minWeightGrams: 10,
      maxWeightGrams: 20_000,
      maxSideMm: 1000,
      maxSumOfSidesMm: 1500,
      maxLengthPlusGirthMm: 2500,
      maxVolumeMm3: 100_000_000,
      maxDeclaredValue: money(50_000, 'EUR'),
      postcodeRequired: true,
    },
    goodsClasses: ['normal', 'battery_contained'],
    volumetric: { kind: 'max', divisor: 5000 },
    selling: [sampleTable()],
    buying: [sampleTable({ code: 'sample_buying' })],
    taxes: [],
    promise: {
      kind: 'PROMISE',
      dayKind: 'working',
      zone: 'Europe/Amsterdam',
      weekend: [6, 7],
      holidays: ['2026-04-27'],
      cutOff: '16:00',
      days: [
        { zone: 'near', minDays: 1, maxDays: 2 },
        { zone: '*', minDays: 3, maxDays: 5 },
      ],
    },
    handover: ['drop_off'],
    validFrom: instant('2025-01-01T00:00:00Z'),
    ...part,
  };
}
