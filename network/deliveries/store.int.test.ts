import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, sqlState } from '../../platform/db/index.ts';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  type CountryCode,
  instant,
  money,
  type OrganisationId,
  type ParcelId,
  type ShipmentId,
} from '../kernel/index.ts';
import {
  bindProof,
  insertProof,
  listNamedProofBlobs,
  listWishes,
  lockWish,
  type Proof,
  saveWish,
} from './door-store.ts';
import type { Delivery, DeliveryRun, Wish } from './model.ts';
import {
  findRun,
  hasCash,
  insertCash,
  insertHandIn,
  insertRun,
  listPaid,
  listRunCash,
  lockOpenRun,
  saveRun,
} from './run-store.ts';
import {
  findDelivery,
  findReport,
  hasOpenDelivery,
  listDeliveries,
  listDeliveriesOfCourier,
  listDeliveriesOfRun,
  lockDeliveries,
  type StepRecord,
  saveDeliveries,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const CARRIER = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;
const MERCHANT = newId('org') as OrganisationId;

let bed: TestWorld;
let counter = 0;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

type Work = Parameters<Parameters<typeof bed.world.command>[1]>[0];
async function within<T>(body: (work: Work) => Promise<T>, organisationId = CARRIER): Promise<T> {
  const outcome = await bed.world.command({ organisationId }, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}
const read = <T>(body: (db: Work['db']) => Promise<T>, organisationId = CARRIER) =>
  bed.world.read({ organisationId }, body);

function delivery(over: Partial<Delivery> = {}): Delivery {
  counter += 1;
  return {
    id: newId('dlv'),
    organisationId: CARRIER,
    parcelId: newId('pcl') as ParcelId,
    shipmentId: newId('shp') as ShipmentId,
    number: `N${counter}`,
    merchantId: MERCHANT,
    clientPlatformId: undefined,
    to: { country: 'DE' as CountryCode, postcode: '10115' },
    undeliverable: 'return',
    cashOnDelivery: undefined,
    state: 'assigned',
    version: 1,
    runId: undefined,
    courierId: undefined,
    stop: undefined,
    attempts: 0,
    lastAttemptAt: undefined,
    outAt: undefined,
    holdUntil: undefined,
    reason: undefined,
    signKind: undefined,
    flags: [],
    proofIds: [],
    createdAt: NOW,
    changedAt: NOW,
    ...over,
  };
}
function step(of: Delivery, over: Partial<StepRecord> = {}): StepRecord {
  return {
    deliveryId: of.id,
    version: of.version,
    fact: 'assigned',
    state: of.state,
    reason: undefined,
    evidence: undefined,
    clientId: undefined,
    digest: undefined,
    byCaller: 'key',
    occurredAt: NOW,
    ...over,
  };
}
const save = (deliveries: readonly Delivery[], steps: readonly StepRecord[] = []) =>
  within((work) => saveDeliveries(work.db, CARRIER, deliveries, steps, NOW));
async function run(over: Partial<DeliveryRun> = {}): Promise<DeliveryRun> {
  const made: DeliveryRun = {
    id: newId('run'),
    organisationId: CARRIER,
    courierId: newId('cou'),
    day: '2026-06-01',
    state: 'planned',
    version: 1,
    departedAt: undefined,
    closedAt: undefined,
    createdAt: NOW,
    ...over,
  };
  await within((work) => insertRun(work.db, made, 'key'));
  return made;
}

test('a delivery comes back as it was saved, and a second save changes it', async () => {
  const first = delivery({ cashOnDelivery: money(500, 'EUR'), flags: ['far_from_address'] });
  await save([first], [step(first)]);
  expect(await read((db) => findDelivery(db, first.id))).toEqual(first);
  const next: Delivery = {
    ...first,
    version: 2,
    state: 'delivered',
    attempts: 1,
    lastAttemptAt: NOW,
    signKind: 'door',
    proofIds: [newId('prf'), newId('prf')],
    flags: [],
  };
  await save([next]);
  expect(await read((db) => findDelivery(db, first.id))).toEqual(next);
});

test('a parcel has one delivery of a carrier, and one history: a version or a report is written once', async () => {
  const first = delivery();
  await save([first], [step(first, { clientId: 'c1', digest: new Uint8Array([7, 0, 255]) })]);
  const again = delivery({ parcelId: first.parcelId });
  expect(await save([again]).catch(sqlState)).toBe('23505');
  expect(await save([first], [step(first)]).catch(sqlState)).toBe('23505');
  const repeated = step({ ...first, version: 2 }, { clientId: 'c1', digest: new Uint8Array([1]) });
  expect(await save([first], [repeated]).catch(sqlState)).toBe('23505');
  const key = { organisationId: CARRIER, deliveryId: first.id, clientId: 'c1' };
  expect([...((await read((db) => findReport(db, key))) ?? [])]).toEqual([7, 0, 255]);
  expect(await read((db) => findReport(db, { ...key, clientId: 'c2' }))).toBeUndefined();
});

test('writers that lock the same deliveries in opposite order never wait in a circle', async () => {
  const both = [delivery(), delivery()];
  await save(both);
  const ids = both.map((one) => one.id);
  const turns = Array.from({ length: 20 }, (_, turn) =>
    within(async (work) => {
      const locked = await lockDeliveries(work.db, CARRIER, turn % 2 === 0 ? ids : ids.toReversed());
      await saveDeliveries(
        work.db,
        CARRIER,
        locked.map((one) => ({ ...one, version: one.version + 1 })),
        [],
        NOW,
      );
    }),
  );
  await Promise.all(turns);
  expect((await read((db) => findDelivery(db, ids[0] ?? '')))?.version).toBe(21);
});

test('stops come in their order; a courier’s day holds that day’s runs alone', async () => {
  const today = await run();
  const tomorrow = await run({ courierId: today.courierId, day: '2026-06-02' });
  const on = (of: DeliveryRun, stop: number) =>
    delivery({ runId: of.id, courierId: of.courierId, stop, state: 'out_for_delivery' });
  const [third, first, later] = [on(today, 3), on(today, 1), on(tomorrow, 1)];
  await save([third, first, later]);
  await read(async (db) => {
    expect((await listDeliveriesOfRun(db, CARRIER, today.id)).map((one) => one.stop)).toEqual([1, 3]);
    const key = { organisationId: CARRIER, courierId: today.courierId };
    const day = await listDeliveriesOfCourier(db, { ...key, day: '2026-06-01' });
    expect(day.map((one) => one.id)).toEqual([first.id, third.id]);
    const open = (states: readonly string[]) =>
      hasOpenDelivery(db, { ...key, shipmentIds: [later.shipmentId], states });
    expect([await open(['out_for_delivery']), await open(['delivered'])]).toEqual([true, false]);
  });
});

test('the open run of a courier and day is found until it departs, with its day as it was named', async () => {
  const made = await run({ day: '2026-12-31' });
  const open = () =>
    within((work) =>
      lockOpenRun(work.db, { organisationId: CARRIER, courierId: made.courierId, day: '2026-12-31' }),
    );
  expect(await open()).toEqual(made);
  const gone: DeliveryRun = { ...made, state: 'under_way', version: 2, departedAt: NOW };
  await within((work) => saveRun(work.db, gone));
  expect(await open()).toBeUndefined();
  expect(await read((db) => findRun(db, made.id))).toEqual(gone);
});

test('cash of a shipment is taken once, also by many at once, and what a courier owes is taken less handed in', async () => {
  const tour = await run();
  const cod = delivery({ runId: tour.id, courierId: tour.courierId });
  const taken = await Promise.all(
    Array.from({ length: 8 }, () => within((work) => insertCash(work.db, cod, money(1_200, 'EUR'), NOW))),
  );
  expect(taken.filter(Boolean)).toHaveLength(1);
  const other = delivery({ runId: tour.id, courierId: tour.courierId });
  await within((work) => insertCash(work.db, other, money(300, 'USD'), NOW));
  for (const amountMinor of [200, 1_000])
    await within((work) =>
      insertHandIn(
        work.db,
        {
          id: newId('chi'),
          organisationId: CARRIER,
          runId: tour.id,
          amount: money(amountMinor, 'EUR'),
          byCaller: 'key',
        },
        NOW,
      ),
    );
  await read(async (db) => {
    expect(await listRunCash(db, CARRIER, tour.id)).toEqual([
      { currency: 'EUR', collectedMinor: 1_200, handedInMinor: 1_200, owedMinor: 0 },
      { currency: 'USD', collectedMinor: 300, handedInMinor: 0, owedMinor: 300 },
    ]);
    expect(await hasCash(db, CARRIER, cod.shipmentId)).toBe(true);
    expect(await listPaid(db, CARRIER, [cod.shipmentId, newId('shp')])).toEqual(new Set([cod.shipmentId]));
  });
  for (const table of [sql`deliveries.cash`, sql`deliveries.cash_hand_in`]) {
    const wiped = within((work) => work.db.run({ ...table, text: `delete from ${table.text}` }));
    expect(await wiped.catch(sqlState)).toBe('42501');
  }
  expect(await within((work) => insertCash(work.db, delivery(), money(0, 'EUR'), NOW)).catch(sqlState)).toBe(
    '23514',
  );
});

function proof(over: Partial<Proof> = {}): Proof {
  const id = newId('prf');
  return {
    id,
    organisationId: CARRIER,
    kind: 'photo',
    contentType: 'image/jpeg',
    sizeBytes: 3,
    sha256: new Uint8Array([1, 2]),
    blobKey: `proofs/live/${id}`,
    sealed: undefined,
    deliveryId: undefined,
    shipmentId: undefined,
    byCaller: 'key_1',
    ...over,
  };
}

test('a proof proves one delivery, for the one who took it; of two at once one gets it', async () => {
  const photo = proof();
  await within((work) => insertProof(work.db, photo, NOW));
  const bind = (deliveryId: string, byCaller = 'key_1') =>
    within((work) =>
      bindProof(work.db, { organisationId: CARRIER, proofId: photo.id, deliveryId, byCaller }),
    );
  expect(await bind(newId('dlv'), 'key_2')).toBe(false);
  const bound = await Promise.all([newId('dlv'), newId('dlv'), newId('dlv')].map((id) => bind(id)));
  expect(bound.filter(Boolean)).toHaveLength(1);
  expect(await bind(newId('dlv'))).toBe(false);
  // Bytes lie in one place: in the store or in the row.
  for (const over of [{ blobKey: undefined }, { sealed: new Uint8Array([1]) }])
    expect(await within((work) => insertProof(work.db, proof(over), NOW)).catch(sqlState)).toBe('23514');
});

test('the sweeper learns which blobs proofs name, by the whole key', async () => {
  const [photo, signature] = [
    proof(),
    proof({ kind: 'signature', blobKey: undefined, sealed: new Uint8Array([1]) }),
  ];
  await within(async (work) => {
    await insertProof(work.db, photo, NOW);
    await insertProof(work.db, signature, NOW);
  });
  const key = photo.blobKey ?? '';
  const asked = [
    key,
    `proofs/test/${photo.id}`,
    `proofs/live/${signature.id}`,
    `proofs/live/${newId('prf')}`,
  ];
  const named = await bed.world.read('network', (db) => listNamedProofBlobs(db, asked));
  expect(named).toEqual(new Set([key]));
});

test('a wish that was never said is the neutral one; a said one is replaced whole', async () => {
  const [shipmentId, silent] = [newId('shp') as ShipmentId, newId('shp') as ShipmentId];
  const lock = (id: string) => within((work) => lockWish(work.db, MERCHANT, id), MERCHANT);
  const neutral = await lock(silent);
  expect(neutral).toMatchObject({ shipmentId: silent, safePlace: [], isPinRequired: false });
  const wish: Wish = {
    ...neutral,
    shipmentId,
    safePlace: ['door'],
    pinHash: 'h',
    isPinRequired: true,
    version: 1,
  };
  await within((work) => saveWish(work.db, MERCHANT, wish, NOW), MERCHANT);
  expect(await lock(shipmentId)).toEqual(wish);
  const changed: Wish = { ...wish, safePlace: [], pinHash: undefined, pinWrongTries: 2, version: 2 };
  await within((work) => saveWish(work.db, MERCHANT, changed, NOW), MERCHANT);
  const wishes = await read((db) => listWishes(db, MERCHANT, [shipmentId, silent]), MERCHANT);
  expect([...wishes]).toEqual([[shipmentId, changed]]);
});

test('pages follow each other, a state narrows them, and a rival carrier sees nothing', async () => {
  const state = 'held';
  const made = Array.from({ length: 5 }, () => delivery({ state: state as Delivery['state'] }));
  await save(made);
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = await read((db) => listDeliveries(db, CARRIER, { state, after }, 2));
    seen.push(...page.map((one) => one.id));
    if (page.length < 2) break;
    after = page.at(-1)?.id ?? '';
  }
  expect(seen).toEqual(made.map((one) => one.id).toSorted());
  await read(async (db) => {
    expect(await findDelivery(db, seen[0] ?? '')).toBeUndefined();
    expect(await listDeliveries(db, CARRIER, { state: undefined, after: '' }, 10)).toEqual([]);
  }, RIVAL);
  const theirs = within((work) => saveDeliveries(work.db, CARRIER, [delivery()], [], NOW), RIVAL);
  expect(await theirs.catch(sqlState)).toBe('42501');
});
