import type { PointId } from '../kernel/index.ts';

/*
 * The points in columns of plain numbers, one slot a version of a point, in memory that a building thread reads while
 * this one goes on. A changed point gets a new slot and its old one dies; slots are only reused by the next build.
 */

const ID_PREFIX = 'pnt_';
const ID_BYTES = 26;

export type Columns = {
  readonly capacity: number;
  /** Behind the prefix of the id, Latin 1. */
  readonly ids: Uint8Array;
  readonly xyz: Float64Array;
  /** Places on the curve; those of the slots of the tree ascend. */
  readonly keys: Uint32Array;
  /** Bits of POINT_SERVICES. */
  readonly services: Uint8Array;
  /** Position in POINT_KINDS. */
  readonly kinds: Uint8Array;
  /** Bits of GOODS_CLASSES. */
  readonly goods: Uint32Array;
  /** `countryNumber`. */
  readonly countries: Uint16Array;
  readonly qualities: Float32Array;
  readonly schedules: Uint32Array;
  /** 0: serves everybody. */
  readonly ranges: Uint32Array;
  /** Pauses and leave-taking; 0: none. */
  readonly absences: Uint32Array;
  /** Bits of POINT_SERVICES for which it has capacity to reserve at all. */
  readonly reservable: Uint8Array;
  readonly textStarts: Uint32Array;
  readonly textLengths: Uint32Array;
  /** Bit by bit. */
  readonly alive: Uint32Array;
  /** Open hash of ids: slot + 1, or 0; twice as many places as slots, a power of two. */
  readonly places: Uint32Array;
  readonly texts: Uint8Array;
};

export function createColumns(wanted: number, textBytes: number): Columns {
  const capacity = Math.ceil(Math.max(32, wanted) / 32) * 32;
  const bytes = (count: number) => new SharedArrayBuffer(count);
  return {
    capacity,
    ids: new Uint8Array(bytes(capacity * ID_BYTES)),
    xyz: new Float64Array(bytes(capacity * 24)),
    keys: new Uint32Array(bytes(capacity * 4)),
    services: new Uint8Array(bytes(capacity)),
    kinds: new Uint8Array(bytes(capacity)),
    goods: new Uint32Array(bytes(capacity * 4)),
    countries: new Uint16Array(bytes(capacity * 2)),
    qualities: new Float32Array(bytes(capacity * 4)),
    schedules: new Uint32Array(bytes(capacity * 4)),
    ranges: new Uint32Array(bytes(capacity * 4)),
    absences: new Uint32Array(bytes(capacity * 4)),
    reservable: new Uint8Array(bytes(capacity)),
    textStarts: new Uint32Array(bytes(capacity * 4)),
    textLengths: new Uint32Array(bytes(capacity * 4)),
    alive: new Uint32Array(bytes(capacity / 8)),
    places: new Uint32Array(bytes(2 ** Math.ceil(Math.log2(capacity * 2)) * 4)),
    texts: new Uint8Array(bytes(Math.max(1, textBytes))),
  };
}

/** The same slots with more room behind them. */
export function grown(from: Columns, size: number, capacity: number, textBytes: number): Columns {
  const to = createColumns(capacity, textBytes);
  for (const name of Object.keys(from) as (keyof Columns)[]) {
    const [source, target] = [from[name], to[name]];
    if (name !== 'places' && typeof source !== 'number' && typeof target !== 'number') target.set(source);
  }
  for (let slot = 0; slot < size; slot += 1) placeId(to, slot);
  return to;
}

export function bytesOf(columns: object): number {
  return Object.values(columns).reduce(
    (sum, column) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
    0,
  );
}

/** One slot from other columns into `slot` of these, its text to `textStart`. Not its life and not its id's place. */
export function copySlot(from: Columns, source: number, to: Columns, slot: number, textStart: number): void {
  for (let byte = 0; byte < ID_BYTES; byte += 1)
    to.ids[slot * ID_BYTES + byte] = from.ids[source * ID_BYTES + byte] as number;
  for (let axis = 0; axis < 3; axis += 1) to.xyz[slot * 3 + axis] = from.xyz[source * 3 + axis] as number;
  to.keys[slot] = from.keys[source] as number;
  to.services[slot] = from.services[source] as number;
  to.kinds[slot] = from.kinds[source] as number;
  to.goods[slot] = from.goods[source] as number;
  to.countries[slot] = from.countries[source] as number;
  to.qualities[slot] = from.qualities[source] as number;
  to.schedules[slot] = from.schedules[source] as number;
  to.ranges[slot] = from.ranges[source] as number;
  to.absences[slot] = from.absences[source] as number;
  to.reservable[slot] = from.reservable[source] as number;
  const start = from.textStarts[source] as number;
  const length = from.textLengths[source] as number;
  to.texts.set(from.texts.subarray(start, start + length), textStart);
  to.textStarts[slot] = textStart;
  to.textLengths[slot] = length;
}

