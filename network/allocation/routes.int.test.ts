import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '../../platform/db/index.ts';
import { newId } from '../../platform/world/index.ts';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode, type OrganisationId } from '../kernel/index.ts';
import type { Point } from '../points/index.ts';
import { aPoint, insertPoints } from '../points/points.fixture.ts';
import { listTallies } from './decision-store.ts';
import { recordIntake } from './facts.ts';
import { DEFAULT_POINT_ALLOCATION } from './rulebook.ts';

type Held = { id: string; point_id: string; state: string; starts_at: string; decision_id: string };
type Options = {
  options: { point_id: string; hours: string[]; score: number; parts: Record<string, number> }[];
  excluded: { point_id: string; reason: string }[];
};
type Decision = { id: string; how: string; point_id?: string; candidates: { point_id: string }[] };

let network: TestNetwork;
let merchant: { id: string; client: Client };
let rival: Client;
let post: { id: string; client: Client };
let near: Point;
let far: Point;

const ALL_DAY = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, opens: '00:00', closes: '24:00' }));
const shop = (latitude: number, more: Partial<Point> = {}) =>
  aPoint(newId('pnt'), post.id as OrganisationId, {
    position: { latitude, longitude: 120.1551 },
    hours: ALL_DAY,
    ...more,
  });
const demand = (more: object = {}) => ({
  service: 'return',
  country: 'CN',
  position: { latitude: 30.2741, longitude: 120.1551 },
  subject: { kind: 'return', id: 'order-1' },
  ...more,
});
const reserve = (more: object = {}, by = merchant.client) =>
  by.post<Held>('/v1/point-reservations', demand(more));

beforeAll(async () => {
  network = await startTestNetwork();
  const open = (kind: 'merchant' | 'point_operator', role: 'merchant_admin' | 'point_staff') =>
    network.open({ kind, name: kind, country: 'CN' as CountryCode } as never, role);
  merchant = await open('merchant', 'merchant_admin');
  rival = (await open('merchant', 'merchant_admin')).client;
  post = await open('point_operator', 'point_staff');
  near = shop(30.275);
  far = shop(30.3);
  await network.postroad.worlds.live.command('network', async ({ db }) =>
    accepted(await insertPoints(db, [near, far, shop(30.276, { testBehaviour: 'closed' })])),
  );
  await network.settle();
}, 60_000);
afterAll(() => network?.stop());

test('options are told best first, with hours, parts of the score, and why others are left out', async () => {
  const answer = must(await merchant.client.post<Options>('/v1/point-options', demand())) as Options;
  expect(answer.options.map((option) => option.point_id)).toEqual([near.id, far.id]);
  expect(answer.options[0]?.hours.length).toBe(24);
  expect(answer.options[0]?.score).toBeGreaterThan(answer.options[1]?.score ?? 1);
  expect(answer.excluded).toMatchObject([{ reason: 'closed_in_window' }]);
  // A city will do for a place; a country alone will not.
  const city = { position: undefined, city: 'Hangzhou' };
  expect((await merchant.client.post('/v1/point-options', demand(city))).status).toBe(200);
  const nowhere = await merchant.client.post('/v1/point-options', demand({ position: undefined }));
  expect(nowhere).toMatchObject({ status: 400, body: { errors: [{ pointer: '/position' }] } });
});

