import type { components } from '@postroad/sdk';
import { majorOf, minorOf } from '../ground/minor.ts';

type OrderInput = components['schemas']['OrderInput'];
type Order = components['schemas']['Order'];
type Item = components['schemas']['DeclaredItem'];

/** One kind of goods as it is typed in. */
export type ItemDraft = {
  readonly id: number;
  readonly description: string;
  readonly descriptionCn: string;
  readonly quantity: string;
  readonly value: string;
  readonly currency: string;
  readonly unitWeight: string;
  readonly hs6: string;
  readonly origin: string;
  readonly goodsClass: Item['goods_class'];
  /** Not shown, kept: the shop knows its goods by it. */
  readonly sku: string | undefined;
};
export type ParcelDraft = {
  readonly id: number;
  readonly weight: string;
  readonly length: string;
  readonly width: string;
  readonly height: string;
};
export type GoodsDraft = {
  readonly items: readonly ItemDraft[];
  readonly parcels: readonly ParcelDraft[];
};

const firstItem: ItemDraft = {
  id: 0,
  description: '',
  descriptionCn: '',
  quantity: '1',
  value: '',
  currency: 'EUR',
  unitWeight: '',
  hs6: '',
  origin: 'CN',
  goodsClass: 'normal',
  sku: undefined,
};
const firstParcel: ParcelDraft = { id: 0, weight: '', length: '', width: '', height: '' };
export const emptyGoods: GoodsDraft = { items: [firstItem], parcels: [firstParcel] };

const nextId = (rows: readonly { readonly id: number }[]) => Math.max(-1, ...rows.map(({ id }) => id)) + 1;

/** One more kind of goods, of the origin and currency of the last. */
export function withItem(draft: GoodsDraft): GoodsDraft {
  const { origin, currency } = draft.items.at(-1) ?? firstItem;
  return { ...draft, items: [...draft.items, { ...firstItem, id: nextId(draft.items), origin, currency }] };
}
export const withParcel = (draft: GoodsDraft): GoodsDraft => ({
  ...draft,
  parcels: [...draft.parcels, { ...firstParcel, id: nextId(draft.parcels) }],
});

/** Goods and parcels as the API takes them; an order without weights of parcels is weighed by its goods. */
export function goodsOf(draft: GoodsDraft): Pick<OrderInput, 'goods' | 'parcels'> {
  const parcels = draft.parcels.filter(({ weight }) => weight !== '').map(parcelOf);
  return { goods: draft.items.map(itemOf), ...(parcels.length === 0 ? {} : { parcels }) };
}

/** What all goods cost together; unknown for goods of several currencies. */
export function worthOf(goods: OrderInput['goods']): OrderInput['order_amount'] {
  const [first] = goods;
  if (first === undefined || goods.some((item) => item.unit_value.currency !== first.unit_value.currency))
    return undefined;
  return {
    amount_minor: goods.reduce((sum, item) => sum + item.unit_value.amount_minor * item.quantity, 0),
    currency: first.unit_value.currency,
  };
}

function itemOf(draft: ItemDraft): OrderInput['goods'][number] {
  const [cn, hs6] = [draft.descriptionCn.trim(), draft.hs6.trim()];
  return {
    description_en: draft.description.trim(),
    quantity: Number(draft.quantity),
    unit_value: { amount_minor: minorOf(draft.value, draft.currency), currency: draft.currency },
    unit_weight_grams: Number(draft.unitWeight),
    goods_class: draft.goodsClass,
    ...(draft.origin === '' ? {} : { origin_country: draft.origin }),
    ...(cn === '' ? {} : { description_cn: cn }),
    ...(hs6 === '' ? {} : { hs6 }),
    ...(draft.sku === undefined ? {} : { sku: draft.sku }),
  };
}

function parcelOf(draft: ParcelDraft): NonNullable<OrderInput['parcels']>[number] {
  const sides = [draft.length, draft.width, draft.height].map(Number);
  const [length_mm = 0, width_mm = 0, height_mm = 0] = sides;
  return {
    weight_grams: Number(draft.weight),
    ...(sides.every((side) => side > 0) ? { size: { length_mm, width_mm, height_mm } } : {}),
  };
}

/** A stored order's goods as one would have typed them. */
export function draftOf(order: Pick<Order, 'goods' | 'parcels'>): GoodsDraft {
  return {
    items: order.goods.map((item, id) => ({
      id,
      description: item.description_en,
      descriptionCn: item.description_cn ?? '',
      quantity: String(item.quantity),
      value: majorOf(item.unit_value),
      currency: item.unit_value.currency,
      unitWeight: String(item.unit_weight_grams),
      hs6: item.hs6 ?? '',
      origin: item.origin_country ?? '',
      goodsClass: item.goods_class,
      sku: item.sku,
    })),
    parcels: order.parcels?.map((parcel, id) => ({
      id,
      weight: String(parcel.weight_grams),
      length: String(parcel.size?.length_mm ?? ''),
      width: String(parcel.size?.width_mm ?? ''),
      height: String(parcel.size?.height_mm ?? ''),
    })) ?? [firstParcel],
  };
}
