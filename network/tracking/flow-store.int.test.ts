import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Work } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addDays,
  type CountryCode,
  instant,
  msOf,
  type OrganisationId,
  type ParcelId,
} from '../kernel/index.ts';
import { bucketOf } from './bucket.policy.ts';
import { countLanes, deleteMotions, type LaneCount, type Motion, saveMotions } from './flow-store.ts';
import type { Leg } from './model.ts';
import { mintedParcel } from './parcel.ts';
import { id } from './tracking.fixture.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const WRITERS = 64;
const PLATFORM = id('org', 7) as OrganisationId;
const parcelOf = (serial: number) => id('pcl', serial) as ParcelId;

let bed: TestWorld;
let owner: { query(text: string): Promise<{ rows: Record<string, unknown>[] }> };
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
  owner = bed.owner;
});
afterAll(() => bed?.stop());

async function within<T>(body: (work: Work) => Promise<T>): Promise<T> {
  const outcome = await bed.world.command('network', async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}
const count = (whose?: string, limit = 10_000) =>
  bed.world.read('network', (db) => countLanes(db, whose, NOW, limit));

type Move = {
  leg: Leg | undefined;
  at: number;
  to: number;
  lateDays: number;
  stuckDays: number;
  own: boolean;
};
const CITIES = ['Utrecht', '上海', 'São Paulo', undefined];
const place = (index: number) => {
  const city = CITIES[index];
  return { country: 'NL' as CountryCode, ...(city === undefined ? {} : { city }) };
};
function motionOf(serial: number, move: Move): Motion {
  const parcel = {
    ...mintedParcel(parcelOf(serial), `N${serial}`, '', NOW),
    bucket: bucketOf(parcelOf(serial)),
    clientPlatformId: move.own ? PLATFORM : undefined,
    destination: place(move.to),
    promise:
      move.lateDays === 0
        ? undefined
        : { kind: 'PROMISE' as const, earliest: NOW, latest: addDays(NOW, move.lateDays) },
  };
  return { parcel, leg: move.leg, at: place(move.at), stuckAtMs: msOf(addDays(NOW, move.stuckDays)) };
}
const move = fc.record({
  leg: fc.constantFrom<(Leg | undefined)[]>('origin', 'linehaul', 'last_mile', undefined),
  at: fc.nat({ max: CITIES.length - 1 }),
  to: fc.nat({ max: CITIES.length - 1 }),
  lateDays: fc.integer({ min: -2, max: 2 }),
  stuckDays: fc.integer({ min: -2, max: 2 }),
  own: fc.boolean(),
});

/** What the answer must be: the last move of each parcel, counted in plain words. */
function countedIn(last: ReadonlyMap<number, Move>, isOwnOnly: boolean): Map<string, number[]> {
  const lanes = new Map<string, number[]>();
  for (const { leg, at, to, lateDays, stuckDays, own } of last.values()) {
    if (leg === undefined || (isOwnOnly && !own)) continue;
    const key = [leg, CITIES[at] ?? '-', CITIES[to] ?? '-'].join(' ');
    const [parcels, late, stuck] = lanes.get(key) ?? [0, 0, 0];
    lanes.set(key, [parcels! + 1, late! + Number(lateDays < 0), stuck! + Number(stuckDays < 0)]);
  }
  return lanes;
}
const keyOf = (lane: LaneCount) => [lane.leg, lane.atCity ?? '-', lane.toCity ?? '-'].join(' ');

test('what many writers at once write and take away is counted as if each parcel were counted by hand', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(move, { minLength: 1, maxLength: 4 }), { minLength: WRITERS, maxLength: WRITERS }),
      async (lives) => {
        await owner.query('truncate tracking.motion, tracking.lane');
        // Each writer moves two parcels of its own, both in one statement; all meet on the same new lanes.
        await Promise.all(
          lives.map(async (life, writer) => {
            for (const step of life)
              await within(async (work) =>
                saveMotions(work.db, [motionOf(writer, step), motionOf(WRITERS + writer, step)]),
              );
          }),
        );
        const last = new Map(
          lives.flatMap((life, at) => [at, WRITERS + at].map((key) => [key, life.at(-1)!])),
        );
        for (const whose of [undefined, PLATFORM]) {
          const wanted = countedIn(last, whose !== undefined);
          const { lanes, totals } = await count(whose);
          expect(new Map(lanes.map((lane) => [keyOf(lane), [lane.parcels, lane.late, lane.stuck]]))).toEqual(
            wanted,
          );
          const sum = (which: number) =>
            [...wanted.values()].reduce((total, lane) => total + lane[which]!, 0);
          expect(totals).toEqual({ lanes: wanted.size, parcels: sum(0), late: sum(1), stuck: sum(2) });
        }
      },
    ),
    { numRuns: 5 },
  );
}, 60_000);

test('the largest lanes are named, and the sums are of all of them', async () => {
  await owner.query('truncate tracking.motion, tracking.lane');
  const still = { leg: 'origin', to: 0, lateDays: 0, stuckDays: 1, own: false } as const;
  const moves = [0, 1, 1, 2, 2, 2].map((at, serial) => motionOf(serial, { ...still, at }));
  await within(async (work) => saveMotions(work.db, moves));
  const { totals, lanes } = await count(undefined, 2);
  expect(lanes.map((lane) => [lane.atCity, lane.parcels])).toEqual([
    ['São Paulo', 3],
    ['上海', 2],
  ]);
  expect(totals).toEqual({ lanes: 3, parcels: 6, late: 0, stuck: 0 });
  await within((work) => deleteMotions(work.db, [parcelOf(3), parcelOf(4)]));
  expect((await count()).totals).toEqual({ lanes: 3, parcels: 4, late: 0, stuck: 0 });
});

test('places that run into each other when they are joined are lanes of their own', async () => {
  const { rows } = await owner.query(`
    select tracking.lane_id('origin', 'NL', 'a', 'NL', null) as a, tracking.lane_id('origin', 'NL', null, 'NL', 'a') as b,
      tracking.lane_id('origin', 'NL', 'aNL', null, null) as c, tracking.lane_id('origin', 'NL', '', 'NL', 'a') as d`);
  const { a, b, c, d } = rows[0]!;
  expect(new Set([a, b, c]).size).toBe(3);
  // A text of no length is no text; no place is told so.
  expect(d).toBe(b);
});
