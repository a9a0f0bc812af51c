import type { CountryCode, Position } from '../kernel/index.ts';
import { divisionCodeOfGeonames } from './divisions.ts';
import { type GeonamesCity, readCountryCities } from './geonames.ts';
import type { City } from './model.ts';
import { compareAt, type PackedText, packTexts, textAt } from './packed-text.ts';
import { visitCountedCities } from './population.ts';
import { foldText } from './text.ts';

/**
 * The places of one country in typed arrays, in the order of their folded names, so that a name is found by bisection
 * and a beginning of a name is a run. About 50 bytes a place.
 */
export type CityIndex = {
  readonly size: number;
  /** One code for a country's index, one per place for the world's. */
  readonly countries: readonly string[];
  readonly names: PackedText;
  readonly keys: PackedText;
  /** 1e-5 degrees. */
  readonly latitudes: Int32Array;
  readonly longitudes: Int32Array;
  readonly populations: Uint32Array;
  /** Position in `divisionCodes`; 0 is none. */
  readonly divisions: Uint16Array;
  readonly divisionCodes: readonly string[];
  /** Position in `areaCodes` (GeoNames admin2); 0 is none. Held for China only, where it is the prefecture. */
  readonly areas: Uint16Array;
  readonly areaCodes: readonly string[];
};

/** A place of the same name counts as the same within about 11 km (our default; GeoNames moves centres a little). */
const SAME_PLACE_DEGREES = 0.1;
/** Places of this size and more are found without naming the country (our default: 27 thousand places, 2 MB). */
const WORLD_MINIMUM = 15_000;

const indexes = new Map<string, CityIndex>();

/** The index of a country, read at the first question (30 to 150 ms); of the larger places of the world for `undefined`. */
export function cityIndexOf(country: string | undefined): CityIndex {
  const key = country ?? '*';
  const known = indexes.get(key);
  if (known !== undefined) return known;
  const built = country === undefined ? buildWorld() : buildCountry(country);
  // An unknown code must not make the map grow.
  if (built.size > 0) indexes.set(key, built);
  return built;
}

/** Forgets everything read. For measuring. */
export function forgetCities(): void {
  indexes.clear();
}

export function cityAt(index: CityIndex, at: number): City {
  const divisionCode = index.divisionCodes[index.divisions[at] ?? 0];
  return {
    country: (index.countries[at] ?? index.countries[0] ?? '') as CountryCode,
    name: textAt(index.names, at),
    ...(divisionCode === undefined || divisionCode === '' ? {} : { divisionCode }),
    position: positionAt(index, at),
    population: index.populations[at] ?? 0,
  };
}

export function positionAt(index: CityIndex, at: number): Position {
  return { latitude: (index.latitudes[at] ?? 0) / 1e5, longitude: (index.longitudes[at] ?? 0) / 1e5 };
}

/** First place whose folded name is not before `key` (UTF-8 order). */
export function lowerBound(index: CityIndex, key: Uint8Array): number {
  let low = 0;
  let high = index.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareAt(index.keys, middle, key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Row = GeonamesCity & { readonly country: string; readonly population: number; readonly key: Buffer };

function buildCountry(country: string): CityIndex {
  const cities = readCountryCities(country);
  if (cities.length === 0) return pack([], [country]);
  const counted = new Map<string, { latitude: number; longitude: number; population: number }[]>();
  visitCountedCities(country, (city) => {
    if (city.population === 0) return;
    const key = foldText(city.name);
    const known = counted.get(key);
    if (known === undefined) counted.set(key, [city]);
    else known.push(city);
  });
  const rows = cities.map((city): Row => {
    const key = foldText(city.name);
    const twin = counted
      .get(key)
      ?.find(
        (other) =>
          Math.abs(other.latitude - city.latitude) < SAME_PLACE_DEGREES &&
          Math.abs(other.longitude - city.longitude) < SAME_PLACE_DEGREES,
      );
    return { ...city, country, population: twin?.population ?? 0, key: Buffer.from(key) };
  });
  return pack(rows, [country]);
}

function buildWorld(): CityIndex {
  const rows: Row[] = [];
  visitCountedCities(undefined, (city) => {
    if (city.population < WORLD_MINIMUM) return;
    rows.push({ ...city, admin2: '', key: Buffer.from(foldText(city.name)) });
  });
  return pack(rows, undefined);
}

function pack(rows: Row[], countries: readonly string[] | undefined): CityIndex {
  rows.sort((a, b) => a.key.compare(b.key) || b.population - a.population);
  const divisionCodes = new Map<string, number>([['', 0]]);
  const areaCodes = new Map<string, number>([['', 0]]);
  const number = (codes: Map<string, number>, code: string): number => {
    const known = codes.get(code);
    if (known !== undefined) return known;
    codes.set(code, codes.size);
    return codes.size - 1;
  };
  return {
    size: rows.length,
    countries: countries ?? rows.map((row) => row.country),
    names: packTexts(rows.map((row) => row.name)),
    keys: packTexts(rows.map((row) => row.key.toString())),
    latitudes: Int32Array.from(rows, (row) => Math.round(row.latitude * 1e5)),
    longitudes: Int32Array.from(rows, (row) => Math.round(row.longitude * 1e5)),
    populations: Uint32Array.from(rows, (row) => row.population),
    divisions: Uint16Array.from(rows, (row) =>
      number(divisionCodes, divisionCodeOfGeonames(row.country, row.admin1) ?? ''),
    ),
    divisionCodes: [...divisionCodes.keys()],
    areas: Uint16Array.from(rows, (row) => number(areaCodes, row.country === 'CN' ? row.admin2 : '')),
    areaCodes: [...areaCodes.keys()],
  };
}
