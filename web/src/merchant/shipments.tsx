import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Shipments } from '../parcels/shipments.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function MerchantShipments() {
  const t = useWords(MERCHANT_WORDS);
  return (
    <Shipments
      hint={t('shipment.none_hint')}
      actions={<ButtonLink to="/merchant/print">{t('menu.print')}</ButtonLink>}
    />
  );
}
