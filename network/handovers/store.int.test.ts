import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/world/index.ts';
import { startTestWorld, type TestWorld } from '../../test/setup/database.ts';
import { accepted, instant, type OrganisationId, type ParcelId, type ShipmentId } from '../kernel/index.ts';
import { insertArrivals, insertDifferences, listArrivals, listDifferences } from './arrival-store.ts';
import type { Bag, Content, Handover } from './model.ts';
import {
  closeContents,
  deleteContents,
  findBag,
  findBagOf,
  findHandover,
  insertBag,
  insertContents,
  insertHandover,
  type ListOf,
  listBags,
  listBagsOf,
  listContents,
  listHandovers,
  lockBags,
  lockHandover,
  moveBags,
  moveContents,
  saveBag,
  saveHandover,
  signBags,
} from './store.ts';

const NOW = instant('2026-06-01T00:00:00Z');
const MERCHANT = newId('org') as OrganisationId;
const CARRIER = newId('org') as OrganisationId;
const RIVAL = newId('org') as OrganisationId;

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
const SHARED = {
  organisationId: MERCHANT,
  clientPlatformId: undefined,
  carrierId: undefined,
  warehouseId: undefined,
  version: 1,
  goodsReadyAt: undefined,
  parcelCount: 0,
  createdAt: NOW,
  changedAt: NOW,
};
function bag(over: Partial<Bag> = {}): Bag {
  counter += 1;
  return {
    ...SHARED,
    id: newId('bag'),
    state: 'draft',
    code: `code-${counter}`,
    container: 'bag',
    handoverId: undefined,
    commits: 0,
    hasEdits: false,
    weightGrams: undefined,
    ...over,
  };
}
function handover(over: Partial<Handover> = {}): Handover {
  counter += 1;
  return {
    ...SHARED,
    id: newId('hnd'),
    state: 'draft',
    kind: 'self_send',
    number: `H${counter}`,
    carrierName: undefined,
    trackingNumber: undefined,
    reason: undefined,
    ...over,
  };
}
const item = (): Pick<Content, 'parcelId' | 'shipmentId' | 'number'> => {
  counter += 1;
  return {
    parcelId: newId('pcl') as ParcelId,
    shipmentId: newId('shp') as ShipmentId,
    number: `N${counter}`,
  };
};
async function savedBag(over: Partial<Bag> = {}): Promise<Bag> {
  const made = bag(over);
  await within(async (work) => {
    expect(await insertBag(work.db, made)).toBe(true);
    await saveBag(work.db, made);
  });
  return made;
}
const put = (container: string, items: readonly ReturnType<typeof item>[]) =>
  within((work) => insertContents(work.db, MERCHANT, container, items));
const read = <T>(body: (db: Work['db']) => Promise<T>, organisationId = MERCHANT) =>
  bed.world.read({ organisationId }, body);

const listOf = (viewer: string, over: Partial<ListOf> = {}): ListOf => ({
  ...{ viewer, state: undefined, after: '', limit: 100 },
  ...over,
});

test('a code names one bag of an organisation, also when many take it at once; another may use it too', async () => {
  const racers = Array.from({ length: 8 }, () => bag({ code: 'same' }));
  const won = await Promise.all(racers.map((one) => within((work) => insertBag(work.db, one))));
  expect(won.filter(Boolean)).toHaveLength(1);
  const foreign = bag({ code: 'same', organisationId: RIVAL });
  expect(await within((work) => insertBag(work.db, foreign), RIVAL)).toBe(true);
});

test('a bag and a handover come back as they were saved', async () => {
  const made = bag({ weightGrams: 1_200, container: 'pallet', goodsReadyAt: NOW });
  await within((work) => insertBag(work.db, made));
  expect(await read((db) => findBag(db, made.id))).toEqual(made);
  const changed: Bag = {
    ...made,
    carrierId: CARRIER,
    version: 2,
    state: 'committed',
    commits: 1,
    parcelCount: 3,
  };
  await within((work) => saveBag(work.db, changed));
  expect(await read((db) => findBag(db, made.id))).toEqual(changed);
  const list = handover({ kind: 'self_post', carrierName: 'Post', trackingNumber: 'T1' });
  await within((work) => insertHandover(work.db, list));
  const next: Handover = { ...list, version: 2, state: 'canceled', reason: 'rain', carrierId: CARRIER };
  await within((work) => saveHandover(work.db, next));
  expect(await read((db) => findHandover(db, list.id))).toEqual(next);
  expect(await within((work) => lockHandover(work.db, RIVAL, list.id))).toBeUndefined();
});

