import { addMs, type Instant, instantFromMs, msOf, type PointId } from '../kernel/index.ts';
import type { PointService } from '../points/index.ts';
import { type Columns, findSlot, idAt, isAlive } from './columns.ts';
import type { FullState } from './model.ts';

/*
 * Which points are full, and for what: few of all, so the full ones are kept by name, and as bits over the slots of the
 * tree as soon as somebody asks.
 */

const HOUR_MS = 3_600_000;
/** Hours begin when the point's own clock says so, and zones lie apart by quarters of an hour. */
const QUARTER_MS = 900_000;

export type Fullness = {
  apply(states: readonly FullState[]): void;
  /** Hours that ended before this moment are asked for no more. */
  forgetBefore(now: Instant): void;
  /** What a parcel of the service in the hour of that moment would find full: empty when no point is. */
  relevant(service: PointService, at: Instant): readonly FullSet[];
  /** Slots have other numbers from now on. */
  renumber(columns: Columns, size: number): void;
};

export type FullSet = {
  has(slot: number): boolean;
  /** Of the slots of the tree. */
  readonly bits: Uint32Array;
};

export function createFullness(first: Columns): Fullness {
  const full = new Map<string, { readonly startsAt: Instant | undefined; readonly points: Set<PointId> }>();
  const bitsOf = new Map<string, Uint32Array>();
  let columns = first;
  let size = 0;

  const bitsFor = (key: string, points: ReadonlySet<PointId>): Uint32Array =>
    bitsOf.getOrInsertComputed(key, () => {
      const bits = new Uint32Array(Math.ceil(size / 32));
      for (const id of points) mark(bits, id, true);
      return bits;
    });
  const mark = (bits: Uint32Array, id: PointId, isFull: boolean): void => {
    const slot = findSlot(columns, id);
    if (slot < 0 || slot >= size || !isAlive(columns, slot)) return;
    const word = bits[slot >> 5] as number;
    bits[slot >> 5] = isFull ? word | (1 << (slot & 31)) : word & ~(1 << (slot & 31));
  };

  return {
    apply(states) {
      for (const { pointId, service, startsAt, isFull } of states) {
        const key = keyOf(service, startsAt);
        const { points } = full.getOrInsertComputed(key, () => ({ startsAt, points: new Set<PointId>() }));
        if (isFull) points.add(pointId);
        else points.delete(pointId);
        const bits = bitsOf.get(key);
        if (bits !== undefined) mark(bits, pointId, isFull);
      }
    },
    forgetBefore(now) {
      const oldest = addMs(now, -HOUR_MS);
      for (const [key, { startsAt, points }] of full) {
        if (points.size > 0 && (startsAt === undefined || startsAt > oldest)) continue;
        full.delete(key);
        bitsOf.delete(key);
      }
    },
    relevant: (service, at) =>
      (full.size === 0 ? [] : keysFor(service, at)).flatMap((key) => {
        const points = full.get(key)?.points;
        if (points === undefined || points.size === 0) return [];
        const bits = bitsFor(key, points);
        const has = (slot: number) =>
          slot < size
            ? (((bits[slot >> 5] as number) >>> (slot & 31)) & 1) === 1
            : points.has(idAt(columns, slot));
        return { bits, has };
      }),
    renumber(fresh, freshSize) {
      columns = fresh;
      size = freshSize;
      bitsOf.clear();
    },
  };
}

function keyOf(service: PointService, startsAt: Instant | undefined): string {
  return `${service} ${startsAt ?? 'shelf'}`;
}

/** The hours that hold a moment, by any zone's clock, and the shelf. */
function keysFor(service: PointService, at: Instant): readonly string[] {
  const quarter = Math.floor(msOf(at) / QUARTER_MS) * QUARTER_MS;
  const hours = [0, 1, 2, 3].map((back) => keyOf(service, instantFromMs(quarter - back * QUARTER_MS)));
  return [keyOf(service, undefined), ...hours];
}
