import { beforeEach, describe, expect, test } from 'vitest';
import { createWorkerPool } from '../../platform/workers/index.ts';
import { addMs, instant, type Position } from '../kernel/index.ts';
import { type Point, servesPlace } from '../points/index.ts';
import { nearestByForce, passes } from './brute-force.fixture.ts';
import { type BuildJob, type Built, build } from './build.ts';
import { digest } from './digest.ts';
import type { FullState, NearestQuery } from './model.ts';
import { createPointIndex, type PointIndex } from './point-index.ts';
import { pointIdOf, pointOf, randomOf } from './points.fixture.ts';
import { recordOf, searchedTexts } from './record.ts';
import type { Whereabouts } from './sieve.ts';
import { askedWords, hasAskedWords, wordsOf } from './words.ts';

const NOW = instant('2026-11-30T02:17:31.500Z');
const WORLD = { west: -180, south: -90, east: 180, north: 90 };
const GOODS = ['normal', 'liquid', 'battery_only', 'powder', 'no such goods'];

/** `npm run rig:locator`: ten thousand questions over twenty thousand points. */
const QUERIES = Number(process.env.LOCATOR_QUERIES ?? 600);
const POINTS = QUERIES > 5_000 ? 21_000 : 1_800;

let index: PointIndex;
let points: Map<string, Point>;
const clock = () => 0;
beforeEach(() => {
  index = createPointIndex({ build: async (job) => build(job), monotonicMs: clock });
  points = new Map();
});

function put(...some: Point[]): void {
  index.apply(some);
  for (const point of some) points.set(point.id, point);
}

/** Beside points, on them, anywhere, on the poles and along the antimeridian. */
function placeOf(random: () => number): Position {
  const anywhere = { latitude: random() * 180 - 90, longitude: random() * 360 - 180 };
  const all = [...points.values()];
  const beside = all[Math.floor(random() * all.length)]?.position ?? anywhere;
  return (
    [
      { latitude: 90, longitude: 0 },
      { latitude: -90, longitude: 77 },
      { latitude: random() * 180 - 90, longitude: random() < 0.5 ? 180 : -180 },
      anywhere,
      beside,
      { latitude: beside.latitude * 0.999, longitude: beside.longitude },
    ][Math.floor(random() * 6)] ?? anywhere
  );
}

function questionOf(random: () => number): NearestQuery {
  const maybe = <T>(share: number, value: () => T): T | undefined => (random() < share ? value() : undefined);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const at = () => addMs(NOW, Math.floor((random() - 0.2) * 10 * 86_400_000));
  return {
    position: placeOf(random),
    limit: pick([1, 10, 50]),
    service: maybe(0.5, () => pick(['collect', 'return', 'mail'] as const)),
    goodsClass: maybe(0.3, () => pick(GOODS)),
    kind: maybe(0.2, () => pick(['locker', 'post_office'] as const)),
    country: maybe(0.2, () => pick(['CN', 'FJ', 'NO', 'ZZ'])),
    minQuality: maybe(0.2, () => pick([0, 50, 99])),
    at: maybe(0.3, at),
    openNow: maybe(0.2, () => true),
    needsCapacityAt: maybe(0.3, at),
    divisionCodes: maybe(0.3, () => pick([['110000'], ['330000'], []])),
    maxDistanceMeters: maybe(0.2, () => pick([0, 500, 30_000, 19_000_000])),
    exclude: maybe(0.2, () => [pointIdOf(1), pointIdOf(Math.floor(random() * 3_000))]),
  };
}

/** The same distances in the same order, and points that are what they were. */
function expectSame(query: NearestQuery, full: readonly FullState[] = []): void {
  const found = index.nearest(query, NOW);
  const wanted = nearestByForce(points.values(), query, NOW, full);
  expect(found.length, JSON.stringify(query)).toBe(wanted.length);
  found.forEach(({ point, distanceMeters }, at) => {
    expect(distanceMeters, JSON.stringify(query)).toBeCloseTo(wanted[at]?.distanceMeters ?? -1, 0);
    expect(point).toEqual(points.get(point.id));
  });
}

