import type { Instant, PointId, Position } from '../kernel/index.ts';
import { POINT_SERVICES, type Point, type PointService, servesPlace } from '../points/index.ts';
import type { BuildJob, Built } from './build.ts';
import { clusterCells, gridOf, type RawCluster, singlesOf, slotsInGrid } from './clusters.ts';
import { findSlot, idAt, isAlive } from './columns.ts';
import { type Criterion, criteriaOf, isPresent, momentOf } from './criteria.ts';
import { createFullness, type FullSet } from './fullness.ts';
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
import { isOpenInMinute, minuteOf, nextOpening } from './schedule.ts';
import { createSelector, type Selector } from './selection.ts';
import {
  bytesOfSlots,
  createSlots,
  deltaWordsAt,
  pointAt,
  putPoint,
  type Slots,
  takeBuilt,
} from './slots.ts';
import { chordOfMeters, metersOfChord, unitOf } from './sphere.ts';
import { addCandidates, rankByText } from './text-rank.ts';
import { offer, type Ranking, type Selection, type Walk, walkTree, wordsFor } from './tree.ts';
import { slotsWithWords } from './word-index.ts';
import { type AskedWord, askedWords, hasAskedWords } from './words.ts';

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

/** What an answer says of a point beside the point. */
export type PointFacts = {
  readonly isOpenNow: boolean;
  /** Within two weeks; only where it is shut. */
  readonly opensAt: Instant | undefined;
  /** Room for one more parcel of the service now, or where none is named for any that it can reserve. */
  readonly hasCapacityLeft: boolean;
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
  const ask: Asked = { slots, fullness, selector: () => selector };

  return {
    /** Answers how many were not what they had been. */
    apply(points: readonly Point[]): number {
      const { columns } = slots;
      let changed = 0;
      for (const point of points) if (putPoint(slots, point)) changed += 1;
      if (slots.columns !== columns) renumber();
      return changed;
    },
    applyFullness: (states: readonly FullState[]) => fullness.apply(states),
    forgetFullBefore: (now: Instant) => fullness.forgetBefore(now),
    isBuildDue: builds.isDue,
    /** More changes would have to make room for themselves, which holds up the event loop. */
    isDeltaFull: () => slots.tree.size > 0 && slots.size - slots.tree.size > SPARE_SLOTS - MARGIN_SLOTS,
    /** Joins the one that is under way. */
    rebuild: builds.run,
    nearest: (query: NearestQuery, now: Instant): Found[] => nearest(ask, query, now, undefined),
    best: (query: BestQuery, now: Instant): Found[] => nearest(ask, query, now, rankingOf(ask, query)),
    search: (query: TextQuery, now: Instant) => searchText(ask, query, now),
    clusters: (box: BoundingBox, zoom: number, filter: PointFilter, now: Instant) =>
      clustersOf(ask, { box, zoom, filter, now }),
    find: (id: PointId): Point | undefined => {
      const slot = findSlot(slots.columns, id);
      return slot >= 0 && isAlive(slots.columns, slot) ? pointAt(slots, slot) : undefined;
    },
    /** Undefined: the point is not among them. */
    factsOf: (id: PointId, filter: PointFilter, now: Instant) => factsOf(ask, id, filter, now),
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
    const job = { columns: slots.columns, size: pictured, spareSlots: SPARE_SLOTS };
    slots.died = [];
    try {
      takeBuilt(slots, await build({ ...job, spareTextBytes: SPARE_TEXT_BYTES }), pictured);
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

type Asked = {
  readonly slots: Slots;
  readonly fullness: ReturnType<typeof createFullness>;
  readonly selector: () => Selector;
};

/** A filter made ready: bits for the tree, and a test for what lies behind it. */
type Sieve = {
  readonly selection: Selection;
  /** Slots of the delta that pass. */
  readonly delta: readonly number[];
  /** What bits do not tell exactly. */
  readonly accepts: (slot: number) => boolean;
};

function sieveOf(
  ask: Asked,
  filter: PointFilter,
  now: Instant,
  asked: readonly AskedWord[] | undefined,
): Sieve {
  const { slots, fullness } = ask;
  const { columns, tree } = slots;
  const criteria = criteriaOf(slots, filter, now);
  const full: readonly FullSet[] =
    filter.service === undefined || filter.needsCapacityAt === undefined
      ? []
      : fullness.relevant(filter.service, filter.needsCapacityAt);
  const isNowhere = asked?.length === 0;
  const words = isNowhere || asked === undefined ? undefined : wordBits(ask, asked);
  const excluded = new Set(filter.exclude ?? []);
  const at = momentOf(filter, now);
  const delta: number[] = [];
  for (let slot = tree.size; slot < slots.size && !isNowhere; slot += 1) {
    if (!isAlive(columns, slot) || !fulfils(criteria, slot) || full.some((set) => set.has(slot))) continue;
    if (asked !== undefined && !hasAskedWords(deltaWordsAt(slots, slot), asked)) continue;
    delta.push(slot);
  }
  return {
    selection: ask
      .selector()
      .select(criteria, full, isNowhere ? new Uint32Array(wordsFor(tree.size)) : words),
    delta,
    accepts: (slot) =>
      isPresent(slots, slot, at) && (excluded.size === 0 || !excluded.has(idAt(columns, slot))),
  };
}

function fulfils(criteria: readonly Criterion[], slot: number): boolean {
  for (const one of criteria) if (!one.test(slot)) return false;
  return true;
}

function wordBits({ slots }: Asked, asked: readonly AskedWord[]): Uint32Array {
  const count = wordsFor(slots.tree.size);
  const found = slots.words === undefined ? undefined : slotsWithWords(slots.words, asked, count);
  return found ?? new Uint32Array(count);
}

function nearest(
  ask: Asked,
  query: NearestQuery,
  now: Instant,
  ranking: Ranking | undefined,
  asked?: readonly AskedWord[],
): Found[] {
  const { slots } = ask;
  const sieve = sieveOf(ask, query, now, asked);
  const serves = coverageOf(ask, query.position, query.divisionCodes);
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
  return walk.hits.map(({ slot, chord }) => ({
    point: pointAt(slots, slot),
    distanceMeters: metersOfChord(chord),
  }));
}

/** Each range is asked once a search: many points share theirs. */
function coverageOf(
  { slots }: Asked,
  position: Position,
  divisionCodes: readonly string[] | undefined,
): (slot: number) => boolean {
  const answers = new Map<number, boolean>();
  return (slot) => {
    const number = slots.columns.ranges[slot] as number;
    if (number === 0) return true;
    return answers.getOrInsertComputed(number, () => {
      const range = slots.ranges.at(number);
      if (range?.kind === 'divisions' && divisionCodes === undefined) return true;
      return servesPlace(range === undefined ? {} : { range }, position, divisionCodes ?? []);
    });
  };
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
): { readonly point: Point; readonly distanceMeters: number | undefined }[] {
  const { near, text, limit } = query;
  if (near !== undefined) return nearest(ask, { ...query, position: near }, now, undefined, askedWords(text));
  // Whole words first, so that a short code is not lost among the many that begin like it.
  const candidates = new Set<number>();
  const asked = askedWords(text);
  for (const words of [asked.map(({ word }) => ({ word, isPrefix: false })), asked])
    addCandidates(sieveOf(ask, query, now, words), candidates);
  return rankByText(ask.slots, candidates, text, limit).map((point) => ({
    point,
    distanceMeters: undefined,
  }));
}

type MapQuestion = {
  readonly box: BoundingBox;
  readonly zoom: number;
  readonly filter: PointFilter;
  readonly now: Instant;
};

function clustersOf(ask: Asked, { box, zoom, filter, now }: MapQuestion): Cluster[] {
  const { slots } = ask;
  const grid = gridOf(box, zoom);
  const { selection, delta } = sieveOf(ask, filter, now, undefined);
  const cells = clusterCells(grid, slots.columns, slots.tree, selection, delta);
  const all = () => [...slotsInGrid(grid, slots.tree, selection), ...delta];
  const shown: readonly RawCluster[] = singlesOf(box, zoom, cells, all, slots.columns) ?? cells;
  return shown.map(({ position, count, slot }) =>
    count === 1 ? { position, count, point: pointAt(slots, slot) } : { position, count },
  );
}

function factsOf(ask: Asked, id: PointId, filter: PointFilter, now: Instant): PointFacts | undefined {
  const { slots, fullness } = ask;
  const { columns } = slots;
  const slot = findSlot(columns, id);
  if (slot < 0 || !isAlive(columns, slot)) return undefined;
  const schedule = slots.schedules.at(columns.schedules[slot] as number);
  if (schedule === undefined) return undefined;
  const isOpenNow = isOpenInMinute(schedule, minuteOf(now)) && isPresent(slots, slot, now);
  const room = (service: PointService) => {
    const needs = { service, needsCapacityAt: filter.needsCapacityAt ?? now };
    return (
      fulfils(criteriaOf(slots, needs, now), slot) &&
      !fullness.relevant(service, needs.needsCapacityAt).some((set) => set.has(slot))
    );
  };
  return {
    isOpenNow,
    opensAt: isOpenNow ? undefined : nextOpening(schedule, now),
    hasCapacityLeft: filter.service === undefined ? POINT_SERVICES.some(room) : room(filter.service),
  };
}
