import type { Position } from '../kernel/index.ts';

/**
 * The world as the square of the Web Mercator map (EPSG:3857, as map tiles cut it), walked along a Hilbert curve:
 * the points of each tile, of any zoom up to 16, are one run of the curve, and neighbours on it are neighbours on
 * the map.
 */
export const MAX_LEVEL = 16;
/** The map ends there: atan(sinh(pi)). Points beyond lie in its first and last row. */
const MAX_LATITUDE = 85.0511287798066;
const RADIANS = Math.PI / 180;

/** 0 to 1 from west to east. */
export function mapX(longitude: number): number {
  return longitude / 360 + 0.5;
}

/** 0 to 1 from north to south. */
export function mapY(latitude: number): number {
  const sine = Math.sin(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude)) * RADIANS);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Column or row of a level for a place on the map. */
export function cellOf(place: number, level: number): number {
  const cells = 2 ** level;
  return Math.max(0, Math.min(cells - 1, Math.floor(place * cells)));
}

/** Place of a position on the curve of the finest level: 0 to 2^32 - 1. */
export function curveKey({ latitude, longitude }: Position): number {
  return curveIndex(cellOf(mapX(longitude), MAX_LEVEL), cellOf(mapY(latitude), MAX_LEVEL), MAX_LEVEL);
}

/** How many cells of its level the curve passes before this one. Source: Hilbert curve, xy2d of Warren, Hacker's Delight 16. */
export function curveIndex(column: number, row: number, level: number): number {
  let x = column;
  let y = row;
  let index = 0;
  for (let bit = level - 1; bit >= 0; bit -= 1) {
    const size = 2 ** bit;
    const right = (x >> bit) & 1;
    const down = (y >> bit) & 1;
    index += size * size * ((3 * right) ^ down);
    x &= size - 1;
    y &= size - 1;
    if (down === 0) {
      if (right === 1) {
        x = size - 1 - x;
        y = size - 1 - y;
      }
      const kept = x;
      x = y;
      y = kept;
    }
  }
  return index;
}

/** Keys of the finest level that lie in a cell: `from` to before `to`. */
export function keysOfCell(column: number, row: number, level: number): { from: number; to: number } {
  const width = 4 ** (MAX_LEVEL - level);
  const from = curveIndex(column, row, level) * width;
  return { from, to: from + width };
}

/** First place in the sorted keys, before `size`, whose key is not below `key`. */
export function firstAtLeast(keys: Uint32Array, size: number, key: number): number {
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as number) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