describe('the nearest points', () => {
  test('are those that looking at every point finds, while points come, change and go', async () => {
    const random = randomOf(7);
    put(...Array.from({ length: POINTS }, (_, number) => pointOf(number, random)));
    const ask = (share: number) => {
      for (let query = 0; query < QUERIES * share; query += 1) expectSame(questionOf(random));
    };
    ask(0.2);
    await index.rebuild();
    expect(index.stats().inDelta).toBe(0);
    ask(0.35);
    put(...Array.from({ length: POINTS / 3 }, (_, number) => pointOf(number * 4, random)));
    ask(0.25);
    await index.rebuild();
    ask(0.2);
  });

  test('know what changed while a build was under way', async () => {
    const random = randomOf(8);
    put(...Array.from({ length: 500 }, (_, number) => pointOf(number, random)));
    const release = Promise.withResolvers<void>();
    index = createPointIndex({
      monotonicMs: clock,
      build: async (job) => {
        const built = build(job);
        await release.promise;
        return built;
      },
    });
    index.apply([...points.values()]);
    const built = index.rebuild();
    put(...Array.from({ length: 200 }, (_, number) => pointOf(number * 3, random)));
    put(pointOf(3, random, { state: 'exited' }), pointOf(3, random, { state: 'active' }));
    put(pointOf(9_000, random), pointOf(5, random, { state: 'suspended' }));
    release.resolve();
    await built;
    expect(index.stats().builds).toBe(1);
    for (let query = 0; query < 200; query += 1) expectSame(questionOf(random));
  });

  test('leave out what is full for the hour or on the shelf, until it is no longer', async () => {
    const random = randomOf(9);
    put(...Array.from({ length: 600 }, (_, number) => pointOf(number, random)));
    const hour = instant('2026-11-30T02:00:00.000Z');
    const inIndia = instant('2026-11-30T01:30:00.000Z');
    const full: FullState[] = Array.from({ length: 400 }, (_, number) => ({
      pointId: pointIdOf(number),
      service: number % 2 === 0 ? 'collect' : 'return',
      startsAt: [hour, inIndia, undefined][number % 3],
      isFull: number % 5 !== 0,
    }));
    const ask = () => {
      for (let query = 0; query < 150; query += 1)
        expectSame({ ...questionOf(random), service: 'collect', at: undefined, needsCapacityAt: NOW }, full);
    };
    index.applyFullness(full);
    ask();
    await index.rebuild();
    ask();
    full.forEach((state, at) => {
      full[at] = { ...state, isFull: at % 7 === 0 };
    });
    index.applyFullness(full);
    ask();
    put(...Array.from({ length: 100 }, (_, number) => pointOf(number, random)));
    ask();
    index.forgetFullBefore(addMs(NOW, 86_400_000));
    for (let query = 0; query < 50; query += 1)
      expectSame(
        { ...questionOf(random), service: 'collect', at: undefined, needsCapacityAt: NOW },
        full.filter(({ startsAt }) => startsAt === undefined),
      );
  });
});

describe('a build in a thread', () => {
  test('answers as one that is made here', async () => {
    const pool = createWorkerPool<BuildJob, Built>({
      script: new URL('./build.worker.ts', import.meta.url),
      timeoutMs: 60_000,
    });
    index = createPointIndex({ build: pool.run, monotonicMs: clock });
    const random = randomOf(14);
    put(...Array.from({ length: 1_000 }, (_, number) => pointOf(number, random)));
    await index.rebuild();
    await pool.close();
    expect(index.stats()).toMatchObject({ builds: 1, inDelta: 0 });
    for (let query = 0; query < 100; query += 1) expectSame(questionOf(random));
    expect(index.search({ text: 'delhi', limit: 5 }, NOW)).toHaveLength(5);
  });
});

test('a page of points of which none can be found adds nothing, however many are to come', () => {
  index.take(digest('[]'), 50_000);
  expect(index.stats().points).toBe(0);
  const random = randomOf(18);
  put(...Array.from({ length: 300 }, (_, number) => pointOf(number, random)));
  for (let query = 0; query < 50; query += 1) expectSame(questionOf(random));
});

describe('the best points', () => {
  test('cost least by distance and quality together', async () => {
    const random = randomOf(10);
    put(...Array.from({ length: 2_000 }, (_, number) => pointOf(number, random)));
    await index.rebuild();
    put(...Array.from({ length: 100 }, (_, number) => pointOf(number * 7, random)));
    for (let turn = 0; turn < 200; turn += 1) {
      const weights = { distance: random(), quality: random() };
      const maxDistanceMeters = 40_000;
      const query = { ...questionOf(random), maxDistanceMeters, limit: 10 };
      const costOf = ({ point, distanceMeters }: { point: Point; distanceMeters: number }) =>
        (weights.distance * distanceMeters) / maxDistanceMeters +
        weights.quality * (1 - Math.fround(point.quality) / 100);
      const wanted = nearestByForce(points.values(), { ...query, limit: 10_000 }, NOW)
        .map(costOf)
        .sort((a, b) => a - b);
      const found = index.best({ ...query, weights }, NOW).map(costOf);
      expect(found.length).toBe(Math.min(10, wanted.length));
      found.forEach((cost, at) => {
        expect(cost).toBeCloseTo(wanted[at] ?? -1, 6);
      });
    }
  });
});

