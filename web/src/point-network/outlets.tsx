import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Page } from '../kit/page.tsx';
import { OutletList } from '../outlets/outlet-list.tsx';
import { NETWORK_WORDS } from './words.ts';

export function Outlets() {
  const t = useWords(NETWORK_WORDS);
  return (
    <Page
      title={t('menu.outlets')}
      lead={t('outlets.lead')}
      actions={
        <ButtonLink to="/network/outlets/new" look="primary">
          {t('outlets.apply')}
        </ButtonLink>
      }
    >
      <OutletList />
    </Page>
  );
}
