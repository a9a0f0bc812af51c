import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import type { CountryCode } from '../kernel/index.ts';
import { insertSamples } from '../pickups/shipment.fixture.ts';
import type { Shipment } from '../shipments/index.ts';
import { findBagOf } from './index.ts';

type Partner = { id: string; client: Client };
type Bag = {
  id: string;
  code: string;
  state: string;
  commits: number;
  has_edits: boolean;
  parcel_count: number;
};
type Handover = { id: string; state: string; number: string; parcel_count: number };
type Difference = { number: string; code: number; parcel_id?: string; bag_id?: string; issue?: string };

let network: TestNetwork;
let database: pg.Client;
let merchant: Partner;
let stranger: Partner;
let carrier: Partner;
let warehouse: Partner;
let otherWarehouse: Partner;

const DE = 'DE' as CountryCode;
const code = (answer: { body: unknown }) => (answer.body as { code: string }).code;
const numbersOf = (shipments: readonly Shipment[]) =>
  shipments.flatMap((item) => item.parcels.map((parcel) => parcel.number));
const idsOf = (shipments: readonly Shipment[]) =>
  shipments.flatMap((item) => item.parcels.map((parcel) => parcel.id));

beforeAll(async () => {
  network = await startTestNetwork();
  merchant = await network.open({ kind: 'merchant', name: 'Shop', country: DE }, 'merchant_admin');
  stranger = await network.open({ kind: 'merchant', name: 'Other', country: DE }, 'merchant_admin');
  carrier = await network.open({ kind: 'carrier', name: 'Carrier', country: DE }, 'carrier');
  warehouse = await network.open({ kind: 'warehouse', name: 'First mile', country: DE }, 'warehouse_staff');
  otherWarehouse = await network.open(
    { kind: 'warehouse', name: 'Elsewhere', country: DE },
    'warehouse_staff',
  );
  database = new pg.Client({ connectionString: network.liveUrl });
  await database.connect();
});
afterAll(async () => {
  await database?.end();
  await network?.stop();
});

const ship = (count: number, parcels = 1, more: object = {}) =>
  insertSamples(
    network.postroad.worlds.live,
    Array.from({ length: count }, () => ({
      organisationId: merchant.id,
      carrierId: carrier.id,
      warehouseId: warehouse.id,
      parcels,
      ...more,
    })),
  );
async function ok<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
const post = <T>(path: string, body?: unknown, by = merchant) => by.client.post<T>(path, body);