test('a network serves neither a person nor an address that it blocked, however they are written; nobody reads them', async () => {
  const home = { city: '杭州市', division: '浙江省', district: '西湖区', lines: ['文三路 100 号'] };
  const block = (body: object) =>
    post.client.post<{ id: string; kind: string; reason: string }>('/v1/point-blocks', {
      country: 'CN',
      ...body,
    });
  const person = must(await block({ kind: 'phone', phone: '138 1234 5678', reason: 'abuse' }));
  const again = must(await block({ kind: 'phone', phone: '+86-13812345678', reason: 'abuse' }));
  expect(again.id).toBe(person.id);
  const place = must(await block({ kind: 'address', address: home, reason: 'security_refuse' }));
  const reasonsFor = async (more: object) => {
    const answer = await merchant.client.post<Options>('/v1/point-options', demand(more));
    expect(JSON.stringify(answer.body.excluded)).not.toContain('blocked');
    return [answer.body.options.length, answer.body.excluded.length];
  };
  expect(await reasonsFor({ phone: '13812345678' })).toEqual([0, 0]);
  expect(await reasonsFor({ phone: '13812345679' })).toEqual([2, 1]);
  expect(await reasonsFor({ address: { ...home, lines: ['文三路100号'] } })).toEqual([0, 0]);
  expect(await reasonsFor({ address: { ...home, lines: ['文三路 102 号'] } })).toEqual([2, 1]);
  expect(await reserve({ phone: '008613812345678' })).toMatchObject({ body: { code: 'no_point_fits' } });
  expect(await block({ kind: 'phone', phone: '138****5678', reason: 'abuse' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/phone', code: 'phone_masked' }] },
  });
  expect((await block({ kind: 'phone', phone: '13812345678', reason: 'village' })).status).toBe(400);
  const list = must(await post.client.get<{ data: object[] }>('/v1/point-blocks'));
  expect(list.data).toHaveLength(2);
  expect(JSON.stringify(list)).not.toMatch(/1381234|文三路|key/);
  const kept = await network.postroad.worlds.live.read('network', (db) =>
    db.rows<{ row: string }>(sql`
      select to_jsonb(b)::text as row from points.block b union all
      select to_jsonb(d)::text from allocation.decision d union all
      select to_jsonb(e)::text from platform.outbox_organisation e`),
  );
  expect(kept.length).toBeGreaterThan(2);
  expect(kept.filter(({ row }) => /1381234567|文三路/.test(row))).toEqual([]);
  for (const { id } of [person, place])
    expect((await post.client.send('DELETE', `/v1/point-blocks/${id}`)).status).toBe(204);
  expect(await reasonsFor({ phone: '13812345678', address: home })).toEqual([2, 1]);
});

test('a reservation is seen by who made it and by the point network, and by nobody else', async () => {
  const made = must(await reserve()) as Held;
  expect(made).toMatchObject({ point_id: near.id, state: 'held' });
  for (const client of [merchant.client, post.client, network.operator])
    expect((await client.get(`/v1/point-reservations/${made.id}`)).status).toBe(200);
  expect((await rival.get(`/v1/point-reservations/${made.id}`)).status).toBe(404);
  expect((await rival.send('DELETE', `/v1/point-reservations/${made.id}`)).status).toBe(404);
  // A point does not send away whom it promised a place.
  expect((await post.client.send('DELETE', `/v1/point-reservations/${made.id}`)).status).toBe(403);
  for (const client of [merchant.client, post.client]) {
    const page = must(await client.get<{ data: Held[] }>('/v1/point-reservations?state=held&limit=1'));
    expect((page as { data: Held[] }).data.map(({ id }) => id)).toEqual([made.id]);
  }
  expect(must(await rival.get<{ data: Held[] }>('/v1/point-reservations'))).toEqual({ data: [] });
  const released = await merchant.client.send<Held>('DELETE', `/v1/point-reservations/${made.id}`);
  expect(released).toMatchObject({ status: 200, body: { state: 'released', reason: 'cancelled' } });
  expect((await merchant.client.send('DELETE', `/v1/point-reservations/${made.id}`)).status).toBe(409);
});

test('a point publishes its hours; full, closed and foreign ones are refused by name, and the index follows', async () => {
  const path = `/v1/points/${far.id}`;
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    service: 'mail',
    day: 'daily',
    hour,
    capacity: 1,
  }));
  const published = await post.client.send('PUT', `${path}/capacity`, { mode: 'full', hours });
  expect(published).toMatchObject({ status: 200, body: { accept_percent: 100, usual: { mail: 10 } } });
  const startsAt = (
    must(await merchant.client.post<Options>('/v1/point-options', demand({ service: 'mail' }))) as Options
  ).options.find(({ point_id }) => point_id === far.id)?.hours[1];
  const mail = { service: 'mail', point_id: far.id, starts_at: startsAt };
  expect(must(await reserve(mail))).toMatchObject({ starts_at: startsAt });
  expect(await reserve(mail)).toMatchObject({ status: 422, body: { code: 'point_full' } });
  const slots = await post.client.get<{ slots: { starts_at: string; state: string; room: number }[] }>(
    `${path}/slots?service=mail&hours=12`,
  );
  expect(slots.body.slots.find((slot) => slot.starts_at === startsAt)).toMatchObject({
    state: 'full',
    room: 0,
  });
  expect(slots.body.slots[0]).toMatchObject({ state: 'open', room: 1 });
  expect((await rival.get(`${path}/slots`)).status).toBe(403);
  const twice = { mode: 'partial', hours: [hours[0], hours[0]] };
  expect((await post.client.send('PUT', `${path}/capacity`, twice)).status).toBe(400);
  const closed = await post.client.send('PUT', `${path}/acceptance`, { accept_percent: 0 });
  expect(closed).toMatchObject({ status: 200, body: { accept_percent: 0 } });
  expect(await reserve({ point_id: far.id })).toMatchObject({ body: { code: 'point_full' } });
  await post.client.send('PUT', `${path}/acceptance`, { accept_percent: 100 });
});

