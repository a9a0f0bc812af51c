import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { readingOf, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { type Column, Table } from '../kit/table.tsx';
import type { Order, Shipment } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

const SHOWN = 6;
/** States in which nothing goes on until the merchant decides. */
const NEED_DECISION: readonly Shipment['state'][] = ['pickup_failed', 'inbound_rejected', 'outbound_failed'];

export const OPEN_ORDERS = readingOf(['orders', 'home'], (signal) =>
  api.get('/v1/orders', { params: { query: { state: 'open', limit: SHOWN } }, signal }),
);
export const UNDECIDED = readingOf(['shipments', 'attention'], async (signal) => {
  const pages = await Promise.all(
    NEED_DECISION.map((state) =>
      api.get('/v1/shipments', { params: { query: { state, limit: SHOWN } }, signal }),
    ),
  );
  return pages.flatMap((page) => page.data);
});

/** The newest orders that wait to be shipped. */
export function OpenOrders({ columns }: { readonly columns: readonly Column<Order>[] }) {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  const orders = useRead(OPEN_ORDERS.key, OPEN_ORDERS.read);
  return (
    <Card
      title={t('waiting.orders')}
      actions={
        <ButtonLink to={at('/orders?state=open')} size="small" look="quiet">
          {t('waiting.more')}
        </ButtonLink>
      }
    >
      <Read of={orders}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('waiting.orders_none')}</p>
          ) : (
            <Table label={t('waiting.orders')} rows={data} columns={columns} rowId={(order) => order.id} />
          )
        }
      </Read>
    </Card>
  );
}

/** Shipments that stand still until their merchant decides. */
export function NeedDecision({ columns }: { readonly columns: readonly Column<Shipment>[] }) {
  const t = useWords(PARCEL_WORDS);
  const found = useRead(UNDECIDED.key, UNDECIDED.read);
  return (
    <Card title={t('waiting.decisions')}>
      <Read of={found} rows={2}>
        {(shipments) =>
          shipments.length === 0 ? (
            <p className="text-soft">{t('waiting.decisions_none')}</p>
          ) : (
            <Table
              label={t('waiting.decisions')}
              rows={shipments}
              columns={columns}
              rowId={(one) => one.id}
            />
          )
        }
      </Read>
    </Card>
  );
}
