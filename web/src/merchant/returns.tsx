import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Returns } from '../returns-desk/list.tsx';
import { DESK_WORDS } from '../returns-desk/words.ts';

/** What waits for the seller first. */
export function MerchantReturns() {
  const t = useWords(DESK_WORDS);
  return (
    <Returns
      waitsFirst="seller"
      actions={<ButtonLink to="/merchant/returns/settings">{t('settings')}</ButtonLink>}
    />
  );
}
