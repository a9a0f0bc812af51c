import type { Instant, PointId } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import type { BuildJob, Built } from './build.ts';
import { clusterCells, gridOf, type RawCluster, singlesOf, slotsInGrid } from './clusters.ts';
import { findSlot, isAlive } from './columns.ts';
import { facesAt, foundFacesFor } from './face.ts';
import { factsFor } from './facts.ts';
import { createFullness } from './fullness.ts';
import type {
  BestQuery,
  BoundingBox,
  Cluster,
  Found,
  FullState,
  IndexStats,
  NearestQuery,
  PointFilter,
  TextQuery,
} from './model.ts';
import { createSelector } from './selection.ts';
import { type Asked, coverageOf, narrowingOf, sieveOf, type Whereabouts } from './sieve.ts';
import {
  bytesOfSlots,
  createSlots,
  type Digest,
  makeRoom,
  pointAt,
  putPoint,
  type Slots,
  takeBuilt,
  takeDigest,
} from './slots.ts';
import { chordOfMeters, metersOfChord, unitOf } from './sphere.ts';
import { addCandidates, rankByText } from './text-rank.ts';
import { offer, type Ranking, type Walk, walkTree } from './tree.ts';
import { type AskedWord, askedWords } from './words.ts';

/** How many slots are looked through one by one before a build is worth it: 50 microseconds of a search. Our default. */
const DELTA_MOST = 4_096;
/** Room that a build leaves for what comes until the next one is done. */
const SPARE_SLOTS = 16_384;
/** A page of changes and some. */
const MARGIN_SLOTS = 2_048;
const SPARE_TEXT_BYTES = SPARE_SLOTS * 400;

export type PointIndexOptions = {
  /** Makes the tree, off the event loop if it can. */
  readonly build: (job: BuildJob) => Promise<Built>;
  readonly monotonicMs: () => number;
};

export type PointIndex = ReturnType<typeof createPointIndex>;

/** All points of one world in memory. Every question is answered at once, from what was applied before. */
export function createPointIndex(options: PointIndexOptions) {
  const slots = createSlots();
  const fullness = createFullness(slots.columns);
  let selector = createSelector(slots.columns, 0);

  /** The slots have other columns: what was worked out over the old ones is worked out again. */
  const renumber = (): void => {
    selector = createSelector(slots.columns, slots.tree.size);
    fullness.renumber(slots.columns, slots.tree.size);
  };
  const builds = createBuilds(slots, options, renumber);
  const ask: Asked = { slots, fullness, selector: () => selector, kept: new Map() };

  return {
    /** Answers how many were not what they had been. */
    apply(points: readonly Point[]): number {
      const { columns } = slots;
      let changed = 0;
      for (const point of points) if (putPoint(slots, point)) changed += 1;
      if (slots.columns !== columns) renumber();
      return changed;
    },
    /** As `apply`, of points that were never there. `expected`: how many will come in all. */
    take(digest: Digest, expected: number): void {
      if (digest.size === 0) return;
      const { columns } = slots;
      const left = expected - slots.size;
      if (left > digest.size) makeRoom(slots, left, Math.ceil((left * digest.textBytes) / digest.size));
      takeDigest(slots, digest);
      if (slots.columns !== columns) renumber();
    },
    applyFullness: (states: readonly FullState[]) => fullness.apply(states),
    forgetFullBefore: (now: Instant) => fullness.forgetBefore(now),
    isBuildDue: builds.isDue,
    /** More changes would have to make room for themselves, which holds up the event loop. */
    isDeltaFull: () => slots.tree.size > 0 && slots.size - slots.tree.size > SPARE_SLOTS - MARGIN_SLOTS,
    /** Joins the one that is under way. */
    rebuild: builds.run,
    nearest: (query: NearestQuery, now: Instant): Found[] =>
      nearest(ask, query, now, undefined).map((hit) => foundOf(slots, hit)),
    best: (query: BestQuery, now: Instant): Found[] =>
      nearest(ask, query, now, rankingOf(ask, query)).map((hit) => foundOf(slots, hit)),
    search: (query: TextQuery, now: Instant) =>
      searchText(ask, query, now).map(({ slot, distanceMeters }) => ({
        point: pointAt(slots, slot),
        distanceMeters,
      })),
    clusters: (question: MapQuestion, now: Instant): Cluster[] =>
      clustersOf(ask, question, now).map(({ position, count, slot }) =>
        count === 1 ? { position, count, point: pointAt(slots, slot) } : { position, count },
      ),
    /** The same answers, each point and each group as the text of its public face. */
    faces: facesOf(ask),
    find: (id: PointId): Point | undefined => {
      const slot = livingSlot(slots, id);
      return slot === undefined ? undefined : pointAt(slots, slot);
    },
    /** Undefined: the point is not among them. */
    factsOf: (id: PointId, filter: PointFilter, now: Instant) => {
      const slot = livingSlot(slots, id);
      return slot === undefined ? undefined : factsFor(ask, filter, now)(slot);
    },
    stats: (): IndexStats => ({
      points: slots.living,
      inDelta: slots.size - slots.tree.size,
      ...builds.stats(),
      bytes: bytesOfSlots(slots),
    }),
  };
}

