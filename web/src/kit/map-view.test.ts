import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arc, extentOf, looksAnew, pixelsOf, projected, viewOf } from './map-view.ts';

const HAMBURG = [10, 53.55] as const;
const SEVILLE = [-5.99, 37.39] as const;
const line = (from: readonly [number, number], to: readonly [number, number]) => ({
  id: 'x',
  from,
  to,
  tone: 'accent',
});

describe('the view', () => {
  it('has what the traffic reaches inside of the box, whatever that is', () => {
    const place = fc.tuple(
      fc.double({ min: -179, max: 179, noNaN: true }),
      fc.double({ min: -60, max: 75, noNaN: true }),
    );
    fc.assert(
      fc.property(
        place,
        place,
        fc.integer({ min: 200, max: 1_400 }),
        fc.integer({ min: 150, max: 500 }),
        (a, b, width, height) => {
          const size = { width, height };
          const view = viewOf(extentOf({ points: [], lines: [line(a, b)] }), size);
          const { scale, left, top } = pixelsOf(view, size);
          // A world that is as high as the box may be wider than it: then its middle is shown.
          if (scale <= height + 1e-6) return;
          for (const [x, y] of [projected(a), projected(b)]) {
            expect(left + x * scale).toBeGreaterThanOrEqual(-1e-6);
            expect(left + x * scale).toBeLessThanOrEqual(width + 1e-6);
            expect(top + y * scale).toBeGreaterThanOrEqual(-1e-6);
            expect(top + y * scale).toBeLessThanOrEqual(height + 1e-6);
          }
        },
      ),
    );
  });

  it('keeps room around, and shows nothing beyond the poles', () => {
    const size = { width: 736, height: 256 };
    const extent = extentOf({ points: [], lines: [line(HAMBURG, SEVILLE)] });
    const { scale, top } = pixelsOf(viewOf(extent, size), size);
    expect(Math.round(top + projected(HAMBURG)[1] * scale)).toBe(48);
    expect(Math.round(top + projected(SEVILLE)[1] * scale)).toBe(208);
    const north = { ...size, ...viewOf([0.2, 0.01, 0.21, 0.02], size) };
    expect(pixelsOf(north, size).top).toBeLessThanOrEqual(0.001);
  });

  it('comes no closer to one place than a region, and shows the world where there is none', () => {
    const size = { width: 736, height: 256 };
    const [x, y] = projected(HAMBURG);
    const near = viewOf([x, y, x, y], size);
    expect(near.zoom).toBe(6);
    expect(near.centre[0]).toBeCloseTo(HAMBURG[0], 9);
    expect(near.centre[1]).toBeCloseTo(HAMBURG[1], 9);
    expect(extentOf({ points: [], lines: [] })).toBeUndefined();
    expect(viewOf(undefined, { width: 512, height: 512 }).zoom).toBeGreaterThanOrEqual(0);
  });
});

describe('the projection', () => {
  it.each([
    [
      [-180, 85.051_129],
      [0, 0],
    ],
    [
      [0, 0],
      [0.5, 0.5],
    ],
    [
      [180, -90],
      [1, 1],
    ],
  ] as const)('%j lies at %j', (place, [x, y]) => {
    expect(projected(place)[0]).toBeCloseTo(x, 7);
    expect(projected(place)[1]).toBeCloseTo(y, 7);
  });
});

describe('a map looks anew', () => {
  const here = [0.1, 0.2, 0.3, 0.4] as const;
  const there = [0.1, 0.2, 0.35, 0.4] as const;
  it.each([
    ['at first', undefined, here, false, true],
    ['not at a refresh that brings the same places', here, here, false, false],
    ['when the traffic reaches elsewhere', here, there, false, true],
    ['not when somebody has moved it', here, there, true, false],
    ['not at nothing', here, undefined, false, false],
  ] as const)('%s', (_name, fitted, extent, isMoved, expected) => {
    expect(looksAnew(fitted, extent, isMoved)).toBe(expected);
  });
});

it('a line there and the line back are two', () => {
  const there = arc(HAMBURG, SEVILLE);
  const back = arc(SEVILLE, HAMBURG);
  expect(there[0]).toEqual([...HAMBURG]);
  expect(there.at(-1)?.[0]).toBeCloseTo(SEVILLE[0], 9);
  expect(there[12]).not.toEqual(back[12]);
});
