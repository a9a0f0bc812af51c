import { useState } from 'react';
import { api } from '../ground/api.ts';
import { instantOf } from '../ground/instants.ts';
import { minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { toast } from '../kit/toast.tsx';
import { CURRENCIES } from '../office/currencies.ts';
import { useContract } from '../outlets/contract.tsx';
import { POINT_DESK_WORDS } from './words.ts';

type Currency = (typeof CURRENCIES)[number];

export function AgreeContract({ id }: { readonly id: string }) {
  const t = useWords(POINT_DESK_WORDS);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('contract.agree')}</Button>
      <Dialog title={t('contract.agree')} open={open} onOpen={setOpen}>
        <ContractForm id={id} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ContractForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const t = useWords(POINT_DESK_WORDS);
  const [draft, setDraft] = useState({ number: '', from: '', to: '', deposit: '' });
  const [currency, setCurrency] = useState<Currency>('CNY');
  const [asks, setAsks] = useState({ documents: true, siteCheck: true });
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onText: (text: string) => setDraft({ ...draft, [name]: text }),
  });
  const act = useAct(
    () => {
      const to = instantOf(draft.to);
      return api.put('/v1/point-networks/{organisation_id}/contract', {
        params: { path: { organisation_id: id } },
        body: {
          number: draft.number.trim(),
          needs_documents: asks.documents,
          needs_site_check: asks.siteCheck,
          valid_from: instantOf(draft.from) ?? '',
          ...(to === undefined ? {} : { valid_to: to }),
          ...(draft.deposit.trim() === ''
            ? {}
            : { deposit: { amount_minor: minorOf(draft.deposit, currency), currency } }),
        },
      });
    },
    {
      touches: [['point-contract', id], ['outlets'], ['point-network', id]],
      done: () => {
        toast('ok', t('contract.agreed'));
        onDone();
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <ActForm act={act} submit={t('contract.agree')}>
      <Field label={t('contract.number')} error={errors['/number']}>
        <Input required maxLength={60} {...field('number')} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('contract.from')} error={errors['/valid_from']}>
          <Input type="datetime-local" required {...field('from')} />
        </Field>
        <Field label={t('contract.to')} error={errors['/valid_to']}>
          <Input type="datetime-local" {...field('to')} />
        </Field>
        <Field label={t('contract.deposit')} error={errors['/deposit/amount_minor'] ?? errors['/deposit']}>
          <Input inputMode="decimal" {...field('deposit')} />
        </Field>
        <Field label={t('contract.currency')}>
          <Select
            value={currency}
            onChoice={setCurrency}
            choices={CURRENCIES.map((one) => ({ value: one, label: one }))}
          />
        </Field>
      </div>
      <Checkbox
        label={t('contract.documents')}
        checked={asks.documents}
        onCheck={(documents) => setAsks({ ...asks, documents })}
      />
      <Checkbox
        label={t('contract.site_check')}
        checked={asks.siteCheck}
        onCheck={(siteCheck) => setAsks({ ...asks, siteCheck })}
      />
    </ActForm>
  );
}

/** Shown while there is one: what of it goes back, and what is kept for which reason. */
export function ReturnDeposit({ id }: { readonly id: string }) {
  const t = useWords(POINT_DESK_WORDS);
  const paid = useContract(id).data?.deposit_paid;
  const [open, setOpen] = useState(false);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/point-networks/{organisation_id}/deposit-return', {
        params: { path: { organisation_id: id } },
        body: {
          deductions:
            amount.trim() === ''
              ? []
              : [{ amount_minor: minorOf(amount, paid?.currency ?? 'CNY'), reason: reason.trim() }],
        },
      }),
    {
      touches: [['point-contract', id]],
      done: () => {
        setOpen(false);
        toast('ok', t('deposit.returned'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  if (paid === undefined || paid.amount_minor === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('deposit.return')}</Button>
      <Dialog title={t('deposit.return')} open={open} onOpen={setOpen}>
        <p className="mb-3 text-soft">{t('deposit.return_lead')}</p>
        <ActForm act={act} submit={t('deposit.return')}>
          <Field
            label={`${t('deposit.amount')} ${paid.currency}`}
            error={errors['/deductions/0/amount_minor']}
          >
            <Input inputMode="decimal" value={amount} onText={setAmount} />
          </Field>
          <Field label={t('deposit.reason')} error={errors['/deductions/0/reason']}>
            <Input required={amount.trim() !== ''} maxLength={200} value={reason} onText={setReason} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
