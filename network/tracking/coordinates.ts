import type { CountryCode, Position } from '../kernel/index.ts';
import { locate, type Precision } from '../places/index.ts';
import type { ScanPlace } from './model.ts';
import { rememberTowns } from './town-memory.ts';

/** A point to draw on a map: rounded to about a kilometre, however exact the source was. */
export type Coordinates = {
  readonly latitude: number;
  readonly longitude: number;
  /** What it is the middle of; an exact position of a scan counts as `city` once it is rounded. */
  readonly precision: 'postcode' | 'city' | 'division' | 'country';
};

type Coarse = Pick<ScanPlace, 'country' | 'city' | 'postcode' | 'position'>;

const middleOfTown = rememberTowns(({ country, city, postcode }): Coordinates | undefined => {
  const located = locate({
    country: country as CountryCode,
    ...(city === undefined ? {} : { city }),
    ...(postcode === undefined ? {} : { postcode }),
  });
  return located === undefined ? undefined : rounded(located.position, coarseOf(located.precision));
});

/** Undefined only for a country that nobody knows. */
export function coordinatesOf(place: Coarse): Coordinates | undefined {
  return place.position === undefined ? middleOfTown(place) : rounded(place.position, 'city');
}

function coarseOf(precision: Precision): Coordinates['precision'] {
  return precision === 'address' ? 'city' : precision;
}

function rounded(position: Position, precision: Coordinates['precision']): Coordinates {
  const round = (degrees: number) => Math.round(degrees * 100) / 100;
  return { latitude: round(position.latitude), longitude: round(position.longitude), precision };
}
