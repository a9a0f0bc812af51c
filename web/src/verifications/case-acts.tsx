import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices, Field, Textarea } from '../kit/field.tsx';
import { FileDrop } from '../kit/file-drop.tsx';
import { Card } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { LEVELS, type Level, type Verification } from './parts.tsx';
import { VERIFICATION_WORDS } from './words.ts';

const LONGEST_TEXT = 2_000;
const LONGEST_REASON = 500;

/** What may be done in this state by who looks. */
export function CaseActs({ of }: { readonly of: Verification }) {
  const may = useMay();
  const isOpen = of.state === 'suspected' || of.state === 'under_review';
  return (
    <>
      {isOpen && may('addVerificationProof') && <Prove of={of} />}
      {isOpen && may('decideVerification') && <Decide of={of} />}
      {of.state === 'penalised' && may('appealVerification') && <Appeal of={of} />}
      {of.state === 'appealed' && may('decideVerificationAppeal') && <JudgeAppeal of={of} />}
      {(of.state === 'penalised' || of.state === 'upheld') && may('decideVerification') && (
        <TakeBack of={of} />
      )}
    </>
  );
}

const pathOf = (one: Verification) => ({ path: { verification_id: one.id } });
const TOUCHES = { touches: [['verifications'], ['penalty-points']] };

function Prove({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const { instant } = useFormats();
  const [text, setText] = useState('');
  const [picture, setPicture] = useState<File>();
  const act = useAct(
    async () => {
      const stored = picture === undefined ? undefined : await sendPicture(of, picture);
      return api.post('/v1/verifications/{verification_id}/proofs', {
        params: pathOf(of),
        body: { text: text.trim(), picture_ids: stored === undefined ? [] : [stored.id] },
      });
    },
    {
      ...TOUCHES,
      done: () => {
        setText('');
        setPicture(undefined);
        toast('ok', t('prove.done'));
      },
    },
  );
  return (
    <Card title={t('prove')}>
      <p className="mb-4 text-sm text-soft">
        {t('prove.hint')}{' '}
        {of.proof_due_at !== undefined
          ? t('prove.until', { moment: instant(of.proof_due_at) })
          : of.settles_at !== undefined && t('prove.early', { moment: instant(of.settles_at) })}
      </p>
      <ActForm act={act} submit={t('prove.do')} disabled={text.trim() === ''}>
        <Field label={t('prove.text')} error={fieldErrors(act.error)['/text']}>
          <Textarea maxLength={LONGEST_TEXT} value={text} onText={setText} />
        </Field>
        <FileDrop label={t('prove.picture')} accept="image/jpeg,image/png" onFile={setPicture} />
        {picture !== undefined && (
          <p className="text-sm text-soft">{t('prove.chosen', { name: picture.name })}</p>
        )}
      </ActForm>
    </Card>
  );
}

function sendPicture(of: Verification, picture: File) {
  return api.post('/v1/verifications/{verification_id}/pictures', {
    params: pathOf(of),
    headers: { 'content-type': picture.type },
    body: picture as never,
    bodySerializer: (body: unknown) => body as Blob,
  });
}

function Appeal({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const { instant } = useFormats();
  const [text, setText] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/verifications/{verification_id}/appeal', {
        params: pathOf(of),
        body: { text: text.trim() },
      }),
    { ...TOUCHES, done: () => toast('ok', t('appeal.done')) },
  );
  return (
    <Card title={t('appeal')}>
      {of.appeal_due_at !== undefined && (
        <p className="mb-4 text-sm text-soft">{t('appeal.hint', { moment: instant(of.appeal_due_at) })}</p>
      )}
      <ActForm act={act} submit={t('appeal.do')} disabled={text.trim() === ''}>
        <Field label={t('appeal.text')} error={fieldErrors(act.error)['/text']}>
          <Textarea maxLength={LONGEST_TEXT} value={text} onText={setText} />
        </Field>
      </ActForm>
    </Card>
  );
}

function Decide({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const [what, setWhat] = useState<'cleared' | Level>('cleared');
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/verifications/{verification_id}/decision', {
        params: pathOf(of),
        body:
          what === 'cleared'
            ? { outcome: 'cleared', reason: reason.trim() }
            : { outcome: 'confirmed', level: what, reason: reason.trim() },
      }),
    { ...TOUCHES, done: () => toast('ok', t('decide.done')) },
  );
  return (
    <Card title={t('decide')}>
      <ActForm
        act={act}
        submit={t('decide.do')}
        look={what === 'cleared' ? 'primary' : 'danger'}
        disabled={reason.trim() === ''}
      >
        <Choices
          legend={t('decide.what')}
          value={what}
          onChoice={setWhat}
          choices={(['cleared', ...LEVELS] as const).map((one) => ({
            value: one,
            label: t(`decide.${one}`),
          }))}
        />
        <Reason value={reason} onText={setReason} hint={t('decide.hint')} />
      </ActForm>
    </Card>
  );
}

function TakeBack({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/verifications/{verification_id}/decision', {
        params: pathOf(of),
        body: { outcome: 'cleared', reason: reason.trim() },
      }),
    { ...TOUCHES, done: () => toast('ok', t('decide.done')) },
  );
  return (
    <Card title={t('take_back')}>
      <ActForm act={act} submit={t('take_back.do')} disabled={reason.trim() === ''}>
        <Reason value={reason} onText={setReason} hint={t('take_back.hint')} />
      </ActForm>
    </Card>
  );
}

function JudgeAppeal({ of }: { readonly of: Verification }) {
  const t = useWords(VERIFICATION_WORDS);
  const [outcome, setOutcome] = useState<'upheld' | 'revoked'>('upheld');
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/verifications/{verification_id}/appeal-decision', {
        params: pathOf(of),
        body: { outcome, reason: reason.trim() },
      }),
    { ...TOUCHES, done: () => toast('ok', t('decide.done')) },
  );
  return (
    <Card title={t('judge')}>
      <p className="mb-4 text-sm text-soft">{t('judge.hint')}</p>
      <ActForm act={act} submit={t('decide.do')} disabled={reason.trim() === ''}>
        <Choices
          legend={t('decide.what')}
          value={outcome}
          onChoice={setOutcome}
          choices={(['upheld', 'revoked'] as const).map((one) => ({ value: one, label: t(`judge.${one}`) }))}
        />
        <Reason value={reason} onText={setReason} hint={t('decide.hint')} />
      </ActForm>
    </Card>
  );
}

function Reason({
  value,
  onText,
  hint,
}: {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly hint: string;
}) {
  const t = useWords(VERIFICATION_WORDS);
  return (
    <Field label={t('decide.reason')} hint={hint}>
      <Textarea rows={3} maxLength={LONGEST_REASON} value={value} onText={onText} />
    </Field>
  );
}
