import { isDeepStrictEqual } from 'node:util';
import type { PointId } from '../kernel/index.ts';
import { POINT_KINDS, type Point, type PointService, type ServiceRange } from '../points/index.ts';
import type { Built } from './build.ts';
import {
  appendSlots,
  bytesOf,
  type Columns,
  copySlot,
  countryNumber,
  createColumns,
  findSlot,
  grown,
  idAt,
  isAlive,
  placeId,
  setAlive,
  textAt,
  writeId,
} from './columns.ts';
import { type Absence, goodsBits, serviceBit } from './criteria.ts';
import { createDeltaWords, type DeltaWords } from './delta-words.ts';
import { createDictionary, type Dictionary, type Entered } from './dictionary.ts';
import { curveKey } from './hilbert.ts';
import { readRecord, recordOf, searchedTexts } from './record.ts';
import { type Schedule, scheduleOf, timetableKey, timetableOfKey } from './schedule.ts';
import { writeUnit } from './sphere.ts';
import { EMPTY_TREE, type Tree, wordsFor } from './tree.ts';
import type { WordIndex, WordPart } from './word-index.ts';
import { createWordLookup, type WordLookup } from './word-lookup.ts';
import { type AskedWord, wordsOf } from './words.ts';

const FIRST_SLOTS = 1_024;
const FIRST_TEXT_BYTES = 262_144;

/**
 * The points as they stand: a main part in the order of the tree, and behind it the delta of what came since. Takes
 * points in, lets them go, and takes over what a build made.
 */
export type Slots = {
  columns: Columns;
  /** Slots that were ever given out. */
  size: number;
  textBytes: number;
  living: number;
  tree: Tree;
  /** Words of the first slots, part behind part; after a build those of its tree. */
  parts: readonly WordPart[];
  /** How many slots the parts are of. */
  indexedSize: number;
  /** Of the tree. */
  words: WordLookup | undefined;
  /** Of what came since; as far as a text was asked for. */
  readonly deltaWords: DeltaWords;
  readonly schedules: Dictionary<Schedule>;
  readonly ranges: Dictionary<ServiceRange>;
  readonly absences: Dictionary<Absence>;
  /** Grows with each change: what was worked out over the slots holds good as long as it stays. */
  version: number;
  /** Ids that died since a build took its picture; undefined: none is under way. */
  died: PointId[] | undefined;
};

export function createSlots(): Slots {
  return {
    columns: createColumns(FIRST_SLOTS, FIRST_TEXT_BYTES),
    size: 0,
    textBytes: 0,
    living: 0,
    tree: EMPTY_TREE,
    parts: [],
    indexedSize: 0,
    words: undefined,
    deltaWords: createDeltaWords(),
    schedules: createDictionary(),
    ranges: createDictionary(),
    absences: createDictionary(),
    version: 0,
    died: undefined,
  };
}

/**
 * Takes a point as it is now, instead of what was known of it. Those that take nobody are let go. False: it is what it
 * was.
 */
export function putPoint(slots: Slots, point: Point): boolean {
  if (!canBeFound(point)) return dropPoint(slots, point.id);
  const text = Buffer.from(recordOf(point));
  if (isUnchanged(slots, point, text)) return false;
  dropPoint(slots, point.id);
  makeRoom(slots, 1, text.length);
  const { columns } = slots;
  const slot = slots.size;
  writeId(columns, slot, point.id);
  writeUnit(columns.xyz, slot, point.position);
  columns.keys[slot] = curveKey(point.position);
  columns.services[slot] = bitsOf(point.services);
  columns.kinds[slot] = POINT_KINDS.indexOf(point.kind);
  columns.goods[slot] = goodsBits(point.goodsClasses);
  columns.countries[slot] = countryNumber(point.country);
  columns.qualities[slot] = point.quality;
  columns.reservable[slot] = bitsOf(reservableServices(point));
  columns.schedules[slot] = slots.schedules.hold(timetableKey(point), () => scheduleOf(point));
  columns.ranges[slot] = holdRange(slots, point);
  columns.absences[slot] = holdAbsence(slots, point);
  columns.texts.set(text, slots.textBytes);
  columns.textStarts[slot] = slots.textBytes;
  columns.textLengths[slot] = text.length;
  setAlive(columns, slot, true);
  placeId(columns, slot);
  slots.size += 1;
  slots.living += 1;
  slots.textBytes += text.length;
  slots.version += 1;
  return true;
}

