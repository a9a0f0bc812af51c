import { beforeEach, expect, test } from 'vitest';
import { wireCodec } from '../../platform/http/index.ts';
import { instant, type PointId } from '../kernel/index.ts';
import { type Point, publicFaceOf, publicPointSchema } from '../points/index.ts';
import { build } from './build.ts';
import { foundPointSchema } from './contract.ts';
import { createPointIndex, type PointIndex } from './point-index.ts';
import { pointOf, randomOf } from './points.fixture.ts';
import { placeInRecord, recordOf, valuesOf } from './record.ts';

const NOW = instant('2026-11-30T02:17:31.500Z');
const DELHI = { latitude: 28.6, longitude: 77.2 };

let index: PointIndex;
let points: Map<string, Point>;
beforeEach(() => {
  index = createPointIndex({ build: async (job) => build(job), monotonicMs: () => 0 });
  const random = randomOf(21);
  const made = Array.from({ length: 400 }, (_, number) => pointOf(number, random, oddities(number)));
  points = new Map(made.map((point) => [point.id, point]));
  index.apply(made);
});

/** What a text must be careful with. */
function oddities(number: number): Partial<Point> {
  const odd: Partial<Point>[] = [
    { name: 'The "Corner", [shop] {1} \\', addressLines: ['a,b', '"', '\\"', ''], city: '邢台市\n\u2028' },
    { capacity: { perHour: { collect: 3 }, shelf: 4, maxWeightGrams: 20_000, maxSideMm: 600 } },
    { exceptions: [{ date: '2026-11-30', hours: [{ opens: '10:00', closes: '11:00' }], reason: 'fair' }] },
    { name: 'half a pair \ud800' },
  ];
  return odd[number % 9] ?? {};
}

test('the text of a face is what the contract makes of the face', async () => {
  const faceCodec = wireCodec(publicPointSchema);
  for (let turn = 0; turn < 2; turn += 1) {
    const world = { west: -180, south: -90, east: 180, north: 90 };
    const shown = index.faces.clusters({ box: world, zoom: 24 }, NOW).map((text) => JSON.parse(text));
    expect(shown.length).toBeGreaterThan(5);
    const texts = index.faces.nearest({ position: DELHI, limit: 200 }, NOW);
    expect(texts.length).toBe(200);
    for (const text of texts) {
      const { distance_meters, opens_at, has_capacity_left, ...face } = JSON.parse(text);
      expect(face).toEqual(faceCodec.encode(publicFaceOf(points.get(face.id) as Point, NOW)));
    }
    await index.rebuild();
  }
});

test('a found point tells how far it is, when it opens and whether it has room', () => {
  const codec = wireCodec(foundPointSchema);
  const query = { position: DELHI, limit: 50, service: 'collect' } as const;
  const found = index.nearest(query, NOW);
  const texts = index.faces.nearest(query, NOW);
  expect(texts.length).toBe(50);
  texts.forEach((text, at) => {
    const { point, distanceMeters } = found[at] as (typeof found)[number];
    const facts = index.factsOf(point.id as PointId, query, NOW);
    const { opensAt, hasCapacityLeft } = facts ?? {};
    const whole = { ...publicFaceOf(point, NOW), distanceMeters: Math.round(distanceMeters) };
    expect(JSON.parse(text)).toEqual(codec.encode({ ...whole, opensAt, hasCapacityLeft }));
  });
});

test('a map shows single points with their face, and groups without', () => {
  const box = { west: 77, south: 28, east: 78, north: 29 };
  const groups = index.faces.clusters({ box, zoom: 16 }, NOW).map((text) => JSON.parse(text));
  expect(groups.length).toBeGreaterThan(10);
  for (const { count, point, position } of groups) {
    expect(count).toBe(1);
    expect(point.position.latitude).toBeCloseTo(position.latitude, 5);
  }
  const far = index.faces.clusters({ box, zoom: 5 }, NOW).map((text) => JSON.parse(text));
  expect(far.some(({ count, point }) => count > 1 && point === undefined)).toBe(true);
});

test('the values of a record are cut out as they stand there', () => {
  for (const point of points.values()) {
    const values = valuesOf(recordOf(point));
    expect(JSON.parse(values[placeInRecord('name')] ?? '')).toBe(point.name);
    expect(JSON.parse(values[placeInRecord('addressLines')] ?? '')).toEqual(point.addressLines);
    expect(JSON.parse(values[placeInRecord('version')] ?? '')).toBe(point.version);
  }
});