test('a bag of 1,000 parcels is handed over, scanned and signed with its difference list', async () => {
  const shipments = await ship(50, 20);
  const [ids, numbers] = [idsOf(shipments), numbersOf(shipments)];
  const bag = await ok(
    post<Bag>('/v1/bags', { container: 'pallet', weight_grams: 500_000, parcel_ids: ids.slice(0, 200) }),
  );
  for (let from = 200; from < 1_000; from += 200) {
    await ok(post(`/v1/bags/${bag.id}/parcels`, { add: ids.slice(from, from + 200) }));
  }
  const [extra] = await ship(1);
  expect(code(await post(`/v1/bags/${bag.id}/parcels`, { add: idsOf([extra!]) }))).toBe('handover_too_large');
  expect((await post(`/v1/bags/${bag.id}/parcels`, { add: ids.slice(0, 201) })).status).toBe(400);
  const handover = await ok(
    post<Handover>('/v1/handovers', {
      kind: 'self_post',
      self_post: { carrier_name: '=cmd|"/c calc"!A1', number: 'DHL123' },
      bag_ids: [bag.id],
    }),
  );
  expect((await warehouse.client.get(`/v1/handovers/${handover.id}`)).status).toBe(404);
  expect(code(await post(`/v1/handovers/${handover.id}/commit`))).toBe('handover_bag_open');
  await ok(post(`/v1/bags/${bag.id}/commit`));
  const committed = await ok(post<Handover>(`/v1/handovers/${handover.id}/commit`));
  expect(committed).toMatchObject({
    state: 'committed',
    parcel_count: 1_000,
    number: expect.stringMatching(/^HN-/),
  });
  expect(code(await post(`/v1/bags/${bag.id}/parcels`, { remove: ids.slice(0, 1) }))).toBe(
    'handover_state_conflict',
  );

  const csv = await merchant.client.get(`/v1/handovers/${handover.id}/list.csv`);
  const text = new TextDecoder().decode(csv.bytes);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(text.trimEnd().split('\r\n')).toHaveLength(1_001);
  expect(text).toContain(`"'=cmd|""/c calc""!A1"`);
  expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
  const list = await ok(
    warehouse.client.get<{ bags: { parcels: unknown[] }[] }>(`/v1/handovers/${handover.id}/list`),
  );
  expect(list.bags[0]?.parcels).toHaveLength(1_000);

  const scan = (scans: object[], by = warehouse) =>
    post<Handover>(`/v1/handovers/${handover.id}/arrival-scans`, { scans }, by);
  expect((await scan([{ number: 'X' }], otherWarehouse)).status).toBe(404);
  expect((await scan([{ number: 'X' }], merchant)).status).toBe(403);
  expect(code(await post(`/v1/handovers/${handover.id}/signature`, undefined, warehouse))).toBe(
    'handover_state_conflict',
  );
  const arrived = numbers.slice(2);
  for (let from = 0; from < arrived.length; from += 200) {
    await ok(
      scan(
        arrived
          .slice(from, from + 200)
          .map((number, index) => (from + index === 0 ? { number, issue: 'damaged' } : { number })),
      ),
    );
  }
  await ok(scan([{ number: arrived[5] }, { number: 'SURPLUS-1' }, { number: '=HYPERLINK(1)' }]));
  const signed = await ok(
    post<{ handover: Handover; differences: Difference[] }>(
      `/v1/handovers/${handover.id}/signature`,
      undefined,
      warehouse,
    ),
  );
  expect(signed.handover.state).toBe('signed_abnormal');
  const counts = (wanted: number) =>
    signed.differences
      .filter((item) => item.code === wanted)
      .map((item) => item.number)
      .sort();
  expect(counts(2)).toEqual(numbers.slice(0, 2).sort());
  expect(counts(3)).toEqual(['=HYPERLINK(1)', 'SURPLUS-1']);
  expect(counts(5)).toEqual([arrived[0]]);
  const all = await ok(
    merchant.client.get<{ data: Difference[] }>(`/v1/handovers/${handover.id}/differences`),
  );
  expect(all.data).toHaveLength(1_002);
  const missing = await ok(
    merchant.client.get<{ data: Difference[] }>(`/v1/handovers/${handover.id}/differences?code=2`),
  );
  expect(missing.data).toHaveLength(2);
  expect((await ok(merchant.client.get<Bag>(`/v1/bags/${bag.id}`))).state).toBe('signed_abnormal');
  expect(code(await scan([{ number: 'LATE' }]))).toBe('handover_state_conflict');

  await network.settle();
  const feed = await database.query(
    'select type, payload from platform.outbox_organisation where subject_id = $1 order by subject_sequence',
    [handover.id],
  );
  const scans = feed.rows.filter((row) => row.type === 'HandoverParcelsArrived');
  const told = scans.flatMap((row) =>
    row.payload.parcels.map((parcel: { parcelId: string }) => parcel.parcelId),
  );
  expect(new Set(told).size).toBe(998);
  expect(told).toHaveLength(998);
  expect(Math.max(...scans.map((row) => row.payload.parcels.length))).toBeLessThanOrEqual(200);
  expect(feed.rows.map((row) => row.type)).toEqual(
    expect.arrayContaining(['HandoverCommitted', 'HandoverSigned', 'HandoverDifferenceFound']),
  );
}, 120_000);