/** How many numbers of a column a slot has. Life, places of ids and texts are no numbers of one slot. */
const WIDTHS = {
  ...{ ids: ID_BYTES, xyz: 3, keys: 1, services: 1, kinds: 1, goods: 1, countries: 1, qualities: 1 },
  ...{ schedules: 1, ranges: 1, absences: 1, reservable: 1, textStarts: 1, textLengths: 1 },
} as const satisfies Partial<Record<keyof Columns, number>>;

/** All of some slots behind `size` others. They live, and there is room. */
export function appendSlots(
  from: Columns,
  count: number,
  textBytes: number,
  to: Columns,
  size: number,
  textStart: number,
): void {
  for (const [name, width] of Object.entries(WIDTHS) as [keyof typeof WIDTHS, number][])
    to[name].set(from[name].subarray(0, count * width), size * width);
  to.texts.set(from.texts.subarray(0, textBytes), textStart);
  for (let slot = size; slot < size + count; slot += 1) {
    to.textStarts[slot] = (to.textStarts[slot] as number) + textStart;
    setAlive(to, slot, true);
    placeId(to, slot);
  }
}

/** ISO 3166-1 alpha-2 as a number of its own. */
export function countryNumber(country: string): number {
  return country.charCodeAt(0) * 256 + country.charCodeAt(1);
}

export function isAlive(columns: Columns, slot: number): boolean {
  return (((columns.alive[slot >> 5] as number) >>> (slot & 31)) & 1) === 1;
}

export function setAlive(columns: Columns, slot: number, lives: boolean): void {
  const word = columns.alive[slot >> 5] as number;
  columns.alive[slot >> 5] = lives ? word | (1 << (slot & 31)) : word & ~(1 << (slot & 31));
}

export function writeId(columns: Columns, slot: number, id: PointId): void {
  for (let byte = 0; byte < ID_BYTES; byte += 1)
    columns.ids[slot * ID_BYTES + byte] = id.charCodeAt(ID_PREFIX.length + byte);
}

export function idAt(columns: Columns, slot: number): PointId {
  const start = slot * ID_BYTES;
  return (ID_PREFIX + bufferOf(columns.ids, start, ID_BYTES).toString('latin1')) as PointId;
}

export function textAt(columns: Columns, slot: number): string {
  const length = columns.textLengths[slot] as number;
  return bufferOf(columns.texts, columns.textStarts[slot] as number, length).toString();
}

function bufferOf(bytes: Uint8Array, start: number, length: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, length);
}

/** The newest slot of an id, dead or alive; -1: never seen. */
export function findSlot(columns: Columns, id: PointId): number {
  const mask = columns.places.length - 1;
  for (let place = hashText(id) & mask; ; place = (place + 1) & mask) {
    const slot = (columns.places[place] as number) - 1;
    if (slot < 0) return -1;
    if (isSameId(columns, slot, id)) return slot;
  }
}

/** The id of a slot is found there from now on. */
export function placeId(columns: Columns, slot: number): void {
  const mask = columns.places.length - 1;
  const start = slot * ID_BYTES;
  for (let place = hashBytes(columns.ids, start) & mask; ; place = (place + 1) & mask) {
    const other = (columns.places[place] as number) - 1;
    if (other >= 0 && !areSameIds(columns.ids, other * ID_BYTES, start)) continue;
    columns.places[place] = slot + 1;
    return;
  }
}

/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

function hashText(id: string): number {
  let hash = BASIS;
  for (let byte = 0; byte < ID_BYTES; byte += 1)
    hash = Math.imul(hash ^ id.charCodeAt(ID_PREFIX.length + byte), PRIME);
  return hash >>> 0;
}

function hashBytes(ids: Uint8Array, start: number): number {
  let hash = BASIS;
  for (let byte = 0; byte < ID_BYTES; byte += 1)
    hash = Math.imul(hash ^ (ids[start + byte] as number), PRIME);
  return hash >>> 0;
}

function isSameId(columns: Columns, slot: number, id: string): boolean {
  for (let byte = ID_BYTES - 1; byte >= 0; byte -= 1) {
    if (columns.ids[slot * ID_BYTES + byte] !== id.charCodeAt(ID_PREFIX.length + byte)) return false;
  }
  return true;
}

function areSameIds(ids: Uint8Array, first: number, second: number): boolean {
  for (let byte = ID_BYTES - 1; byte >= 0; byte -= 1) {
    if (ids[first + byte] !== ids[second + byte]) return false;
  }
  return true;
}
