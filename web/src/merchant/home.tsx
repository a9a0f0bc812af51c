import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Money } from '../kit/values.tsx';
import { useOrderColumns } from './order-columns.tsx';
import { useShipmentColumns } from './shipment-columns.tsx';
import type { Shipment } from './states.tsx';
import { MERCHANT_WORDS, OFFICE_WORDS } from './words.ts';

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
      <Wallets />
      <OpenOrders />
      <Attention />
    </Page>
  );
}

function Wallets() {
  const t = useWords(OFFICE_WORDS);
  const wallets = useRead(['wallets'], (signal) => api.get('/v1/wallets', { signal }));
  return (
    <Read of={wallets} rows={1}>
      {({ data }) => (
        <ul className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {data.map((wallet) => (
            <li key={wallet.id} className="rounded-lg border border-line bg-card p-4">
              <Link href="/merchant/wallet" className="caption hover:underline">
                {t('wallet.available')} · {wallet.currency}
              </Link>
              <p className="mt-1 text-xl font-semibold">
                <Money of={wallet.available} />
              </p>
              <p className="text-sm text-soft">
                {t('wallet.held')}: <Money of={wallet.held} />
              </p>
              {wallet.is_in_arrears && <Status tone="bad">{t('wallet.arrears')}</Status>}
            </li>
          ))}
        </ul>
      )}
    </Read>
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
