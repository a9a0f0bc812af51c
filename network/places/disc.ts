import { distanceMeters, type Position } from '../kernel/index.ts';
import { findChinaByName } from './china-divisions.ts';
import { listNamesakes, mainCityOf, reachOf } from './cities.ts';
import { locate } from './locate.ts';
import type { City, Whereabouts } from './model.ts';

/** A circle on the globe that holds a place, however it was meant: centre in WGS 84 degrees, radius in metres. */
export type Disc = { readonly position: Position; readonly radiusMeters: number };

/**
 * How far from its centre a place of each kind may lie. Our defaults: a device's position is rounded, a postcode of the
 * country (US, CA) and a city with its freight villages are wide, and a Chinese prefecture-level city is a province
 * elsewhere.
 */
const POSITION_METERS = 2_000;
const POSTCODE_METERS = 60_000;
const CITY_METERS = 40_000;
const PREFECTURE_METERS = 250_000;

/**
 * Where a place is, as surely as its words tell: a city that has namesakes in its country is as wide as they lie apart,
 * and one that nobody knows is as wide as the country. Undefined for a country without a known place. For judging that
 * something is impossible; `locate` answers where it most probably is.
 */
export function discOf(place: Whereabouts): Disc | undefined {
  const located = locate(place);
  if (located === undefined) return undefined;
  if (located.precision === 'address') return discAround(located.position, POSITION_METERS);
  if (located.precision === 'postcode') return discAround(located.position, POSTCODE_METERS);
  if (place.city === undefined) return countryDisc(place.country);
  return (
    (place.country === 'CN' ? prefectureDisc(place.city, located.position) : undefined) ?? cityDisc(place)
  );
}

function cityDisc(place: Whereabouts): Disc | undefined {
  const namesakes = listNamesakes(place.country, place.city ?? '');
  const largest = mostPopulous(namesakes);
  if (largest === undefined) return countryDisc(place.country);
  const apart = namesakes.map(({ position }) => distanceMeters(largest.position, position));
  return discAround(largest.position, Math.max(...apart) + CITY_METERS);
}

/** By the Chinese name, or its spelling; several prefectures have districts of the same name. */
function prefectureDisc(name: string, position: Position): Disc | undefined {
  const found = findChinaByName(name);
  const prefectures = new Set(found.map(({ code }) => code.slice(0, 4)));
  if (found.length === 0) return undefined;
  return prefectures.size === 1 ? discAround(position, PREFECTURE_METERS) : countryDisc('CN');
}

function countryDisc(country: string): Disc | undefined {
  const main = mainCityOf(country);
  const reach = reachOf(country);
  return main === undefined || reach === undefined
    ? undefined
    : discAround(main.position, reach + CITY_METERS);
}

function mostPopulous(cities: readonly City[]): City | undefined {
  return cities.reduce<City | undefined>(
    (best, city) => (best === undefined || city.population > best.population ? city : best),
    undefined,
  );
}

/** Rounded, so that a disc that was stored is the same as one that is looked up. */
function discAround({ latitude, longitude }: Position, radiusMeters: number): Disc {
  const round = (degrees: number) => Math.round(degrees * 1_000) / 1_000;
  return {
    position: { latitude: round(latitude), longitude: round(longitude) },
    radiusMeters: Math.ceil(radiusMeters / 1_000) * 1_000,
  };
}
