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

/** Places repeat: hubs, depots, large cities. Emptied when it is full. */
const KEPT = 50_000;
const known = new Map<string, Coordinates | undefined>();

/** Undefined only for a country that nobody knows. */
export function coordinatesOf(place: Coarse): Coordinates | undefined {
  if (place.position !== undefined) return rounded(place.position, 'city');
  const key = `${place.country}|${place.postcode ?? ''}|${place.city ?? ''}`;
  if (known.has(key)) return known.get(key);
  const located = locate({
    country: place.country as CountryCode,
    ...(place.city === undefined ? {} : { city: place.city }),
    ...(place.postcode === undefined ? {} : { postcode: place.postcode }),
  });
  const found = located === undefined ? undefined : rounded(located.position, coarseOf(located.precision));
  if (known.size >= KEPT) known.clear();
  known.set(key, found);
  return found;
}

function coarseOf(precision: Precision): Coordinates['precision'] {
  return precision === 'address' ? 'city' : precision;
}

function rounded(position: Position, precision: Coordinates['precision']): Coordinates {
  const round = (degrees: number) => Math.round(degrees * 100) / 100;
  return { latitude: round(position.latitude), longitude: round(position.longitude), precision };
}
