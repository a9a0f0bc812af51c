import { expect, test } from 'vitest';
import { DAY, dateOf } from './calendar.ts';
import { merchantsFor, planWorld, WORLD_MERCHANTS } from './plan.ts';

const start = Date.parse('2026-03-02T00:00:00Z');
const world = planWorld({ seed: 1, parcels: 4_000, days: 7, start, merchants: merchantsFor(4_000) });

test('200 merchants of three marketplaces sell from three regions, and everybody of a seed is the same again', () => {
  expect(world.merchants).toHaveLength(WORLD_MERCHANTS);
  expect(new Set(world.merchants.map((merchant) => merchant.marketplace)).size).toBe(3);
  expect(new Set(world.merchants.map((merchant) => merchant.currency))).toEqual(
    new Set(['CNY', 'EUR', 'BRL']),
  );
  const again = planWorld({ seed: 1, parcels: 4_000, days: 7, start, merchants: WORLD_MERCHANTS });
  expect(again.orders).toEqual(world.orders);
  const parcels = world.orders.reduce((sum, order) => sum + order.parcels.length, 0);
  expect(parcels).toBeGreaterThanOrEqual(4_000);
});

test('the promotion sells about six times an ordinary day, and the night less than the evening', () => {
  const local = world.orders.map(
    (order) => order.at + (order.merchant.home.country === 'CN' ? 8 : 0) * 3_600_000,
  );
  const byDay = Map.groupBy(world.orders, (order) => dateOf(order.at));
  const sold = [...byDay.values()].map((orders) => orders.length).sort((a, b) => b - a);
  const ordinary = sold[Math.floor(sold.length / 2)] ?? 1;
  expect((sold[0] ?? 0) / ordinary).toBeGreaterThan(3.5);
  const at = (hour: number) => local.filter((one) => Math.floor((one % DAY) / 3_600_000) === hour).length;
  expect(at(21)).toBeGreaterThan(4 * at(3));
});

test('cheats and honest look-alikes are there, each known to the plan alone', () => {
  expect(new Set(world.orders.map((order) => order.cheat)).size).toBeGreaterThan(3);
  const refs = world.orders.map((order) => order.ref);
  expect(refs.length - new Set(refs).size).toBeGreaterThan(20);
  const empty = world.orders.filter((order) => order.cheat === 'empty_parcel');
  expect(empty.length).toBeGreaterThan(0);
  for (const order of empty) {
    expect(order.parcels.every((parcel) => parcel.actualGrams < 20)).toBe(true);
    expect(order.city.postcodes).toContain(order.buyer.address.postcode);
  }
});
