import { describe, expect, it } from 'vitest';
import { groupsOf, middleOf, offsetOf, radiusOf, ringsOf } from './near-map-view.ts';

const at = (longitude: number, latitude: number, id = `${longitude} ${latitude}`) => ({
  ...{ id, longitude, latitude },
});

describe('a map of a neighbourhood', () => {
  it('knows how far places are, also across the antimeridian and far in the north', () => {
    expect(offsetOf(at(0, 0), at(0, 1))[1]).toBeCloseTo(111_133, -3);
    expect(offsetOf(at(179.9, 0), at(-179.9, 0))[0]).toBeCloseTo(22_227, -2);
    expect(offsetOf(at(10, 60), at(11, 60))[0]).toBeCloseTo(55_566, -2);
  });

  it('looks amid the places, and reaches the furthest of them', () => {
    expect(middleOf([])).toBeUndefined();
    const middle = middleOf([at(179.9, 1), at(-179.9, 3)]);
    expect(middle?.latitude).toBe(2);
    expect(((middle?.longitude ?? 0) + 360) % 360).toBeCloseTo(180, 5);
    expect(radiusOf(at(0, 0), [at(0, 0.1)])).toBeGreaterThan(11_113);
    expect(radiusOf(at(0, 0), [at(0, 0)])).toBe(400);
  });

  it('has rings at round distances that fit', () => {
    expect(ringsOf(400)).toEqual([50, 100, 200]);
    expect(ringsOf(7_300)).toEqual([1_000, 2_000, 5_000]);
  });

  it('puts places together that cannot be told apart, and every place into one group', () => {
    const places = [at(0, 0.001), at(0, 0.0011), at(0, 0.01), at(0.02, 0)];
    const far = groupsOf(at(0, 0), places, { pixelsPerMeter: 0.05, apartPixels: 40 });
    expect(far.map((group) => group.places.length)).toEqual([2, 1, 1]);
    const near = groupsOf(at(0, 0), places, { pixelsPerMeter: 5, apartPixels: 40 });
    expect(near.map((group) => group.places.length)).toEqual([1, 1, 1, 1]);
    // North is up.
    expect(near[2]?.y).toBeLessThan(0);
  });
});
