import type { components } from '@postroad/sdk';
import { type ReactNode, useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Choices, Field, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment, Money } from '../kit/values.tsx';
import { DeductionState, deductionsKey } from './deductions.tsx';
import { OutletName } from './parts.tsx';
import { POINT_MONEY_WORDS } from './words.ts';

type Deduction = components['schemas']['PointDeduction'];

/** One deduction with its evidence; its network appeals once, the operator decides. */
export function DeductionDetail({
  id,
  network,
}: {
  readonly id: string;
  readonly network?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(POINT_MONEY_WORDS);
  const found = useRead([...deductionsKey, id], (signal) =>
    api.get('/v1/point-deductions/{deduction_id}', { params: { path: { deduction_id: id } }, signal }),
  );
  const reason = found.data?.reason;
  return (
    <Page title={reason === undefined ? t('deduction') : t(`rule.${reason}`)} lead={<CopyId value={id} />}>
      <Read of={found}>
        {(one) => (
          <>
            <Head of={one} network={network} />
            <Said title={t('deduction.evidence')} text={one.evidence} none={t('deduction.by_rules')} />
            <Appeal of={one} />
            <Decision of={one} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({
  of,
  network,
}: {
  readonly of: Deduction;
  readonly network: ((organisationId: string) => ReactNode) | undefined;
}) {
  const t = useWords(POINT_MONEY_WORDS);
  return (
    <Card>
      <Facts
        of={[
          ...(network === undefined
            ? []
            : ([[t('statement.network'), network(of.organisation_id)]] as const)),
          [t('deduction.state'), <DeductionState key="state" of={of.state} />],
          [t('deduction.amount'), <Money key="amount" of={of.amount} strong />],
          [t('deduction.recovered'), <Money key="recovered" of={of.recovered} />],
          [t('deduction.outlet'), <OutletName key="outlet" id={of.point_id} link />],
          [
            t('deduction.subject'),
            <span key="subject">
              {t(`deduction.subject.${of.subject.kind}`)} <CopyId value={of.subject.id} short />
            </span>,
          ],
          [t('deduction.at'), <Moment key="at" at={of.occurred_at} whole />],
          [t('deduction.imposed_at'), <Moment key="imposed" at={of.imposed_at} whole />],
          [t('deduction.until'), <Moment key="until" at={of.appeal_until} whole />],
        ]}
      />
    </Card>
  );
}

/** What a person wrote, as text. */
function Said({
  title,
  text,
  none,
}: {
  readonly title: string;
  readonly text: string | undefined;
  readonly none: string;
}) {
  return (
    <Card title={title}>
      {text === undefined ? (
        <p className="text-soft">{none}</p>
      ) : (
        <p className="whitespace-pre-wrap wrap-anywhere">{text}</p>
      )}
    </Card>
  );
}

function Appeal({ of }: { readonly of: Deduction }) {
  const t = useWords(POINT_MONEY_WORDS);
  const may = useMay();
  const [text, setText] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/point-deductions/{deduction_id}/appeal', {
        params: { path: { deduction_id: of.id } },
        body: { text: text.trim() },
      }),
    { touches: [deductionsKey], done: () => toast('ok', t('deduction.appealed')) },
  );
  const isOver = of.appeal_until < new Date().toISOString();
  if (of.state !== 'imposed' || !may('appealPointDeduction') || isOver)
    return (
      <Said
        title={t('deduction.appeal')}
        text={of.appeal}
        none={t(isOver ? 'deduction.over' : 'deduction.no_appeal')}
      />
    );
  return (
    <Card title={t('deduction.appeal')}>
      <ActForm act={act} submit={t('deduction.appeal_do')} disabled={text.trim() === ''}>
        <Field
          label={t('deduction.appeal_text')}
          hint={t('deduction.appeal_hint')}
          error={fieldErrors(act.error)['/text']}
        >
          <Textarea required maxLength={2_000} value={text} onText={setText} />
        </Field>
      </ActForm>
    </Card>
  );
}

const OUTCOMES = ['upheld', 'overturned'] as const;

function Decision({ of }: { readonly of: Deduction }) {
  const t = useWords(POINT_MONEY_WORDS);
  const may = useMay();
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('upheld');
  const [text, setText] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/point-deductions/{deduction_id}/decision', {
        params: { path: { deduction_id: of.id } },
        body: { decision: outcome, text: text.trim() },
      }),
    { touches: [deductionsKey], done: () => toast('ok', t('deduction.decided')) },
  );
  if (of.state !== 'appealed' || !may('decidePointDeduction'))
    return <Said title={t('deduction.decision')} text={of.decision} none={t('deduction.no_decision')} />;
  return (
    <Card title={t('deduction.decide')}>
      <ActForm act={act} submit={t('deduction.decide_do')} disabled={text.trim() === ''}>
        <Choices
          legend={t('deduction.decision')}
          value={outcome}
          onChoice={setOutcome}
          choices={OUTCOMES.map((one) => ({ value: one, label: t(`deduction.decide.${one}`) }))}
        />
        <Field label={t('deduction.decide_text')} error={fieldErrors(act.error)['/text']}>
          <Textarea required maxLength={2_000} value={text} onText={setText} />
        </Field>
      </ActForm>
    </Card>
  );
}
