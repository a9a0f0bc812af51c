import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { WalletCards } from '../office/wallet-cards.tsx';
import { useOrderColumns } from '../parcels/order-columns.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import type { Shipment } from '../parcels/states.tsx';
import { MERCHANT_WORDS } from './words.ts';

const SHOWN = 6;
/** States in which nothing goes on until the merchant decides. */
const NEED_DECISION: readonly Shipment['state'][] = ['pickup_failed', 'inbound_rejected', 'outbound_failed'];

export function Home() {
  const t = useWords(MERCHANT_WORDS);
  const { person } = useSession();
  return (
    <Page
      title={t('menu.home')}
      lead={`${t('home.lead')} · ${person.name}`}
      actions={
        <>
          <ButtonLink to="/merchant/orders/import">{t('orders.import')}</ButtonLink>
          <ButtonLink to="/merchant/orders/new" look="primary">
            {t('orders.new')}
          </ButtonLink>
        </>
      }
    >
      <WalletCards />
      <OpenOrders />
      <Attention />
    </Page>
  );
}

function OpenOrders() {
  const t = useWords(MERCHANT_WORDS);
  const columns = useOrderColumns();
  const orders = useRead(['orders', 'home'], (signal) =>
    api.get('/v1/orders', { params: { query: { state: 'open', limit: SHOWN } }, signal }),
  );
  return (
    <Card
      title={t('home.open_orders')}
      actions={
        <ButtonLink to="/merchant/orders?state=open" size="small" look="quiet">
          {t('home.more')}
        </ButtonLink>
      }
    >
      <Read of={orders}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('home.open_orders_none')}</p>
          ) : (
            <Table label={t('home.open_orders')} rows={data} columns={columns} rowId={(order) => order.id} />
          )
        }
      </Read>
    </Card>
  );
}

function Attention() {
  const t = useWords(MERCHANT_WORDS);
  const columns = useShipmentColumns();
  const found = useRead(['shipments', 'attention'], async (signal) => {
    const pages = await Promise.all(
      NEED_DECISION.map((state) =>
        api.get('/v1/shipments', { params: { query: { state, limit: SHOWN } }, signal }),
      ),
    );
    return pages.flatMap((page) => page.data);
  });
  return (
    <Card title={t('home.attention')}>
      <Read of={found} rows={2}>
        {(shipments) =>
          shipments.length === 0 ? (
            <p className="text-soft">{t('home.attention_none')}</p>
          ) : (
            <Table label={t('home.attention')} rows={shipments} columns={columns} rowId={(one) => one.id} />
          )
        }
      </Read>
    </Card>
  );
}
