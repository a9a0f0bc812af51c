import { instant, money } from '../kernel/index.ts';
import type { Leg, LegKind, PriceTable, RateSheet, Surcharge, ZoneTable } from './model.ts';

/** What the shipped line data is written with. */

export const SINCE_2024 = instant('2024-01-01T00:00:00Z');
/** Orders replayed from Brazil begin in 2016. */
export const SINCE_2016 = instant('2016-01-01T00:00:00Z');

export function leg(kind: LegKind, carrierCode: string, p50Days: number, p90Days: number): Leg {
  return { kind, carrierCode, p50Days, p90Days };
}

/**
 * A selling table and beside it the buying table: the same zones and sheet, the carrier asking `buyingPercent` of
 * the selling rates (rounded down to a whole unit of the rate) and passing on its own surcharges alike.
 */
export function sellingAndBuying(
  table: Omit<PriceTable, 'currency'> & { readonly currency: string },
  buyingPercent: number,
): { readonly selling: readonly PriceTable[]; readonly buying: readonly PriceTable[] } {
  const { currency } = money(0, table.currency);
  const part = (amount: number) => Math.floor((amount * buyingPercent) / 100);
  return {
    selling: [{ ...table, currency, code: `${table.code}_selling` }],
    buying: [
      {
        ...table,
        currency,
        code: `${table.code}_buying`,
        sheet: scaledSheet(table.sheet, part),
        surcharges: table.surcharges.map((surcharge) => scaledSurcharge(surcharge, part)),
      },
    ],
  };
}

/** One zone per country. */
export function zonesByCountry(countries: Readonly<Record<string, readonly string[]>>): ZoneTable {
  return {
    regions: Object.entries(countries).map(([code, list]) => ({
      code,
      areas: list.map((country) => ({ country })),
    })),
    rule: { kind: 'by_destination' },
  };
}

function scaledSheet(sheet: RateSheet, part: (amount: number) => number): RateSheet {
  switch (sheet.kind) {
    case 'first_and_step':
      return {
        ...sheet,
        rates: sheet.rates.map((rate) => ({
          ...rate,
          firstMinor: part(rate.firstMinor),
          stepMinor: part(rate.stepMinor),
        })),
      };
    case 'per_gram':
      return {
        ...sheet,
        rates: sheet.rates.map((rate) => ({
          ...rate,
          registrationMinor: part(rate.registrationMinor),
          microsPerGram: part(rate.microsPerGram),
        })),
      };
    case 'bands':
      return {
        ...sheet,
        rates: sheet.rates.map((rate) => ({
          ...rate,
          bands: rate.bands.map((band) => ({ ...band, amountMinor: part(band.amountMinor) })),
        })),
      };
  }
}

function scaledSurcharge(surcharge: Surcharge, part: (amount: number) => number): Surcharge {
  switch (surcharge.type) {
    case 'remote':
    case 'battery':
    case 'oversize':
    case 'peak':
    case 'redelivery':
      return { ...surcharge, amountMinor: part(surcharge.amountMinor) };
    case 'storage':
      return { ...surcharge, amountMinorPerDay: part(surcharge.amountMinorPerDay) };
    case 'cod':
    case 'insurance':
      return { ...surcharge, minimumMinor: part(surcharge.minimumMinor), rateBp: part(surcharge.rateBp) };
    case 'fuel':
    case 'return':
      return surcharge;
  }
}