test('the operator sees why, counts shares of demand, and takes an hour again with other weights', async () => {
  const made = must(await reserve({ at: new Date(Date.now() + 3_600_000).toISOString() })) as Held;
  await network.settle();
  const list = `/v1/point-decisions?point_id=${near.id}&limit=1`;
  const page = must(await network.operator.get<{ data: Decision[]; next_cursor?: string }>(list));
  const { data, next_cursor: cursor } = page as { data: Decision[]; next_cursor?: string };
  expect(data).toMatchObject([{ id: made.decision_id, how: 'best', point_id: near.id }]);
  expect(data[0]?.candidates.map(({ point_id }) => point_id)).toEqual([near.id, far.id]);
  const next = await network.operator.get<{ data: Decision[] }>(`${list}&cursor=${cursor}`);
  expect(next.body.data[0]?.id).not.toBe(made.decision_id);
  expect((await network.operator.get('/v1/point-decisions?cursor=WyJ4IiwieSJd')).status).toBe(400);
  const { distance: _, ...others } = DEFAULT_POINT_ALLOCATION.weights;
  const replayed = await network.operator.post('/v1/point-decisions/replay', {
    from: new Date(Date.now() - 1_800_000).toISOString(),
    rules: {
      weights: { ...others, distance: 1_000 },
      half_distance_meters: 1_500,
      max_distance_meters: 30_000,
      candidates: 40,
    },
  });
  // Those who chose the far point themselves stay; the others were sent to the nearest already.
  expect(replayed).toMatchObject({ status: 200, body: { moved: 0, is_complete: true, chosen: 1 } });
  // What far back was decided has left by the rule of retention, and the answer says so.
  const longAgo = new Date(Date.now() - 181 * 86_400_000).toISOString();
  const past = await network.operator.post('/v1/point-decisions/replay', {
    from: longAgo,
    rules: DEFAULT_RULES,
  });
  expect(past).toMatchObject({ status: 200, body: { demands: 0, is_complete: false } });
  const backwards = { from: '2026-06-01T00:00:00Z', to: '2026-05-01T00:00:00Z', rules: DEFAULT_RULES };
  expect((await network.operator.post('/v1/point-decisions/replay', backwards)).status).toBe(400);
  expect((await merchant.client.get('/v1/point-decisions')).status).toBe(403);
  const tallies = await network.postroad.worlds.live.read('network', async (db) =>
    listTallies(db, [{ organisationId: post.id as OrganisationId, pointId: near.id }], '2000-01-01'),
  );
  // Two of three that it could have had at this counter, all three in the network.
  expect(tallies.get(near.id)).toEqual({ could: 2, got: 2 });
  expect(tallies.get(post.id)).toEqual({ could: 3, got: 3 });
});

