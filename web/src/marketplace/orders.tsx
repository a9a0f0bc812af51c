import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Empty } from '../kit/states.tsx';
import { OrderDetail } from '../parcels/order.tsx';
import { OrderList } from '../parcels/order-list.tsx';
import { ShipmentDetail } from '../parcels/shipment.tsx';
import { Shipments } from '../parcels/shipments.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { InsureReturn } from '../returns-desk/insure.tsx';
import { useMerchantOrderColumns, useMerchantShipmentColumns } from './merchant-name.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

/** Orders of all merchants. */
export function MarketplaceOrders() {
  const t = useWords(MARKETPLACE_WORDS);
  const p = useWords(PARCEL_WORDS);
  return (
    <Page title={t('menu.orders')}>
      <OrderList
        columns={useMerchantOrderColumns()}
        empty={<Empty title={p('order.none')} hint={t('orders.hint')} />}
      />
    </Page>
  );
}

export function MarketplaceOrder({ id }: { readonly id: string }) {
  return <OrderDetail id={id} actions={(order) => <InsureReturn order={order} />} />;
}

export function MarketplaceShipments() {
  const t = useWords(MARKETPLACE_WORDS);
  return <Shipments columns={useMerchantShipmentColumns()} hint={t('shipments.hint')} />;
}

export function MarketplaceShipment({ id }: { readonly id: string }) {
  return <ShipmentDetail id={id} />;
}