test('what lies loose in a handover is packed into bags of it: all at once, or what is named', async () => {
  const other = await network.open({ kind: 'carrier', name: 'Second', country: DE }, 'carrier');
  const ids = idsOf(await ship(11, 20));
  const [far] = idsOf(await ship(1, 1, { carrierId: other.id }));
  const handover = await ok(
    post<Handover>('/v1/handovers', { kind: 'self_send', parcel_ids: ids.slice(0, 200) }),
  );
  const content = { add_parcel_ids: [...ids.slice(200), far] };
  await ok(post(`/v1/handovers/${handover.id}/content`, content));
  const pack = (body: object, by = merchant) => post<Bag>(`/v1/handovers/${handover.id}/bags`, body, by);
  expect((await pack({}, stranger)).status).toBe(404);
  expect((await pack({}, warehouse)).status).toBe(403);
  expect((await pack({ parcel_ids: [] })).status).toBe(400);
  expect((await pack({ parcel_ids: ['pcl_00000000000000000000000000'] })).status).toBe(404);
  const single = await ok(pack({ code: 'PACK-1', parcel_ids: [far] }));
  expect(single).toMatchObject({ state: 'draft', parcel_count: 1, handover_id: handover.id });
  // The handover goes by two carriers; each bag by what lies in it.
  expect(single).toMatchObject({ carrier_id: other.id, warehouse_id: warehouse.id });
  expect(code(await pack({ code: 'PACK-1' }))).toBe('bag_code_taken');
  const rest = await ok(pack({ container: 'pallet', weight_grams: 90_000 }));
  expect(rest).toMatchObject({ parcel_count: 220, carrier_id: carrier.id, container: 'pallet' });
  expect(code(await pack({}))).toBe('handover_empty');
  const list = await ok(
    merchant.client.get<{ handover: Handover; bags: { parcels: unknown[] }[]; loose: unknown[] }>(
      `/v1/handovers/${handover.id}/list`,
    ),
  );
  expect(list.handover.parcel_count).toBe(221);
  expect(list.loose).toEqual([]);
  expect(list.bags.map((bag) => bag.parcels.length).toSorted()).toEqual([1, 220]);
  await ok(post(`/v1/bags/${single.id}/commit`));
  await ok(post(`/v1/bags/${rest.id}/commit`));
  await ok(post(`/v1/handovers/${handover.id}/commit`));
  expect(code(await pack({}))).toBe('handover_state_conflict');
  const announced = await ok(warehouse.client.get<{ data: Bag[] }>('/v1/bags?state=committed&limit=2'));
  expect(announced.data.map((bag) => bag.id)).toEqual([rest.id, single.id].toSorted().toReversed());
  expect((await merchant.client.get('/v1/bags?state=lost')).status).toBe(400);
  await network.settle();
  const feed = await database.query(
    "select payload from platform.outbox_organisation where subject_id = $1 and type = 'BagEdited' order by subject_sequence",
    [rest.id],
  );
  expect(feed.rows.map((row) => row.payload.added.length)).toEqual([200, 20]);
});

test('a parcel lies in one open bag only, also when two are filled at once', async () => {
  const shipments = await ship(1);
  const bodies = Array.from({ length: 8 }, () => post<Bag>('/v1/bags', { parcel_ids: idsOf(shipments) }));
  const answers = await Promise.all(bodies);
  const won = answers.filter((answer) => answer.status === 201);
  expect(won).toHaveLength(1);
  expect(answers.filter((answer) => answer.status !== 201).map(code)).toEqual(
    Array(7).fill('parcel_in_another_bag'),
  );
  const bag = won[0]!.body;
  const inBag = await network.postroad.worlds.live.read('network', (db) =>
    findBagOf(db, merchant.id, idsOf(shipments)[0]!),
  );
  expect(inBag?.id).toBe(bag.id);
  expect(code(await post('/v1/handovers', { kind: 'self_send', parcel_ids: idsOf(shipments) }))).toBe(
    'parcel_in_another_bag',
  );
  await ok(post(`/v1/bags/${bag.id}/cancellation`));
  expect((await post('/v1/handovers', { kind: 'self_send', parcel_ids: idsOf(shipments) })).status).toBe(201);
});

