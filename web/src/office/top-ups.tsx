import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { minorOf } from '../ground/minor.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { OFFICE_WORDS } from './words.ts';

type Wallet = components['schemas']['Wallet'];
const TONES = { requested: 'idle', awaiting_second_confirmation: 'move', confirmed: 'ok' } as const;
const SHOWN = 5;

export function TopUps({ wallet }: { readonly wallet: Wallet }) {
  const t = useWords(OFFICE_WORDS);
  const { currency } = wallet;
  const [amount, setAmount] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/top-ups', {
        body: { wallet_id: wallet.id, amount: { amount_minor: minorOf(amount, currency), currency } },
      }),
    { touches: [['top-ups']], done: () => setAmount('') },
  );
  return (
    <Card title={t('wallet.top_up')}>
      <form
        className="mb-4 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('wallet.top_up_amount', { currency })}>
          <Input required inputMode="decimal" pattern="\d+([.,]\d{1,3})?" value={amount} onText={setAmount} />
        </Field>
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('wallet.top_up_do')}
        </Button>
      </form>
      {act.error && <Failure error={act.error} />}
      {act.data && (
        <Notice tone="move">
          <p>{t('wallet.top_up_done')}</p>
          <CopyId value={act.data.payment_reference} />
          {act.data.instructions && <p className="whitespace-pre-line">{act.data.instructions}</p>}
        </Notice>
      )}
      <Recent walletId={wallet.id} />
    </Card>
  );
}

function Recent({ walletId }: { readonly walletId: string }) {
  const t = useWords(OFFICE_WORDS);
  const found = useRead(['top-ups'], (signal) =>
    api.get('/v1/top-ups', { params: { query: { limit: 50 } }, signal }),
  );
  return (
    <Read of={found} rows={1}>
      {({ data }) => {
        const rows = data.filter((one) => one.wallet_id === walletId).slice(0, SHOWN);
        return rows.length === 0 ? null : (
          <Table
            label={t('wallet.top_ups')}
            rows={rows}
            rowId={(one) => one.id}
            columns={[
              {
                id: 'reference',
                label: t('wallet.top_up_reference'),
                isName: true,
                cell: (one) => <span className="number">{one.payment_reference}</span>,
              },
              {
                id: 'state',
                label: t('key.state'),
                cell: (one) => <Status tone={TONES[one.state]}>{t(`wallet.top_up.${one.state}`)}</Status>,
              },
              { id: 'when', label: t('wallet.when'), cell: (one) => <Moment at={one.requested_at} /> },
              {
                id: 'amount',
                label: t('wallet.amount'),
                align: 'end',
                cell: (one) => <Money of={one.received ?? one.requested} />,
              },
            ]}
          />
        );
      }}
    </Read>
  );
}
