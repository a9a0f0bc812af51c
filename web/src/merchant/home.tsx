import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { WalletCards } from '../office/wallet-cards.tsx';
import { useOrderColumns } from '../parcels/order-columns.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import { NeedDecision, OpenOrders } from '../parcels/waiting.tsx';
import { MERCHANT_WORDS } from './words.ts';

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
      <OpenOrders columns={useOrderColumns()} />
      <NeedDecision columns={useShipmentColumns()} />
    </Page>
  );
}
