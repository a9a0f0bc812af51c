import { accepted, type Outcome, type Position, refused } from '../kernel/index.ts';
import { ATTRIBUTION, type Located } from '../places/index.ts';
import { BEST_DISTANCE_METERS, type SearchQuery } from './contract.ts';
import type { LocatorErrorCode } from './errors.ts';
import type { Locator } from './locators.ts';
import type { BestWeights, PointFilter } from './model.ts';
import type { PlaceFinder } from './place-finder.ts';

/** Distance before quality: people go to the next counter unless it is a bad one. Our default. */
const WEIGHTS: BestWeights = { distance: 0.7, quality: 0.3 };

/** `found`: public faces, as they are sent. */
type Hits = { readonly found: readonly string[]; readonly located?: Located | undefined };

/** Answers GET /v1/points/search, in JSON: where the asker is, what fits there, and the public face of it. */
export async function searchPoints(
  locator: Locator,
  places: PlaceFinder,
  query: SearchQuery,
): Promise<Outcome<string, LocatorErrorCode>> {
  const { text, limit, country, postcode, city } = query;
  const position = positionIn(query);
  const asksPlace = position === undefined && (postcode !== undefined || city !== undefined);
  const located =
    asksPlace && country !== undefined
      ? (await places.find({ ask: 'where', country, postcode, city })).located
      : undefined;
  if (asksPlace && located === undefined) return refused('point_place_unknown', '');
  const divisionCodes = await divisionCodesIn(places, query);
  const from = position ?? located?.position;
  if (text === undefined) {
    const found = from === undefined ? [] : around(locator, query, from, divisionCodes);
    return accepted(answerOf({ found, located }));
  }
  const found = locator.faces.search({ ...filterOf(query), text, limit, near: from, divisionCodes });
  if (found.length > 0) return accepted(answerOf({ found, located }));
  // No point bears these words: they may name a place.
  const named = (await places.find({ ask: 'named', text, country })).located;
  if (named === undefined) return accepted(answerOf({ found: [] }));
  return accepted(answerOf({ found: around(locator, query, named.position, divisionCodes), located: named }));
}

function around(
  locator: Locator,
  query: SearchQuery,
  position: Position,
  divisionCodes: readonly string[] | undefined,
): readonly string[] {
  const { limit, maxDistanceMeters } = query;
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
export async function divisionCodesIn(
  places: PlaceFinder,
  { country, divisionCode }: Pick<SearchQuery, 'country' | 'divisionCode'>,
): Promise<readonly string[] | undefined> {
  if (divisionCode === undefined) return undefined;
  if (country === undefined) return [divisionCode];
  const { divisionCodes = [] } = await places.find({ ask: 'around', country, divisionCode });
  return [...divisionCodes, divisionCode];
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

function answerOf({ found, located }: Hits): string {
  const data = `"data":[${found.join(',')}]`;
  if (located === undefined) return `{${data}}`;
  const { position, precision } = located;
  return `{${data},"located":${JSON.stringify({ position, precision, attribution: ATTRIBUTION })}}`;
}