test('a marketplace reads why its own demand went where it went, without what networks are paid', async () => {
  const open = (name: string) =>
    network.open({ kind: 'marketplace', name, country: 'CN' as CountryCode } as never, 'marketplace_staff');
  const [platform, other] = [await open('Platform'), await open('Other')];
  const made = must(await reserve({ subject: { kind: 'return', id: 'order-9' } }, platform.client)) as Held;
  const nowhere = demand({
    service: 'mail',
    goods_class: 'battery_only',
    subject: { kind: 'mailing', id: 'm' },
  });
  must(await platform.client.post('/v1/point-options', nowhere));
  await network.settle();
  const path = `/v1/point-decisions/${made.decision_id}`;
  const seen = must(await platform.client.get<{ candidates: object[] }>(path)) as { candidates: object[] };
  expect(Object.keys(seen.candidates[0] ?? {}).sort()).toEqual(
    ['distance_meters', 'organisation_id', 'parts', 'point_id', 'quality', 'score'].sort(),
  );
  expect(must(await network.operator.get<{ candidates: object[] }>(path))).toMatchObject({
    candidates: [{ capacity: expect.any(Number), got_share: expect.any(Number) }, {}],
    points: expect.arrayContaining([
      { id: near.id, name: near.name, city: near.city, position: near.position },
    ]),
  });
  expect((await other.client.get(path)).status).toBe(404);
  const listed = must(await platform.client.get<{ data: Decision[] }>('/v1/point-decisions'));
  const { data } = listed as { data: Decision[] };
  expect(data.map(({ how }) => how)).toEqual(['unserved', 'best']);
  expect(must(await platform.client.get(`/v1/point-decisions/${data[0]?.id}`))).toMatchObject({
    candidates: [],
  });
  expect(must(await other.client.get('/v1/point-decisions'))).toEqual({ data: [] });
});

test('which points block a person is told to the network alone', async () => {
  const platform = await network.open(
    { kind: 'marketplace', name: 'Shop', country: 'CN' as CountryCode } as never,
    'marketplace_staff',
  );
  const phone = '13912345678';
  const block = { kind: 'phone', country: 'CN', phone, reason: 'abuse' };
  const made = must(await post.client.post<{ id: string }>('/v1/point-blocks', block));
  const told = must(await platform.client.post<Options>('/v1/point-options', demand({ phone }))) as Options;
  expect([told.options, told.excluded]).toEqual([[], []]);
  const { data } = must(await platform.client.get<{ data: Decision[] }>('/v1/point-decisions')) as {
    data: Decision[];
  };
  const path = `/v1/point-decisions/${data[0]?.id}`;
  type Detail = { excluded: { point_id: string; reason: string }[]; points: object[] };
  const own = must(await platform.client.get<Detail>(path)) as Detail;
  expect([own.excluded, own.points, JSON.stringify(data).includes('blocked')]).toEqual([[], [], false]);
  const seen = must(await network.operator.get<Detail>(path)) as Detail;
  expect(seen.excluded).toContainEqual({ point_id: near.id, reason: 'blocked' });
  expect(seen.points).toContainEqual(expect.objectContaining({ id: near.id }));
  expect((await post.client.send('DELETE', `/v1/point-blocks/${made.id}`)).status).toBe(204);
});

test('hours into which more came than was offered are listed for the network', async () => {
  const work = network.postroad.worlds.live;
  const intake = {
    pointId: far.id,
    service: 'return' as const,
    subject: { kind: 'return' as const, id: 'x' },
  };
  await work.command('network', async (one) =>
    accepted(await recordIntake(one, { ...intake, at: one.now, parcels: 500 })),
  );
  const path = `/v1/point-networks/${post.id}/over-capacity`;
  expect(must(await post.client.get(path))).toMatchObject({
    data: [{ point_id: far.id, name: far.name, service: 'return', beyond: expect.any(Number) }],
  });
  expect((await rival.get(path)).status).toBe(403);
});

const DEFAULT_RULES = {
  weights: DEFAULT_POINT_ALLOCATION.weights,
  half_distance_meters: 1_500,
  max_distance_meters: 30_000,
  candidates: 40,
};
