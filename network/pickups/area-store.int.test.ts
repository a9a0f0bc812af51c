import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addMs,
  type CountryCode,
  instant,
  type OrganisationId,
  type PersonId,
  refused,
} from '../kernel/index.ts';
import {
  applyCapacities,
  endReservation,
  findArea,
  insertArea,
  listHoursLeft,
  reserveHour,
  writeCapacities,
} from './area-store.ts';
import { findCourierOfCaller, saveCourier } from './courier-store.ts';
import type { Area } from './model.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const HOUR = instant('2026-06-01T08:00:00Z');
const CARRIER = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const WINDOW = {
  startsAt: HOUR,
  endsAt: instant('2026-06-01T09:00:00Z'),
  hours: [{ startsAt: HOUR, hour: 8 }],
};
const AREA: Area = {
  id: newId('par'),
  organisationId: CARRIER,
  code: 'a',
  servesNetwork: false,
  country: 'DE' as CountryCode,
  divisions: [],
  postcodePrefixes: ['101'],
  zone: 'UTC',
  workingHours: [{ weekday: 1, fromHour: 8, toHour: 18 }],
  exceptions: [],
  slot: 'one_hour',
  leadMinutes: 0,
  horizonDays: 7,
  isOn: true,
  hasCapacities: false,
};
const KEY = { organisationId: CARRIER, areaId: AREA.id };

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

const within = <T>(body: Parameters<typeof bed.world.command<T, string>>[1], organisationId = CARRIER) =>
  bed.world.command({ organisationId }, body);
const reserve = () =>
  within(async (work) => {
    const hour = await reserveHour(work.db, KEY, WINDOW, '2026-06-01');
    return hour === undefined ? refused('full', '') : accepted(hour);
  });
const hourRow = async () =>
  (
    await bed.owner.query('select capacity, reserved, used from pickups.capacity_hour where area_id = $1', [
      AREA.id,
    ])
  ).rows[0];

test('64 reservations at once take what there is and no more; used ones are not given back', async () => {
  await within(async (work) => {
    expect(await insertArea(work.db, AREA, NOW)).toBe(true);
    expect(await insertArea(work.db, { ...AREA, id: newId('par') }, NOW)).toBe(false);
    await writeCapacities(work.db, KEY, [{ day: 'daily', hour: 8, capacity: 7 }], true);
    return accepted(undefined);
  });
  const outcomes = await Promise.all(Array.from({ length: 64 }, reserve));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(7);
  expect(await hourRow()).toEqual({ capacity: 7, reserved: 7, used: 0 });
  await within(async (work) => {
    await endReservation(work.db, KEY, HOUR, 'use');
    await endReservation(work.db, KEY, HOUR, 'release');
    return accepted(undefined);
  });
  expect(await hourRow()).toEqual({ capacity: 7, reserved: 5, used: 1 });
  expect((await reserve()).ok).toBe(true);
  expect((await reserve()).ok).toBe(false);
});

test('lowered capacities stop at what is taken, and the table itself refuses more', async () => {
  await within(async (work) => {
    await writeCapacities(work.db, KEY, [{ day: '2026-06-01', hour: 8, capacity: 2 }], false);
    await applyCapacities(work.db, KEY, 'UTC', NOW);
    return accepted(undefined);
  });
  expect(await hourRow()).toEqual({ capacity: 7, reserved: 6, used: 1 });
  const forced = bed.owner.query(
    'update pickups.capacity_hour set reserved = reserved + 1 where area_id = $1',
    [AREA.id],
  );
  await expect(forced).rejects.toMatchObject({ code: '23514' });
});

test('another carrier sees neither areas nor couriers, and a key belongs to one courier', async () => {
  const courier = (of: { callerId?: string; personId?: PersonId }) => ({
    id: newId('cou'),
    organisationId: CARRIER,
    name: 'A',
    phoneTail: undefined,
    areaIds: [AREA.id],
    isOn: true,
    callerId: of.callerId,
    personId: of.personId,
  });
  const key = newId('key');
  const person = newId('per');
  const save = (list: ReturnType<typeof courier>[]) =>
    Promise.all(
      list.map((one) => within(async (work) => accepted(await saveCourier(work.db, one, NOW)))),
    ).then((saved) => saved.map((outcome) => outcome.ok && outcome.value).sort());
  expect(await save([courier({ callerId: key }), courier({ callerId: key })])).toEqual([
    'key_taken',
    'saved',
  ]);
  expect(await save([courier({ personId: person }), courier({ personId: person })])).toEqual([
    'person_taken',
    'saved',
  ]);
  const [byKey, byPerson] = await bed.database.read({ organisationId: CARRIER }, async (db) => [
    await findCourierOfCaller(db, CARRIER, { id: key, personId: undefined }),
    await findCourierOfCaller(db, CARRIER, { id: newId('ses'), personId: person }),
  ]);
  expect(byKey?.callerId).toBe(key);
  expect(byPerson?.personId).toBe(person);
  expect(byPerson?.id).not.toBe(byKey?.id);
  const seen = await bed.database.read({ organisationId: RIVAL }, async (db) => [
    await findArea(db, AREA.id),
    await findCourierOfCaller(db, CARRIER, { id: key, personId: person }),
  ]);
  expect(seen).toEqual([undefined, undefined]);
});

test('a window of two hours is filled hour by hour, in its own area only', async () => {
  const [one, two] = [newId('par'), newId('par')];
  const next = addMs(HOUR, 3_600_000);
  const span = {
    startsAt: HOUR,
    endsAt: addMs(next, 3_600_000),
    hours: [
      { startsAt: HOUR, hour: 8 },
      { startsAt: next, hour: 9 },
    ],
  };
  await within(async (work) => {
    for (const id of [one, two]) {
      const key = { organisationId: CARRIER, areaId: id };
      await insertArea(work.db, { ...AREA, id, code: id }, NOW);
      const hours = [
        { day: 'daily', hour: 8, capacity: 9 },
        { day: '2026-06-01', hour: 8, capacity: 3 },
        { day: 'daily', hour: 9, capacity: 2 },
      ];
      await writeCapacities(work.db, key, hours, true);
    }
    return accepted(undefined);
  });
  const outcomes = await Promise.all(
    Array.from({ length: 24 }, () =>
      within(async (work) => {
        const key = { organisationId: CARRIER, areaId: one };
        const hour = await reserveHour(work.db, key, span, '2026-06-01');
        return hour === undefined ? refused('full', '') : accepted(hour);
      }),
    ),
  );
  const taken = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  expect(taken.toSorted()).toEqual([HOUR, HOUR, HOUR, next, next]);
  const hours = span.hours.map((item) => ({ ...item, date: '2026-06-01' }));
  const left = (areaId: string) =>
    bed.database.read({ organisationId: CARRIER }, (db) =>
      listHoursLeft(db, { organisationId: CARRIER, areaId }, hours),
    );
  expect([await left(one), await left(two)]).toEqual([
    new Map([
      [HOUR, 0],
      [next, 0],
    ]),
    new Map([
      [HOUR, 3],
      [next, 2],
    ]),
  ]);
});
