import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/world/index.ts';
import { must } from '../../test/setup/market.ts';
import { type Client, startTestNetwork, type TestNetwork } from '../../test/setup/network.ts';
import { accepted, type CountryCode, type OrganisationId } from '../kernel/index.ts';
import { findCity, listCities } from '../places/index.ts';
import { aPoint, insertPoints } from '../points/points.fixture.ts';

type Share = { places: number; people: number; within: { meters: number; places: number; people: number }[] };
type Coverage = Share & {
  divisions: (Share & { division_code: string })[];
  unserved: { position: { latitude: number; longitude: number }; demands: number; parcels: number }[];
};
type Site = { name: string; kind: string; gain: number; covered: number; bound: number };
type Plan = { total: number; covered_before: number; sites: Site[] };

const LU = 'LU' as CountryCode;
let network: TestNetwork;
let merchant: Client;

beforeAll(async () => {
  network = await startTestNetwork();
  const post = await network.open(
    { kind: 'point_operator', name: 'Post', country: LU } as never,
    'point_staff',
  );
  merchant = (await network.open({ kind: 'merchant', name: 'Shop', country: LU } as never, 'merchant_admin'))
    .client;
  const city = findCity({ country: LU, name: 'Luxembourg' });
  if (city === undefined) throw new Error('the capital is not in the data');
  const counter = aPoint(newId('pnt'), post.id as OrganisationId, {
    country: LU,
    position: city.position,
    zone: 'Europe/Luxembourg',
  });
  await network.postroad.worlds.live.command('network', async ({ db }) =>
    accepted(await insertPoints(db, [counter])),
  );
  await network.settle();
}, 60_000);
afterAll(() => network?.stop());

const coverage = async (query = '') =>
  must(await network.operator.get<Coverage>(`/v1/coverage?country=LU${query}`)) as Coverage;
const plan = async (more: object = {}) =>
  must(
    await network.operator.post<Plan>('/v1/coverage/recommendations', { country: 'LU', points: 5, ...more }),
  ) as Plan;

test('one counter in the capital covers those around it, and its division is the best covered', async () => {
  const all = await coverage();
  expect(all.places).toBe(listCities('LU').length);
  expect(all.within.map(({ meters }) => meters)).toEqual([3_000, 5_000, 10_000]);
  const [near, , wide] = all.within;
  expect(near?.places).toBeGreaterThan(0);
  expect(wide?.places).toBeGreaterThan(near?.places ?? 0);
  expect(wide?.places).toBeLessThan(all.places);
  const last = all.divisions.at(-1);
  const alone = await coverage(`&division=${last?.division_code}`);
  expect(alone).toMatchObject({ places: last?.places, within: last?.within });
  expect((await coverage('&service=mail&division=none')).places).toBe(0);
  expect((await merchant.get('/v1/coverage?country=LU')).status).toBe(403);
});

test('demand that found no point is seen where it arose, each subject once, and draws the next site', async () => {
  const before = await plan({ service: 'return' });
  const ask = (id: string) =>
    merchant.post('/v1/point-options', {
      service: 'return',
      country: 'LU',
      position: { latitude: 49.6117, longitude: 6.1319 },
      goods_class: 'battery_contained',
      subject: { kind: 'return', id },
    });
  for (const id of ['a', 'a', 'b']) expect(await ask(id)).toMatchObject({ body: { options: [] } });
  await network.settle();
  expect((await coverage('&service=return')).unserved).toEqual([
    { position: { latitude: 49.61, longitude: 6.13 }, demands: 2, parcels: 2 },
  ]);
  const after = await plan({ service: 'return', unserved_weight: 10_000 });
  expect(after.total).toBe(before.total + 20_000);
  expect(after.covered_before).toBe(before.covered_before);
  // The capital has a counter; only what it could not take draws another one there.
  expect(before.sites.some(({ name }) => name === 'Luxembourg')).toBe(false);
  expect(after.sites.find(({ kind, gain }) => kind === 'demand' || gain >= 20_000)).toBeDefined();
});

test('the coverage curve rises by what each site gains, and never passes its bound', async () => {
  const { sites, covered_before, total } = await plan({ radius_meters: 10_000 });
  expect(sites).toHaveLength(5);
  let covered = covered_before;
  for (const site of sites) {
    covered += site.gain;
    expect(site.covered).toBe(covered);
    expect(site.covered).toBeLessThanOrEqual(site.bound);
    expect(site.bound).toBeLessThanOrEqual(total);
  }
  expect(await plan({ country: 'ZZ' })).toMatchObject({ total: 0, sites: [] });
});
