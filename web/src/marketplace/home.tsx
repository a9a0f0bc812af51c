import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { WalletCards } from '../office/wallet-cards.tsx';
import { Flow } from '../parcels/flow.tsx';
import { SearchForm } from '../parcels/search-form.tsx';
import { NeedDecision, OpenOrders } from '../parcels/waiting.tsx';
import { useMerchantOrderColumns, useMerchantShipmentColumns } from './merchant-name.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

export function Home() {
  const t = useWords(MARKETPLACE_WORDS);
  const { person } = useSession();
  return (
    <Page title={t('menu.home')} lead={`${t('home.lead')} · ${person.name}`} actions={<SearchForm />}>
      <WalletCards />
      <Flow />
      <OpenOrders columns={useMerchantOrderColumns()} />
      <NeedDecision columns={useMerchantShipmentColumns()} />
    </Page>
  );
}
