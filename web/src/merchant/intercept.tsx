import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import type { Shipment } from '../parcels/states.tsx';
import { IS_ON_ITS_WAY, IS_UNSCANNED } from './interceptable.ts';
import { emptyParty, PartyForm, partyOf } from './party-form.tsx';
import { MERCHANT_WORDS } from './words.ts';

type Kind = components['schemas']['Interception']['kind'];
const KINDS: readonly Kind[] = ['return', 'address_change'];

/** Leads a parcel elsewhere: before its first scan by another recipient, afterwards by asking its carrier. */
export function Intercept({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const shipment = useRead(['shipments', id], (signal) =>
    api.get('/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } }, signal }),
  );
  const isUnscanned = shipment.data !== undefined && IS_UNSCANNED.includes(shipment.data.state);
  return (
    <Page
      title={isUnscanned ? t('intercept.recipient') : t('intercept.ask')}
      lead={shipment.data?.parcels[0]?.number}
      actions={<ButtonLink to={`/merchant/shipments/${id}`}>{t('intercept.back')}</ButtonLink>}
    >
      <Read of={shipment} rows={6}>
        {(found) =>
          isUnscanned ? (
            <ChangeRecipient shipment={found} />
          ) : IS_ON_ITS_WAY.includes(found.state) ? (
            <AskCarrier shipment={found} />
          ) : (
            <Notice tone="idle">{t('intercept.too_late')}</Notice>
          )
        }
      </Read>
    </Page>
  );
}

/** Says that it is done, on the page of the shipment. */
function useWayBack(id: string): (said: string) => void {
  const [, go] = useLocation();
  return (said) => {
    toast('ok', said);
    go(`/merchant/shipments/${id}`);
  };
}

function AskCarrier({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(MERCHANT_WORDS);
  const back = useWayBack(shipment.id);
  const [asked, setAsked] = useAddressWord('kind');
  const kind: Kind = asked === 'address_change' ? asked : 'return';
  const [reason, setReason] = useState('');
  const [recipient, setRecipient] = useState(() => emptyParty(shipment.to.country));
  const act = useAct(
    () =>
      api.post('/v1/shipments/{shipment_id}/interceptions', {
        params: { path: { shipment_id: shipment.id } },
        body: {
          kind,
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
          ...(kind === 'address_change' ? { recipient: partyOf(recipient) } : {}),
        },
      }),
    {
      touches: [['interceptions'], ['shipments']],
      done: () => {
        back(t('intercept.asked'));
      },
    },
  );
  return (
    <ActForm act={act} submit={t('intercept.ask_do')}>
      <Card>
        <div className="grid gap-4">
          <Choices
            legend={t('intercept.kind')}
            value={kind}
            onChoice={setAsked}
            choices={KINDS.map((one) => ({ value: one, label: t(`intercept.kind.${one}`) }))}
          />
          <p className="text-sm text-soft">
            {t(kind === 'return' ? 'intercept.return_hint' : 'intercept.address_hint')}
          </p>
          <Field label={t('intercept.reason')}>
            <Input maxLength={200} value={reason} onText={setReason} />
          </Field>
        </div>
      </Card>
      {kind === 'address_change' && (
        <Card title={t('new.recipient')}>
          <PartyForm
            draft={recipient}
            onDraft={setRecipient}
            errors={fieldErrors(act.error)}
            at="/recipient"
          />
        </Card>
      )}
    </ActForm>
  );
}

function ChangeRecipient({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(MERCHANT_WORDS);
  const back = useWayBack(shipment.id);
  const [recipient, setRecipient] = useState(() => emptyParty(shipment.to.country));
  const act = useAct(
    () =>
      api.patch('/v1/shipments/{shipment_id}/recipient', {
        params: { path: { shipment_id: shipment.id } },
        body: { recipient: partyOf(recipient) },
      }),
    {
      touches: [['shipments'], ['waybills']],
      done: () => {
        back(t('intercept.recipient_changed'));
      },
    },
  );
  return (
    <ActForm act={act} submit={t('intercept.recipient')}>
      <Card title={t('new.recipient')}>
        <p className="mb-4 text-sm text-soft">{t('intercept.recipient_hint')}</p>
        <PartyForm draft={recipient} onDraft={setRecipient} errors={fieldErrors(act.error)} at="/recipient" />
      </Card>
    </ActForm>
  );
}
