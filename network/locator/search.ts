import { accepted, type Outcome, type Position, refused } from '../kernel/index.ts';
import {
  ATTRIBUTION,
  compactPostcode,
  hasHan,
  type Located,
  lineageOf,
  locate,
  searchCities,
} from '../places/index.ts';
import { BEST_DISTANCE_METERS, type SearchQuery } from './contract.ts';
import type { LocatorErrorCode } from './errors.ts';
import type { Locator } from './locators.ts';
import type { BestWeights, PointFilter } from './model.ts';

/** Distance before quality: people go to the next counter unless it is a bad one. Our default. */
const WEIGHTS: BestWeights = { distance: 0.7, quality: 0.3 };

/** `found`: public faces, as they are sent. */
type Hits = { readonly found: readonly string[]; readonly located?: Located | undefined };

/** Answers GET /v1/points/search, in JSON: where the asker is, what fits there, and the public face of it. */
export function searchPoints(locator: Locator, query: SearchQuery): Outcome<string, LocatorErrorCode> {
  const hits = hitsFor(locator, query);
  return hits.ok ? accepted(answerOf(hits.value)) : hits;
}

function hitsFor(locator: Locator, query: SearchQuery): Outcome<Hits, LocatorErrorCode> {
  const position = positionIn(query);
  const located = position === undefined ? placeIn(query) : undefined;
  const hasPlaceWords = query.postcode !== undefined || query.city !== undefined;
  if (position === undefined && hasPlaceWords && located === undefined)
    return refused('point_place_unknown', '');
  const from = position ?? located?.position;
  if (query.text !== undefined) {
    const { text, limit } = query;
    const divisionCodes = divisionCodesIn(query);
    const found = locator.faces.search({ ...filterOf(query), text, limit, near: from, divisionCodes });
    if (found.length > 0) return accepted({ found, located });
    return accepted(aroundNamedPlace(locator, query, text));
  }
  return accepted({ found: from === undefined ? [] : around(locator, query, from), located });
}

/** No point bears these words: they may name a place. */
function aroundNamedPlace(locator: Locator, query: SearchQuery, text: string): Hits {
  const located = placeOfText(text, query.country);
  return located === undefined ? { found: [] } : { found: around(locator, query, located.position), located };
}

function around(locator: Locator, query: SearchQuery, position: Position): readonly string[] {
  const { limit, maxDistanceMeters } = query;
  const divisionCodes = divisionCodesIn(query);
  const question = { ...filterOf(query), position, divisionCodes, limit, maxDistanceMeters };
  return query.order === 'best'
    ? locator.faces.best({
        ...question,
        maxDistanceMeters: maxDistanceMeters ?? BEST_DISTANCE_METERS,
        weights: WEIGHTS,
      })
    : locator.faces.nearest(question);
}

/** The asker's division and those that it lies in; undefined: he names none. */
export function divisionCodesIn({
  country,
  divisionCode,
}: Pick<SearchQuery, 'country' | 'divisionCode'>): readonly string[] | undefined {
  if (divisionCode === undefined) return undefined;
  const around = country === undefined ? [] : lineageOf(country, divisionCode).map(({ code }) => code);
  return [...around, divisionCode];
}

export function filterOf(
  query: Pick<
    SearchQuery,
    'country' | 'service' | 'goodsClass' | 'kind' | 'minQuality' | 'openNow' | 'openAt' | 'exclude'
  > &
    Partial<Pick<SearchQuery, 'capacityAt'>>,
): PointFilter {
  const { country, service, goodsClass, kind, minQuality, openNow, openAt, capacityAt, exclude } = query;
  return {
    ...{ country, service, goodsClass, kind, minQuality, openNow, exclude },
    at: openAt,
    needsCapacityAt: capacityAt,
  };
}

export function positionIn({
  latitude,
  longitude,
}: Pick<SearchQuery, 'latitude' | 'longitude'>): Position | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}

/** The country alone is no place to be near to. */
function placeIn({ country, postcode, city }: SearchQuery): Located | undefined {
  if (country === undefined || (postcode === undefined && city === undefined)) return undefined;
  const located = locate({ country, postcode, city });
  return located?.precision === 'country' ? undefined : located;
}

function placeOfText(text: string, country: string | undefined): Located | undefined {
  if (country !== undefined && /\d/.test(text)) {
    const postcode = compactPostcode(text);
    const located = postcode === undefined ? undefined : placeIn({ country, postcode } as SearchQuery);
    if (located !== undefined) return located;
  }
  const within = country ?? (hasHan(text) ? 'CN' : undefined);
  const [city] = searchCities(text, within, 1);
  return city === undefined ? undefined : { position: city.position, precision: 'city', source: 'geonames' };
}

function answerOf({ found, located }: Hits): string {
  const data = `"data":[${found.join(',')}]`;
  if (located === undefined) return `{${data}}`;
  const { position, precision } = located;
  return `{${data},"located":${JSON.stringify({ position, precision, attribution: ATTRIBUTION })}}`;
}