test('a parcel lies in one open container: of two that take it at once one gets it', async () => {
  const [first, second] = [await savedBag(), await savedBag()];
  const parcel = item();
  const counts = await Promise.all([first, second].map((one) => put(one.id, [parcel])));
  expect(counts.toSorted()).toEqual([0, 1]);
  const holder = await read((db) => findBagOf(db, MERCHANT, parcel.parcelId));
  expect(holder?.id).toBe(counts[0] === 1 ? first.id : second.id);
});

test('of several parcels those that lie elsewhere are counted out, and a closed container frees its own', async () => {
  const [first, second] = [await savedBag(), await savedBag()];
  const [a, b, c] = [item(), item(), item()];
  expect(await put(first.id, [a, b])).toBe(2);
  expect(await put(second.id, [b, c])).toBe(1);
  await within((work) => closeContents(work.db, MERCHANT, [first.id]));
  expect(await read((db) => findBagOf(db, MERCHANT, a.parcelId))).toBeUndefined();
  expect(await put(second.id, [a, b])).toBe(2);
  const inside = await read((db) => listContents(db, MERCHANT, [second.id]));
  expect(inside.map((one) => one.parcelId)).toEqual([a, b, c].map((one) => one.parcelId).toSorted());
  expect(await within((work) => deleteContents(work.db, MERCHANT, second.id, [a.parcelId, 'pcl_none']))).toBe(
    1,
  );
  expect(await put(first.id, [])).toBe(0);
});

test('contents move whole or by name, from one container only, and no closed one; two movers get each once', async () => {
  const [from, to, other] = [await savedBag(), await savedBag(), await savedBag()];
  const items = Array.from({ length: 1_000 }, item);
  const [first, second] = items;
  await put(from.id, items);
  const move = (target: string, named?: readonly string[]) =>
    within((work) => moveContents(work.db, MERCHANT, from.id, target, named));
  expect(await move(to.id, [first!.parcelId, second!.parcelId, 'pcl_none'])).toHaveLength(2);
  expect(await within((work) => moveContents(work.db, RIVAL, from.id, to.id, undefined), RIVAL)).toEqual([]);
  const raced = await Promise.all([move(to.id), move(other.id)]);
  const gone = raced.flat().map((one) => one.parcelId);
  expect(new Set(gone).size).toBe(998);
  expect(gone).toHaveLength(998);
  expect(await read((db) => listContents(db, MERCHANT, [from.id]))).toEqual([]);
  expect(await read((db) => listContents(db, MERCHANT, [to.id, other.id]))).toHaveLength(1_000);
  await within((work) => closeContents(work.db, MERCHANT, [to.id]));
  expect(await within((work) => moveContents(work.db, MERCHANT, to.id, from.id, undefined))).toEqual([]);
});

test('bags are listed by their state for every part of a viewer, and a draft for its owner alone', async () => {
  const [owner, driver] = [newId('org') as OrganisationId, newId('org') as OrganisationId];
  const made = { organisationId: owner, warehouseId: owner, carrierId: driver };
  const own = await Promise.all(
    (['draft', 'committed', 'canceled'] as const).map(async (state) => {
      const one = bag({ ...made, state });
      await within(async (work) => {
        await insertBag(work.db, one);
        await saveBag(work.db, one);
      }, owner);
      return one;
    }),
  );
  const seenBy = async (viewer: string, over: Partial<ListOf> = {}) =>
    (await bed.world.read('network', (db) => listBags(db, listOf(viewer, over)))).map((one) => one.id);
  const ids = own.map((one) => one.id);
  // Once, though the owner has two parts in them.
  expect(await seenBy(owner)).toEqual(ids.toSorted().toReversed());
  expect(await seenBy(owner, { state: 'draft' })).toEqual([ids[0]]);
  expect(await seenBy(driver, { state: 'draft' })).toEqual([]);
  expect(await seenBy(driver)).toEqual(ids.slice(1).toSorted().toReversed());
  expect(await seenBy('network', { state: 'canceled' })).toContain(ids[2]);
});

test('bags follow their handover alone, and are signed by what was wrong in each', async () => {
  const list = handover();
  await within((work) => insertHandover(work.db, list));
  const [good, bad, other] = [
    await savedBag({ handoverId: list.id }),
    await savedBag({ handoverId: list.id }),
    await savedBag(),
  ];
  await within((work) => moveBags(work.db, { ...list, state: 'arrived' }));
  const states = async () =>
    (await within((work) => lockBags(work.db, MERCHANT, [other.id, bad.id, good.id]))).map((one) => [
      one.id,
      one.state,
      one.version,
      one.commits,
    ]);
  const inOrder = (rows: [string, string, number, number][]) =>
    rows.toSorted((x, y) => (x[0] < y[0] ? -1 : 1));
  expect(await states()).toEqual(
    inOrder([
      [good.id, 'arrived', 2, 2],
      [bad.id, 'arrived', 2, 2],
      [other.id, 'draft', 1, 0],
    ]),
  );
  await within((work) => signBags(work.db, list, [bad.id]));
  expect(await states()).toEqual(
    inOrder([
      [good.id, 'signed_normal', 3, 2],
      [bad.id, 'signed_abnormal', 3, 2],
      [other.id, 'draft', 1, 0],
    ]),
  );
  expect((await read((db) => listBagsOf(db, MERCHANT, list.id))).map((one) => one.id)).toEqual(
    [good.id, bad.id].toSorted(),
  );
});

