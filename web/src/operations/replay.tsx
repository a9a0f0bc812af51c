import type { components, operations } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { instantOf, localOf } from '../ground/instants.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select, useFieldProps } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Facts } from '../kit/values.tsx';
import { PARTS } from '../outlets/decision.tsx';
import { POINT_DECISION_WORDS } from '../outlets/words.ts';
import { readInForce } from '../rulebooks/rulebooks.tsx';
import { OrganisationName } from './organisation-name.tsx';

type Replayed = components['schemas']['PointReplay'];
type Rules = NonNullable<
  operations['replayPointDecisions']['requestBody']
>['content']['application/json']['rules'];
const HOURS = ['1', '3', '6', '12', '24'] as const;
const HEAVIEST = 100;

/** Takes the decisions of some hours again with other weights, from those that hold now. */
export function Replay() {
  const t = useWords(POINT_DECISION_WORDS);
  const rules = useRead(['rulebooks', 'point_allocation', 'in-force'], (signal) =>
    readInForce('point_allocation', signal),
  );
  return (
    <Page title={t('replay')} lead={t('replay.lead')}>
      <Read of={rules}>{(found) => <Desk rules={(found?.document ?? SHIPPED) as Rules} />}</Read>
    </Page>
  );
}

/** As network/allocation/rulebook.ts ships them. */
const SHIPPED: Rules = {
  weights: { distance: 45, capacity: 20, quality: 15, cost: 10, fairness: 10 },
  half_distance_meters: 1_500,
  max_distance_meters: 30_000,
  candidates: 40,
};

function Desk({ rules }: { readonly rules: Rules }) {
  const t = useWords(POINT_DECISION_WORDS);
  const [draft, setDraft] = useState(rules);
  const [from, setFrom] = useState(() => localOf(new Date(Date.now() - 2 * 3_600_000)));
  const [hours, setHours] = useState<(typeof HOURS)[number]>('3');
  const act = useAct(() => {
    const start = instantOf(from) ?? '';
    const to = new Date(Date.parse(start) + Number(hours) * 3_600_000).toISOString();
    return api.post('/v1/point-decisions/replay', { body: { from: start, to, rules: draft } });
  });
  const errors = fieldErrors(act.error);
  const count = (name: 'half_distance_meters' | 'max_distance_meters' | 'candidates') => ({
    type: 'number',
    required: true,
    min: 5,
    value: draft[name],
    onText: (text: string) => setDraft({ ...draft, [name]: Number(text) }),
  });
  return (
    <>
      <Card>
        <ActForm act={act} submit={t('replay.run')}>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-5">
            <Field label={t('replay.from')} error={errors['/from']}>
              <Input type="datetime-local" required value={from} onText={setFrom} />
            </Field>
            <Field label={t('replay.hours')} error={errors['/to']}>
              <Select
                value={hours}
                onChoice={setHours}
                choices={HOURS.map((one) => ({ value: one, label: one }))}
              />
            </Field>
            <Field label={t('replay.half')} error={errors['/rules/half_distance_meters']}>
              <Input {...count('half_distance_meters')} />
            </Field>
            <Field label={t('replay.longest')} error={errors['/rules/max_distance_meters']}>
              <Input {...count('max_distance_meters')} />
            </Field>
            <Field label={t('replay.candidates')} error={errors['/rules/candidates']}>
              <Input {...count('candidates')} />
            </Field>
            {PARTS.map((part) => (
              <Field
                key={part}
                label={`${t('replay.weight', { part: t(`part.${part}`) })} (${draft.weights[part]})`}
                error={errors[`/rules/weights/${part}`]}
              >
                <Weight
                  value={draft.weights[part]}
                  onValue={(value) => setDraft({ ...draft, weights: { ...draft.weights, [part]: value } })}
                />
              </Field>
            ))}
          </div>
        </ActForm>
      </Card>
      {act.data && <Result of={act.data} />}
    </>
  );
}

function Weight({ value, onValue }: { readonly value: number; readonly onValue: (value: number) => void }) {
  return (
    <input
      type="range"
      {...useFieldProps()}
      min={0}
      max={Math.max(HEAVIEST, value)}
      value={value}
      onChange={(event) => onValue(Number(event.target.value))}
      className="min-h-9 w-full accent-accent"
    />
  );
}