describe('clusters', () => {
  test('hold every point that passes once, whatever the zoom', async () => {
    const random = randomOf(11);
    put(...Array.from({ length: 2_000 }, (_, number) => pointOf(number, random)));
    await index.rebuild();
    put(...Array.from({ length: 300 }, (_, number) => pointOf(number * 5, random)));
    const world = { west: -180, south: -90, east: 180, north: 90 };
    for (const filter of [{}, { service: 'collect' as const }, { kind: 'locker' as const, openNow: true }]) {
      const wanted = [...points.values()].filter((point) => passes(point, filter, NOW)).length;
      for (const zoom of [0, 1, 3, 9]) {
        const counts = index.clusters({ box: world, zoom, filter }, NOW).map(({ count }) => count);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(wanted);
      }
    }
  });

  test('are points one by one where the map is near, also across the antimeridian', async () => {
    const random = randomOf(12);
    put(...Array.from({ length: 3_000 }, (_, number) => pointOf(number, random)));
    await index.rebuild();
    const box = { west: 179.85, south: -17.75, east: -179.9, north: -16.7 };
    const isInside = ({ latitude, longitude }: Position) =>
      latitude >= box.south && latitude <= box.north && (longitude >= box.west || longitude <= box.east);
    const wanted = [...points.values()].filter((point) => passes(point, {}, NOW) && isInside(point.position));
    expect(wanted.some(({ position }) => position.longitude > 0)).toBe(true);
    const found = index.clusters({ box, zoom: 16 }, NOW);
    expect(found.map(({ point }) => point?.id).sort()).toEqual(wanted.map(({ id }) => id).sort());
    const summed = index.clusters({ box, zoom: 8 }, NOW).reduce((sum, { count }) => sum + count, 0);
    expect(summed).toBeGreaterThanOrEqual(wanted.length);
  });
});

describe('who serves some places only', () => {
  const position = { latitude: 28.6, longitude: 77.2 };
  const box = { west: 70, south: 20, east: 85, north: 35 };

  test('is left out of the map and of texts as well, when the asker says where he is', async () => {
    const random = randomOf(15);
    put(...Array.from({ length: 2_000 }, (_, number) => pointOf(number, random)));
    await index.rebuild();
    put(...Array.from({ length: 300 }, (_, number) => pointOf(number * 5, random)));
    const countedBy = (asker: Whereabouts, zoom: number) =>
      index.clusters({ box, zoom, asker }, NOW).reduce((sum, { count }) => sum + count, 0);
    const inDelhi = [...points.values()].filter((point) => point.city === 'Delhi' && passes(point, {}, NOW));
    const askers: readonly Whereabouts[] = [
      { position, divisionCodes: ['310000'] },
      { divisionCodes: [] },
      { position },
      {},
    ];
    for (const asker of askers) {
      const wanted = inDelhi.filter(
        ({ range }) =>
          (range?.kind !== 'divisions' ||
            asker.divisionCodes === undefined ||
            range.codes.some((code) => asker.divisionCodes?.includes(code))) &&
          (range?.kind !== 'polygon' || asker.position === undefined || servesPlace({ range }, position, [])),
      );
      for (const zoom of [4, 9]) expect(countedBy(asker, zoom)).toBe(wanted.length);
      const found = index.search(
        { text: 'delhi', limit: 2_000, near: position, divisionCodes: asker.divisionCodes },
        NOW,
      );
      if (asker.position !== undefined) expect(found).toHaveLength(wanted.length);
    }
    expect(countedBy({ position, divisionCodes: ['310000'] }, 4)).toBeLessThan(countedBy({}, 4));
  });

  test('and who is excluded are not found by their words', async () => {
    const random = randomOf(16);
    const free = { state: 'active', pausedFrom: undefined, pausedUntil: undefined } as const;
    const ranges = [
      undefined,
      { kind: 'divisions', codes: ['110000'] },
      { kind: 'divisions', codes: ['31'] },
    ];
    put(
      ...ranges.map((range, number) =>
        pointOf(number, random, {
          ...free,
          name: 'Kiosk',
          outletCode: `K${number}`,
          range,
        } as Partial<Point>),
      ),
    );
    const find = (more = {}) =>
      index
        .search({ text: 'kiosk', limit: 9, ...more }, NOW)
        .map(({ point }) => point.outletCode)
        .sort();
    for (let turn = 0; turn < 2; turn += 1) {
      expect(find()).toEqual(['K0', 'K1', 'K2']);
      expect(find({ divisionCodes: ['110000'] })).toEqual(['K0', 'K1']);
      expect(find({ divisionCodes: [] })).toEqual(['K0']);
      expect(find({ exclude: [pointIdOf(1)] })).toEqual(['K0', 'K2']);
      const shown = index.clusters({ box: WORLD, zoom: 0, filter: { exclude: [pointIdOf(1)] } }, NOW);
      expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(2);
      await index.rebuild();
    }
  });
});

