import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlState } from '../../platform/db/index.ts';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import {
  accepted,
  addMs,
  type CountryCode,
  instant,
  money,
  type OrganisationId,
  type ParcelId,
} from '../kernel/index.ts';
import { listOpenShipmentsOfParty, listParcelsOfCarrier } from './carrier-parcels-store.ts';
import {
  findInterception,
  type Interception,
  insertInterception,
  listIntercepted,
  listInterceptions,
  lockInterception,
  saveInterception,
} from './interception-store.ts';
import type { Shipment } from './model.ts';
import {
  findBuyingTotal,
  findShipment,
  insertShipment,
  listParts,
  listShipments,
  listSteps,
  lockShipment,
  noteParcelStatuses,
  saveShipment,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const [MERCHANT, CLIENT, CARRIER, WAREHOUSE, RIVAL] = Array.from(
  { length: 5 },
  () => newId('org') as OrganisationId,
) as [OrganisationId, OrganisationId, OrganisationId, OrganisationId, OrganisationId];
const ANY = { part: undefined, states: undefined, orderRef: undefined, acknowledgement: undefined };

let bed: TestWorld;
let counter = 0;
beforeAll(async () => {
  bed = await startTestWorld({ now: () => NOW });
});
afterAll(() => bed?.stop());

type Work = Parameters<Parameters<typeof bed.world.command>[1]>[0];
async function within<T>(body: (work: Work) => Promise<T>, organisationId = MERCHANT): Promise<T> {
  const outcome = await bed.world.command({ organisationId }, async (work) => accepted(await body(work)));
  if (!outcome.ok) throw new Error('refused');
  return outcome.value;
}
const read = <T>(body: (db: Work['db']) => Promise<T>, organisationId = MERCHANT) =>
  bed.world.read({ organisationId }, body);

function parcel(index: number): Shipment['parcels'][number] {
  counter += 1;
  return {
    id: newId('pcl') as ParcelId,
    index,
    waybillId: newId('wbl'),
    number: `PRE${counter}`,
    weightGrams: 500,
    size: undefined,
    measured: undefined,
  };
}
function shipment(over: Partial<Shipment> = {}): Shipment {
  counter += 1;
  const place = { country: 'DE' as CountryCode, postcode: '10115' };
  return {
    id: newId('shp'),
    organisationId: MERCHANT,
    clientPlatformId: CLIENT,
    version: 1,
    state: 'wait_receive',
    orderRef: `o${counter}`,
    offerId: newId('ofr'),
    lineCode: 'line',
    carrierCode: 'carrier',
    carrierId: CARRIER,
    warehouseId: WAREHOUSE,
    handover: 'drop_off',
    undeliverable: 'return',
    senderRef: newId('pty'),
    recipientRef: newId('pty'),
    from: place,
    to: place,
    goods: [],
    parcels: [parcel(0), parcel(1)],
    incoterm: undefined,
    orderAmount: undefined,
    cashOnDelivery: undefined,
    insuredAmount: undefined,
    quoted: { lines: [], total: money(700, 'EUR') } as unknown as Shipment['quoted'],
    charged: undefined,
    freight: 'reserved',
    holdSetId: undefined,
    promise: { kind: 'PROMISE', earliest: NOW, latest: addMs(NOW, 1) },
    acknowledgement: 'pending' as Shipment['acknowledgement'],
    reason: undefined,
    synthetic: false,
    purchasedAt: NOW,
    changedAt: NOW,
    ...over,
  };
}
async function saved(over: Partial<Shipment> = {}): Promise<Shipment> {
  const made = shipment(over);
  await within(async (work) => insertShipment(work.db, made, money(400, 'EUR'), 'key'));
  return made;
}
const move = (of: Shipment, step = 'moved') =>
  within((work) =>
    saveShipment(work.db, of, {
      step,
      reason: of.reason,
      evidence: { seen: true },
      byCaller: 'key',
      occurredAt: NOW,
    }),
  );

test('a shipment comes back as it was written: parcels in order, parts, first step, buying price', async () => {
  const made = shipment();
  const turned = { ...made, parcels: made.parcels.toReversed() };
  await within(async (work) => insertShipment(work.db, turned, money(400, 'EUR'), 'key'));
  await read(async (db) => {
    expect(await findShipment(db, made.id)).toEqual(made);
    expect(await findBuyingTotal(db, made.id)).toEqual(money(400, 'EUR'));
    expect((await listSteps(db, made.id)).map((one) => [one.version, one.step])).toEqual([[1, 'purchase']]);
  });
  const parts = await bed.world.read('network', (db) => listParts(db, made.id));
  expect(new Map(parts.map((one) => [one.part, one.organisationId]))).toEqual(
    new Map([
      ['own', MERCHANT],
      ['client', CLIENT],
      ['carrier', CARRIER],
      ['warehouse', WAREHOUSE],
    ]),
  );
});

test('a step changes state, measures and the state by which every party lists it, and is history once', async () => {
  const made = await saved();
  const measured = { weightGrams: 510 } as NonNullable<Shipment['parcels'][number]['measured']>;
  const next: Shipment = {
    ...made,
    version: 2,
    state: 'wait_send',
    parcels: made.parcels.map((one) => (one.index === 0 ? { ...one, measured } : one)),
    reason: 'weighed',
  };
  await move(next);
  expect(await read((db) => findShipment(db, made.id))).toEqual(next);
  for (const viewer of [MERCHANT, CLIENT, CARRIER, WAREHOUSE]) {
    const found = (states: readonly string[]) =>
      bed.world.read('network', (db) => listShipments(db, viewer, { ...ANY, states }, undefined, 200));
    expect((await found(['wait_send'])).map((one) => one.id)).toContain(made.id);
    expect((await found(['wait_receive'])).map((one) => one.id)).not.toContain(made.id);
  }
  expect(await move(next).catch(sqlState)).toBe('23505');
});

test('two writers of one shipment come one after the other', async () => {
  const made = await saved();
  const turn = () =>
    within(async (work) => {
      const locked = await lockShipment(work.db, MERCHANT, made.id);
      if (locked === undefined) throw new Error('gone');
      const change = { step: 'x', reason: undefined, evidence: undefined, byCaller: 'key', occurredAt: NOW };
      await saveShipment(work.db, { ...locked, version: locked.version + 1 }, change);
    });
  await Promise.all(Array.from({ length: 12 }, turn));
  const steps = await read((db) => listSteps(db, made.id));
  expect(steps.map((one) => one.version)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
});

test('pages go from the newest down without hole or double, also for one who has two parts', async () => {
  const both = newId('org') as OrganisationId;
  const made = [];
  for (let index = 0; index < 5; index += 1)
    made.push((await saved({ carrierId: both, warehouseId: both })).id as string);
  const seen: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await bed.world.read('network', (db) => listShipments(db, both, ANY, before, 2));
    seen.push(...page.map((one) => one.id));
    if (page.length < 2) break;
    before = page.at(-1)?.id;
  }
  expect(seen).toEqual(made.toSorted().toReversed());
});

test('filters of the shipment look behind the newest page', async () => {
  const owner = newId('org') as OrganisationId;
  const insert = (over: Partial<Shipment>) =>
    within(
      async (work) => insertShipment(work.db, shipment({ organisationId: owner, ...over }), undefined, 'k'),
      owner,
    );
  await insert({ orderRef: 'wanted' });
  for (let index = 0; index < 4; index += 1) await insert({});
  const filter = { ...ANY, orderRef: 'wanted' };
  const found = await bed.world.read('network', (db) => listShipments(db, owner, filter, undefined, 2));
  expect(found.map((one) => one.orderRef)).toEqual(['wanted']);
});

test('a number that was used again answers the carrier its newest parcel; a stranger gets none', async () => {
  const old = await saved();
  const number = old.parcels[0]?.number ?? '';
  const again = await saved({ parcels: [{ ...parcel(0), number }] });
  const ask = (carrierId: string) =>
    bed.world.read('network', (db) =>
      listParcelsOfCarrier(db, carrierId, [number, old.parcels[1]?.id ?? '', 'nothing']),
    );
  expect(new Map((await ask(CARRIER)).map((one) => [one.number, one.parcelId]))).toEqual(
    new Map([
      [number, again.parcels[0]?.id],
      [old.parcels[1]?.number, old.parcels[1]?.id],
    ]),
  );
  expect(await ask(RIVAL)).toEqual([]);
});

test('shipments under way of a party: as sender or recipient, until they are final', async () => {
  const party = newId('pty');
  const [sent, got] = [await saved({ senderRef: party }), await saved({ recipientRef: party })];
  const open = async () =>
    (await bed.world.read('network', (db) => listOpenShipmentsOfParty(db, party))).map(
      (one) => one.shipmentId,
    );
  expect(await open()).toEqual([got.id, sent.id].toSorted().toReversed());
  await move({ ...got, version: 2, state: 'delivered' });
  expect(await open()).toEqual([sent.id]);
});

test('the status of one parcel is answered with those of its whole shipment', async () => {
  const made = await saved();
  const [a, b] = made.parcels.map((one) => one.id);
  const note = async (parcelId: string | undefined, status: string) => {
    const noted = await within((work) => noteParcelStatuses(work.db, [{ parcelId: parcelId ?? '', status }]));
    return noted.map((one) => [one.shipmentId, one.statuses.toSorted()]);
  };
  expect(await note(a, 'delivered')).toEqual([[made.id, ['delivered', undefined]]]);
  expect(await note(b, 'lost')).toEqual([[made.id, ['delivered', 'lost']]]);
  expect(await note('pcl_none', 'lost')).toEqual([]);
});

test('statuses of several parcels are noted at once, and each answer knows the others', async () => {
  const [made, other] = [await saved(), await saved()];
  const [a, b] = made.parcels;
  const [c] = other.parcels;
  const noted = await within((work) =>
    noteParcelStatuses(work.db, [
      { parcelId: a?.id ?? '', status: 'info_received' },
      { parcelId: b?.id ?? '', status: 'not_found' },
      { parcelId: c?.id ?? '', status: 'cancelled' },
      { parcelId: 'pcl_none', status: 'lost' },
    ]),
  );
  const byParcel = new Map(noted.map((one) => [one.parcelId, one]));
  expect(byParcel.size).toBe(3);
  expect(byParcel.get(a?.id ?? '')).toMatchObject({
    organisationId: MERCHANT,
    shipmentId: made.id,
    waybillId: a?.waybillId,
    statuses: ['info_received', 'not_found'],
  });
  expect(byParcel.get(b?.id ?? '')?.statuses).toEqual(['not_found', 'info_received']);
  expect(byParcel.get(c?.id ?? '')).toMatchObject({
    shipmentId: other.id,
    statuses: ['cancelled', undefined],
  });
});

function interception(of: Shipment, over: Partial<Interception> = {}): Interception {
  return {
    id: newId('icp'),
    organisationId: MERCHANT,
    shipmentId: of.id,
    numbers: of.parcels.map((parcel) => parcel.number),
    carrierId: CARRIER,
    kind: 'return',
    state: 'requested',
    reason: undefined,
    recipientRef: undefined,
    to: undefined,
    fee: money(100, 'EUR'),
    chargeId: undefined,
    version: 1,
    requestedAt: NOW,
    changedAt: NOW,
    ...over,
  };
}
const ask = (one: Interception) => within((work) => insertInterception(work.db, one, 'key'));

test('one interception of a shipment is open, also when many ask at once; a new one when it ended', async () => {
  const made = await saved();
  const all = Array.from({ length: 8 }, () => interception(made));
  const won = await Promise.all(all.map(ask));
  expect(won.filter(Boolean)).toHaveLength(1);
  const open = all[won.indexOf(true)] as Interception;
  await within((work) => saveInterception(work.db, { ...open, state: 'accepted', version: 2 }));
  expect(await ask(interception(made))).toBe(false);
  const failed: Interception = { ...open, state: 'failed', version: 3, reason: 'too late', chargeId: 'c1' };
  await within((work) => saveInterception(work.db, failed));
  expect(await read((db) => findInterception(db, open.id))).toEqual(failed);
  expect(await ask(interception(made))).toBe(true);
});

test('what is asked to stop or came back does not go out; what failed, ended or moved house does', async () => {
  const table = [
    ['return', 'requested', true],
    ['return', 'accepted', true],
    ['return', 'done', true],
    ['return', 'failed', false],
    ['return', 'cancelled', false],
    ['address_change', 'requested', true],
    ['address_change', 'accepted', true],
    ['address_change', 'done', false],
    ['address_change', 'failed', false],
  ] as const;
  const stopped = new Map<string, boolean>();
  for (const [kind, state, isStopped] of table) {
    const made = await saved();
    await ask(interception(made, { kind, state }));
    stopped.set(made.id, isStopped);
  }
  const found = await bed.world.read('network', (db) => listIntercepted(db, [...stopped.keys(), 'shp_none']));
  expect(found).toEqual(new Set([...stopped].flatMap(([id, isStopped]) => (isStopped ? [id] : []))));
});

test('merchant, carrier and warehouse see an interception in the order of asking, a rival never', async () => {
  const made: Interception[] = [];
  for (let index = 0; index < 3; index += 1) {
    const one = interception(await saved());
    expect(await ask(one)).toBe(true);
    made.push(one);
  }
  const list = (
    organisationId: OrganisationId | 'network',
    over: { after?: string; shipmentId?: string } = {},
    as: 'party' | 'hands' = 'party',
  ) =>
    bed.world.read(organisationId === 'network' ? 'network' : { organisationId }, (db) => {
      const viewer = organisationId === 'network' ? 'network' : { as, organisationId };
      const filter = { state: 'requested' as const, shipmentId: undefined, after: '', ...over };
      return listInterceptions(db, viewer, filter, 200);
    });
  const ids = made.map((one) => one.id);
  const inHands = await list(WAREHOUSE, {}, 'hands');
  expect(inHands.map((one) => one.id)).toEqual(expect.arrayContaining(ids));
  expect(inHands.find((one) => one.id === ids[0])?.numbers).toEqual(made[0]?.numbers);
  expect(await list(CARRIER, {}, 'hands')).toEqual([]);
  for (const viewer of [MERCHANT, CARRIER, 'network'] as const) {
    const seen = (await list(viewer)).map((one) => one.id);
    expect(seen).toEqual(seen.toSorted());
    expect(seen).toEqual(expect.arrayContaining(ids));
  }
  expect((await list(CARRIER, { after: ids[1] ?? '' })).map((one) => one.id)).toEqual([ids[2]]);
  expect((await list(CARRIER, { shipmentId: made[1]?.shipmentId ?? '' })).map((one) => one.id)).toEqual([
    ids[1],
  ]);
  expect(await list(RIVAL)).toEqual([]);
  await read(async (db) => {
    expect(await findInterception(db, ids[0] ?? '')).toBeUndefined();
    expect(await findShipment(db, made[0]?.shipmentId ?? '')).toBeUndefined();
    expect(await listSteps(db, made[0]?.shipmentId ?? '')).toEqual([]);
  }, RIVAL);
  expect(await within((work) => lockInterception(work.db, RIVAL, ids[0] ?? ''))).toBeUndefined();
});
