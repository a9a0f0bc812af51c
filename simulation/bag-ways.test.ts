import { expect, test } from 'vitest';
import { goesIntoBag, waysOf } from './bag-ways.ts';
import { citiesByCountry } from './geography.ts';
import { planWorld } from './plan.ts';
import { drawAgain, returnOf } from './returns.ts';

const start = Date.parse('2026-03-02T00:00:00Z');
const { orders } = planWorld({ seed: 3, parcels: 600, days: 5, start, merchants: 60 });

test('the first parcel of a bag is where its list says, and a bag of two holds no surprise', () => {
  const all = Array.from({ length: 400 }, (_, index) => index);
  const ways = waysOf(3, all);
  expect(new Set(ways)).toEqual(new Set(['as_listed', 'left_behind', 'unlisted', 'damaged']));
  expect(new Set(all.map((from) => waysOf(3, [from, from + 1, from + 2])[0]))).toEqual(
    new Set(['as_listed']),
  );
  expect(new Set(all.flatMap((from) => waysOf(3, [from, from + 1])))).toEqual(new Set(['as_listed']));
  expect(waysOf(3, all)).toEqual(ways);
});

test('bags go where a warehouse counts them; what a buyer sends back comes by itself', () => {
  const inBags = orders.filter((order) => goesIntoBag(3, order));
  expect(new Set(inBags.map((order) => order.origin.country))).toEqual(new Set(['CN', 'DE', 'BR']));
  expect(inBags.some((order) => goesIntoBag(3, returnOf(order, start)))).toBe(false);
});

test('what goes back is drawn again by its index alone, from the buyer to the merchant', () => {
  const order = orders.find((one) => !one.isAbroad && !one.isSplit);
  if (order === undefined) throw new Error('nobody sells at home');
  const back = returnOf(order, order.at + 1);
  expect(back).toMatchObject({
    origin: order.city,
    city: order.merchant.home,
    isReturn: true,
    cash: undefined,
  });
  expect(back.sender.address).toEqual(order.buyer.address);
  expect(drawAgain(3, back.index, order.at + 1, order.merchant, citiesByCountry())).toEqual({
    ...back,
    at: order.at + 1,
  });
});