test('the first scan of a number stays, and only new ones are answered', async () => {
  const list = handover();
  await within((work) => insertHandover(work.db, list));
  const key = { organisationId: MERCHANT, handoverId: list.id };
  const scan = (number: string, issue?: 'damaged') =>
    within((work) => insertArrivals(work.db, key, [{ number, issue }], 'key', NOW));
  const raced = await Promise.all(Array.from({ length: 6 }, () => scan('A')));
  expect(raced.filter((fresh) => fresh.has('A'))).toHaveLength(1);
  expect([...(await scan('A', 'damaged'))]).toEqual([]);
  await scan('B', 'damaged');
  expect(await read((db) => listArrivals(db, MERCHANT, list.id))).toEqual([
    { number: 'A', issue: undefined },
    { number: 'B', issue: 'damaged' },
  ]);
});

test('the list of differences closes what was announced and leaves other containers alone', async () => {
  const list = handover();
  await within((work) => insertHandover(work.db, list));
  const [box, other] = [await savedBag({ handoverId: list.id }), await savedBag()];
  const [arrived, missing, elsewhere] = [item(), item(), item()];
  await put(box.id, [arrived, missing]);
  await put(other.id, [elsewhere]);
  const key = { organisationId: MERCHANT, handoverId: list.id };
  await within((work) =>
    insertDifferences(work.db, key, [
      { number: arrived.number, code: 0, parcelId: arrived.parcelId, bagId: box.id, issue: undefined },
      { number: missing.number, code: 2, parcelId: missing.parcelId, bagId: box.id, issue: undefined },
      { number: 'SURPLUS', code: 3, parcelId: undefined, bagId: undefined, issue: 'damaged' },
    ]),
  );
  const states = await read((db) => listContents(db, MERCHANT, [box.id, other.id]));
  expect(new Map(states.map((one) => [one.number, one.state]))).toEqual(
    new Map([
      [arrived.number, 'inbound_normal'],
      [missing.number, 'inbound_abnormal'],
      [elsewhere.number, 'init'],
    ]),
  );
  expect(await read((db) => findBagOf(db, MERCHANT, arrived.parcelId))).toBeUndefined();
  expect((await read((db) => findBagOf(db, MERCHANT, elsewhere.parcelId)))?.id).toBe(other.id);
  const listed = await read((db) => listDifferences(db, MERCHANT, list.id, undefined));
  expect(listed.map((one) => one.code)).toEqual([3, 2, 0]);
  expect((await read((db) => listDifferences(db, MERCHANT, list.id, 2))).map((one) => one.number)).toEqual([
    missing.number,
  ]);
});

test('a party sees what it has a part in, a stranger nothing; pages have neither holes nor doubles', async () => {
  const made: Bag[] = [];
  for (let index = 0; index < 5; index += 1)
    made.push(await savedBag({ carrierId: CARRIER, state: 'committed' }));
  const list = handover();
  await within(async (work) => {
    await insertHandover(work.db, list);
    await saveHandover(work.db, { ...list, carrierId: CARRIER, warehouseId: CARRIER, state: 'committed' });
  });
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const page = await bed.world.read('network', (db) => listBags(db, listOf(CARRIER, { after, limit: 2 })));
    seen.push(...page.map((one) => one.id));
    if (page.length < 2) break;
    after = page.at(-1)?.id ?? '';
  }
  const mine = new Set<string>(made.map((one) => one.id));
  expect(seen).toEqual(seen.toSorted().toReversed());
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => mine.has(id))).toHaveLength(5);
  const handovers = await bed.world.read('network', (db) => listHandovers(db, listOf(CARRIER)));
  // Once, though the carrier has two parts in it.
  expect(handovers.filter((one) => one.id === list.id)).toHaveLength(1);
  await read(async (db) => {
    expect(await listBags(db, listOf(MERCHANT))).toEqual([]);
    expect(await findBag(db, made[0]?.id ?? '')).toBeUndefined();
    expect(await findHandover(db, list.id)).toBeUndefined();
    expect(
      await listContents(
        db,
        MERCHANT,
        made.map((one) => one.id),
      ),
    ).toEqual([]);
  }, RIVAL);
});
