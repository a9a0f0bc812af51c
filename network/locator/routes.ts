import type { Reply, Route } from '../../platform/http/index.ts';
import { openRoute, type Principal } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { clusterAnswer, clusterQuery, searchAnswer, searchQuery } from './contract.ts';
import type { LocatorErrorCode } from './errors.ts';
import type { Locator, Locators } from './locators.ts';
import { divisionCodesIn, filterOf, positionIn, searchPoints } from './search.ts';

const TAG = 'points';
/** Only a server that has just started over many points lets a question wait. Our default. */
const LOADING_WAIT_MS = 5_000;
/** Seconds for which an answer may be shown again: a change of a point is seen within two; a map may be older. */
const SEARCH_AGE = 1;
const MAP_AGE = 30;

/** The public directory by place: from memory, so that no route touches the database. */
export function locatorRoutes(locators: Locators): readonly Route[] {
  return [
    openRoute({
      operation: 'searchPoints',
      method: 'GET',
      path: '/v1/points/search',
      tag: TAG,
      summary: 'Points near a position, a postcode, a city or by their own words',
      description:
        'The nearest first, or the best by distance and quality. With `text` those that bear the words, the nearest first where a position, postcode or city is given; where no point bears them they are taken for a place. Only points that take parcels are found. Without a key the live network is searched.',
      effect: 'own',
      query: searchQuery,
      answers: { 200: { description: 'Points', body: searchAnswer } },
      refusals: ['point_place_unknown', 'point_index_loading'],
      handle: async ({ query, world, caller }) => {
        const locator = await loadedLocator(locators.of(world));
        if (!locator.ok) return locator;
        const answer = await searchPoints(locator.value, locators.places, query);
        return answer.ok ? accepted(jsonReply(answer.value, cacheFor(caller, SEARCH_AGE))) : answer;
      },
    }),
    openRoute({
      operation: 'clusterPoints',
      method: 'GET',
      path: '/v1/points/clusters',
      tag: TAG,
      summary: 'Points of a map: in groups, or one by one where the map is near',
      description:
        'Groups are those of cells 64 pixels wide, and each counts all of its cell. From zoom 15 on up to 500 points come one by one. A box too large for its zoom is answered more coarsely. Whoever says where he is, by latitude and longitude or by division, is not shown points that serve others only.',
      effect: 'own',
      query: clusterQuery,
      answers: { 200: { description: 'Groups and single points', body: clusterAnswer } },
      refusals: ['point_index_loading'],
      handle: async ({ query, world, caller }) => {
        const locator = await loadedLocator(locators.of(world));
        if (!locator.ok) return locator;
        const { west, south, east, north, zoom } = query;
        const divisionCodes = await divisionCodesIn(locators.places, query);
        const data = locator.value.faces.clusters({
          ...{ box: { west, south, east, north }, zoom, filter: filterOf(query) },
          asker: { position: positionIn(query), divisionCodes },
        });
        return accepted(jsonReply(`{"data":[${data.join(',')}]}`, cacheFor(caller, MAP_AGE)));
      },
    }),
  ];
}

async function loadedLocator(locator: Locator): Promise<Outcome<Locator, LocatorErrorCode>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), LOADING_WAIT_MS);
  });
  const isReady = await Promise.race([locator.ready().then(() => true), late]);
  clearTimeout(timer);
  return isReady ? accepted(locator) : refused('point_index_loading', '');
}

/** Text that was written by the contract already. */
function jsonReply(text: string, headers: Record<string, string>): Reply {
  return { kind: 'bytes', status: 200, contentType: 'application/json; charset=utf-8', bytes: text, headers };
}

/** What a key gets is of its world; only the answer to nobody may be shared. */
function cacheFor({ role }: Principal, seconds: number): Record<string, string> {
  const scope = role === 'anonymous' ? 'public' : 'private';
  return { 'cache-control': `${scope}, max-age=${seconds}`, vary: 'authorization, cookie' };
}
