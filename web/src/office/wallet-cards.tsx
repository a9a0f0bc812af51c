import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { readingOf, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Money } from '../kit/values.tsx';
import { OFFICE_WORDS } from './words.ts';

export const WALLETS = readingOf(['wallets'], (signal) => api.get('/v1/wallets', { signal }));

/** The organisation's wallets at a glance; nothing when it has none. */
export function WalletCards() {
  const t = useWords(OFFICE_WORDS);
  const at = useFaceAddress();
  const wallets = useRead(WALLETS.key, WALLETS.read);
  return (
    <Read of={wallets} rows={3}>
      {({ data }) => (
        <ul className="mb-4 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {data.map((wallet) => (
            <li key={wallet.id} className="rounded-lg border border-line bg-card p-4">
              <Link href={at(`/wallet?currency=${wallet.currency}`)} className="caption hover:underline">
                {t('wallet.available')} · {wallet.currency}
              </Link>
              <p className="mt-1 text-xl font-semibold">
                <Money of={wallet.available} />
              </p>
              <p className="text-sm text-soft">
                {t('wallet.held')}: <Money of={wallet.held} />
              </p>
              {wallet.is_in_arrears && <Status tone="bad">{t('wallet.arrears')}</Status>}
            </li>
          ))}
        </ul>
      )}
    </Read>
  );
}
