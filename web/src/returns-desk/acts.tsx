import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Input, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { RETURN_TOUCHES, returnPath } from './act-parts.ts';
import { Decide } from './decision.tsx';
import { ForBuyer } from './for-buyer.tsx';
import type { Return, State } from './parts.tsx';
import { Screening } from './screening.tsx';
import { DESK_WORDS } from './words.ts';

const LONGEST_REASON = 500;

const isOneOf = (state: State, ...states: readonly State[]) => states.includes(state);

/** What may be done in this state by who looks. */
export function ReturnActs({ of }: { readonly of: Return }) {
  const may = useMay();
  const { state } = of;
  const claim = of.insurance_claim?.state;
  return (
    <>
      {isOneOf(state, 'applied', 'refused') && may('agreeReturn') && <Agree of={of} />}
      {state === 'applied' && may('refuseReturn') && <Refuse of={of} />}
      {isOneOf(state, 'accepted_at_point', 'collected', 'in_transit') && may('receiveReturn') && (
        <Receive of={of} />
      )}
      {state === 'received' && may('screenReturn') && <Screening of={of} />}
      {state === 'replacement_pending' && may('replaceReturn') && <Replace of={of} />}
      {state === 'platform_intervention' && may('decideReturn') && <Decide of={of} />}
      {may('actForReturningBuyer') && <ForBuyer of={of} />}
      {(claim === 'reported' || claim === 'accepted') && may('answerReturnClaim') && (
        <Claim of={of} next={claim === 'reported' ? 'accepted' : 'paid'} />
      )}
    </>
  );
}

function Agree({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const act = useAct(() => api.post('/v1/returns/{return_id}/agreement', { params: returnPath(of) }), {
    touches: RETURN_TOUCHES,
    done: () => toast('ok', t('agree.done')),
  });
  return (
    <Card title={t('agree')}>
      <ActForm act={act} submit={t('agree')}>
        <p className="text-soft">{t(of.kind === 'refund_only' ? 'agree.hint.refund' : 'agree.hint')}</p>
      </ActForm>
    </Card>
  );
}

function Refuse({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const [reason, setReason] = useState('');
  const [picture, setPicture] = useState<File>();
  const act = useAct(
    async () => {
      const stored = picture === undefined ? [] : [(await sendProof(of, picture)).id];
      return api.post('/v1/returns/{return_id}/refusal', {
        params: returnPath(of),
        body: { reason: reason.trim(), picture_ids: stored },
      });
    },
    { touches: RETURN_TOUCHES, done: () => toast('ok', t('refuse.done')) },
  );
  return (
    <Card title={t('refuse')}>
      <ActForm act={act} submit={t('refuse')} look="danger" disabled={reason.trim() === ''}>
        <Field label={t('refuse.reason')} hint={t('refuse.hint')} error={fieldErrors(act.error)['/reason']}>
          <Textarea rows={3} maxLength={LONGEST_REASON} value={reason} onText={setReason} />
        </Field>
        <FileDrop label={t('refuse.picture')} accept="image/jpeg,image/png" onFile={setPicture} />
        {picture !== undefined && (
          <p className="text-sm text-soft">{t('refuse.chosen', { name: picture.name })}</p>
        )}
      </ActForm>
    </Card>
  );
}

function sendProof(of: Return, picture: File) {
  return api.post('/v1/orders/{order_id}/return-pictures', {
    params: { path: { order_id: of.order_id } },
    headers: { 'content-type': picture.type },
    body: picture as never,
    bodySerializer: (body: unknown) => body as Blob,
  });
}

function Receive({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const act = useAct(() => api.post('/v1/returns/{return_id}/receipt', { params: returnPath(of) }), {
    touches: RETURN_TOUCHES,
    done: () => toast('ok', t('receive.done')),
  });
  return (
    <Card title={t('receive')}>
      <ActForm act={act} submit={t('receive.do')}>
        <p className="text-soft">{t('receive.hint')}</p>
      </ActForm>
    </Card>
  );
}

function Replace({ of }: { readonly of: Return }) {
  const t = useWords(DESK_WORDS);
  const [action, setAction] = useState<'send' | 'ask_amendment' | 'refund_instead'>('send');
  const [number, setNumber] = useState('');
  const [carrier, setCarrier] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/returns/{return_id}/replacement', {
        params: returnPath(of),
        body:
          action === 'send'
            ? { action, number: number.toUpperCase().replace(/[\s-]/g, ''), carrier_code: carrier.trim() }
            : action === 'ask_amendment'
              ? { action, reason: reason.trim() }
              : { action },
      }),
    { touches: RETURN_TOUCHES, done: () => toast('ok', t(`replace.${action}.done`)) },
  );
  const lacks =
    action === 'send'
      ? number.trim() === '' || carrier.trim() === ''
      : action === 'ask_amendment' && reason.trim() === '';
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('replace')}>
      <ActForm act={act} submit={t(`replace.${action}.do`)} disabled={lacks}>
        <Choices
          legend={t('replace.what')}
          value={action}
          onChoice={setAction}
          choices={(['send', 'ask_amendment', 'refund_instead'] as const).map((value) => ({
            value,
            label: t(`replace.${value}`),
          }))}
        />
        {action === 'send' && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('replace.number')} error={errors['/number']}>
              <Input mono value={number} onText={setNumber} maxLength={64} spellCheck={false} />
            </Field>
            <Field
              label={t('replace.carrier')}
              hint={t('replace.carrier.hint')}
              error={errors['/carrier_code']}
            >
              <Input mono value={carrier} onText={setCarrier} maxLength={64} spellCheck={false} />
            </Field>
          </div>
        )}
        {action === 'ask_amendment' && (
          <Field label={t('replace.question')} hint={t('replace.question.hint')} error={errors['/reason']}>
            <Textarea rows={3} maxLength={LONGEST_REASON} value={reason} onText={setReason} />
          </Field>
        )}
        {action === 'refund_instead' && <p className="text-soft">{t('replace.refund.hint')}</p>}
      </ActForm>
    </Card>
  );
}

function Claim({ of, next }: { readonly of: Return; readonly next: 'accepted' | 'paid' }) {
  const t = useWords(DESK_WORDS);
  const act = useAct(
    () =>
      api.post('/v1/returns/{return_id}/insurance-claim', {
        params: returnPath(of),
        body: { state: next },
      }),
    { touches: RETURN_TOUCHES, done: () => toast('ok', t(`claim.${next}`)) },
  );
  return (
    <Card title={t('claim')}>
      <ActForm act={act} submit={t(`claim.${next}.do`)}>
        <p className="text-soft">{t('claim.hint')}</p>
      </ActForm>
    </Card>
  );
}