test('a committed bag takes one more round of edits, then it is complete', async () => {
  const shipments = await ship(2);
  const [first, second] = idsOf(shipments);
  const bag = await ok(post<Bag>('/v1/bags', { parcel_ids: [first] }));
  expect((await ok(post<Bag>(`/v1/bags/${bag.id}/commit`))).commits).toBe(1);
  expect(code(await post(`/v1/bags/${bag.id}/commit`))).toBe('handover_state_conflict');
  expect(
    (await ok(post<Bag>(`/v1/bags/${bag.id}/parcels`, { add: [second], remove: [first] }))).has_edits,
  ).toBe(true);
  expect(await ok(post<Bag>(`/v1/bags/${bag.id}/commit`))).toMatchObject({
    commits: 2,
    has_edits: false,
    parcel_count: 1,
  });
  expect(code(await post(`/v1/bags/${bag.id}/parcels`, { add: [first] }))).toBe('handover_state_conflict');
});

test('a platform pickup is collected by its one carrier; called off, its bags are free again', async () => {
  const shipments = await ship(2);
  const bag = await ok(post<Bag>('/v1/bags', { parcel_ids: idsOf(shipments) }));
  await ok(post(`/v1/bags/${bag.id}/commit`));
  const create = () => ok(post<Handover>('/v1/handovers', { kind: 'platform_pickup', bag_ids: [bag.id] }));
  const first = await create();
  expect(code(await post('/v1/handovers', { kind: 'self_send', bag_ids: [bag.id] }))).toBe('bag_in_handover');
  expect(code(await post(`/v1/bags/${bag.id}/cancellation`))).toBe('bag_in_handover');
  await ok(post(`/v1/handovers/${first.id}/commit`));
  await ok(post(`/v1/handovers/${first.id}/cancellation`));
  const second = await create();
  expect((await ok(post<Handover>(`/v1/handovers/${second.id}/commit`))).state).toBe('awaiting_pickup');
  const collection = (body: object, by = carrier) =>
    post<Handover>(`/v1/handovers/${second.id}/collection`, body, by);
  expect((await ok(collection({ outcome: 'failed', reason: 'not_ready' }))).state).toBe('pickup_failed');
  expect((await ok(collection({ outcome: 'collected' }))).state).toBe('pickup');
  expect((await ok(merchant.client.get<Bag>(`/v1/bags/${bag.id}`))).state).toBe('pickup');
  await ok(
    post(
      `/v1/handovers/${second.id}/arrival-scans`,
      { scans: numbersOf(shipments).map((number) => ({ number })) },
      warehouse,
    ),
  );
  const signed = await ok(
    post<{ handover: Handover }>(`/v1/handovers/${second.id}/signature`, undefined, warehouse),
  );
  expect(signed.handover.state).toBe('signed_normal');
});

test('handovers are listed by their state, page by page from the newest down', async () => {
  const owner = await network.open({ kind: 'merchant', name: 'Lister', country: DE }, 'merchant_admin');
  const made: string[] = [];
  for (let count = 0; count < 5; count += 1)
    made.push((await ok(post<Handover>('/v1/handovers', { kind: 'self_send' }, owner))).id);
  const [oldest, second, , , newest] = made;
  await ok(post(`/v1/handovers/${second}/cancellation`, undefined, owner));
  const newestFirst = made.toReversed();
  const pagesOf = async (query: string) => {
    const pages: string[][] = [];
    for (let cursor = ''; ; ) {
      const page = await ok(
        owner.client.get<{ data: Handover[]; next_cursor?: string }>(`/v1/handovers?${query}${cursor}`),
      );
      pages.push(page.data.map((one) => one.id));
      if (page.next_cursor === undefined) return pages;
      cursor = `&cursor=${page.next_cursor}`;
    }
  };
  expect(await pagesOf('limit=2')).toEqual([newestFirst.slice(0, 2), newestFirst.slice(2, 4), [oldest]]);
  expect(await pagesOf('state=canceled')).toEqual([[second]]);
  expect(await pagesOf('state=arrived')).toEqual([[]]);
  const drafts = await pagesOf('state=draft&limit=3');
  expect(drafts.map((page) => page.length)).toEqual([3, 1]);
  expect(drafts.flat()).toEqual(newestFirst.filter((id) => id !== second));
  expect(drafts.flat()[0]).toBe(newest);
  expect((await owner.client.get('/v1/handovers?state=lost')).status).toBe(400);
  expect((await owner.client.get('/v1/handovers?cursor=x')).status).toBe(400);
});

