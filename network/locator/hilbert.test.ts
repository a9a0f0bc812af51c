import { describe, expect, test } from 'vitest';
import { curveIndex, keysOfCell, MAX_LEVEL, mapX, mapY } from './hilbert.ts';

describe('the curve', () => {
  test('passes every cell once, from neighbour to neighbour', () => {
    const cells: [number, number][] = [];
    for (let column = 0; column < 32; column += 1)
      for (let row = 0; row < 32; row += 1) cells[curveIndex(column, row, 5)] = [column, row];
    expect(Object.keys(cells)).toHaveLength(1024);
    cells.slice(1).forEach(([column, row], at) => {
      const [beforeColumn, beforeRow] = cells[at] as [number, number];
      expect(Math.abs(column - beforeColumn) + Math.abs(row - beforeRow)).toBe(1);
    });
  });

  test('keeps a cell of any level in one run', () => {
    for (const [column, row, level] of [
      [0, 0, 1],
      [1, 1, 1],
      [5, 2, 3],
      [200, 131, 8],
      [65_535, 65_535, 16],
    ] as const) {
      const { from, to } = keysOfCell(column, row, level);
      const shift = MAX_LEVEL - level;
      for (const [inner, lower] of [
        [0, 0],
        [2 ** shift - 1, 0],
        [0, 2 ** shift - 1],
        [2 ** shift - 1, 2 ** shift - 1],
      ] as const) {
        const key = curveIndex(column * 2 ** shift + inner, row * 2 ** shift + lower, MAX_LEVEL);
        expect(key).toBeGreaterThanOrEqual(from);
        expect(key).toBeLessThan(to);
      }
    }
  });

  test('lies on the map as tiles cut it', () => {
    expect([mapX(-180), mapX(0), mapX(180)]).toEqual([0, 0.5, 1]);
    expect(mapY(0)).toBeCloseTo(0.5, 12);
    expect(mapY(90)).toBeCloseTo(0, 9);
    // Tile 3, 1 of zoom 2 ends at 66.51326 degrees north. Source: the scheme of slippy map tiles.
    expect(mapY(66.51326)).toBeCloseTo(0.25, 6);
  });
});
