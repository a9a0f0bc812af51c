import type { Position } from '../kernel/index.ts';
import type { Columns } from './columns.ts';
import { cellOf, firstAtLeast, keysOfCell, MAX_LEVEL, mapX, mapY } from './hilbert.ts';
import type { BoundingBox } from './model.ts';
import type { Sieve } from './sieve.ts';
import { positionOfVector } from './sphere.ts';
import { countBits, lowestBit, type Tree } from './tree.ts';

/** Cells are 64 pixels wide on a map with tiles of 256: the levels of cells are two below those of tiles. */
const LEVELS_BELOW_ZOOM = 2;
/** More cells than a large screen holds: the box is too large for its zoom and is answered more coarsely. Our default. */
const MAX_CELLS = 2_048;
/** From this zoom on points are shown one by one, as long as the box holds no more than so many. Our defaults. */
const SINGLE_ZOOM = 15;
const MAX_SINGLES = 500;

type Sum = { x: number; y: number; z: number; count: number; slot: number };
export type RawCluster = { readonly position: Position; readonly count: number; readonly slot: number };
export type Span = { readonly from: number; readonly to: number };

/** The columns of cells that a box covers, in one or, across the antimeridian, two spans, and its rows; ends included. */
export type Grid = { readonly level: number; readonly columns: readonly Span[]; readonly rows: Span };

export function gridOf(box: BoundingBox, zoom: number): Grid {
  for (let level = Math.min(MAX_LEVEL, Math.max(0, Math.floor(zoom)) + LEVELS_BELOW_ZOOM); ; level -= 1) {
    const column = (longitude: number) => cellOf(mapX(longitude), level);
    const rows = { from: cellOf(mapY(box.north), level), to: cellOf(mapY(box.south), level) };
    const [west, east] = [column(box.west), column(box.east)];
    const columns =
      box.west <= box.east
        ? [{ from: west, to: east }]
        : west <= east
          ? [{ from: 0, to: 2 ** level - 1 }]
          : [
              { from: west, to: 2 ** level - 1 },
              { from: 0, to: east },
            ];
    const wide = columns.reduce((sum, span) => sum + span.to - span.from + 1, 0);
    if (level === 0 || wide * (rows.to - rows.from + 1) <= MAX_CELLS) return { level, columns, rows };
  }
}

/** What is counted: the slots of a sieve, those of each leaf narrowed once more. */
export type Counted = {
  readonly columns: Columns;
  readonly tree: Tree;
  readonly sieve: Sieve;
  readonly narrow: ((leaf: number, bits: number) => number) | undefined;
};

/** Cells are summed as a whole, so that a cluster stays what it is while the map is moved. */
export function clusterCells(grid: Grid, counted: Counted): readonly RawCluster[] {
  const { columns, tree, sieve } = counted;
  const width = 4 ** (MAX_LEVEL - grid.level);
  const cells = new Map<number, Sum>();
  for (const from of cellKeys(grid)) {
    const first = firstAtLeast(columns.keys, tree.size, from);
    const end = firstAtLeast(columns.keys, tree.size, from + width);
    cells.set(from, first === end ? emptySum() : sumOfRun(counted, first, end));
  }
  for (const slot of sieve.delta) {
    const sum = cells.get(Math.floor((columns.keys[slot] as number) / width) * width);
    if (sum !== undefined) add(sum, columns, slot);
  }
  const clusters: RawCluster[] = [];
  for (const { x, y, z, count, slot } of cells.values())
    if (count > 0) clusters.push({ position: positionOfVector(x, y, z), count, slot });
  return clusters;
}

/** Where each cell of a grid begins on the curve. */
function* cellKeys({ columns, rows, level }: Grid): Iterable<number> {
  for (const { from, to } of columns) {
    for (let column = from; column <= to; column += 1) {
      for (let row = rows.from; row <= rows.to; row += 1) yield keysOfCell(column, row, level).from;
    }
  }
}

/** The selected points within the box, one by one; undefined: they are too many, or the zoom is too small. */
export function singlesOf(
  box: BoundingBox,
  zoom: number,
  cells: readonly RawCluster[],
  slotsOf: () => readonly number[],
  columns: Columns,
): readonly RawCluster[] | undefined {
  if (zoom < SINGLE_ZOOM || cells.reduce((sum, { count }) => sum + count, 0) > MAX_SINGLES) return undefined;
  return slotsOf().flatMap((slot) => {
    const position = positionAt(columns, slot);
    return isInBox(box, position) ? [{ position, count: 1, slot }] : [];
  });
}

