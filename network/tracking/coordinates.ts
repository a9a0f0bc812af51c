import type { CountryCode, Position } from '../kernel/index.ts';
import { locate, type Precision } from '../places/index.ts';
import type { ScanPlace } from './model.ts';

/** A point to draw on a map: rounded to about a kilometre, however exact the source was. */
export type Coordinates = {
  readonly latitude: number;
  readonly longitude: number;
  /** What it is the middle of; an exact position of a scan counts as `city` once it is rounded. */
  readonly precision: 'postcode' | 'city' | 'division' | 'country';
};

type Coarse = Pick<ScanPlace, 'country' | 'city' | 'postcode' | 'position'>;

/** Places repeat: hubs, depots, large cities. By country, then town and postcode. A country's is emptied when it is full. */
const KEPT = 20_000;
const known = new Map<string, Map<string, Coordinates | undefined>>();

/** Undefined only for a country that nobody knows. */
export function coordinatesOf(place: Coarse): Coordinates | undefined {
  if (place.position !== undefined) return rounded(place.position, 'city');
  const towns = known.getOrInsertComputed(place.country, () => new Map());
  // Most are told without a postcode: then nothing is put together to look one up. Places hold no control characters.
  const key = place.postcode === undefined ? (place.city ?? '') : `${place.city ?? ''}\n${place.postcode}`;
  const seen = towns.get(key);
  if (seen !== undefined || towns.has(key)) return seen;
  const located = locate({
    country: place.country as CountryCode,
    ...(place.city === undefined ? {} : { city: place.city }),
    ...(place.postcode === undefined ? {} : { postcode: place.postcode }),
  });
  const found = located === undefined ? undefined : rounded(located.position, coarseOf(located.precision));
  if (towns.size >= KEPT) towns.clear();
  towns.set(key, found);
  return found;
}

function coarseOf(precision: Precision): Coordinates['precision'] {
  return precision === 'address' ? 'city' : precision;
}

function rounded(position: Position, precision: Coordinates['precision']): Coordinates {
  const round = (degrees: number) => Math.round(degrees * 100) / 100;
  return { latitude: round(position.latitude), longitude: round(position.longitude), precision };
}
