import { expect, test } from 'vitest';
import { planWorld } from './plan.ts';

const size = { seed: 3, parcels: 400, days: 2, start: Date.parse('2026-03-02T00:00:00Z'), merchants: 20 };
const shops = [
  { name: 'Lantern Goods', country: 'CN' },
  { name: 'Loja Ipê', country: 'BR' },
  { name: 'Nowhere', country: 'AQ' },
];

test('shops that were there before take the first merchant of their country, and sell most', () => {
  const plain = planWorld(size);
  const { merchants, orders } = planWorld({ ...size, shops });
  expect(merchants.filter((one) => one.isWatched).map((one) => [one.name, one.home.country])).toEqual([
    ['Lantern Goods', 'CN'],
    ['Loja Ipê', 'BR'],
  ]);
  expect(merchants.map((one) => one.home.name)).toEqual(plain.merchants.map((one) => one.home.name));
  const bySeller = Map.groupBy(orders, (order) => order.merchant.name);
  const sold = [...bySeller].sort(([, a], [, b]) => b.length - a.length).map(([name]) => name);
  expect(new Set(sold.slice(0, 2))).toEqual(new Set(['Lantern Goods', 'Loja Ipê']));
  expect(merchants.every((one) => !one.isWatched || one.handover === 'drop_off')).toBe(true);
  expect(orders.filter((order) => order.merchant.isWatched && order.cheat !== undefined)).toEqual([]);
});
