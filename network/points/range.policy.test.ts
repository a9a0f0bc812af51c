import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultOfRing, isInRing, servesPlace } from './range.policy.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });
const ringOf = (...corners: [number, number][]) =>
  [...corners, corners[0] as [number, number]].map(([latitude, longitude]) => at(latitude, longitude));

const SQUARE = ringOf([0, 0], [0, 10], [10, 10], [10, 0]);
/** Fiji: from 177 east over the antimeridian to 178 west. */
const FIJI = ringOf([-20, 177], [-20, -178], [-15, -178], [-15, 177]);
const HORSESHOE = ringOf([0, 0], [0, 30], [30, 30], [30, 20], [10, 20], [10, 10], [30, 10], [30, 0]);

describe('a position lies in a ring', () => {
  test.each([
    [SQUARE, at(5, 5), true],
    [SQUARE, at(5, 10.001), false],
    [SQUARE, at(0, 5), true],
    [SQUARE, at(10, 10), true],
    [SQUARE, at(-0.001, 5), false],
    [FIJI, at(-17, 179.9), true],
    [FIJI, at(-17, -179.9), true],
    [FIJI, at(-17, 180), true],
    [FIJI, at(-17, -180), true],
    [FIJI, at(-17, 176.9), false],
    [FIJI, at(-17, -177.9), false],
    [FIJI, at(-17, 0), false],
    [HORSESHOE, at(20, 15), false],
    [HORSESHOE, at(20, 5), true],
    [HORSESHOE, at(5, 15), true],
  ])('case %#', (ring, position, expected) => {
    expect(isInRing(ring, position)).toBe(expected);
  });

  test('a range and everything in it may be turned around the earth', () => {
    const degrees = fc.double({ min: -12, max: 12, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), degrees, degrees, (turn, latitude, longitude) => {
        const turned = (value: number) => ((((value + turn + 180) % 360) + 360) % 360) - 180;
        const ring = SQUARE.map((one) => at(one.latitude, turned(one.longitude)));
        // Turning rounds; what lies on an edge may fall on either side of it.
        fc.pre([0, 10].every((edge) => Math.abs(longitude - edge) > 1e-9));
        const isInside = latitude >= 0 && latitude <= 10 && longitude > 0 && longitude < 10;
        expect(isInRing(ring, at(latitude, turned(longitude)))).toBe(isInside);
      }),
    );
  });
});

describe('a ring', () => {
  test.each([
    ['a square', SQUARE, undefined],
    ['one across the antimeridian', FIJI, undefined],
    ['one that is not convex', HORSESHOE, undefined],
    ['a triangle', ringOf([0, 0], [0, 1], [1, 0]), undefined],
    ['three positions', SQUARE.slice(0, 3), 'a ring has 4 to 5000 positions'],
    ['one that is open', [...SQUARE.slice(0, 4), at(1, 1)], 'the last position is the first one again'],
    ['a bow tie', ringOf([0, 0], [10, 10], [0, 10], [10, 0]), 'a ring does not touch or cross itself'],
    ['one that folds back', ringOf([0, 0], [0, 10], [0, 5], [5, 5]), 'a ring does not touch or cross itself'],
    [
      'one that stands still',
      ringOf([0, 0], [0, 0], [0, 5], [5, 5]),
      'a ring does not touch or cross itself',
    ],
    [
      'two squares at one corner',
      ringOf([0, 0], [0, 5], [5, 5], [10, 5], [10, 10], [5, 10], [5, 5], [5, 0]),
      'a ring does not touch or cross itself',
    ],
    [
      'one around the pole',
      ringOf([80, 0], [80, 90], [80, 180], [80, -90]),
      'a ring does not go around a pole or the whole earth',
    ],
  ])('%s', (_, ring, expected) => {
    expect(faultOfRing(ring)).toBe(expected);
  });

  test('of 5,000 positions around a lake is taken, of one more not', () => {
    const circle = (count: number) =>
      ringOf(
        ...Array.from({ length: count }, (_, index): [number, number] => {
          const angle = (index * 2 * Math.PI) / count;
          return [
            30 + Math.sin(angle),
            179.9 + Math.cos(angle) > 180 ? Math.cos(angle) - 180.1 : 179.9 + Math.cos(angle),
          ];
        }),
      );
    expect(faultOfRing(circle(4_999))).toBeUndefined();
    expect(faultOfRing(circle(5_000))).toBe('a ring has 4 to 5000 positions');
  });
});

test('a point without a range serves whoever comes, one with divisions those who live there', () => {
  expect(servesPlace({}, undefined, [])).toBe(true);
  const range = { kind: 'divisions', codes: ['330106'] } as const;
  expect(servesPlace({ range }, undefined, ['330000', '330106'])).toBe(true);
  expect(servesPlace({ range }, at(30, 120), ['330000'])).toBe(false);
  expect(servesPlace({ range: { kind: 'polygon', ring: SQUARE } }, undefined, ['330106'])).toBe(false);
});
