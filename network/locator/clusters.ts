import type { Position } from '../kernel/index.ts';
import type { Columns } from './columns.ts';
import { cellOf, firstAtLeast, keysOfCell, MAX_LEVEL, mapX, mapY } from './hilbert.ts';
import type { BoundingBox } from './model.ts';
import { positionOfVector } from './sphere.ts';
import { countBits, lowestBit, type Selection, type Tree } from './tree.ts';

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

/** Cells are summed as a whole, so that a cluster stays what it is while the map is moved. */
export function clusterCells(
  grid: Grid,
  columns: Columns,
  tree: Tree,
  selection: Selection,
  further: readonly number[],
): readonly RawCluster[] {
  const cells = new Map<number, Sum>();
  for (const { from, to } of grid.columns) {
    for (let column = from; column <= to; column += 1) {
      for (let row = grid.rows.from; row <= grid.rows.to; row += 1) {
        const keys = keysOfCell(column, row, grid.level);
        const first = firstAtLeast(tree.keys, tree.size, keys.from);
        const end = firstAtLeast(tree.keys, tree.size, keys.to);
        if (first === end) continue;
        const sum = sumOfRun(columns, tree, selection, first, end);
        if (sum.count > 0) cells.set(keys.from, sum);
      }
    }
  }
  for (const slot of further) {
    const { latitude, longitude } = positionAt(columns, slot);
    const [column, row] = [cellOf(mapX(longitude), grid.level), cellOf(mapY(latitude), grid.level)];
    const isInside = grid.columns.some(({ from, to }) => column >= from && column <= to);
    if (!isInside || row < grid.rows.from || row > grid.rows.to) continue;
    const sum = cells.getOrInsertComputed(keysOfCell(column, row, grid.level).from, emptySum);
    add(sum, columns, slot);
  }
  return [...cells.values()].map(({ x, y, z, count, slot }) => ({
    position: positionOfVector(x, y, z),
    count,
    slot,
  }));
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

/** Selected slots of the tree in the cells of a grid. */
export function slotsInGrid(grid: Grid, tree: Tree, selection: Selection): number[] {
  const slots: number[] = [];
  for (const { from, to } of grid.columns) {
    for (let column = from; column <= to; column += 1) {
      for (let row = grid.rows.from; row <= grid.rows.to; row += 1) {
        const keys = keysOfCell(column, row, grid.level);
        const end = firstAtLeast(tree.keys, tree.size, keys.to);
        for (let slot = firstAtLeast(tree.keys, tree.size, keys.from); slot < end; slot += 1) {
          if ((((selection.words[slot >> 5] as number) >>> (slot & 31)) & 1) === 1) slots.push(slot);
        }
      }
    }
  }
  return slots;
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

function sumOfRun(columns: Columns, tree: Tree, { words }: Selection, first: number, end: number): Sum {
  const sum = emptySum();
  const [firstWord, lastWord] = [first >> 5, (end - 1) >> 5];
  const isExact = lastWord - firstWord < EXACT_LEAVES;
  for (let word = firstWord; word <= lastWord; word += 1) {
    let bits = words[word] as number;
    if (word === firstWord) bits &= -1 << (first & 31);
    if (word === lastWord && (end & 31) !== 0) bits &= (1 << (end & 31)) - 1;
    if (isExact) for (; bits !== 0; bits &= bits - 1) add(sum, columns, word * 32 + lowestBit(bits));
    else if (bits !== 0) addLeaf(sum, tree, word, bits);
  }
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
