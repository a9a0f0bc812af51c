import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode, instant, type OrganisationId, type PointId } from '../kernel/index.ts';
import { listPoints, type Point } from '../points/index.ts';
import { aPoint, insertPoints } from '../points/points.fixture.ts';
import { createLocators } from './locators.ts';
import { pointIdOf } from './points.fixture.ts';

type Found = {
  id: string;
  name: string;
  distance_meters?: number;
  opens_at?: string;
  has_capacity_left: boolean;
  is_open: boolean;
};
type Answer = { data: Found[]; located?: { position: object; precision: string } };
type Map = { data: { count: number; point?: { id: string } }[] };

let network: TestNetwork;
let post: { id: string; client: Client };
let anybody: Client;

const HANGZHOU = 'latitude=30.2741&longitude=120.1551';
const at = (number: number, more: Partial<Point> = {}): Point =>
  aPoint(pointIdOf(number), post.id as OrganisationId, {
    outletCode: `HZ-${number}`,
    name: `西湖网点${number}`,
    position: { latitude: 30.2741 + number / 1_000, longitude: 120.1551 },
    ...more,
  });

async function write(world: 'live' | 'test', ...points: Point[]): Promise<void> {
  const outcome = await network.postroad.worlds[world].command('network', async ({ db }) =>
    accepted(await insertPoints(db, points)),
  );
  expect(outcome.ok && outcome.value).toBe(points.length);
  await network.settle();
}

const search = async (query: string, by = anybody) =>
  must(await by.get<Answer>(`/v1/points/search?${query}`)) as Answer;
const ids = ({ data }: Answer) => data.map(({ id }) => id);

beforeAll(async () => {
  network = await startTestNetwork();
  anybody = network.client();
  post = await network.open(
    { kind: 'point_operator', name: 'Post', country: 'CN' as CountryCode } as never,
    'point_staff',
    'test',
  );
  await write('live', at(1), at(2, { kind: 'locker', quality: 99 }), at(3, { state: 'suspended' }));
  await write(
    'live',
    at(4, {
      name: 'Zip counter',
      country: 'US' as CountryCode,
      position: { latitude: 40.71, longitude: -73.99 },
      zone: 'America/New_York',
    }),
  );
}, 60_000);
afterAll(() => network?.stop());

test('anybody finds the nearest points that take parcels, with how far they are and their public face', async () => {
  const answer = await anybody.get<Answer>(`/v1/points/search?${HANGZHOU}&country=CN`);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=1');
  expect(ids(must(answer) as Answer)).toEqual([pointIdOf(1), pointIdOf(2)]);
  expect(answer.body.data[0]).toMatchObject({ distance_meters: 111, has_capacity_left: true });
  expect(answer.body.data[0]).not.toHaveProperty('outlet_code');
  expect(answer.body.data[0]).not.toHaveProperty('capacity');
  expect(ids(await search(`${HANGZHOU}&kind=locker&service=return&min_quality=90`))).toEqual([pointIdOf(2)]);
  expect(ids(await search(`${HANGZHOU}&order=best`))).toEqual([pointIdOf(2), pointIdOf(1)]);
});

test('by postcode, by city, by the words of a point, and by words that name a place', async () => {
  const zip = await search('country=US&postcode=10001&max_distance_meters=20000');
  expect(ids(zip)).toEqual([pointIdOf(4)]);
  expect(zip.located?.precision).toBe('postcode');
  expect(ids(await search('country=CN&city=杭州市&limit=1'))).toHaveLength(1);
  expect(ids(await search('text=HZ-2'))).toEqual([pointIdOf(2)]);
  expect(ids(await search('text=西湖网点1'))[0]).toBe(pointIdOf(1));
  expect((await search('text=Brooklyn&limit=1')).located?.precision).toBe('city');
  expect(ids(await search('text=no such place at all'))).toEqual([]);
});