/** False: there was no such point. */
function dropPoint(slots: Slots, id: PointId): boolean {
  const { columns } = slots;
  const slot = findSlot(columns, id);
  if (slot < 0 || !isAlive(columns, slot)) return false;
  setAlive(columns, slot, false);
  slots.living -= 1;
  slots.version += 1;
  slots.schedules.release(columns.schedules[slot] as number);
  slots.ranges.release(columns.ranges[slot] as number);
  slots.absences.release(columns.absences[slot] as number);
  slots.died?.push(id);
  return true;
}

/** Who follows changes reads some of them twice. */
function isUnchanged({ columns, schedules, ranges }: Slots, point: Point, text: Uint8Array): boolean {
  const slot = findSlot(columns, point.id);
  if (slot < 0 || !isAlive(columns, slot)) return false;
  const start = columns.textStarts[slot] as number;
  const known = columns.texts.subarray(start, start + (columns.textLengths[slot] as number));
  if (Buffer.compare(text, known) !== 0) return false;
  const schedule = schedules.at(columns.schedules[slot] as number);
  return (
    schedule !== undefined &&
    timetableKey(schedule.timetable) === timetableKey(point) &&
    isDeepStrictEqual(ranges.at(columns.ranges[slot] as number), point.range)
  );
}

/** Paused ones may be back by the moment for which they are asked. */
function canBeFound({ state }: Point): boolean {
  return state === 'trial' || state === 'active' || state === 'paused';
}

function bitsOf(services: readonly PointService[]): number {
  return services.reduce((bits, service) => bits | serviceBit(service), 0);
}

function reservableServices({ services, capacity }: Point): PointService[] {
  return services.filter(
    (service) => (capacity.perHour[service] ?? 0) > 0 && (service !== 'collect' || capacity.shelf > 0),
  );
}

function holdRange(slots: Slots, { id, range }: Point): number {
  if (range === undefined) return 0;
  // The same divisions are one range; a polygon belongs to its point.
  const key = range.kind === 'divisions' ? JSON.stringify(range.codes) : id;
  return slots.ranges.hold(key, () => range);
}

function holdAbsence(slots: Slots, { state, pausedFrom, pausedUntil, exitsAt }: Point): number {
  if (state !== 'paused' && pausedFrom === undefined && exitsAt === undefined) return 0;
  const absence = { state, pausedFrom, pausedUntil, exitsAt };
  return slots.absences.hold(JSON.stringify(absence), () => absence);
}

/** Points that a thread has made slots of, with the numbers of dictionaries of their own. */
export type Digest = {
  readonly columns: Columns;
  readonly size: number;
  readonly textBytes: number;
  /** By the keys of their timetables alone: nearly all of them are known already. */
  readonly schedules: readonly Omit<Entered<Schedule>, 'value'>[];
  readonly ranges: readonly Entered<ServiceRange>[];
  readonly absences: readonly Entered<Absence>[];
  readonly words: WordIndex;
};

