import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { MaskedPartyLines, Place } from '../parcels/place.tsx';
import { emptyParty, PartyForm, partyOf } from './party-form.tsx';
import { MERCHANT_WORDS } from './words.ts';

const TOUCHES = [['senders']] as const;

export function Senders() {
  const t = useWords(MERCHANT_WORDS);
  const senders = useRead(['senders'], (signal) => api.get('/v1/sender-addresses', { signal }));
  return (
    <Page title={t('sender.title')} lead={t('sender.none_hint')}>
      <Read of={senders}>
        {({ data }) =>
          data.length === 0 ? (
            <Card>
              <Empty title={t('sender.none')} />
            </Card>
          ) : (
            <ul className="mb-4 grid gap-3 sm:grid-cols-2">
              {data.map((one) => (
                <li
                  key={one.id}
                  className="grid content-start gap-2 rounded-lg border border-line bg-card p-4"
                >
                  <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
                    {one.label}
                    {one.is_default && <Status tone="ok">{t('sender.default')}</Status>}
                  </h2>
                  {one.party ? <MaskedPartyLines of={one.party} /> : <Place of={one.place} />}
                  <Actions id={one.id} isDefault={one.is_default} />
                </li>
              ))}
            </ul>
          )
        }
      </Read>
      <AddSender />
    </Page>
  );
}

function Actions({ id, isDefault }: { readonly id: string; readonly isDefault: boolean }) {
  const t = useWords(MERCHANT_WORDS);
  const params = { path: { sender_address_id: id } };
  const prefer = useAct(
    () => api.patch('/v1/sender-addresses/{sender_address_id}', { params, body: { is_default: true } }),
    { touches: TOUCHES },
  );
  const remove = useAct(() => api.delete('/v1/sender-addresses/{sender_address_id}', { params }), {
    touches: TOUCHES,
  });
  const error = prefer.error ?? remove.error;
  return (
    <div className="flex flex-wrap gap-2">
      {error && <Failure error={error} />}
      {!isDefault && (
        <Button size="small" busy={prefer.isPending} onClick={() => prefer.mutate(undefined)}>
          {t('sender.make_default')}
        </Button>
      )}
      <Button size="small" look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('sender.remove')}
      </Button>
    </div>
  );
}

function AddSender() {
  const t = useWords(MERCHANT_WORDS);
  const [label, setLabel] = useState('');
  const [party, setParty] = useState(() => emptyParty('DE'));
  const act = useAct(
    () => api.post('/v1/sender-addresses', { body: { label: label.trim(), party: partyOf(party) } }),
    {
      touches: TOUCHES,
      done: () => {
        toast('ok', t('sender.added'));
        setLabel('');
        setParty(emptyParty(party.country));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('sender.add')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('sender.label')} error={errors['/label']}>
          <Input required maxLength={80} value={label} onText={setLabel} />
        </Field>
        <PartyForm draft={party} onDraft={setParty} errors={errors} at="/party" />
        {act.error && <Failure error={act.error} />}
        <span>
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('sender.add')}
          </Button>
        </span>
      </form>
    </Card>
  );
}
