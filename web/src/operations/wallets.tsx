import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { Transfers } from '../office/wallet.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { DESK_WORDS } from './words.ts';

type Wallet = components['schemas']['Wallet'];

export function Wallets() {
  const t = useWords(DESK_WORDS);
  return (
    <Page title={t('wallets.title')}>
      <WalletList />
    </Page>
  );
}

export function WalletList() {
  const t = useWords(DESK_WORDS);
  const wallets = usePages(['wallets', 'all'], (cursor, signal) =>
    api.get('/v1/wallets', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Card title={t('wallets.title')}>
      <PagedTable
        of={wallets}
        empty={<Empty title={t('wallets.none')} hint={t('wallets.none_hint')} />}
        label={t('wallets.title')}
        rowId={(wallet) => wallet.id}
        columns={[
          {
            id: 'whose',
            label: t('organisation'),
            isName: true,
            cell: (wallet) => (
              <Link className="text-accent hover:underline" href={`/operations/wallets/${wallet.id}`}>
                <OrganisationName id={wallet.organisation_id} /> · {wallet.currency}
              </Link>
            ),
          },
          { id: 'state', label: t('state'), cell: (wallet) => <WalletState of={wallet} /> },
          {
            id: 'balance',
            label: t('wallets.balance'),
            align: 'end',
            cell: (wallet) => <Money of={wallet.balance} />,
          },
          {
            id: 'held',
            label: t('wallets.held'),
            align: 'end',
            cell: (wallet) => <Money of={wallet.held} />,
          },
          {
            id: 'credit',
            label: t('wallets.credit'),
            align: 'end',
            cell: (wallet) => <Money of={wallet.credit_limit} />,
          },
          {
            id: 'available',
            label: t('wallets.available'),
            align: 'end',
            cell: (wallet) => <Money of={wallet.available} strong />,
          },
        ]}
      />
    </Card>
  );
}

function WalletState({ of }: { readonly of: Wallet }) {
  const t = useWords(DESK_WORDS);
  return (
    <Status tone={of.is_in_arrears ? 'bad' : 'ok'}>
      {t(of.is_in_arrears ? 'wallets.arrears' : 'wallets.in_order')}
    </Status>
  );
}

export function WalletDetail({ id }: { readonly id: string }) {
  const t = useWords(DESK_WORDS);
  const { currency: nameOf } = useFormats();
  const may = useMay();
  const found = useRead(['wallets', id], (signal) =>
    api.get('/v1/wallets/{wallet_id}', { params: { path: { wallet_id: id } }, signal }),
  );
  return (
    <Page
      title={found.data === undefined ? t('wallets.one') : nameOf(found.data.currency)}
      lead={<CopyId value={id} />}
      actions={found.data && may('setCreditLimit') && <CreditLimit wallet={found.data} />}
    >
      <Read of={found}>
        {(wallet) => (
          <>
            <Card>
              <Facts
                of={[
                  [t('organisation'), <OrganisationName key="whose" id={wallet.organisation_id} link />],
                  [t('state'), <WalletState key="state" of={wallet} />],
                  [t('wallets.balance'), <Money key="balance" of={wallet.balance} />],
                  [t('wallets.held'), <Money key="held" of={wallet.held} />],
                  [t('wallets.credit'), <Money key="credit" of={wallet.credit_limit} />],
                  [t('wallets.available'), <Money key="available" of={wallet.available} strong />],
                  [t('wallets.opened'), <Moment key="opened" at={wallet.opened_at} whole />],
                ]}
              />
            </Card>
            <Transfers walletId={wallet.id} />
          </>
        )}
      </Read>
    </Page>
  );
}

function CreditLimit({ wallet }: { readonly wallet: Wallet }) {
  const t = useWords(DESK_WORDS);
  const [open, setOpen] = useState(false);
  const [amount, setAmount] = useState('');
  const act = useAct(
    () =>
      api.put('/v1/wallets/{wallet_id}/credit-limit', {
        params: { path: { wallet_id: wallet.id } },
        body: { credit_limit_minor: minorOf(amount, wallet.currency) },
      }),
    {
      touches: [['wallets']],
      done: () => {
        setOpen(false);
        toast('ok', t('wallets.credit_set'));
      },
    },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('wallets.credit_change')}</Button>
      <Dialog title={t('wallets.credit_change')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('wallets.credit_do')}>
          <Field
            label={t('topup.amount', { currency: wallet.currency })}
            hint={t('wallets.credit_hint')}
            error={fieldErrors(act.error)['/credit_limit_minor']}
          >
            <Input
              required
              inputMode="decimal"
              pattern="\d+([.,]\d{1,3})?"
              value={amount}
              onText={setAmount}
            />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