test('foreign parcels, bags and handovers look like missing ones, and places must agree', async () => {
  const [mine] = await ship(1);
  const [elsewhere] = await ship(1, 1, { warehouseId: otherWarehouse.id });
  const [foreign] = await insertSamples(network.postroad.worlds.live, [
    { organisationId: stranger.id, carrierId: carrier.id, warehouseId: warehouse.id },
  ]);
  expect((await post('/v1/bags', { parcel_ids: idsOf([foreign!]) })).status).toBe(404);
  expect((await post('/v1/bags', { parcel_ids: ['pcl_00000000000000000000000000'] })).status).toBe(404);
  expect(code(await post('/v1/bags', { parcel_ids: idsOf([mine!, elsewhere!]) }))).toBe(
    'handover_places_differ',
  );
  const bag = await ok(post<Bag>('/v1/bags', { code: 'TAG-1', parcel_ids: idsOf([mine!]) }));
  expect(code(await post('/v1/bags', { code: 'TAG-1' }))).toBe('bag_code_taken');
  for (const path of [`/v1/bags/${bag.id}`, '/v1/bags/bag_00000000000000000000000000']) {
    expect((await stranger.client.get(path)).status).toBe(404);
  }
  expect((await post('/v1/handovers', { kind: 'self_send', bag_ids: [bag.id] }, stranger)).status).toBe(404);
  const listed = await ok(stranger.client.get<{ data: Bag[] }>('/v1/bags'));
  expect(listed.data).toEqual([]);
  expect(
    code(
      await post(
        `/v1/handovers/${(await ok(post<Handover>('/v1/handovers', { kind: 'self_send' }))).id}/commit`,
      ),
    ),
  ).toBe('handover_empty');
});

test('a draft stands on its owner’s list alone, and on the warehouse’s once it is announced', async () => {
  const [parcel] = idsOf(await ship(1));
  const draft = await ok(post<Handover>('/v1/handovers', { kind: 'self_send', parcel_ids: [parcel] }));
  const seenBy = async (who: Partner) =>
    (await ok(who.client.get<{ data: Handover[] }>('/v1/handovers?limit=100'))).data.some(
      (one) => one.id === draft.id,
    );
  expect([await seenBy(merchant), await seenBy(warehouse), await seenBy(carrier)]).toEqual([
    true,
    false,
    false,
  ]);
  await ok(post(`/v1/handovers/${draft.id}/commit`));
  expect([await seenBy(warehouse), await seenBy(carrier), await seenBy(otherWarehouse)]).toEqual([
    ...[true, true, false],
  ]);
});

test('hostile text is refused or stays text', async () => {
  for (const bad of ['^XA', '=1+1', '<script>', 'a\u0000b', 'x'.repeat(33), "'; drop table bag"]) {
    expect((await post('/v1/bags', { code: bad })).status, bad).toBe(400);
    const selfPost = { carrier_name: 'DHL', number: bad };
    expect((await post('/v1/handovers', { kind: 'self_post', self_post: selfPost })).status, bad).toBe(400);
  }
  expect((await post('/v1/handovers', { kind: 'self_post' })).status).toBe(400);
  expect(
    (await post('/v1/handovers', { kind: 'self_send', self_post: { carrier_name: 'D', number: '1' } }))
      .status,
  ).toBe(400);
});

test('every event fits its schema: the feed found no fault', async () => {
  await network.settle();
  expect(network.logLines.filter((line) => line.includes('does not fit'))).toEqual([]);
});
