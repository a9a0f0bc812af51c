import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { toast } from '../kit/toast.tsx';
import { PARTNER_WORDS } from './words.ts';

type Decision = components['schemas']['CarrierDecision'];
type Name = Decision['decision'];
type Item = Extract<Decision, { decision: 'pass_qualification' }>['item'];
type Grade = Extract<Decision, { decision: 'activate' }>['grade'];

/** In the order of a carrier's life. What is possible now is the server's answer. */
const NAMES = [
  'apply',
  'start_qualification',
  'pass_qualification',
  'start_trial',
  'activate',
  'grade',
  'warn',
  'start_improvement',
  'restrict',
  'suspend',
  'reinstate',
  'eliminate',
  'reapply',
  'announce_exit',
  'complete_exit',
] as const satisfies readonly Name[];
const ITEMS = ['licence', 'insurance', 'data_test'] as const satisfies readonly Item[];
const GRADES = ['A', 'B', 'C', 'D', 'E'] as const satisfies readonly Grade[];

type Typed = {
  readonly item: Item;
  readonly grade: Grade;
  readonly proof: string;
  readonly reason: string;
  readonly lastDay: string;
};

/** The body of a decision: each has what it needs and no more. */
function decisionOf(name: Name, typed: Typed): Decision {
  switch (name) {
    case 'pass_qualification':
      return { decision: name, item: typed.item, proof: typed.proof.trim() };
    case 'activate':
    case 'grade':
      return { decision: name, grade: typed.grade };
    case 'warn':
    case 'start_improvement':
    case 'restrict':
    case 'suspend':
    case 'reinstate':
    case 'eliminate':
      return { decision: name, reason: typed.reason.trim() };
    case 'announce_exit':
      return { decision: name, last_day: `${typed.lastDay}T00:00:00Z` };
    default:
      return { decision: name };
  }
}

export function DecideCarrier({ code }: { readonly code: string }) {
  const t = useWords(PARTNER_WORDS);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState<Name>('warn');
  const [typed, setTyped] = useState<Typed>({
    item: 'licence',
    grade: 'A',
    proof: '',
    reason: '',
    lastDay: '',
  });
  const body = decisionOf(name, typed);
  const act = useAct(
    () =>
      api.post('/v1/carriers/{carrier_code}/decisions', { params: { path: { carrier_code: code } }, body }),
    {
      touches: [['carriers']],
      done: () => {
        setOpen(false);
        toast('ok', t('decision.done'));
      },
    },
  );
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        {t('decision.make')}
      </Button>
      <Dialog title={t('decision.make')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('decision.do')}>
          <Field label={t('decision')}>
            <Select
              value={name}
              onChoice={setName}
              choices={NAMES.map((one) => ({ value: one, label: t(`decision.${one}`) }))}
            />
          </Field>
          <Details body={body} typed={typed} onTyped={setTyped} errors={fieldErrors(act.error)} />
        </ActForm>
      </Dialog>
    </>
  );
}

function Details({
  body,
  typed,
  onTyped,
  errors,
}: {
  readonly body: Decision;
  readonly typed: Typed;
  readonly onTyped: (typed: Typed) => void;
  readonly errors: Readonly<Record<string, string>>;
}) {
  const t = useWords(PARTNER_WORDS);
  return (
    <>
      {'item' in body && (
        <Field label={t('decision.item')} error={errors['/item']}>
          <Select
            value={typed.item}
            onChoice={(item) => onTyped({ ...typed, item })}
            choices={ITEMS.map((one) => ({ value: one, label: t(`item.${one}`) }))}
          />
        </Field>
      )}
      {'proof' in body && (
        <Field label={t('decision.proof')} error={errors['/proof']}>
          <Input
            required
            maxLength={500}
            value={typed.proof}
            onText={(proof) => onTyped({ ...typed, proof })}
          />
        </Field>
      )}
      {'grade' in body && (
        <Field label={t('carrier.grade')} error={errors['/grade']}>
          <Select
            value={typed.grade}
            onChoice={(grade) => onTyped({ ...typed, grade })}
            choices={GRADES.map((one) => ({ value: one, label: one }))}
          />
        </Field>
      )}
      {'reason' in body && (
        <Field label={t('decision.reason')} error={errors['/reason']}>
          <Input
            required
            maxLength={500}
            value={typed.reason}
            onText={(reason) => onTyped({ ...typed, reason })}
          />
        </Field>
      )}
      {'last_day' in body && (
        <Field label={t('decision.last_day')} error={errors['/last_day']}>
          <Input
            required
            type="date"
            value={typed.lastDay}
            onText={(lastDay) => onTyped({ ...typed, lastDay })}
          />
        </Field>
      )}
    </>
  );
}
