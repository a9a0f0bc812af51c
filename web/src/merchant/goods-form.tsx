import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { CountryField } from '../office/country-field.tsx';
import { CURRENCIES } from '../office/currencies.ts';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { type GoodsDraft, type ItemDraft, type ParcelDraft, withItem, withParcel } from './goods.ts';
import { MERCHANT_WORDS } from './words.ts';

const CLASSES: readonly ItemDraft['goodsClass'][] = [
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
/** Most kinds of goods and parcels of an order that the API takes. */
const MOST_ITEMS = 100;
const MOST_PARCELS = 50;

type Props = {
  readonly draft: GoodsDraft;
  readonly onDraft: (draft: GoodsDraft) => void;
  readonly errors: Readonly<Record<string, string>>;
};

/** What is in an order, item by item, and how it is packed. */
export function GoodsForm({ draft, onDraft, errors }: Props) {
  const t = useWords(MERCHANT_WORDS);
  const { items } = draft;
  return (
    <>
      <Card title={t('new.goods')}>
        <div className="grid gap-5">
          {items.map((item, index) => (
            <ItemFields
              key={item.id}
              item={item}
              at={`/goods/${index}`}
              errors={errors}
              onItem={(changed) =>
                onDraft({ ...draft, items: items.map((one) => (one.id === item.id ? changed : one)) })
              }
              onRemove={
                items.length === 1
                  ? undefined
                  : () => onDraft({ ...draft, items: items.filter((one) => one.id !== item.id) })
              }
            />
          ))}
          {items.length < MOST_ITEMS && (
            <span>
              <Button size="small" onClick={() => onDraft(withItem(draft))}>
                {t('new.add_item')}
              </Button>
            </span>
          )}
        </div>
      </Card>
      <ParcelRows draft={draft} onDraft={onDraft} errors={errors} />
    </>
  );
}

function ItemFields({
  item,
  at,
  errors,
  onItem,
  onRemove,
}: {
  readonly item: ItemDraft;
  readonly at: string;
  readonly errors: Props['errors'];
  readonly onItem: (item: ItemDraft) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const set = (name: keyof ItemDraft) => (text: string) => onItem({ ...item, [name]: text });
  const error = (name: string) => errors[`${at}/${name}`];
  const currencies = CURRENCIES.includes(item.currency as (typeof CURRENCIES)[number])
    ? CURRENCIES
    : [...CURRENCIES, item.currency];
  return (
    <div className="grid gap-4 border-b border-line pb-5 sm:grid-cols-2">
      <Field label={p('item.description')} error={error('description_en')}>
        <Input required maxLength={60} value={item.description} onText={set('description')} />
      </Field>
      <Field label={p('item.description_cn')} error={error('description_cn')}>
        <Input maxLength={20} value={item.descriptionCn} onText={set('descriptionCn')} />
      </Field>
      <Field label={p('item.quantity')} error={error('quantity')}>
        <Input required type="number" min={1} max={999} value={item.quantity} onText={set('quantity')} />
      </Field>
      <Field label={p('item.unit_weight')} error={error('unit_weight_grams')}>
        <Input required type="number" min={1} value={item.unitWeight} onText={set('unitWeight')} />
      </Field>
      <Field label={p('item.value')} error={error('unit_value/amount_minor')}>
        <Input
          required
          inputMode="decimal"
          pattern="\d+([.,]\d{1,3})?"
          value={item.value}
          onText={set('value')}
        />
      </Field>
      <Field label={t('new.currency')} error={error('unit_value/currency')}>
        <Select
          value={item.currency}
          onChoice={set('currency')}
          choices={currencies.map((one) => ({ value: one as string, label: one }))}
        />
      </Field>
      <Field label={p('item.goods_class')} error={error('goods_class')}>
        <Select
          value={item.goodsClass}
          onChoice={set('goodsClass')}
          choices={CLASSES.map((one) => ({ value: one, label: p(`goods.${one}`) }))}
        />
      </Field>
      <Field label={p('item.hs6')} error={error('hs6')}>
        <Input inputMode="numeric" pattern="\d{6}" maxLength={6} value={item.hs6} onText={set('hs6')} />
      </Field>
      <CountryField
        label={t('new.origin')}
        value={item.origin}
        onCountry={set('origin')}
        error={error('origin_country')}
      />
      {onRemove && (
        <span className="self-end">
          <Button size="small" onClick={onRemove}>
            {t('new.remove_item')}
          </Button>
        </span>
      )}
    </div>
  );
}

function ParcelRows({ draft, onDraft, errors }: Props) {
  const t = useWords(MERCHANT_WORDS);
  const { parcels } = draft;
  return (
    <Card title={t('new.parcel')}>
      <div className="grid gap-4">
        {parcels.map((parcel, index) => (
          <ParcelFields
            key={parcel.id}
            parcel={parcel}
            at={`/parcels/${index}`}
            errors={errors}
            onParcel={(changed) =>
              onDraft({ ...draft, parcels: parcels.map((one) => (one.id === parcel.id ? changed : one)) })
            }
            onRemove={
              parcels.length === 1
                ? undefined
                : () => onDraft({ ...draft, parcels: parcels.filter((one) => one.id !== parcel.id) })
            }
          />
        ))}
        {parcels.length < MOST_PARCELS && (
          <span>
            <Button size="small" onClick={() => onDraft(withParcel(draft))}>
              {t('new.add_parcel')}
            </Button>
          </span>
        )}
      </div>
    </Card>
  );
}

const SIDES = ['weight', 'length', 'width', 'height'] as const;
const POINTERS = {
  weight: 'weight_grams',
  length: 'size/length_mm',
  width: 'size/width_mm',
  height: 'size/height_mm',
} as const;

function ParcelFields({
  parcel,
  at,
  errors,
  onParcel,
  onRemove,
}: {
  readonly parcel: ParcelDraft;
  readonly at: string;
  readonly errors: Props['errors'];
  readonly onParcel: (parcel: ParcelDraft) => void;
  readonly onRemove: (() => void) | undefined;
}) {
  const t = useWords(MERCHANT_WORDS);
  return (
    <div className="grid gap-4 sm:grid-cols-[repeat(4,1fr)_auto]">
      {SIDES.map((name) => (
        <Field key={name} label={t(`new.${name}`)} error={errors[`${at}/${POINTERS[name]}`]}>
          <Input
            type="number"
            min={1}
            // A second parcel without a weight would be left out unseen.
            required={name === 'weight' && onRemove !== undefined}
            value={parcel[name]}
            onText={(text) => onParcel({ ...parcel, [name]: text })}
          />
        </Field>
      ))}
      {onRemove && (
        <span className="self-end">
          <Button size="small" onClick={onRemove}>
            {t('new.remove_parcel')}
          </Button>
        </span>
      )}
    </div>
  );
}