function Result({ of }: { readonly of: Replayed }) {
  const t = useWords(POINT_DECISION_WORDS);
  const { number, percent } = useFormats();
  if (of.demands === 0)
    return (
      <Card>
        <Empty title={t('replay.nothing')} hint={t('replay.nothing_hint')} />
      </Card>
    );
  const served = of.same + of.moved;
  return (
    <>
      <Card>
        {!of.is_complete && (
          <div className="mb-3">
            <Notice tone="warn">{t('replay.cut')}</Notice>
          </div>
        )}
        <Facts
          of={[
            [t('replay.demands'), number(of.demands)],
            [
              t('replay.moved'),
              <strong key="moved">
                {`${number(of.moved)} (${percent(served === 0 ? 0 : of.moved / served)})`}
              </strong>,
            ],
            [t('replay.same'), number(of.same)],
            [t('replay.chosen'), number(of.chosen)],
            [t('replay.unserved'), number(of.unserved)],
            [t('replay.busiest'), `${number(of.busiest.before)} → ${number(of.busiest.after)}`],
          ]}
        />
      </Card>
      <Distances of={of} />
      <Loads of={of} />
      <Moves of={of} />
    </>
  );
}

function Distances({ of }: { readonly of: Replayed }) {
  const t = useWords(POINT_DECISION_WORDS);
  const { distance } = useFormats();
  const { before, after } = of.distance_meters;
  const rows = [
    { id: 'mean', label: t('replay.mean') },
    { id: 'p90', label: t('replay.p90') },
    { id: 'longest', label: t('replay.farthest') },
  ] as const;
  return (
    <Card title={t('replay.distance')}>
      <Table
        label={t('replay.distance')}
        rows={rows}
        rowId={({ id }) => id}
        columns={[
          { id: 'what', label: t('replay.distance'), isName: true, cell: ({ label }) => label },
          { id: 'before', label: t('replay.before'), align: 'end', cell: ({ id }) => distance(before[id]) },
          { id: 'after', label: t('replay.after'), align: 'end', cell: ({ id }) => distance(after[id]) },
        ]}
      />
    </Card>
  );
}

function Loads({ of }: { readonly of: Replayed }) {
  const t = useWords(POINT_DECISION_WORDS);
  const { number } = useFormats();
  const nameOf = (id: string) => of.points.find((one) => one.id === id)?.name ?? id;
  const counts = [
    {
      id: 'before',
      label: t('replay.before'),
      align: 'end',
      cell: (one: { readonly before: number }) => number(one.before),
    },
    {
      id: 'after',
      label: t('replay.after'),
      align: 'end',
      cell: (one: { readonly after: number }) => number(one.after),
    },
  ] as const;
  return (
    <>
      <Card title={t('replay.networks')}>
        <Table
          label={t('replay.networks')}
          rows={of.networks}
          rowId={(one) => one.organisation_id}
          columns={[
            {
              id: 'network',
              label: t('decision.network'),
              isName: true,
              cell: (one) => <OrganisationName id={one.organisation_id} />,
            },
            ...counts,
          ]}
        />
      </Card>
      <Card title={t('replay.points')}>
        {of.loads.length === 0 ? (
          <p className="text-soft">{t('replay.points.none')}</p>
        ) : (
          <Table
            label={t('replay.points')}
            rows={of.loads}
            rowId={(one) => one.point_id}
            columns={[
              { id: 'point', label: t('decision.point'), isName: true, cell: (one) => nameOf(one.point_id) },
              ...counts,
            ]}
          />
        )}
      </Card>
    </>
  );
}

function Moves({ of }: { readonly of: Replayed }) {
  const t = useWords(POINT_DECISION_WORDS);
  const { distance } = useFormats();
  const nameOf = (id: string) => of.points.find((one) => one.id === id)?.name ?? id;
  if (of.moves.length === 0) return null;
  return (
    <Card title={t('replay.moves')}>
      <Table
        label={t('replay.moves')}
        rows={of.moves}
        rowId={(one) => one.decision_id}
        columns={[
          {
            id: 'decision',
            label: t('decision'),
            isName: true,
            cell: (one) => (
              <Link
                className="number text-accent hover:underline"
                href={`/operations/point-decisions/${one.decision_id}`}
              >
                {`…${one.decision_id.slice(-8)}`}
              </Link>
            ),
          },
          { id: 'from', label: t('replay.move_from'), cell: (one) => nameOf(one.from) },
          { id: 'to', label: t('replay.move_to'), cell: (one) => nameOf(one.to) },
          {
            id: 'meters',
            label: t('replay.metres'),
            align: 'end',
            cell: (one) => `${one.meters_more < 0 ? '−' : '+'}${distance(Math.abs(one.meters_more))}`,
          },
        ]}
      />
    </Card>
  );
}
