import { describe, expect, it } from 'vitest';
import { byTrouble, drawingOf, type Lane, laneId, toneOfLane } from './lanes.ts';

const at = (country: string, longitude: number, latitude: number) => ({
  country,
  coordinates: { longitude, latitude, precision: 'country' as const },
});
const lane = (more: Partial<Lane>): Lane => ({ leg: 'linehaul', parcels: 10, late: 0, stuck: 0, ...more });
const CN = at('CN', 120, 30);
const DE = at('DE', 10, 53);

describe('the tone of a lane', () => {
  it.each([
    [100, 0, 0, 'move'],
    [100, 9, 0, 'move'],
    [100, 10, 0, 'warn'],
    [100, 5, 5, 'warn'],
    [100, 0, 10, 'bad'],
    [1, 1, 0, 'warn'],
    [0, 0, 0, 'move'],
  ] as const)('of %i parcels, %i late and %i stuck, is %s', (parcels, late, stuck, tone) => {
    expect(toneOfLane({ parcels, late, stuck })).toBe(tone);
  });
});

describe('the drawing', () => {
  it('has a line for each lane between two places and a point for each place with parcels', () => {
    const { lines, points } = drawingOf([
      lane({ from: CN, to: DE, parcels: 90 }),
      lane({ from: CN, to: CN, leg: 'origin', parcels: 10 }),
      lane({ from: DE, to: DE, leg: 'last_mile', parcels: 25 }),
    ]);
    expect(lines.map(({ from, to }) => [from, to])).toEqual([
      [
        [120, 30],
        [10, 53],
      ],
    ]);
    expect(points.map(({ longitude, size }) => [longitude, size])).toEqual([
      [120, 20],
      [10, 13.5],
    ]);
  });

  it('draws a handful as a handful', () => {
    const [line] = drawingOf([lane({ from: CN, to: DE, parcels: 2 })]).lines;
    expect(line?.width).toBeLessThan(3);
  });

  it('leaves out what has no coordinates', () => {
    expect(drawingOf([lane({}), lane({ to: DE }), lane({ from: { country: 'XX' }, to: DE })])).toEqual({
      lines: [],
      points: [],
    });
  });
});

it('the worst lane comes first, and each has its own id', () => {
  const lanes = [
    lane({ parcels: 900 }),
    lane({ leg: 'import', late: 3 }),
    lane({ leg: 'origin', stuck: 1 }),
    lane({ from: CN }),
  ];
  expect(lanes.toSorted(byTrouble).map(({ leg }) => leg)).toEqual([
    'origin',
    'import',
    'linehaul',
    'linehaul',
  ]);
  expect(new Set(lanes.map(laneId)).size).toBe(4);
});
