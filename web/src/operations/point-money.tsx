import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { instantOf } from '../ground/instants.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { toast } from '../kit/toast.tsx';
import { Goods } from '../office/goods.tsx';
import { DeductionDetail } from '../outlets/deduction.tsx';
import { DeductionList, deductionsKey } from '../outlets/deductions.tsx';
import { PointStatementDetail } from '../outlets/statement.tsx';
import { StatementList } from '../outlets/statements.tsx';
import { POINT_MONEY_WORDS } from '../outlets/words.ts';
import { OrganisationName } from './organisation-name.tsx';
import { POINT_DESK_WORDS } from './words.ts';

type DeductionInput = components['schemas']['PointDeductionInput'];
const REASONS = everyWord<DeductionInput['reason']>({
  late_handover: true,
  lost: true,
  complaint_upheld: true,
  wrong_hand_out: true,
});
const SUBJECTS = everyWord<DeductionInput['subject']['kind']>({
  shelf_parcel: true,
  return: true,
  mailing: true,
  parcel: true,
});

const networkOf = (id: string) => <OrganisationName id={id} link />;

export function PointDeductions() {
  const t = useWords(POINT_DESK_WORDS);
  const may = useMay();
  return (
    <Page title={t('deductions')} lead={t('deductions.lead')}>
      <DeductionList />
      {may('imposePointDeduction') && <Impose />}
    </Page>
  );
}

export function PointDeduction({ id }: { readonly id: string }) {
  return <DeductionDetail id={id} network={networkOf} />;
}

export function PointStatements() {
  const t = useWords(POINT_DESK_WORDS);
  return (
    <Page title={t('statements')} lead={t('statements.lead')}>
      <StatementList
        more={[
          {
            id: 'network',
            label: t('statements.network'),
            cell: (one) => <OrganisationName id={one.organisation_id} />,
          },
        ]}
      />
      <Goods organisation={(id) => <OrganisationName id={id} />} />
    </Page>
  );
}

export function PointStatement({ id }: { readonly id: string }) {
  return <PointStatementDetail id={id} network={networkOf} />;
}

function Impose() {
  const t = useWords(POINT_MONEY_WORDS);
  const [, go] = useLocation();
  const [reason, setReason] = useState<DeductionInput['reason']>('lost');
  const [kind, setKind] = useState<DeductionInput['subject']['kind']>('shelf_parcel');
  const [draft, setDraft] = useState({ point: '', subject: '', at: '', evidence: '' });
  const field = (name: keyof typeof draft) => ({
    value: draft[name],
    onText: (text: string) => setDraft({ ...draft, [name]: text }),
  });
  const act = useAct(
    () =>
      api.post('/v1/point-deductions', {
        body: {
          point_id: draft.point.trim(),
          reason,
          subject: { kind, id: draft.subject.trim() },
          occurred_at: instantOf(draft.at) ?? '',
          evidence: draft.evidence.trim(),
        },
      }),
    {
      touches: [deductionsKey],
      done: (made) => {
        toast('ok', t('deduction.made'));
        go(`/operations/deductions/${made.id}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('deduction.make')}>
      <p className="mb-3 text-soft">{t('deduction.make_lead')}</p>
      <ActForm act={act} submit={t('deduction.make_do')} look="danger">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('deduction.reason')}>
            <Select
              value={reason}
              onChoice={setReason}
              choices={REASONS.map((one) => ({ value: one, label: t(`rule.${one}`) }))}
            />
          </Field>
          <Field label={t('deduction.outlet')} hint={t('deduction.outlet_hint')} error={errors['/point_id']}>
            <Input mono required {...field('point')} />
          </Field>
          <Field label={t('deduction.subject_kind')}>
            <Select
              value={kind}
              onChoice={setKind}
              choices={SUBJECTS.map((one) => ({ value: one, label: t(`deduction.subject.${one}`) }))}
            />
          </Field>
          <Field label={t('deduction.subject_id')} error={errors['/subject/id']}>
            <Input mono required {...field('subject')} />
          </Field>
          <Field label={t('deduction.at')} error={errors['/occurred_at']}>
            <Input type="datetime-local" required {...field('at')} />
          </Field>
        </div>
        <Field label={t('deduction.evidence')} error={errors['/evidence']}>
          <Textarea required maxLength={2_000} {...field('evidence')} />
        </Field>
      </ActForm>
    </Card>
  );
}
