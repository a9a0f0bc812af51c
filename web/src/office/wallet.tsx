import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import type { Column } from '../kit/table.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { useChargeName } from '../parcels/charge-name.tsx';
import { TopUps } from './top-ups.tsx';
import { OFFICE_WORDS } from './words.ts';

type Wallet = components['schemas']['Wallet'];
type Transfer = components['schemas']['WalletTransfer'];

export function WalletScreen() {
  const t = useWords(OFFICE_WORDS);
  const at = useFaceAddress();
  const [currency, setCurrency] = useAddressWord('currency');
  const wallets = useRead(['wallets'], (signal) => api.get('/v1/wallets', { signal }));
  return (
    <Page
      title={t('wallet.title')}
      actions={<ButtonLink to={at('/statements')}>{t('statement.title')}</ButtonLink>}
    >
      <Read of={wallets}>
        {({ data }) => {
          const wallet = data.find((one) => one.currency === currency) ?? data[0];
          if (wallet === undefined) return <Empty title={t('wallet.none')} hint={t('wallet.none_hint')} />;
          return (
            <>
              {data.length > 1 && (
                <div className="mb-4">
                  <Choices
                    legend={t('wallet.currency')}
                    value={wallet.currency}
                    onChoice={setCurrency}
                    choices={data.map((one) => ({ value: one.currency, label: one.currency }))}
                  />
                </div>
              )}
              <OneWallet key={wallet.id} wallet={wallet} />
            </>
          );
        }}
      </Read>
    </Page>
  );
}

function OneWallet({ wallet }: { readonly wallet: Wallet }) {
  const t = useWords(OFFICE_WORDS);
  const may = useMay();
  return (
    <>
      <Card>
        {wallet.is_in_arrears && (
          <div className="mb-3">
            <Notice tone="bad">{t('wallet.arrears')}</Notice>
          </div>
        )}
        <Facts
          of={[
            [t('wallet.available'), <Money key="available" of={wallet.available} strong />],
            [t('wallet.balance'), <Money key="balance" of={wallet.balance} />],
            [t('wallet.held'), <Money key="held" of={wallet.held} />],
            [t('wallet.credit'), <Money key="credit" of={wallet.credit_limit} />],
          ]}
        />
      </Card>
      {may('requestTopUp') && <TopUps wallet={wallet} />}
      <Transfers walletId={wallet.id} />
    </>
  );
}

/** Every movement of a wallet, the newest first. */
export function Transfers({ walletId }: { readonly walletId: string }) {
  const t = useWords(OFFICE_WORDS);
  const transfers = usePages(['wallets', walletId, 'transfers'], (cursor, signal) =>
    api.get('/v1/wallets/{wallet_id}/transfers', {
      params: {
        path: { wallet_id: walletId },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  const columns = useTransferColumns();
  return (
    <Card title={t('wallet.transfers')}>
      <PagedTable
        of={transfers}
        empty={<Empty title={t('wallet.transfers_none')} />}
        label={t('wallet.transfers')}
        rowId={(one) => one.id}
        columns={columns}
      />
    </Card>
  );
}

/** What every movement was, for which thing, and what proves it. */
function useTransferColumns(): readonly Column<Transfer>[] {
  const t = useWords(OFFICE_WORDS);
  const kind = useKindName();
  const { percent } = useFormats();
  return [
    {
      id: 'what',
      label: t('wallet.what'),
      isName: true,
      cell: (one) => (
        <span className="grid">
          {kind(one.kind)}
          {one.tax && (
            <span className="text-sm text-soft">
              {t('wallet.tax', { rate: percent(one.tax.rate_basis_points / 10_000) })}
            </span>
          )}
        </span>
      ),
    },
    { id: 'when', label: t('wallet.when'), cell: (one) => <Moment at={one.posted_at} /> },
    { id: 'for', label: t('wallet.for'), cell: (one) => <Thing of={one.subject ?? one.cause} /> },
    {
      id: 'evidence',
      label: t('wallet.evidence'),
      cell: (one) => (one.evidence === undefined ? '–' : <span className="number">{one.evidence}</span>),
    },
    {
      id: 'amount',
      label: t('wallet.amount'),
      align: 'end',
      cell: (one) => <Money of={one.amount} strong />,
    },
    { id: 'after', label: t('wallet.after'), align: 'end', cell: (one) => <Money of={one.balance} /> },
  ];
}

const KINDS = [
  'top_up',
  'fee',
  'refund',
  'conversion',
  'conversion_result',
  'cod_collected',
  'cod_credited',
  'cod_fee',
  'cod_remitted',
  'arrears_payment',
] as const;

/** Names of the kinds of movement that we know, and of the lines of a price; another is shown as it is called. */
export function useKindName(): (kind: string) => string {
  const t = useWords(OFFICE_WORDS);
  const charge = useChargeName();
  return (kind) => {
    const known = KINDS.find((one) => one === kind);
    return known === undefined ? charge(kind, kind.replaceAll('_', ' ')) : t(`kind.${known}`);
  };
}

function Thing({ of }: { readonly of: { readonly kind: string; readonly id: string } }) {
  const at = useFaceAddress();
  if (!of.id.startsWith('shp_')) return <span className="number">{of.id}</span>;
  return (
    <Link className="number text-accent hover:underline" href={at(`/shipments/${of.id}`)}>
      {of.id}
    </Link>
  );
}

export function useMonths(count: number): readonly string[] {
  const [months] = useState(() => {
    const now = new Date();
    return Array.from({ length: count }, (_, back) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
    );
  });
  return months;
}