/** Points that are not there yet, as a thread has prepared them. */
export function takeDigest(slots: Slots, digest: Digest): void {
  const { size: count, textBytes } = digest;
  makeRoom(slots, count, textBytes);
  const { columns, size } = slots;
  appendSlots(digest.columns, count, textBytes, columns, size, slots.textBytes);
  translate(columns.schedules, size, count, digest.schedules, ({ key, uses }) =>
    slots.schedules.hold(key, () => scheduleOf(timetableOfKey(key)), uses),
  );
  translate(columns.ranges, size, count, digest.ranges, ({ key, value, uses }) =>
    slots.ranges.hold(key, () => value, uses),
  );
  translate(columns.absences, size, count, digest.absences, ({ key, value, uses }) =>
    slots.absences.hold(key, () => value, uses),
  );
  if (slots.indexedSize === size) {
    slots.parts = [...slots.parts, { index: digest.words, firstSlot: size }];
    slots.indexedSize += count;
  }
  slots.size += count;
  slots.living += count;
  slots.version += 1;
  slots.textBytes += textBytes;
}

/** Numbers of another dictionary into those of ours. */
function translate<Entry extends { readonly number: number }>(
  column: Uint32Array,
  first: number,
  count: number,
  entries: readonly Entry[],
  hold: (entry: Entry) => number,
): void {
  const ours = new Map(entries.map((entry) => [entry.number, hold(entry)]));
  for (let slot = first; slot < first + count; slot += 1)
    column[slot] = ours.get(column[slot] as number) ?? 0;
}

/** Room for so many at once is made once, not by doubling again and again. */
export function makeRoom(slots: Slots, count: number, bytes: number): void {
  const { columns, size, textBytes } = slots;
  const isFull = size + count > columns.capacity || textBytes + bytes > columns.texts.length;
  if (!isFull) return;
  slots.columns = grown(
    columns,
    size,
    Math.max(size + count, size + count > columns.capacity ? columns.capacity * 2 : columns.capacity),
    Math.max(textBytes + bytes, columns.texts.length * 2),
  );
}

/** Slots of the delta that bear every asked word, the dead as well. */
export function deltaSlotsWith(slots: Slots, asked: readonly AskedWord[]): readonly number[] {
  const { columns, deltaWords, tree, size } = slots;
  for (let slot = tree.size + deltaWords.size(); slot < size; slot += 1)
    deltaWords.add(slot, wordsOf(searchedTexts(textAt(columns, slot))));
  return deltaWords.slotsWith(asked);
}

/** Takes over what was made of the slots before `pictured`: who died since is dead there, too, and who came is put behind. */
export function takeBuilt(slots: Slots, built: Built, pictured: number): void {
  const { columns: old, size: oldSize, died = [] } = slots;
  const fresh = built.columns;
  for (const id of died) {
    const slot = findSlot(fresh, id);
    if (slot >= 0) setAlive(fresh, slot, false);
  }
  slots.version += 1;
  slots.columns = fresh;
  slots.size = built.size;
  slots.textBytes = built.textBytes;
  slots.tree = built.tree;
  slots.parts = [{ index: built.words, firstSlot: 0 }];
  slots.indexedSize = built.size;
  slots.words = createWordLookup(built.words, wordsFor(built.size));
  slots.died = undefined;
  slots.deltaWords.clear();
  for (let source = pictured; source < oldSize; source += 1) {
    if (!isAlive(old, source)) continue;
    const bytes = old.textLengths[source] as number;
    makeRoom(slots, 1, bytes);
    const slot = slots.size;
    copySlot(old, source, slots.columns, slot, slots.textBytes);
    setAlive(slots.columns, slot, true);
    placeId(slots.columns, slot);
    slots.size += 1;
    slots.textBytes += bytes;
  }
}

/** Of a slot that lives. */
export function pointAt({ columns, schedules, ranges }: Slots, slot: number): Point {
  const schedule = schedules.at(columns.schedules[slot] as number);
  if (schedule === undefined) throw new Error('a living point has a schedule');
  const range = ranges.at(columns.ranges[slot] as number);
  return {
    id: idAt(columns, slot),
    ...readRecord(textAt(columns, slot)),
    ...schedule.timetable,
    ...(range === undefined ? {} : { range }),
  };
}

export function bytesOfSlots({ columns, tree, parts }: Slots): number {
  return parts.reduce((sum, { index }) => sum + bytesOf(index), bytesOf(columns) + bytesOf(tree));
}
