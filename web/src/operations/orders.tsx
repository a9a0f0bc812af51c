import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Empty } from '../kit/states.tsx';
import { useOrderColumns } from '../parcels/order-columns.tsx';
import { OrderList } from '../parcels/order-list.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { OPERATIONS_WORDS } from './words.ts';

export function Orders() {
  const t = useWords(OPERATIONS_WORDS);
  const columns = useOrderColumns();
  return (
    <Page title={t('menu.orders')}>
      <OrderList
        columns={[
          ...columns,
          {
            id: 'whose',
            label: t('search.whose'),
            cell: (order) => <OrganisationName id={order.organisation_id} />,
          },
        ]}
        empty={<Empty title={t('orders.none')} />}
      />
    </Page>
  );
}
