import type { components } from '@postroad/sdk';
import { minorOf } from '../ground/minor.ts';
import { useWords } from '../ground/words.ts';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { CountryField } from '../office/country-field.tsx';
import { CURRENCIES } from '../office/currencies.ts';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MERCHANT_WORDS } from './words.ts';

type OrderInput = components['schemas']['OrderInput'];
type GoodsClass = NonNullable<OrderInput['goods'][number]['goods_class']>;

const CLASSES: readonly GoodsClass[] = [
  'normal',
  'battery_contained',
  'battery_only',
  'cosmetics_non_liquid',
  'liquid',
  'powder',
  'magnetic',
  'special',
  'breakable',
];

export type GoodsDraft = {
  readonly description: string;
  readonly descriptionCn: string;
  readonly quantity: string;
  readonly value: string;
  readonly currency: string;
  readonly unitWeight: string;
  readonly hs6: string;
  readonly origin: string;
  readonly goodsClass: GoodsClass;
  readonly weight: string;
  readonly length: string;
  readonly width: string;
  readonly height: string;
};

export const emptyGoods: GoodsDraft = {
  description: '',
  descriptionCn: '',
  quantity: '1',
  value: '',
  currency: 'EUR',
  unitWeight: '',
  hs6: '',
  origin: 'CN',
  goodsClass: 'normal',
  weight: '',
  length: '',
  width: '',
  height: '',
};

/** Goods, parcel and order value as the API takes them; a parcel without a weight is left to be weighed by its goods. */
export function goodsOf(draft: GoodsDraft): Pick<OrderInput, 'goods' | 'parcels' | 'order_amount'> {
  const { currency } = draft;
  const value = { amount_minor: minorOf(draft.value, currency), currency };
  const quantity = Number(draft.quantity);
  const sides = [draft.length, draft.width, draft.height].map(Number);
  const [length_mm = 0, width_mm = 0, height_mm = 0] = sides;
  return {
    goods: [
      {
        description_en: draft.description.trim(),
        quantity,
        unit_value: value,
        unit_weight_grams: Number(draft.unitWeight),
        goods_class: draft.goodsClass,
        origin_country: draft.origin,
        ...(draft.descriptionCn.trim() === '' ? {} : { description_cn: draft.descriptionCn.trim() }),
        ...(draft.hs6.trim() === '' ? {} : { hs6: draft.hs6.trim() }),
      },
    ],
    ...(draft.weight === ''
      ? {}
      : {
          parcels: [
            {
              weight_grams: Number(draft.weight),
              ...(sides.every((side) => side > 0) ? { size: { length_mm, width_mm, height_mm } } : {}),
            },
          ],
        }),
    order_amount: { amount_minor: value.amount_minor * quantity, currency },
  };
}

type Props = {
  readonly draft: GoodsDraft;
  readonly onDraft: (draft: GoodsDraft) => void;
  readonly errors: Readonly<Record<string, string>>;
};

export function GoodsForm({ draft, onDraft, errors }: Props) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const set = (name: keyof GoodsDraft) => (text: string) => onDraft({ ...draft, [name]: text });
  const error = (name: string) => errors[`/goods/0/${name}`];
  return (
    <>
      <Card title={t('new.goods')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={p('item.description')} error={error('description_en')}>
            <Input required maxLength={60} value={draft.description} onText={set('description')} />
          </Field>
          <Field label={p('item.description_cn')} error={error('description_cn')}>
            <Input maxLength={60} value={draft.descriptionCn} onText={set('descriptionCn')} />
          </Field>
          <Field label={p('item.quantity')} error={error('quantity')}>
            <Input required type="number" min={1} value={draft.quantity} onText={set('quantity')} />
          </Field>
          <Field label={p('item.unit_weight')} error={error('unit_weight_grams')}>
            <Input required type="number" min={1} value={draft.unitWeight} onText={set('unitWeight')} />
          </Field>
          <Field label={p('item.value')} error={error('unit_value/amount_minor')}>
            <Input
              required
              inputMode="decimal"
              pattern="\d+([.,]\d{1,3})?"
              value={draft.value}
              onText={set('value')}
            />
          </Field>
          <Field label={t('new.currency')} error={error('unit_value/currency')}>
            <Select
              value={draft.currency}
              onChoice={set('currency')}
              choices={CURRENCIES.map((one) => ({ value: one as string, label: one }))}
            />
          </Field>
          <Field label={p('item.goods_class')} error={error('goods_class')}>
            <Select
              value={draft.goodsClass}
              onChoice={set('goodsClass')}
              choices={CLASSES.map((one) => ({ value: one, label: p(`goods.${one}`) }))}
            />
          </Field>
          <Field label={p('item.hs6')} error={error('hs6')}>
            <Input inputMode="numeric" pattern="\d{6}" maxLength={6} value={draft.hs6} onText={set('hs6')} />
          </Field>
          <CountryField
            label={t('new.origin')}
            value={draft.origin}
            onCountry={set('origin')}
            error={error('origin_country')}
          />
        </div>
      </Card>
      <ParcelFields draft={draft} onDraft={onDraft} errors={errors} />
    </>
  );
}

function ParcelFields({ draft, onDraft, errors }: Props) {
  const t = useWords(MERCHANT_WORDS);
  const fields = ['weight', 'length', 'width', 'height'] as const;
  const names = {
    weight: 'weight_grams',
    length: 'size/length_mm',
    width: 'size/width_mm',
    height: 'size/height_mm',
  };
  return (
    <Card title={t('new.parcel')}>
      <div className="grid gap-4 sm:grid-cols-4">
        {fields.map((name) => (
          <Field key={name} label={t(`new.${name}`)} error={errors[`/parcels/0/${names[name]}`]}>
            <Input
              type="number"
              min={1}
              value={draft[name]}
              onText={(text) => onDraft({ ...draft, [name]: text })}
            />
          </Field>
        ))}
      </div>
    </Card>
  );
}
