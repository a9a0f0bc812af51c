import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Facts, Moment, Money, Size, Weight } from '../kit/values.tsx';
import { Parties } from './parties.tsx';
import { Place } from './place.tsx';
import { type Order, OrderState, ShipmentStateWord } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

type Slot = (order: Order) => ReactNode;

/** One order: what was bought, for whom, and the shipments that bring it. */
export function OrderDetail({
  id,
  actions,
  children,
}: {
  readonly id: string;
  readonly actions?: Slot;
  /** What a face offers below the head. */
  readonly children?: Slot;
}) {
  const t = useWords(PARCEL_WORDS);
  const order = useRead(['orders', id], (signal) =>
    api.get('/v1/orders/{order_id}', { params: { path: { order_id: id } }, signal }),
  );
  return (
    <Page
      title={order.data === undefined ? t('order') : order.data.reference}
      lead={<CopyId value={id} />}
      actions={order.data && actions?.(order.data)}
    >
      <Read of={order} rows={8}>
        {(found) => (
          <>
            <Head order={found} />
            {children?.(found)}
            <Parties sender={found.sender} recipient={found.recipient} />
            <Shipments order={found} />
            <Goods order={found} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ order }: { readonly order: Order }) {
  const t = useWords(PARCEL_WORDS);
  return (
    <Card>
      <Facts
        of={[
          [t('order.state'), <OrderState key="state" of={order.state} />],
          [t('order.channel'), order.channel],
          [t('order.placed'), <Moment key="placed" at={order.placed_at} whole />],
          [t('order.paid'), order.paid_at && <Moment key="paid" at={order.paid_at} whole />],
          [t('order.ship_by'), order.ship_by && <Moment key="by" at={order.ship_by} whole />],
          [t('order.from'), order.from && <Place key="from" of={order.from} />],
          [t('order.to'), <Place key="to" of={order.to} />],
          [t('order.amount'), order.order_amount && <Money key="amount" of={order.order_amount} />],
          [t('order.cod'), order.cash_on_delivery && <Money key="cod" of={order.cash_on_delivery} />],
          [t('order.insured'), order.insured_amount && <Money key="insured" of={order.insured_amount} />],
          [t('order.incoterm'), order.incoterm],
          [t('order.parcels'), <Parcels key="parcels" order={order} />],
          [t('order.note'), order.note],
        ]}
      />
    </Card>
  );
}

function Parcels({ order }: { readonly order: Order }) {
  const t = useWords(PARCEL_WORDS);
  if (order.parcels === undefined) return <>{t('order.no_parcels')}</>;
  return (
    <ul>
      {order.parcels.map((parcel, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parcels of an order have no other identity
        <li key={index} className="flex flex-wrap gap-x-2">
          <Weight grams={parcel.weight_grams} />
          {parcel.size && <Size of={parcel.size} />}
        </li>
      ))}
    </ul>
  );
}

function Goods({ order }: { readonly order: Order }) {
  const t = useWords(PARCEL_WORDS);
  const { number } = useFormats();
  return (
    <Card title={t('order.goods')}>
      <Table
        label={t('order.goods')}
        rows={order.goods.map((item, index) => ({ ...item, index }))}
        rowId={(item) => String(item.index)}
        columns={[
          {
            id: 'description',
            label: t('item.description'),
            isName: true,
            cell: (item) => [item.description_en, item.description_cn].filter(Boolean).join(' · '),
          },
          { id: 'class', label: t('item.goods_class'), cell: (item) => t(`goods.${item.goods_class}`) },
          { id: 'hs6', label: t('item.hs6'), cell: (item) => item.hs6 ?? '–' },
          { id: 'quantity', label: t('item.quantity'), align: 'end', cell: (item) => number(item.quantity) },
          {
            id: 'weight',
            label: t('item.unit_weight'),
            align: 'end',
            cell: (item) => <Weight grams={item.unit_weight_grams} />,
          },
          {
            id: 'value',
            label: t('item.value'),
            align: 'end',
            cell: (item) => <Money of={item.unit_value} />,
          },
        ]}
      />
    </Card>
  );
}

function Shipments({ order }: { readonly order: Order }) {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  if (order.shipments.length === 0) return null;
  return (
    <Card title={t('order.shipments')}>
      <ul className="grid gap-1">
        {order.shipments.map(({ shipment_id, state }) => (
          <li key={shipment_id} className="flex flex-wrap items-center gap-3">
            <Link className="number text-accent hover:underline" href={at(`/shipments/${shipment_id}`)}>
              {shipment_id}
            </Link>
            <ShipmentStateWord of={state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
