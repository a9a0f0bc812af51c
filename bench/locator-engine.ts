import type { Instant, Position } from '../network/kernel/index.ts';
import type { BuildJob, Built } from '../network/locator/build.ts';
import type { PointFilter } from '../network/locator/index.ts';
import { createPointIndex, type PointIndex } from '../network/locator/point-index.ts';
import { createWorkerPool } from '../platform/workers/index.ts';
import { median, rounded } from './figures.ts';
import { idOf, makePoints, randomOf, readPlaces } from './locator-points.ts';
import { openTwin } from './locator-twin.ts';

/** What is asked. `rare`: one point in some ten thousand passes, asked for from anywhere on earth. */
export const MIXES = {
  all: {},
  common: { service: 'return', minQuality: 30 },
  open: { service: 'collect', goodsClass: 'liquid', openNow: true },
  room: { service: 'collect', needsCapacityNow: true },
  rare: { service: 'mail', kind: 'locker', goodsClass: 'battery_only', minQuality: 100 },
} as const satisfies Record<string, PointFilter & { readonly needsCapacityNow?: boolean }>;
export type Mix = keyof typeof MIXES;

/** Where people are; one in five anywhere, at sea or on the ice. */
export function placesOf(seed: number): () => Position {
  const random = randomOf(seed);
  const { china, others } = readPlaces();
  return () => {
    if (random() < 0.2) return { latitude: random() * 180 - 90, longitude: random() * 360 - 180 };
    const places = random() < 0.6 ? china : others;
    const place = places[Math.floor(random() * places.length)];
    return { latitude: Number(place?.lat ?? 0), longitude: Number(place?.lng ?? 0) };
  };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN, 3);
}

/** The engine in this process beside PostGIS, in turns: milliseconds for the ten nearest. */
export async function compareEngine(count: number, queries: number, seed: number, now: Instant) {
  const { index, built } = await buildIndex(count, seed);
  const place = placesOf(seed + 1);
  const passing: Partial<Record<Mix, number>> = {};
  for (const mix of Object.keys(MIXES) as Mix[]) {
    const world = { west: -180, south: -90, east: 180, north: 90 };
    const found = index.clusters({ box: world, zoom: 0, filter: filterOf(mix, now) }, now);
    passing[mix] = rounded(found.reduce((sum, one) => sum + one.count, 0) / count, 6);
  }
  const twin = await openTwin(makePoints(count, seed));
  if (twin === undefined)
    console.error('PostGIS is absent, so nothing is compared: apt-get install postgresql-15-postgis-3');
  const mixes: Record<string, unknown> = {};
  try {
    for (const mix of Object.keys(MIXES) as Mix[]) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < queries; round += 1) {
        const position = place();
        const began = performance.now();
        const found = index.nearest({ ...filterOf(mix, now), position, limit: 10 }, now).length;
        const between = performance.now();
        ours.push(between - began);
        // Opening hours have no counterpart there, and the rare ones take it seconds.
        if (twin === undefined || mix === 'open' || (mix === 'rare' && round > 40)) continue;
        const { openNow: _open, needsCapacityNow: _room, ...question } = { ...OPEN, ...MIXES[mix] };
        const theirCount = await twin.nearest({ ...question, position });
        theirs.push(performance.now() - between);
        if (theirCount !== found) throw new Error(`${mix}: ${found} points here, ${theirCount} in PostGIS`);
      }
      mixes[mix] = {
        passes: passing[mix],
        p50: percentile(ours, 0.5),
        p99: percentile(ours, 0.99),
        ...(theirs.length === 0
          ? {}
          : {
              postgisP50: percentile(theirs, 0.5),
              postgisP99: percentile(theirs, 0.99),
              ratio: rounded(median(theirs) / median(ours), 1),
            }),
      };
    }
  } finally {
    await twin?.stop();
  }
  return { ...built, mixes };
}

const OPEN = { openNow: false, needsCapacityNow: false };

function filterOf(mix: Mix, now: Instant): PointFilter {
  const { needsCapacityNow, ...filter } = { needsCapacityNow: false, ...MIXES[mix] };
  return needsCapacityNow ? { ...filter, needsCapacityAt: now } : filter;
}

/** Reads the points in and builds off this thread, while a clock watches how long the event loop was held. */
async function buildIndex(count: number, seed: number) {
  const pool = createWorkerPool<BuildJob, Built>({
    script: new URL('../network/locator/build.worker.ts', import.meta.url),
    timeoutMs: 600_000,
    maxHeapMb: 2_048,
  });
  const index = createPointIndex({ build: pool.run, monotonicMs: () => performance.now() });
  const began = performance.now();
  const page = [];
  for (const point of makePoints(count, seed)) {
    page.push(point);
    if (page.length === 1_000) index.apply(page.splice(0));
  }
  index.apply(page);
  const loaded = performance.now();
  await index.rebuild();
  const first = performance.now();
  changeSome(index, 4_000);
  let longestMs = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const again = performance.now();
  await index.rebuild();
  const rebuilt = performance.now();
  clearInterval(watch);
  await pool.close();
  const seconds = (from: number, to: number) => rounded((to - from) / 1000, 1);
  return {
    index,
    built: {
      readSeconds: seconds(began, loaded),
      buildSeconds: seconds(loaded, first),
      rebuildSeconds: seconds(again, rebuilt),
      eventLoopHeldMs: rounded(longestMs, 1),
      bytesPerPoint: Math.round(index.stats().bytes / count),
    },
  };
}

function changeSome(index: PointIndex, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    const point = index.find(idOf(number));
    if (point !== undefined) index.apply([{ ...point, version: 2, quality: number % 101 }]);
  }
}