test('a map shows groups from afar and single points from near, also across the antimeridian', async () => {
  const map = async (query: string) => must(await anybody.get<Map>(`/v1/points/clusters?${query}`)) as Map;
  const world = await map('west=-180&south=-90&east=180&north=90&zoom=1');
  expect(world.data.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  const near = await map('west=120.1&south=30.2&east=120.2&north=30.3&zoom=17');
  expect(near.data.map(({ point }) => point?.id).sort()).toEqual([pointIdOf(1), pointIdOf(2)]);
  const pacific = await map('west=170&south=-90&east=-60&north=90&zoom=4');
  expect(pacific.data.map(({ point }) => point?.id)).toEqual([pointIdOf(4)]);
});

test('points that are not wanted, and those that serve others only, are left out of searches and of the map', async () => {
  const range = { kind: 'divisions', codes: ['330106'] } as const;
  const zone = 'Indian/Maldives';
  const male = { latitude: 4.17, longitude: 73.51 };
  await write(
    'live',
    at(11, { position: male, zone, name: 'Lagoon kiosk', country: 'MV' as CountryCode }),
    at(12, { position: male, zone, name: 'Lagoon post', country: 'MV' as CountryCode, range }),
  );
  const both = [pointIdOf(11), pointIdOf(12)];
  const near = 'country=MV&latitude=4.17&longitude=73.51';
  const box = 'west=73&south=4&east=74&north=5&zoom=17&country=MV';
  const map = async (query: string) => {
    const { data } = must(await anybody.get<Map>(`/v1/points/clusters?${box}&${query}`)) as Map;
    return data.map(({ point }) => point?.id).sort();
  };
  expect(ids(await search(near)).sort()).toEqual(both);
  expect(ids(await search(`${near}&exclude=${both[0]},${pointIdOf(99)}`))).toEqual([both[1]]);
  expect(ids(await search(`${near}&exclude=${both.join(',')}`))).toEqual([]);
  expect(ids(await search(`${near}&division_code=330102`))).toEqual([both[0]]);
  expect(ids(await search('text=lagoon&division_code=330106')).sort()).toEqual(both);
  expect(ids(await search('text=lagoon&division_code=330102'))).toEqual([both[0]]);
  expect(await map('min_quality=0')).toEqual(both);
  expect(await map(`exclude=${both[1]}`)).toEqual([both[0]]);
  expect(await map('division_code=330102')).toEqual([both[0]]);
  expect(await map('division_code=330106&latitude=4.17&longitude=73.51')).toEqual(both);
});

test.each([
  ['limit=3', 400, 'invalid_request'],
  ['latitude=1', 400, 'invalid_request'],
  ['latitude=91&longitude=0', 400, 'invalid_request'],
  ['postcode=10001', 400, 'invalid_request'],
  [`${HANGZHOU}&capacity_at=2026-11-30T00:00:00Z`, 400, 'invalid_request'],
  [`${HANGZHOU}&exclude=pnt_1`, 400, 'invalid_request'],
  [`${HANGZHOU}&exclude=${Array(51).fill(pointIdOf(1)).join(',')}`, 400, 'invalid_request'],
  [`${HANGZHOU}&colour=red`, 400, 'invalid_request'],
  ['country=US&city=Nosuchtownanywhere', 422, 'point_place_unknown'],
])('a question that cannot be answered is refused: %s', async (query, status, code) => {
  const answer = await anybody.get<{ code: string }>(`/v1/points/search?${query}`);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

test('the test world has points of its own and its own clock', async () => {
  const inHangzhou = new Date(Date.now() + 8 * 3_600_000);
  const tomorrow = (inHangzhou.getUTCDay() % 7) + 1;
  await write('test', at(7, { hours: [{ day: tomorrow, opens: '09:00', closes: '10:00' }] }));
  const answer = await search(HANGZHOU, post.client);
  expect(ids(answer)).toEqual([pointIdOf(7)]);
  const { opens_at } = answer.data[0] as Found;
  expect(new Date(opens_at ?? '').toISOString()).toMatch(/T01:00:00\.000Z$/);
  must(await network.operator.get('/v1/points?limit=1'));
});

test('points of many pages are read by a thread, and changes follow', async () => {
  const { live } = network.postroad.worlds;
  const locators = createLocators({ firstPage: 2 });
  const failures: unknown[] = [];
  const poller = locators.follow(live, (error) => failures.push(error));
  const locator = locators.of(live);
  await locator.ready();
  const known = (
    await live.read('network', (db) => listPoints(db, [1, 2, 3, 4, 11, 12].map(pointIdOf)))
  ).filter(({ state }) => state === 'active');
  expect(known.length).toBe(5);
  expect(locator.stats().points).toBe(5);
  for (const point of known) expect(locator.find(point.id)).toEqual(point);
  expect(locator.faces.search({ text: 'lagoon', limit: 9 })).toHaveLength(2);
  await write('live', { ...(known[4] as Point), name: 'Reef counter', version: 2 });
  await poller.idle();
  expect(locator.faces.search({ text: 'lagoon', limit: 9 })).toHaveLength(1);
  expect(locator.find(pointIdOf(12))?.name).toBe('Reef counter');
  await poller.stop();
  expect(failures).toEqual([]);
});

test('another process sees what was opened, changed and closed, and what is full', async () => {
  const { live } = network.postroad.worlds;
  const full = { pointId: pointIdOf(1) as PointId, service: 'collect' as const, startsAt: undefined };
  let isFull = true;
  const locators = createLocators({
    occupancy: async () => ({ states: [{ ...full, isFull }], horizon: 'one' }),
  });
  const failures: unknown[] = [];
  const poller = locators.follow(live, (error) => failures.push(error));
  const locator = locators.of(live);
  await locator.ready();
  const near = { position: { latitude: 30.2741, longitude: 120.1551 }, limit: 9, country: 'CN' };
  const found = (more = {}) => locator.nearest({ ...near, ...more }).map(({ point }) => point.id);
  expect(found()).toEqual([pointIdOf(1), pointIdOf(2)]);
  const room = { service: 'collect', needsCapacityAt: instant('2026-11-30T02:00:00Z') } as const;
  expect(found(room)).toEqual([pointIdOf(2)]);
  isFull = false;
  await write('live', at(2, { state: 'exited', version: 2 }), at(3, { version: 2 }), at(9, { quality: 1 }));
  await poller.idle();
  expect(found()).toEqual([pointIdOf(1), pointIdOf(3), pointIdOf(9)]);
  expect(found(room)).toEqual([pointIdOf(1), pointIdOf(3), pointIdOf(9)]);
  await poller.stop();
  expect(failures).toEqual([]);
});
