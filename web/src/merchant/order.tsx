import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money, Size, Weight } from '../kit/values.tsx';
import { MaskedPartyLines, Place } from './place.tsx';
import { ShipWizard } from './ship-wizard.tsx';
import { type Order, OrderState } from './states.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function OrderDetail({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const order = useRead(['orders', id], (signal) =>
    api.get('/v1/orders/{order_id}', { params: { path: { order_id: id } }, signal }),
  );
  return (
    <Page
      title={order.data === undefined ? t('order') : order.data.reference}
      lead={<CopyId value={id} />}
      actions={order.data && <Actions order={order.data} />}
    >
      <Read of={order} rows={8}>
        {(found) => (
          <>
            <Head order={found} />
            {found.state === 'open' && <ShipWizard order={found} />}
            <Shipments order={found} />
            <Goods order={found} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Actions({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  const params = { path: { order_id: order.id } };
  const cancel = useAct(() => api.post('/v1/orders/{order_id}/cancellation', { params }), {
    touches: [['orders']],
    done: () => toast('ok', t('order.cancelled')),
  });
  const reopen = useAct(() => api.post('/v1/orders/{order_id}/reopening', { params }), {
    touches: [['orders']],
    done: () => toast('ok', t('order.reopened')),
  });
  const error = cancel.error ?? reopen.error;
  return (
    <>
      {error && <Failure error={error} />}
      {order.state === 'open' && (
        <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('order.cancel')}
        </Button>
      )}
      {order.state === 'cancelled' && (
        <Button busy={reopen.isPending} onClick={() => reopen.mutate(undefined)}>
          {t('order.reopen')}
        </Button>
      )}
    </>
  );
}

function Head({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
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
          [t('order.recipient'), <MaskedPartyLines key="recipient" of={order.recipient} />],
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
  const t = useWords(MERCHANT_WORDS);
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
  const t = useWords(MERCHANT_WORDS);
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
            label: t('new.description'),
            isName: true,
            cell: (item) => [item.description_en, item.description_cn].filter(Boolean).join(' · '),
          },
          { id: 'class', label: t('new.goods_class'), cell: (item) => t(`goods.${item.goods_class}`) },
          { id: 'hs6', label: t('new.hs6'), cell: (item) => item.hs6 ?? '–' },
          { id: 'quantity', label: t('new.quantity'), align: 'end', cell: (item) => number(item.quantity) },
          {
            id: 'weight',
            label: t('new.unit_weight'),
            align: 'end',
            cell: (item) => <Weight grams={item.unit_weight_grams} />,
          },
          {
            id: 'value',
            label: t('new.value'),
            align: 'end',
            cell: (item) => <Money of={item.unit_value} />,
          },
        ]}
      />
    </Card>
  );
}

function Shipments({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  if (order.shipments.length === 0) return null;
  return (
    <Card title={t('order.shipments')}>
      <ul className="grid gap-1">
        {order.shipments.map(({ shipment_id, state }) => (
          <li key={shipment_id} className="flex flex-wrap items-center gap-3">
            <Link className="number text-accent hover:underline" href={`/merchant/shipments/${shipment_id}`}>
              {shipment_id}
            </Link>
            <span className="text-soft">{state}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
