import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Status } from '../kit/status.tsx';
import type { Column } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { DeskList } from './desk-list.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { DESK_WORDS } from './words.ts';

type TopUp = components['schemas']['TopUp'];
const TONES = { requested: 'warn', awaiting_second_confirmation: 'move', confirmed: 'ok' } as const;

export function TopUpScreen() {
  const t = useWords(DESK_WORDS);
  return (
    <Page title={t('topup.title')} lead={t('topup.lead')}>
      <TopUpList />
    </Page>
  );
}

/** What waits comes first and is what one sees at first. */
const SHOWN = ['requested', 'awaiting_second_confirmation', 'confirmed', 'all'] as const;

/** Payments that were asked for; who may confirms that the bank has them, the large ones with a second pair of eyes. */
export function TopUpList({ title }: { readonly title?: string }) {
  const t = useWords(DESK_WORDS);
  const may = useMay();
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const columns = useTopUpColumns();
  const topUps = usePages<TopUp>(
    ['top-ups', shown],
    (cursor, signal) =>
      api.get('/v1/top-ups', {
        params: {
          query: {
            limit: 25,
            ...(shown === 'all' ? {} : { state: shown }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        signal,
      }),
    { everyMs: 30_000 },
  );
  return (
    <Card {...(title === undefined ? {} : { title })}>
      <div className="screen-only mb-3 max-w-64">
        <Field label={t('state')}>
          <Select
            value={shown}
            onChoice={setShown}
            choices={SHOWN.map((one) => ({ value: one, label: t(`topup.${one}`) }))}
          />
        </Field>
      </div>
      <DeskList
        label={t('topup.title')}
        of={topUps}
        rowId={(one) => one.id}
        empty={t(shown === 'all' ? 'topup.none' : 'topup.none_of_state')}
        columns={columns}
        todo={
          may('confirmTopUp')
            ? {
                label: t('topup.confirm'),
                isDone: (one) => one.state === 'confirmed',
                dialog: (one, close) => <Confirm key={one.id} topUp={one} onClose={close} />,
              }
            : undefined
        }
      />
    </Card>
  );
}

function useTopUpColumns(): readonly Column<TopUp>[] {
  const t = useWords(DESK_WORDS);
  return [
    {
      id: 'reference',
      label: t('topup.reference'),
      isName: true,
      cell: (one) => <span className="number">{one.payment_reference}</span>,
    },
    {
      id: 'whose',
      label: t('organisation'),
      cell: (one) => <OrganisationName id={one.organisation_id} />,
    },
    {
      id: 'state',
      label: t('state'),
      cell: (one) => <Status tone={TONES[one.state]}>{t(`topup.${one.state}`)}</Status>,
    },
    { id: 'asked', label: t('topup.asked'), cell: (one) => <Moment at={one.requested_at} /> },
    {
      id: 'requested',
      label: t('topup.requested_amount'),
      align: 'end',
      cell: (one) => <Money of={one.requested} />,
    },
    {
      id: 'received',
      label: t('topup.received'),
      align: 'end',
      cell: (one) => (one.received === undefined ? '–' : <Money of={one.received} strong={one.differs} />),
    },
  ];
}

function Confirm({ topUp, onClose }: { readonly topUp: TopUp; readonly onClose: () => void }) {
  const t = useWords(DESK_WORDS);
  const { currency } = topUp.requested;
  const [amount, setAmount] = useState('');
  const [day, setDay] = useState('');
  const [reference, setReference] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/top-ups/{top_up_id}/confirmation', {
        params: { path: { top_up_id: topUp.id } },
        body: {
          amount: { amount_minor: minorOf(amount, currency), currency },
          value_date: day,
          bank_reference: reference.trim(),
        },
      }),
    {
      touches: [['top-ups'], ['wallets']],
      done: (after) => {
        toast('ok', t(after.state === 'confirmed' ? 'topup.done' : 'topup.second_needed'));
        onClose();
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Dialog title={t('topup.confirm_title')} open onOpen={(open) => open || onClose()}>
      <ActForm act={act} submit={t('topup.confirm')}>
        <p>
          {t('topup.expected')} <Money of={topUp.requested} strong /> ·{' '}
          <span className="number">{topUp.payment_reference}</span>
        </p>
        <p className="text-sm text-soft">
          {t(topUp.state === 'requested' ? 'topup.four_eyes' : 'topup.second_eyes')}
        </p>
        {/* Typed again from the bank's statement, not taken over from what was asked for. */}
        <Field
          label={t('topup.amount', { currency })}
          error={errors['/amount'] ?? errors['/amount/amount_minor']}
        >
          <Input required inputMode="decimal" pattern="\d+([.,]\d{1,3})?" value={amount} onText={setAmount} />
        </Field>
        <Field label={t('topup.value_date')} error={errors['/value_date']}>
          <Input required type="date" value={day} onText={setDay} />
        </Field>
        <Field label={t('topup.bank_reference')} error={errors['/bank_reference']}>
          <Input required mono maxLength={100} value={reference} onText={setReference} />
        </Field>
      </ActForm>
    </Dialog>
  );
}
