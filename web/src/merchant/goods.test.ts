import { expect, test } from 'vitest';
import { draftOf, emptyGoods, goodsOf, withItem, withParcel, worthOf } from './goods.ts';

const GOODS = [
  {
    description_en: 'paper lantern',
    description_cn: '纸灯笼',
    quantity: 2,
    unit_value: { amount_minor: 4_900, currency: 'CNY' },
    unit_weight_grams: 400,
    hs6: '940541',
    origin_country: 'CN',
    goods_class: 'normal' as const,
    sku: 'L-1',
  },
  {
    description_en: 'candle',
    quantity: 1,
    unit_value: { amount_minor: 5, currency: 'CNY' },
    unit_weight_grams: 90,
    goods_class: 'breakable' as const,
  },
];
const PARCELS = [
  { weight_grams: 850, size: { length_mm: 240, width_mm: 180, height_mm: 90 } },
  { weight_grams: 300 },
];

test('what an order holds comes out of its form as it went in', () => {
  expect(goodsOf(draftOf({ goods: GOODS, parcels: PARCELS }))).toEqual({ goods: GOODS, parcels: PARCELS });
});

test('an order without parcels of its own stays one', () => {
  expect(goodsOf(draftOf({ goods: GOODS }))).toEqual({ goods: GOODS });
});

test('another item keeps origin and currency of the last, and has an id of its own', () => {
  const drafted = withItem(draftOf({ goods: GOODS.slice(0, 1), parcels: PARCELS }));
  expect(drafted.items.map(({ id, origin, currency }) => [id, origin, currency])).toEqual([
    [0, 'CN', 'CNY'],
    [1, 'CN', 'CNY'],
  ]);
  const fewer = { ...drafted, items: drafted.items.slice(1) };
  expect(withItem(fewer).items.map(({ id }) => id)).toEqual([1, 2]);
  expect(withParcel(emptyGoods).parcels.map(({ id }) => id)).toEqual([0, 1]);
});

test('goods of one currency have a worth together', () => {
  expect(worthOf(GOODS)).toEqual({ amount_minor: 9_805, currency: 'CNY' });
  const [one] = GOODS;
  const mixed = { ...GOODS[1], unit_value: { amount_minor: 5, currency: 'EUR' } } as (typeof GOODS)[number];
  expect(one && worthOf([one, mixed])).toBeUndefined();
});
