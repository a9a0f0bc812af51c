import type { Instant } from '../kernel/index.ts';
import type { Place, PriceTable, RateSheet, ServiceLine, Surcharge } from './model.ts';
import { type AreaIndex, compileAreas, compileZones } from './zone-table.ts';

/** A price table made ready for pricing: zones and rates by look-up. */
export type CompiledTable = {
  readonly table: PriceTable;
  readonly zoneOf: (origin: Place, destination: Place) => string | undefined;
  readonly rates: ReadonlyMap<string, CompiledRate>;
  readonly surcharges: readonly CompiledSurcharge[];
};

export type CompiledRate =
  | ({ readonly kind: 'first_and_step' } & RowOf<'first_and_step'>)
  | ({
      readonly kind: 'per_gram';
      readonly roundUpToGrams: number;
      readonly minimumGrams: number;
    } & RowOf<'per_gram'>)
  | ({ readonly kind: 'bands' } & RowOf<'bands'>);

type RowOf<Kind extends RateSheet['kind']> = Extract<RateSheet, { kind: Kind }>['rates'][number];

export type CompiledSurcharge = { readonly surcharge: Surcharge; readonly areaOf?: AreaIndex<true> };

/** A service line made ready for a search over all lines. Compile once per version of the line. */
export type CompiledLine = {
  readonly line: ServiceLine;
  /** Number of the version in the catalogue; 0 for a line that is not stored. */
  readonly version: number;
  readonly servesOrigin: AreaIndex<true>;
  readonly servesDestination: (place: Place) => boolean;
  readonly goodsClasses: ReadonlySet<string>;
  readonly selling: readonly CompiledTable[];
  readonly buying: readonly CompiledTable[];
  readonly promise: {
    readonly days: ReadonlyMap<string, { readonly minDays: number; readonly maxDays: number }>;
    readonly calendar: {
      readonly zone: string;
      readonly weekend: readonly number[];
      readonly holidays: ReadonlySet<string>;
    };
  };
};

export function compileLine(line: ServiceLine, version = 0): CompiledLine {
  const served = compileAreas([{ value: true as const, areas: line.destinations }]);
  const unserved = compileAreas([{ value: true as const, areas: line.unserved }]);
  const { zone, weekend, holidays } = line.promise;
  return {
    line,
    version,
    servesOrigin: compileAreas([{ value: true as const, areas: line.origins }]),
    servesDestination: (place) => served(place) === true && unserved(place) !== true,
    goodsClasses: new Set(line.goodsClasses),
    selling: line.selling.map(compileTable),
    buying: line.buying.map(compileTable),
    promise: {
      days: new Map(line.promise.days.map((row) => [row.zone, row])),
      calendar: { zone, weekend, holidays: new Set(holidays) },
    },
  };
}

function compileTable(table: PriceTable): CompiledTable {
  return {
    table,
    zoneOf: compileZones(table.zones),
    rates: new Map(compileRates(table.sheet)),
    surcharges: table.surcharges.map((surcharge) =>
      surcharge.type === 'remote'
        ? { surcharge, areaOf: compileAreas([{ value: true as const, areas: surcharge.areas }]) }
        : { surcharge },
    ),
  };
}

function compileRates(sheet: RateSheet): [string, CompiledRate][] {
  switch (sheet.kind) {
    case 'first_and_step':
      return sheet.rates.map((rate) => [rate.zone, { kind: sheet.kind, ...rate }]);
    case 'per_gram': {
      const { kind, roundUpToGrams, minimumGrams } = sheet;
      return sheet.rates.map((rate) => [rate.zone, { kind, roundUpToGrams, minimumGrams, ...rate }]);
    }
    case 'bands':
      return sheet.rates.map((rate) => [rate.zone, { kind: sheet.kind, ...rate }]);
  }
}

/** The table in force at a moment: from inclusive, to exclusive; undefined when none is. */
export function findTable(tables: readonly CompiledTable[], at: Instant): CompiledTable | undefined {
  return tables.find(({ table }) => isInForce(table, at));
}

export function isInForce(
  dated: { readonly validFrom: Instant; readonly validTo?: Instant | undefined },
  at: Instant,
): boolean {
  return dated.validFrom <= at && (dated.validTo === undefined || at < dated.validTo);
}
