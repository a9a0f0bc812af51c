import { useState } from 'react';
import { useLocation } from 'wouter';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { Empty } from '../kit/states.tsx';
import { useOrderColumns } from '../parcels/order-columns.tsx';
import { OrderList } from '../parcels/order-list.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { chooseOrders } from './chosen-orders.ts';
import { MERCHANT_WORDS } from './words.ts';

export function Orders() {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [, go] = useLocation();
  const columns = useOrderColumns();
  const ship = (ids: readonly string[] | 'open') => {
    chooseOrders(ids);
    go('/merchant/orders/ship');
  };
  return (
    <Page
      title={t('menu.orders')}
      actions={
        <>
          <ButtonLink to="/merchant/orders/import">{t('orders.import')}</ButtonLink>
          <ButtonLink to="/merchant/orders/new">{t('orders.new')}</ButtonLink>
          {selected.size > 0 ? (
            <Button look="primary" onClick={() => ship([...selected])}>
              {t('orders.ship_selected', { count: selected.size })}
            </Button>
          ) : (
            <Button look="primary" onClick={() => ship('open')}>
              {t('orders.ship_all')}
            </Button>
          )}
        </>
      }
    >
      <OrderList
        columns={columns}
        selection={{ selected, onSelected: setSelected, canSelect: (order) => order.state === 'open' }}
        empty={
          <Empty
            title={p('order.none')}
            hint={t('order.none_hint')}
            action={<ButtonLink to="/merchant/orders/import">{t('orders.import')}</ButtonLink>}
          />
        }
      />
    </Page>
  );
}
