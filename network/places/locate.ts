import { distanceMeters, isPosition } from '../kernel/index.ts';
import { chinaLineage, findChinaByName } from './china-divisions.ts';
import { findCity, mainCityOf, mainCityOfChina } from './cities.ts';
import { findDivision, findDivisionsByName } from './divisions.ts';
import type { City, Division, Located, Precision, Whereabouts } from './model.ts';
import { divisionsOfPostcode, positionOfPostcode } from './postcodes.ts';

/** From the sharpest to the coarsest. */
const PRECISIONS: readonly Precision[] = ['address', 'postcode', 'city', 'division', 'country'];

/**
 * A position for a place, as sharp as the data allows: the caller's own, the postcode's centre (US, CA), the city, the
 * main city of the division, the main city of the country. Undefined only for an unknown country.
 */
export function locate(place: Whereabouts): Located | undefined {
  if (place.position !== undefined && isPosition(place.position)) {
    return { position: place.position, precision: 'address', source: 'caller' };
  }
  const byPostcode =
    place.postcode === undefined ? undefined : positionOfPostcode(place.country, place.postcode);
  if (byPostcode !== undefined) return { position: byPostcode, precision: 'postcode', source: 'zipcodes' };
  if (place.country === 'CN') {
    const inChina = locateInChina(place);
    if (inChina !== undefined) return inChina;
  }
  const division = divisionOf(place);
  if (place.city !== undefined) {
    const city =
      findCity({ country: place.country, name: place.city, division: division?.code }) ??
      (division === undefined ? findCity({ country: place.country, name: place.city }) : undefined);
    if (city !== undefined) return fromCity(city, 'city');
  }
  const main = division === undefined ? undefined : mainCityOf(place.country, division.code);
  if (main !== undefined) return fromCity(main, 'division');
  const capital = mainCityOf(place.country);
  return capital === undefined ? undefined : fromCity(capital, 'country');
}

/**
 * Great-circle metres between two places and the coarser of the two precisions. Symmetric. Undefined when one of them
 * cannot be located at all.
 */
export function distanceBetween(
  first: Whereabouts,
  second: Whereabouts,
): { readonly distanceMeters: number; readonly precision: Precision } | undefined {
  const from = locate(first);
  const to = locate(second);
  if (from === undefined || to === undefined) return undefined;
  const coarser = Math.max(PRECISIONS.indexOf(from.precision), PRECISIONS.indexOf(to.precision));
  return {
    distanceMeters: Math.round(distanceMeters(from.position, to.position)),
    precision: PRECISIONS[coarser] ?? 'country',
  };
}

/** Level 1 division of a place by its codes, its name, or its postcode when that tells one. */
export function divisionOf(place: Whereabouts): Division | undefined {
  const coded = place.divisionCodes?.[0];
  if (coded !== undefined) return findDivision(place.country, coded);
  if (place.division !== undefined && place.division !== '') {
    const named = findDivisionsByName(place.country, place.division).find((division) => division.level === 1);
    if (named !== undefined) return named;
  }
  const told = place.postcode === undefined ? [] : divisionsOfPostcode(place.country, place.postcode);
  return told.length === 1 ? findDivision(place.country, told[0] ?? '') : undefined;
}

function locateInChina(place: Whereabouts): Located | undefined {
  const division = chinaDivisionOf(place);
  const city = division === undefined ? undefined : mainCityOfChina(division);
  if (division === undefined || city === undefined) return undefined;
  // A municipality is city and province at once; elsewhere the province alone is coarse.
  const isCity = division.level > 1 || MUNICIPAL.test(division.code);
  return fromCity(city, isCity ? 'city' : 'division');
}

const MUNICIPAL = /^(?:11|12|31|50)/u;

function chinaDivisionOf(place: Whereabouts): Division | undefined {
  const code = place.divisionCodes?.at(-1);
  if (code !== undefined) return chinaLineage(code).at(-1);
  const province = divisionOf(place);
  let found = province;
  for (const name of [place.city, place.district]) {
    if (name === undefined || name === '') continue;
    const inside: readonly Division[] = findChinaByName(name, found?.code);
    if (inside.length === 1 || found === undefined) found = inside.find((one) => one.level > 1) ?? found;
  }
  return found;
}

function fromCity(city: City, precision: Precision): Located {
  return { position: city.position, precision, source: 'geonames' };
}