/** Slots of a sieve in the cells of a grid; of the delta all. */
export function slotsInGrid(grid: Grid, { columns, tree, sieve, narrow }: Counted): number[] {
  const slots: number[] = [...sieve.delta];
  const width = 4 ** (MAX_LEVEL - grid.level);
  for (const from of cellKeys(grid)) {
    const first = firstAtLeast(columns.keys, tree.size, from);
    const end = firstAtLeast(columns.keys, tree.size, from + width);
    eachLeaf(sieve.selection.words, first, end, narrow, (leaf, bits) => {
      for (let left = bits; left !== 0; left &= left - 1) slots.push(leaf * 32 + lowestBit(left));
    });
  }
  return slots;
}

/** Bits of the leaves of a run, without those beside it. */
function eachLeaf(
  words: Uint32Array,
  first: number,
  end: number,
  narrow: Counted['narrow'],
  visit: (leaf: number, bits: number) => void,
): void {
  if (first === end) return;
  const [firstLeaf, lastLeaf] = [first >> 5, (end - 1) >> 5];
  for (let leaf = firstLeaf; leaf <= lastLeaf; leaf += 1) {
    let bits = words[leaf] as number;
    if (leaf === firstLeaf) bits &= -1 << (first & 31);
    if (leaf === lastLeaf && (end & 31) !== 0) bits &= (1 << (end & 31)) - 1;
    if (bits !== 0 && narrow !== undefined) bits = narrow(leaf, bits);
    if (bits !== 0) visit(leaf, bits);
  }
}

/** A rounding wide: what is taken out of the index lies a hair beside what was put in. */
const EDGE_DEGREES = 1e-9;

function isInBox(box: BoundingBox, { latitude, longitude }: Position): boolean {
  const [east, west] = [longitude <= box.east + EDGE_DEGREES, longitude >= box.west - EDGE_DEGREES];
  const isBetween = box.west <= box.east ? east && west : east || west;
  return isBetween && latitude >= box.south - EDGE_DEGREES && latitude <= box.north + EDGE_DEGREES;
}

function positionAt({ xyz }: Columns, slot: number): Position {
  return positionOfVector(xyz[slot * 3] as number, xyz[slot * 3 + 1] as number, xyz[slot * 3 + 2] as number);
}

function emptySum(): Sum {
  return { x: 0, y: 0, z: 0, count: 0, slot: -1 };
}

function add(sum: Sum, { xyz }: Columns, slot: number): void {
  sum.x += xyz[slot * 3] as number;
  sum.y += xyz[slot * 3 + 1] as number;
  sum.z += xyz[slot * 3 + 2] as number;
  sum.count += 1;
  sum.slot = slot;
}

/**
 * Of a run with more leaves than these each leaf counts with its middle, not with its slots: the sum is quick, and the
 * middle of so many points is off by less than a leaf is wide. Our default.
 */
const EXACT_LEAVES = 16;

function sumOfRun({ columns, tree, sieve, narrow }: Counted, first: number, end: number): Sum {
  const sum = emptySum();
  const isExact = ((end - 1) >> 5) - (first >> 5) < EXACT_LEAVES;
  eachLeaf(sieve.selection.words, first, end, narrow, (leaf, bits) => {
    if (!isExact) addLeaf(sum, tree, leaf, bits);
    else for (let left = bits; left !== 0; left &= left - 1) add(sum, columns, leaf * 32 + lowestBit(left));
  });
  return sum.count === 1 ? exactly(columns, sum.slot) : sum;
}

function addLeaf(sum: Sum, { sums, size }: Tree, leaf: number, bits: number): void {
  const count = countBits(bits);
  const share = count / Math.min(32, size - leaf * 32);
  sum.x += (sums[leaf * 3] as number) * share;
  sum.y += (sums[leaf * 3 + 1] as number) * share;
  sum.z += (sums[leaf * 3 + 2] as number) * share;
  sum.count += count;
  sum.slot = leaf * 32 + lowestBit(bits);
}

function exactly(columns: Columns, slot: number): Sum {
  const sum = emptySum();
  add(sum, columns, slot);
  return sum;
}
