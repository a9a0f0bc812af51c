import { accepted, type Instant, type Outcome, type Position, refused } from '../kernel/index.ts';
import {
  ATTRIBUTION,
  compactPostcode,
  hasHan,
  type Located,
  lineageOf,
  locate,
  searchCities,
} from '../places/index.ts';
import { publicFaceOf } from '../points/index.ts';
import { BEST_DISTANCE_METERS, type SearchQuery } from './contract.ts';
import type { LocatorErrorCode } from './errors.ts';
import type { Locator } from './locators.ts';
import type { BestWeights, Found, PointFilter } from './model.ts';

/** Distance before quality: people go to the next counter unless it is a bad one. Our default. */
const WEIGHTS: BestWeights = { distance: 0.7, quality: 0.3 };

type Hit = Pick<Found, 'point'> & { readonly distanceMeters: number | undefined };
type Hits = { readonly found: readonly Hit[]; readonly located?: Located | undefined };

/** Answers GET /v1/points/search: where the asker is, what fits there, and the public face of it. */
export function searchPoints(
  locator: Locator,
  query: SearchQuery,
  now: Instant,
): Outcome<ReturnType<typeof answerOf>, LocatorErrorCode> {
  const hits = hitsFor(locator, query);
  return hits.ok ? accepted(answerOf(locator, query, hits.value, now)) : hits;
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
    const found = locator.search({ ...filterOf(query), text, limit, near: from });
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

function around(locator: Locator, query: SearchQuery, position: Position): readonly Found[] {
  const { country, divisionCode, limit, maxDistanceMeters } = query;
  const divisionCodes =
    divisionCode === undefined
      ? undefined
      : [
          ...(country === undefined ? [] : lineageOf(country, divisionCode).map(({ code }) => code)),
          divisionCode,
        ];
  const question = { ...filterOf(query), position, divisionCodes, limit, maxDistanceMeters };
  return query.order === 'best'
    ? locator.best({
        ...question,
        maxDistanceMeters: maxDistanceMeters ?? BEST_DISTANCE_METERS,
        weights: WEIGHTS,
      })
    : locator.nearest(question);
}

export function filterOf(
  query: Pick<
    SearchQuery,
    'country' | 'service' | 'goodsClass' | 'kind' | 'minQuality' | 'openNow' | 'openAt'
  > &
    Partial<Pick<SearchQuery, 'capacityAt'>>,
): PointFilter {
  const { country, service, goodsClass, kind, minQuality, openNow, openAt, capacityAt } = query;
  return {
    ...{ country, service, goodsClass, kind, minQuality, openNow },
    at: openAt,
    needsCapacityAt: capacityAt,
  };
}

function positionIn({ latitude, longitude }: SearchQuery): Position | undefined {
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

function answerOf(locator: Locator, query: SearchQuery, { found, located }: Hits, now: Instant) {
  const filter = filterOf(query);
  return {
    data: found.map(({ point, distanceMeters }) => {
      const facts = locator.factsOf(point.id, filter);
      return {
        ...publicFaceOf(point, now),
        ...(distanceMeters === undefined ? {} : { distanceMeters: Math.round(distanceMeters) }),
        ...(facts?.opensAt === undefined ? {} : { opensAt: facts.opensAt }),
        hasCapacityLeft: facts?.hasCapacityLeft ?? false,
      };
    }),
    ...(located === undefined
      ? {}
      : {
          located: {
            position: located.position,
            precision: located.precision,
            attribution: ATTRIBUTION,
          },
        }),
  };
}