/** One build at a time; what changes meanwhile is put behind what it made. */
function createBuilds(slots: Slots, { build, monotonicMs }: PointIndexOptions, onTaken: () => void) {
  let running: Promise<void> | undefined;
  let builds = 0;
  let lastBuildMs = 0;
  const runOne = async (): Promise<void> => {
    const began = monotonicMs();
    const pictured = slots.size;
    const job = {
      ...{ columns: slots.columns, size: pictured, parts: slots.parts, indexedSize: slots.indexedSize },
      ...{ spareSlots: SPARE_SLOTS, spareTextBytes: SPARE_TEXT_BYTES, isFirst: builds === 0 },
    };
    slots.died = [];
    try {
      takeBuilt(slots, await build(job), pictured);
    } finally {
      slots.died = undefined;
    }
    onTaken();
    builds += 1;
    lastBuildMs = monotonicMs() - began;
  };
  return {
    isDue: (): boolean => {
      const dead = slots.size - slots.living;
      return slots.size - slots.tree.size > DELTA_MOST || dead > Math.max(SPARE_SLOTS, slots.living / 4);
    },
    run: (): Promise<void> => {
      running ??= runOne().finally(() => {
        running = undefined;
      });
      return running;
    },
    stats: () => ({ builds, lastBuildMs }),
  };
}

type Hit = { readonly slot: number; readonly distanceMeters: number };

function foundOf(slots: Slots, { slot, distanceMeters }: Hit): Found {
  return { point: pointAt(slots, slot), distanceMeters };
}

function livingSlot({ columns }: Slots, id: PointId): number | undefined {
  const slot = findSlot(columns, id);
  return slot >= 0 && isAlive(columns, slot) ? slot : undefined;
}

function facesOf(ask: Asked) {
  const found = (hits: readonly Partial<Hit>[], filter: PointFilter, now: Instant): readonly string[] => {
    const faceOf = foundFacesFor(ask, filter, now);
    return hits.map(({ slot, distanceMeters }) => faceOf(slot as number, distanceMeters));
  };
  return {
    nearest: (query: NearestQuery, now: Instant) => found(nearest(ask, query, now, undefined), query, now),
    best: (query: BestQuery, now: Instant) =>
      found(nearest(ask, query, now, rankingOf(ask, query)), query, now),
    search: (query: TextQuery, now: Instant) => found(searchText(ask, query, now), query, now),
    clusters: (question: MapQuestion, now: Instant): readonly string[] => {
      const faceOf = facesAt(ask, now);
      return clustersOf(ask, question, now).map(({ position, count, slot }) => {
        const { latitude, longitude } = position;
        const group = `{"position":{"latitude":${short(latitude)},"longitude":${short(longitude)}},"count":${count}`;
        return count === 1 ? `${group},"point":${faceOf(slot)}}` : `${group}}`;
      });
    },
  };
}

/** To a tenth of a metre: the middle of a group is no more exact, and long numbers are slow to write. */
function short(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

function nearest(
  ask: Asked,
  query: NearestQuery,
  now: Instant,
  ranking: Ranking | undefined,
  asked?: readonly AskedWord[],
): Hit[] {
  const { slots } = ask;
  const sieve = sieveOf(ask, query, now, asked);
  const serves = coverageOf(ask, query);
  const walk: Walk = {
    columns: slots.columns,
    from: unitOf(query.position),
    limit: query.limit,
    within:
      query.maxDistanceMeters === undefined
        ? Number.POSITIVE_INFINITY
        : chordOfMeters(query.maxDistanceMeters),
    ranking,
    accepts: (slot) => sieve.accepts(slot) && serves(slot),
    hits: [],
  };
  for (const slot of sieve.delta) offer(walk, slot);
  walkTree(slots.tree, sieve.selection, walk);
  return walk.hits.map(({ slot, chord }) => ({ slot, distanceMeters: metersOfChord(chord) }));
}

/** A point costs its share of the greatest distance and of the quality that it lacks, each by its weight. */
function rankingOf({ slots }: Asked, { weights, maxDistanceMeters }: BestQuery): Ranking {
  const distanceCost = (chord: number) =>
    maxDistanceMeters === 0
      ? 0
      : (weights.distance * Math.min(maxDistanceMeters, metersOfChord(chord))) / maxDistanceMeters;
  return {
    bound: distanceCost,
    cost: (chord, slot) =>
      distanceCost(chord) + weights.quality * (1 - (slots.columns.qualities[slot] as number) / 100),
  };
}

function searchText(
  ask: Asked,
  query: TextQuery,
  now: Instant,
): readonly { readonly slot: number; readonly distanceMeters?: number }[] {
  const { near, text, limit, divisionCodes } = query;
  const asked = askedWords(text);
  if (near !== undefined) return nearest(ask, { ...query, position: near }, now, undefined, asked);
  // Whole words first, so that a short code is not lost among the many that begin like it.
  const candidates = new Set<number>();
  const serves = coverageOf(ask, { divisionCodes });
  for (const words of [asked.map(({ word }) => ({ word, isPrefix: false })), asked])
    addCandidates(sieveOf(ask, query, now, words), serves, candidates);
  return rankByText(ask.slots, candidates, text, limit).map((slot) => ({ slot }));
}

/** `asker`: points whose range leaves him out are not shown. */
export type MapQuestion = {
  readonly box: BoundingBox;
  readonly zoom: number;
  readonly filter?: PointFilter | undefined;
  readonly asker?: Whereabouts | undefined;
};

function clustersOf(ask: Asked, question: MapQuestion, now: Instant): readonly RawCluster[] {
  const { box, zoom, filter = {}, asker = {} } = question;
  const { columns, tree } = ask.slots;
  const serves = coverageOf(ask, asker);
  const found = sieveOf(ask, filter, now);
  const counted = {
    ...{ columns, tree, narrow: narrowingOf(ask, asker, serves) },
    sieve: { ...found, delta: found.delta.filter(serves) },
  };
  const grid = gridOf(box, zoom);
  const cells = clusterCells(grid, counted);
  return singlesOf(box, zoom, cells, () => slotsInGrid(grid, counted), columns) ?? cells;
}
