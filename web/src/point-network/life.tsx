import type { operations } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { instantOf } from '../ground/instants.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { ONBOARDING, type Outlet, outletKey } from '../outlets/parts.tsx';
import { OUTLET_WORDS } from '../outlets/words.ts';
import { OUTLET_DESK_WORDS } from './words.ts';

type PauseReason = NonNullable<
  NonNullable<operations['pausePoint']['requestBody']>['content']['application/json']['reason']
>;
const PAUSE_REASONS = everyWord<PauseReason>({
  holiday: true,
  renovation: true,
  illness: true,
  emergency: true,
  other: true,
});
type Whose = { readonly outlet: Outlet };

export function Filing({ outlet }: Whose) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [number, setNumber] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/points/{point_id}/filing', {
        params: { path: { point_id: outlet.id } },
        body: { number: number.trim() },
      }),
    {
      touches: [outletKey(outlet.id), ['point-network']],
      done: () => {
        setNumber('');
        toast('ok', t('filing.saved'));
      },
    },
  );
  const isOpen = !ONBOARDING.includes(outlet.state) && outlet.state !== 'exited';
  return (
    <Card title={t('filing.title')}>
      <p className="mb-3 text-soft">{t('filing.lead')}</p>
      {isOpen ? (
        <div className="max-w-sm">
          <ActForm act={act} submit={t('filing.save')}>
            <Field label={t('filing.number')} error={fieldErrors(act.error)['/number']}>
              <Input required maxLength={60} value={number} onText={setNumber} />
            </Field>
          </ActForm>
        </div>
      ) : (
        <p>{t('filing.early')}</p>
      )}
    </Card>
  );
}

export function Pause({ outlet }: Whose) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const isWorking = outlet.state === 'trial' || outlet.state === 'active';
  const isPaused = outlet.state === 'paused' || outlet.paused_from !== undefined;
  return (
    <Card title={t('pause.title')}>
      <p className="mb-3 text-soft">{t('pause.lead')}</p>
      {isPaused && (
        <div className="mb-4 grid gap-4">
          <Facts
            of={[
              [o('paused_from'), outlet.paused_from && <Moment key="from" at={outlet.paused_from} whole />],
              [o('paused_until'), outlet.paused_until && <Moment key="to" at={outlet.paused_until} whole />],
            ]}
          />
          <Resume outlet={outlet} />
        </div>
      )}
      {isWorking && !isPaused && <Announce outlet={outlet} />}
      {!isWorking && !isPaused && <p>{t('pause.none')}</p>}
    </Card>
  );
}

function Resume({ outlet }: Whose) {
  const t = useWords(OUTLET_DESK_WORDS);
  const act = useAct(
    () => api.post('/v1/points/{point_id}/resumption', { params: { path: { point_id: outlet.id } } }),
    {
      touches: [outletKey(outlet.id), ['outlets'], ['point-network']],
      done: () => toast('ok', t('resume.done')),
    },
  );
  return (
    <div className="grid justify-items-start gap-3">
      {act.error && <Failure error={act.error} />}
      <Button look="primary" busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {t('resume.do')}
      </Button>
    </div>
  );
}

function Announce({ outlet }: Whose) {
  const t = useWords(OUTLET_DESK_WORDS);
  const [reason, setReason] = useState<PauseReason>('holiday');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const act = useAct(
    () => {
      const [begin, end] = [instantOf(from), instantOf(until)];
      return api.post('/v1/points/{point_id}/pause', {
        params: { path: { point_id: outlet.id } },
        body: {
          reason,
          ...(begin === undefined ? {} : { from: begin }),
          ...(end === undefined ? {} : { until: end }),
        },
      });
    },
    {
      touches: [outletKey(outlet.id), ['outlets'], ['point-network']],
      done: () => toast('ok', t('pause.done')),
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <ActForm act={act} submit={t('pause.do')}>
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label={t('pause.reason')} error={errors['/reason']}>
          <Select
            value={reason}
            onChoice={setReason}
            choices={PAUSE_REASONS.map((one) => ({ value: one, label: t(`pause.reason.${one}`) }))}
          />
        </Field>
        <Field label={t('pause.from')} error={errors['/from']}>
          <Input type="datetime-local" value={from} onText={setFrom} />
        </Field>
        <Field label={t('pause.until')} error={errors['/until']}>
          <Input type="datetime-local" value={until} onText={setUntil} />
        </Field>
      </div>
    </ActForm>
  );
}

export function Exit({ outlet }: Whose) {
  const t = useWords(OUTLET_DESK_WORDS);
  const o = useWords(OUTLET_WORDS);
  const [last, setLast] = useState('');
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/points/{point_id}/exit', {
        params: { path: { point_id: outlet.id } },
        body: { last_moment: instantOf(last) ?? '', reason: reason.trim() },
      }),
    {
      touches: [outletKey(outlet.id), ['outlets'], ['point-network']],
      done: () => toast('ok', t('exit.done')),
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('exit.title')}>
      {outlet.state === 'exited' ? (
        <p>{t('exit.left')}</p>
      ) : (
        <>
          <p className="mb-3 text-soft">{t('exit.lead')}</p>
          {outlet.exits_at !== undefined && (
            <div className="mb-4">
              <Facts of={[[o('exits_at'), <Moment key="exit" at={outlet.exits_at} whole />]]} />
            </div>
          )}
          <ActForm act={act} submit={t('exit.do')} look="danger">
            <div className="grid gap-4 sm:grid-cols-2">
              <Field label={t('exit.last')} error={errors['/last_moment']}>
                <Input type="datetime-local" required value={last} onText={setLast} />
              </Field>
              <Field label={t('exit.reason')} error={errors['/reason']}>
                <Input required maxLength={200} value={reason} onText={setReason} />
              </Field>
            </div>
          </ActForm>
        </>
      )}
    </Card>
  );
}
