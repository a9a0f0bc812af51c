import { setImmediate as turn } from 'node:timers/promises';
import { monotonicMs } from '../../platform/clock/index.ts';
import type { Queryable } from '../../platform/db/index.ts';
import { createWorkerPool, WorkerPoolError } from '../../platform/workers/index.ts';
import { type Poller, type Round, startPoller, type World } from '../../platform/world/index.ts';
import type { PointId } from '../kernel/index.ts';
import { listPointsChangedSince } from '../points/index.ts';
import type { BuildJob, Built } from './build.ts';
import { createFirstRead } from './first-read.ts';
import type { BestQuery, FullState, NearestQuery, PointFilter, TextQuery } from './model.ts';
import { createPlaceFinder, type PlaceFinder } from './place-finder.ts';
import { createPointIndex, type MapQuestion, type PointIndex } from './point-index.ts';

/** What is full, and what no longer is, since the horizon of the answer before; all that is full without one. */
export type OccupancySource = (
  db: Queryable,
  horizon: string | undefined,
) => Promise<{ readonly states: readonly FullState[]; readonly horizon: string }>;

/** The points of one world, answered from memory at once, by the world's clock. Changes are seen within a second. */
export type Locator = ReturnType<typeof locatorOf>;

export type Locators = {
  of(world: World): Locator;
  /** Places are the same in both worlds. */
  readonly places: PlaceFinder;
  /** Keeps the locator of a world up to date; every process that asks one runs it. */
  follow(world: World, onFailure: (error: unknown) => void): Poller;
};

/** Changes are looked for this often: with the reading of them they are seen well within 2 s. Our defaults. */
const QUICK_MS = 400;
const SLOW_MS = 1_000;
/** Rows of one read of changes: parsing and applying them holds the event loop for some 10 ms. */
const PAGE = 250;
/** Rows of one read of the first ones, which a thread parses. */
const FIRST_PAGE = 8_000;
/** The first build of 500,000 points takes some 3 s of a free core, later ones less than one. */
const BUILD_TIMEOUT_MS = 300_000;
const BUILD_HEAP_MB = 2_048;

type LocatorOptions = {
  readonly occupancy?: OccupancySource | undefined;
  /** Rows of a page of the first read; fewer are read without a thread. */
  readonly firstPage?: number | undefined;
};

/** The locators of both worlds; they share a thread that builds. */
export function createLocators(options: LocatorOptions = {}): Locators {
  const pool = createWorkerPool<BuildJob, Built>({
    script: new URL('./build.worker.ts', import.meta.url),
    timeoutMs: BUILD_TIMEOUT_MS,
    maxHeapMb: BUILD_HEAP_MB,
  });
  const places = createPlaceFinder();
  const kept = new Map<World, ReturnType<typeof keepLocator>>();
  const keep = (world: World) =>
    kept.getOrInsertComputed(world, () => keepLocator(world, pool.run, options, places.warm));
  return {
    of: (world) => keep(world).locator,
    places,
    follow: (world, onFailure) => {
      const { round } = keep(world);
      let isEnding = false;
      const tell = (error: unknown) => {
        // A build that nobody waits for ends with its thread.
        const isCutOff = isEnding && error instanceof WorkerPoolError && error.reason === 'closed';
        if (!isCutOff) onFailure(error);
      };
      const poller = startPoller({
        round: () => round(tell),
        quickMs: QUICK_MS,
        slowMs: SLOW_MS,
        gatherMs: QUICK_MS,
        onError: tell,
      });
      return {
        ...poller,
        stop: async () => {
          isEnding = true;
          await poller.stop();
          kept.delete(world);
          if (kept.size === 0) await Promise.all([pool.close(), places.close()]);
        },
      };
    },
  };
}

function locatorOf(index: PointIndex, world: World, loaded: Promise<void>) {
  const now = () => world.clock.now();
  return {
    /** Until all points were read for the first time; before that questions are answered from those that were. */
    ready: () => loaded,
    nearest: (query: NearestQuery) => index.nearest(query, now()),
    best: (query: BestQuery) => index.best(query, now()),
    find: index.find,
    factsOf: (id: PointId, filter: PointFilter = {}) => index.factsOf(id, filter, now()),
    /** Answers as the texts of what everybody may know, ready to be sent. */
    faces: {
      nearest: (query: NearestQuery) => index.faces.nearest(query, now()),
      best: (query: BestQuery) => index.faces.best(query, now()),
      search: (query: TextQuery) => index.faces.search(query, now()),
      clusters: (question: MapQuestion) => index.faces.clusters(question, now()),
    },
    stats: index.stats,
  };
}

function keepLocator(
  world: World,
  build: (job: BuildJob) => Promise<Built>,
  { occupancy, firstPage = FIRST_PAGE }: LocatorOptions,
  onLarge: () => Promise<void>,
) {
  const index = createPointIndex({ build, monotonicMs });
  const loaded = Promise.withResolvers<void>();
  let isLoaded = false;
  let horizon: string | undefined;
  let fullHorizon: string | undefined;
  const firstRead = createFirstRead(world, index, firstPage);

  async function readChanges(since: string): Promise<number> {
    let changed = 0;
    let next: string | undefined;
    for (let after: PointId | '' = ''; ; ) {
      const page = await world.read('network', (db) => listPointsChangedSince(db, since, after, PAGE));
      // That of the first page: what changes while the others are read is read again.
      next ??= page.horizon;
      changed += index.apply(page.points);
      const last = page.points.at(-1);
      if (last === undefined || page.points.length < PAGE) break;
      after = last.id;
      if (index.isDeltaFull()) await index.rebuild();
      await turn();
    }
    horizon = next;
    return changed;
  }

  async function readPoints(): Promise<number> {
    if (horizon !== undefined) return readChanges(horizon);
    horizon = await firstRead();
    return index.stats().points;
  }

  async function round(onFailure: (error: unknown) => void): Promise<Round> {
    const changed = await readPoints();
    if (occupancy !== undefined) {
      const answer = await world.read('network', (db) => occupancy(db, fullHorizon));
      fullHorizon = answer.horizon;
      index.applyFullness(answer.states);
      index.forgetFullBefore(world.clock.now());
    }
    if (index.isBuildDue()) {
      const building = index.rebuild();
      // The first one makes searches quick; later ones work beside them.
      if (isLoaded) building.catch(onFailure);
      else await building;
    }
    if (!isLoaded && index.stats().points > firstPage) onLarge().catch(onFailure);
    isLoaded = true;
    loaded.resolve();
    return { done: changed };
  }

  return { locator: locatorOf(index, world, loaded.promise), round };
}
