import { type Route, replyWith } from '../../platform/http/index.ts';
import { type WorkerPool, WorkerPoolError } from '../../platform/workers/index.ts';
import type { World } from '../../platform/world/index.ts';
import { openRoute } from '../accounts/index.ts';
import { accepted, addDays, type Instant, localDate, type Outcome, refusedFor } from '../kernel/index.ts';
import { nearestCity } from '../places/index.ts';
import * as contract from './contract.ts';
import type { Cover } from './cover.policy.ts';
import { type Asked, type CityAndPoint, measurePlaces, type NearestPoint } from './measure.ts';
import { type PlanJob, planJobOf } from './plan.ts';
import { shareOf, sharesByDivision, WIDEST_METERS } from './share.policy.ts';
import { listUnservedCells, type UnservedCell } from './store.ts';

export type CoveragePorts = {
  pointsOf(world: World): NearestPoint;
  readonly pool: Pick<WorkerPool<PlanJob, Cover>, 'run'>;
};

const TAG = 'points';
const LISTED_CELLS = 500;
/** Of a recommendation: all cells that matter. */
const PLANNED_CELLS = 20_000;
const PLANNED_DAYS = 30;
/** What a place weighs of which nobody counted the inhabitants. Our default: the size of a village. */
const UNCOUNTED_PEOPLE = 1_000;
/** A plan takes a second or so. */
const RETRY_SECONDS = 5;

export function coverageRoutes(ports: CoveragePorts): readonly Route[] {
  return [coverageRoute(ports), recommendRoute(ports)];
}

function coverageRoute(ports: CoveragePorts): Route {
  return openRoute({
    operation: 'readCoverage',
    method: 'GET',
    path: '/v1/coverage',
    tag: TAG,
    summary: 'Which share of people, places and villages has a point within 3, 5 and 10 km; unserved demand',
    effect: 'own',
    query: contract.coverageQuery,
    answers: { 200: { description: 'The shares', body: contract.coverageSchema } },
    handle: async ({ world, query: { country, division, service, days } }) => {
      const asked: Asked = { country, divisionCode: division, service, reachMeters: WIDEST_METERS };
      const [places, unserved] = await Promise.all([
        measurePlaces(world, ports.pointsOf(world), asked),
        readCells(world, asked, days, LISTED_CELLS),
      ]);
      const view = { country, division, service, ...shareOf(places), divisions: sharesByDivision(places) };
      return accepted(replyWith(200, { ...view, unserved }));
    },
  });
}

function recommendRoute(ports: CoveragePorts): Route {
  return openRoute({
    operation: 'recommendPoints',
    method: 'POST',
    path: '/v1/coverage/recommendations',
    tag: TAG,
    summary: 'Where the next points would give most: sites in order, the coverage curve, and its upper bound',
    description:
      'Greedy maximal cover on the places of the country and its unserved demand. Nothing is changed.',
    effect: 'own',
    body: contract.recommendBodySchema,
    answers: { 200: { description: 'The sites', body: contract.recommendationsSchema } },
    handle: async ({ world, body: { country, division, service, radiusMeters, points, unservedWeight } }) => {
      const asked: Asked = { country, divisionCode: division, service, reachMeters: radiusMeters };
      const places = await measurePlaces(world, ports.pointsOf(world), asked);
      // Cells know no division: they are of the whole country.
      const cells =
        unservedWeight === 0 || division !== undefined
          ? []
          : await readCells(world, asked, PLANNED_DAYS, PLANNED_CELLS);
      const nodes = [
        ...places.map(({ city, people, nearestMeters }) => ({
          position: city.position,
          weight: people === 0 ? UNCOUNTED_PEOPLE : people,
          isCovered: nearestMeters <= radiusMeters,
        })),
        // Where demand found no point another one helps, also beside one that is full.
        ...cells.map(({ position, demands }) => ({
          position,
          weight: demands * unservedWeight,
          isCovered: false,
        })),
      ];
      const cover = await run(ports, planJobOf(nodes, radiusMeters, points));
      if (!cover.ok) return cover;
      const { total, before: coveredBefore } = cover.value;
      const sites = sitesOf(cover.value, places, cells, country);
      const view = { country, division, service, radiusMeters, total, coveredBefore, sites };
      return accepted(replyWith(200, view));
    },
  });
}

/** A thread does it; when too many wait, the next is told to come back. */
async function run({ pool }: CoveragePorts, job: PlanJob): Promise<Outcome<Cover>> {
  try {
    return accepted(await pool.run(job));
  } catch (error) {
    if (error instanceof WorkerPoolError && error.reason === 'queue_full')
      return refusedFor('unavailable', 'Many plans are being made.', RETRY_SECONDS);
    throw error;
  }
}

function readCells(world: World, asked: Asked, days: number, limit: number): Promise<UnservedCell[]> {
  const { country, service } = asked;
  return world.read('network', (db, now: Instant) =>
    listUnservedCells(db, { country, service, sinceDay: localDate(addDays(now, -days), 'UTC') }, limit),
  );
}

function sitesOf(
  { steps, total }: Cover,
  places: readonly CityAndPoint[],
  cells: readonly UnservedCell[],
  country: string,
) {
  return steps.map(({ site, gain, nodes, covered, bound }, index) => {
    const city = places[site]?.city;
    const position = city?.position ?? cells[site - places.length]?.position;
    // A cell is called after the place that it is nearest to.
    const near = city ?? (position === undefined ? undefined : nearestCity(position, country));
    return {
      rank: index + 1,
      kind: city === undefined ? ('demand' as const) : ('place' as const),
      name: near?.name ?? '',
      divisionCode: near?.divisionCode,
      position,
      gain,
      places: nodes,
      covered,
      coveredShare: shareOfTotal(covered, total),
      bound,
      boundShare: shareOfTotal(bound, total),
    };
  });
}

function shareOfTotal(part: number, total: number): number {
  return total === 0 ? 0 : Math.round((part / total) * 1e6) / 1e6;
}