describe('the text search', () => {
  test('finds what looking at every word finds, while points come and go', async () => {
    const random = randomOf(17);
    const asked = ['delhi', 'long road', '12', 'p4', 'p44', 'outlet 7', 'sao paulo 1', 'south', 'nobody'];
    const expectSameWords = () => {
      for (const text of asked) {
        const words = askedWords(text);
        const wanted = [...points.values()].filter(
          (point) => passes(point, {}, NOW) && hasAskedWords(wordsOf(searchedTexts(recordOf(point))), words),
        );
        const near = placeOf(random);
        const found = index.search({ text, near, limit: 10_000, divisionCodes: undefined }, NOW);
        const served = wanted.filter(
          ({ range }) => range?.kind !== 'polygon' || servesPlace({ range }, near, []),
        );
        expect(found.map(({ point }) => point.id).sort(), text).toEqual(served.map(({ id }) => id).sort());
      }
    };
    put(...Array.from({ length: 1_500 }, (_, number) => pointOf(number, random)));
    expectSameWords();
    await index.rebuild();
    expectSameWords();
    for (let turn = 0; turn < 3; turn += 1) {
      put(
        ...Array.from({ length: 200 }, (_, number) =>
          pointOf(number * 9 + turn, random, { city: `C${turn}` }),
        ),
      );
      expectSameWords();
      await index.rebuild();
      expectSameWords();
    }
  });

  const inBeijing = { latitude: 39.9, longitude: 116.4 };
  const named = [
    ['A-77', '清河县邮政支局', '邢台市'],
    ['B1', 'Café Zürich', 'Zürich'],
    ['B12', 'Corner shop', 'Leeds'],
    ['77', 'B1 Kiosk', 'York'],
  ] as const;
  const find = (text: string, near?: Position) =>
    index.search({ text, near, limit: 10 }, NOW).map(({ point }) => point.outletCode);

  beforeEach(() => {
    const random = randomOf(13);
    put(
      ...named.map(([outletCode, name, city], number) =>
        pointOf(number, random, {
          ...{ outletCode, name, city, state: 'active', pausedFrom: undefined, pausedUntil: undefined },
          position: { latitude: 39.9, longitude: 116.4 + number / 100 },
          quality: 50,
          range: undefined,
        } as Partial<Point>),
      ),
    );
  });

  const expectAll = () => {
    expect(find('zurich')).toEqual(['B1']);
    expect(find('CAFE zür')).toEqual(['B1']);
    expect(find('b1')).toEqual(['B1', '77', 'B12']);
    expect(find('清河')).toEqual(['A-77']);
    expect(find('邮政支局 邢台')).toEqual(['A-77']);
    expect(find('局')).toEqual(['A-77']);
    expect(find('河清')).toEqual([]);
    expect(find('leeds zurich')).toEqual([]);
    expect(find('  ,.')).toEqual([]);
    expect(find('b1', inBeijing)).toEqual(['B1', 'B12', '77']);
  };

  test('finds names, codes and cities in the tree, without case and marks, the last word while it is typed', async () => {
    await index.rebuild();
    expectAll();
  });

  test('finds them in the delta as well', async () => {
    const all = [...points.values()];
    index.apply(all.map((point) => ({ ...point, state: 'exited' as const })));
    await index.rebuild();
    index.apply(all);
    expectAll();
  });

  test('finds them before the first build', () => {
    expectAll();
  });
});

describe('what an answer says of a point', () => {
  test('is whether it is open, when it opens, and whether anything is left', () => {
    const hours = [{ day: 2, opens: '09:00', closes: '12:00' }];
    const free = { state: 'active', pausedFrom: undefined, pausedUntil: undefined } as const;
    const point = pointOf(1, randomOf(1), {
      ...free,
      zone: 'Asia/Shanghai',
      hours,
      exceptions: [],
      services: ['collect'],
    } as Partial<Point>);
    put(point);
    const facts = (at = NOW) => index.factsOf(point.id, {}, at);
    expect(facts()).toEqual({
      isOpenNow: false,
      opensAt: instant('2026-12-01T01:00:00.000Z'),
      hasCapacityLeft: true,
    });
    expect(facts(instant('2026-12-01T01:00:00.000Z'))).toMatchObject({ isOpenNow: true, opensAt: undefined });
    index.applyFullness([{ pointId: point.id, service: 'collect', startsAt: undefined, isFull: true }]);
    expect(facts()?.hasCapacityLeft).toBe(false);
    put({ ...point, testBehaviour: 'closed' });
    expect(facts()?.opensAt).toBeUndefined();
    put({ ...point, state: 'exited' });
    expect(facts()).toBeUndefined();
  });
});
