import { useWords } from '../ground/words.ts';
import { PenaltyPoints } from '../verifications/penalty-points.tsx';
import { Verifications } from '../verifications/verifications.tsx';
import { VERIFICATION_WORDS } from '../verifications/words.ts';

/** The numbers that one declared oneself, with the points that count. */
export function MerchantVerifications() {
  const t = useWords(VERIFICATION_WORDS);
  return (
    <Verifications lead={t('lead.merchant')}>
      <PenaltyPoints />
    </Verifications>
  );
}
