import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { TopUpList } from './top-ups.tsx';
import { WalletList } from './wallets.tsx';
import { DESK_WORDS } from './words.ts';

/** Where somebody of the finance begins: payments to confirm, then the wallets. */
export function Finance() {
  const t = useWords(DESK_WORDS);
  return (
    <Page title={t('finance.title')} lead={t('finance.lead')}>
      <TopUpList title={t('topup.title')} />
      <WalletList />
    </Page>
  );
}
