import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, sqlState } from '../../platform/db/index.ts';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addMs,
  type CountryCode,
  type Instant,
  instant,
  type OrganisationId,
  refused,
} from '../kernel/index.ts';
import type { Pickup } from './model.ts';
import {
  countOpenVisits,
  type Declaration,
  dropShipment,
  type FactRecord,
  findDeclaration,
  findPickup,
  findPickupOfShipment,
  findPickupParts,
  insertPickup,
  listFacts,
  listPickups,
  lockPickup,
  saveDeclaration,
  saveOutcomes,
  savePickup,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const HOUR = instant('2026-06-01T08:00:00Z');
const CARRIER = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const MERCHANT = newId('org') as OrganisationId;
const MARKET = newId('org') as OrganisationId;

let bed: TestWorld;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

const within = <T>(body: Parameters<typeof bed.world.command<T, string>>[1], organisationId = MERCHANT) =>
  bed.world.command({ organisationId }, body);

/** A visit with two shipments of one parcel each, as it is booked. */
function visit(given: Partial<Pickup> = {}): Pickup {
  const shipmentIds = given.shipmentIds ?? [newId('shp'), newId('shp')].toSorted();
  return {
    id: newId('pku'),
    organisationId: MERCHANT,
    clientPlatformId: MARKET,
    carrierId: CARRIER,
    areaId: newId('par'),
    version: 1,
    state: 'placed',
    courierId: undefined,
    senderRef: newId('pty') as Pickup['senderRef'],
    place: { country: 'DE' as CountryCode, city: 'Köln', postcode: '10115' },
    window: { startsAt: HOUR, endsAt: addMs(HOUR, 3_600_000) },
    heldHour: HOUR,
    attempts: 0,
    code: Buffer.from([0, 1, 254, 255]),
    wrongTries: 0,
    reason: undefined,
    cancelledBy: undefined,
    items: shipmentIds.map((shipmentId, at) => ({
      parcelId: `${newId('pcl').slice(0, -1)}${at}` as Pickup['items'][number]['parcelId'],
      shipmentId,
      number: `N${at}`,
      outcome: undefined,
      reason: undefined,
      weightGrams: undefined,
      evidence: [],
    })),
    bookedAt: NOW,
    changedAt: NOW,
    ...given,
    shipmentIds,
  };
}

const fact = (version: number, of: Partial<FactRecord> = {}): FactRecord => ({
  version,
  fact: 'assigned',
  state: 'assigned',
  reason: undefined,
  byCaller: 'key_1',
  evidence: [],
  recordedAt: NOW,
  ...of,
});
const book = (pickup: Pickup) =>
  within(
    async (work) => ((await insertPickup(work.db, pickup)) ? accepted(true) : refused('waits', '')),
    MERCHANT,
  );
const save = (pickup: Pickup, facts: readonly FactRecord[], isOpen = true, as = MERCHANT) =>
  within(async (work) => accepted(await savePickup(work.db, pickup, facts, isOpen)), as).then(
    () => 'saved',
    sqlState,
  );
const read = <T>(body: Parameters<typeof bed.database.read<T>>[1], organisationId = MERCHANT) =>
  bed.database.read({ organisationId }, body);

test('a visit comes back as it was written, and as it was changed', async () => {
  const booked = visit();
  expect((await book(booked)).ok).toBe(true);
  const sorted = (pickup: Pickup) => ({
    ...pickup,
    items: pickup.items.toSorted((one, other) => (one.parcelId < other.parcelId ? -1 : 1)),
  });
  expect(await read((db) => findPickup(db, booked.id))).toEqual(sorted(booked));
  const changed: Pickup = {
    ...booked,
    version: 3,
    state: 'failed',
    courierId: newId('cou'),
    carrierId: RIVAL,
    areaId: newId('par'),
    window: { startsAt: addMs(HOUR, 3_600_000), endsAt: addMs(HOUR, 7_200_000) },
    heldHour: undefined,
    attempts: 2,
    code: Buffer.from([7]),
    wrongTries: 4,
    reason: 'nobody_there',
    cancelledBy: 'carrier',
    changedAt: addMs(NOW, 1),
    items: booked.items.map((item, at) => ({
      ...item,
      outcome: at === 0 ? 'collected' : 'refused',
      reason: at === 0 ? undefined : 'prohibited',
      weightGrams: at === 0 ? 512 : undefined,
      evidence: at === 0 ? [] : ['prf_1', 'prf_2'],
    })),
  };
  const facts = [fact(2), fact(3, { fact: 'failed', state: 'failed', reason: 'x', evidence: ['a', 'b'] })];
  expect(await save(changed, facts)).toBe('saved');
  await within(async (work) => accepted(await saveOutcomes(work.db, changed)), MERCHANT);
  expect(await read((db) => findPickup(db, booked.id))).toEqual(sorted(changed));
  expect(await read((db) => listFacts(db, booked.id))).toEqual(facts);
  expect(await read((db) => findPickupParts(db, booked.id))).toEqual({
    organisationId: MERCHANT,
    clientPlatformId: MARKET,
    carrierId: RIVAL,
    courierId: changed.courierId,
  });
});

test('of two changes of one version one is kept whole, and its facts stay as they are', async () => {
  const booked = visit();
  await book(booked);
  const change = (wrongTries: number) =>
    save({ ...booked, version: 2, wrongTries }, [fact(2, { byCaller: `key_${wrongTries}` })]);
  const both = await Promise.all([change(1), change(2)]);
  expect(both.toSorted()).toEqual(['23505', 'saved']);
  const kept = both.indexOf('saved') + 1;
  expect((await read((db) => findPickup(db, booked.id)))?.wrongTries).toBe(kept);
  expect((await read((db) => listFacts(db, booked.id))).map((one) => one.byCaller)).toEqual([`key_${kept}`]);
  for (const query of [sql`update pickups.fact set reason = 'x'`, sql`delete from pickups.fact`]) {
    const rewritten = within(async (work) => accepted(await work.db.run(query)), MERCHANT);
    expect(await rewritten.then(() => 'done', sqlState)).toBe('42501');
  }
});

test('of many visits booked for a shipment at once one is kept; settled or dropped it waits for another', async () => {
  const shared = newId('shp') as Pickup['shipmentIds'][number];
  const visits = Array.from({ length: 12 }, () => visit({ shipmentIds: [shared, newId('shp')].toSorted() }));
  const outcomes = await Promise.all(visits.map(book));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  const first = visits[outcomes.findIndex((outcome) => outcome.ok)]!;
  const waitsFor = () => read((db) => findPickupOfShipment(db, MERCHANT, shared));
  expect(await waitsFor()).toBe(first.id);
  // Refused ones leave nothing behind.
  for (const other of visits.filter((one) => one !== first)) {
    expect(await read((db) => findPickup(db, other.id))).toBeUndefined();
  }
  await save({ ...first, version: 2, state: 'failed' }, [fact(2)], false);
  expect(await waitsFor()).toBeUndefined();
  const second = visit({ shipmentIds: [shared, newId('shp')].toSorted() });
  expect((await book(second)).ok).toBe(true);
  expect(await waitsFor()).toBe(second.id);
  await within(async (work) => accepted(await dropShipment(work.db, second, shared)), MERCHANT);
  const left = await read((db) => findPickup(db, second.id));
  expect(left?.shipmentIds).toEqual(second.shipmentIds.filter((id) => id !== shared));
  expect(left?.items.map((item) => item.shipmentId)).toEqual(left?.shipmentIds);
  expect(await waitsFor()).toBeUndefined();
});

test('lists come in the order of ids, page by page, for each who has a part; a courier is as busy as his open visits', async () => {
  const [owner, carrier, courierId] = [newId('org'), newId('org'), newId('cou')];
  const later = { startsAt: addMs(HOUR, 7_200_000), endsAt: addMs(HOUR, 10_800_000) };
  const shared = { organisationId: owner, carrierId: carrier, courierId } as const;
  const visits = [
    visit({ ...shared, state: 'assigned' }),
    visit({ ...shared, state: 'collected' }),
    visit({ ...shared, state: 'on_the_way', window: later }),
    visit({ ...shared, state: 'placed', courierId: undefined }),
  ];
  await within(async (work) => {
    for (const one of visits.toReversed()) await insertPickup(work.db, one);
    return accepted(undefined);
  }, owner);
  const sorted = visits.map((one) => one.id).toSorted();
  const list = (as: OrganisationId, after = '', limit = 10, states?: readonly Pickup['state'][]) =>
    read(
      async (db) =>
        (await listPickups(db, { kind: 'organisation', id: as }, states, after, limit)).map((one) => one.id),
      as,
    );
  expect(await list(owner)).toEqual(sorted);
  expect(await list(carrier, '', 2)).toEqual(sorted.slice(0, 2));
  expect(await list(carrier, sorted[1], 2)).toEqual(sorted.slice(2));
  expect(await list(owner, '', 10, ['collected'])).toEqual([visits[1]!.id]);
  expect(await list(newId('org'))).toEqual([]);
  const viewer = { kind: 'courier', carrierId: carrier, courierId } as const;
  const own = await read((db) => listPickups(db, viewer, ['assigned', 'on_the_way'], '', 10), carrier);
  expect(own.map((one) => one.id)).toEqual([visits[0]!.id, visits[2]!.id].toSorted());
  const busy = (from: Instant, to: Instant) => read((db) => countOpenVisits(db, carrier, from, to), carrier);
  expect(await busy(HOUR, later.startsAt)).toEqual(new Map([[courierId, 1]]));
  expect(await busy(HOUR, later.endsAt)).toEqual(new Map([[courierId, 2]]));
});

test('a courier is busy with visits that lie before him, not with those that he made or never got', async () => {
  const carrier = newId('org') as OrganisationId;
  const states = ['assigned', 'accepted', 'on_the_way', 'code_verified'] as const;
  const over = ['collected', 'handed_over', 'failed', 'cancelled', 'placed'] as const;
  const visits = [...states, ...over].map((state) =>
    visit({ carrierId: carrier, courierId: newId('cou'), state }),
  );
  await within(async (work) => {
    for (const one of visits) await insertPickup(work.db, one);
    return accepted(undefined);
  }, MERCHANT);
  const busy = await read((db) => countOpenVisits(db, carrier, HOUR, addMs(HOUR, 1)), carrier);
  expect(busy).toEqual(new Map(visits.slice(0, states.length).map((one) => [one.courierId, 1])));
});

test('a stranger sees nothing of a visit; its carrier sees it and cannot write it', async () => {
  const booked = visit();
  await book(booked);
  await save({ ...booked, version: 2 }, [fact(2)]);
  for (const [as, seen] of [
    [MARKET, booked.id],
    [CARRIER, booked.id],
    [RIVAL, undefined],
  ] as const) {
    expect((await read((db) => findPickup(db, booked.id), as))?.id).toBe(seen);
    expect(await save({ ...booked, version: 3, reason: 'theirs' }, [fact(3)], true, as)).toBe('42501');
    const stolen = within(async (work) => accepted(await insertPickup(work.db, visit())), as);
    expect(await stolen.then(() => 'done', sqlState)).toBe('42501');
  }
  await read(async (db) => {
    expect(await findPickupParts(db, booked.id)).toBeUndefined();
    for (const table of [sql`pickups.item`, sql`pickups.pickup_shipment`, sql`pickups.fact`]) {
      expect(await db.rows(sql`select 1 from ${table} where pickup_id = ${booked.id}`)).toEqual([]);
    }
  }, RIVAL);
  const lockedBy = (as: OrganisationId) =>
    within(async (work) => accepted(await lockPickup(work.db, MERCHANT, booked.id)), as);
  expect(await lockedBy(RIVAL)).toEqual(accepted(undefined));
  expect(await lockedBy(MERCHANT)).toMatchObject({ value: { id: booked.id, version: 2, reason: undefined } });
});

test('a declaration said again changes the one there is; its warehouse reads it, nobody else', async () => {
  const warehouseId = newId('org') as OrganisationId;
  const first: Declaration = {
    organisationId: MERCHANT,
    shipmentId: newId('shp'),
    kind: 'drop_off',
    warehouseId,
    carrierName: undefined,
    number: undefined,
    declaredAt: NOW,
  };
  const declare = (declaration: Declaration, as = MERCHANT) =>
    within(async (work) => accepted(await saveDeclaration(work.db, declaration, 'key_1')), as).then(
      () => 'saved',
      sqlState,
    );
  const seenBy = (as: OrganisationId) => read((db) => findDeclaration(db, first.shipmentId), as);
  expect(await declare(first)).toBe('saved');
  expect(await seenBy(MERCHANT)).toEqual(first);
  const posted: Declaration = { ...first, kind: 'self_post', carrierName: 'DHL', number: 'D1' };
  expect([await declare(posted), await declare(posted)]).toEqual(['saved', 'saved']);
  expect(await declare({ ...posted, number: undefined })).toBe('23514');
  expect(await declare({ ...posted, shipmentId: newId('shp') }, warehouseId)).toBe('42501');
  expect([await seenBy(MERCHANT), await seenBy(warehouseId), await seenBy(RIVAL)]).toEqual([
    posted,
    posted,
    undefined,
  ]);
});
