import { type Route, replyWith } from '../../platform/http/index.ts';
import { openRoute, type Principal } from '../accounts/index.ts';
import { accepted, type Outcome, refused } from '../kernel/index.ts';
import { publicFaceOf } from '../points/index.ts';
import { clusterAnswer, clusterQuery, searchAnswer, searchQuery } from './contract.ts';
import type { LocatorErrorCode } from './errors.ts';
import type { Locator, Locators } from './locators.ts';
import { filterOf, searchPoints } from './search.ts';

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
      handle: async ({ query, world, caller, now }) => {
        const locator = await loadedLocator(locators.of(world));
        if (!locator.ok) return locator;
        const answer = searchPoints(locator.value, query, now);
        return answer.ok ? accepted(replyWith(200, answer.value, cacheFor(caller, SEARCH_AGE))) : answer;
      },
    }),
    openRoute({
      operation: 'clusterPoints',
      method: 'GET',
      path: '/v1/points/clusters',
      tag: TAG,
      summary: 'Points of a map: in groups, or one by one where the map is near',
      description:
        'Groups are those of cells 64 pixels wide, and each counts all of its cell. From zoom 15 on up to 500 points come one by one. A box too large for its zoom is answered more coarsely.',
      effect: 'own',
      query: clusterQuery,
      answers: { 200: { description: 'Groups and single points', body: clusterAnswer } },
      refusals: ['point_index_loading'],
      handle: async ({ query, world, caller, now }) => {
        const locator = await loadedLocator(locators.of(world));
        if (!locator.ok) return locator;
        const { west, south, east, north, zoom } = query;
        const clusters = locator.value.clusters({ west, south, east, north }, zoom, filterOf(query));
        const data = clusters.map(({ point, ...cluster }) => ({
          ...cluster,
          ...(point === undefined ? {} : { point: publicFaceOf(point, now) }),
        }));
        return accepted(replyWith(200, { data }, cacheFor(caller, MAP_AGE)));
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

/** What a key gets is of its world; only the answer to nobody may be shared. */
function cacheFor({ role }: Principal, seconds: number): Record<string, string> {
  const scope = role === 'anonymous' ? 'public' : 'private';
  return { 'cache-control': `${scope}, max-age=${seconds}`, vary: 'authorization, cookie' };
}
