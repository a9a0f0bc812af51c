import { maximalCover, type Neighbours, neighboursWithin } from '../network/coverage/index.ts';
import { listCities, listCountries } from '../network/places/index.ts';
import { monotonicMs } from '../platform/clock/index.ts';
import { median, option, printLine, rounded } from './figures.ts';

/*
 * Where the next points would give most, with every place of the world as demand and as a possible site: seconds to find
 * the neighbours and to choose the sites with their bounds. The twin is plain greedy choice, which looks at every site
 * again in each step, without bounds; both must choose the same sites. They take turns in one process.
 * Usage: node bench/coverage.ts [--picks 100] [--radius 10000] [--rounds 3] [--seed 1]
 */
const picks = option('picks', 100);
const radiusMeters = option('radius', 10_000);
const rounds = option('rounds', 3);
const seed = option('seed', 1);
const UNCOUNTED_PEOPLE = 1_000;

const cities = listCountries().flatMap(({ code }) => listCities(code));
const positions = {
  latitudes: Float64Array.from(cities, ({ position }) => position.latitude),
  longitudes: Float64Array.from(cities, ({ position }) => position.longitude),
};
const weights = Float64Array.from(cities, ({ population }) => population || UNCOUNTED_PEOPLE);

const seconds: Record<'neighbours' | 'lazy' | 'plain', number[]> = { neighbours: [], lazy: [], plain: [] };
const timed = <Value>(what: keyof typeof seconds, work: () => Value): Value => {
  const before = monotonicMs();
  const value = work();
  seconds[what].push((monotonicMs() - before) / 1_000);
  return value;
};

let edges = 0;
let share = 0;
let bound = 0;
for (let round = 0; round < rounds; round += 1) {
  const neighbours = timed('neighbours', () => neighboursWithin(positions, radiusMeters));
  const covered = new Uint8Array(cities.length);
  const cover = timed('lazy', () => maximalCover({ weights, covered, neighbours, picks }));
  const plain = timed('plain', () => plainGreedy(neighbours));
  const sites = cover.steps.map(({ site }) => site);
  if (sites.join() !== plain.join()) throw new Error('the two chose differently');
  const last = cover.steps.at(-1);
  edges = neighbours.to.length;
  share = (last?.covered ?? 0) / cover.total;
  bound = (last?.covered ?? 0) / (last?.bound ?? 1);
}

function plainGreedy({ start, to }: Neighbours): number[] {
  const covered = new Uint8Array(cities.length);
  const sites: number[] = [];
  while (sites.length < picks) {
    let [best, most] = [-1, 0];
    for (let site = 0; site < cities.length; site += 1) {
      let gain = 0;
      for (let at = start[site] ?? 0; at < (start[site + 1] ?? 0); at += 1) {
        const node = to[at] ?? 0;
        if (covered[node] === 0) gain += weights[node] ?? 0;
      }
      if (gain > most) [best, most] = [site, gain];
    }
    if (best < 0) break;
    for (let at = start[best] ?? 0; at < (start[best + 1] ?? 0); at += 1) covered[to[at] ?? 0] = 1;
    sites.push(best);
  }
  return sites;
}

const [lazy, plain] = [median(seconds.lazy), median(seconds.plain)];
printLine({
  bench: 'coverage',
  unit: 'seconds',
  places: cities.length,
  edges,
  picks,
  radiusMeters,
  neighbours: rounded(median(seconds.neighbours), 3),
  lazyWithBounds: rounded(lazy, 3),
  plain: rounded(plain, 3),
  ratio: rounded(plain / lazy, 1),
  coveredShare: rounded(share, 4),
  ofBound: rounded(bound, 4),
  rounds,
  seed,
});
