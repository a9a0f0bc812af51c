import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { instantOf, localOf } from '../ground/instants.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Facts } from '../kit/values.tsx';
import { changeOf, deniedLines } from './judgements.ts';
import { RULEBOOK_WORDS } from './words.ts';

type Result = components['schemas']['RulebookDryRun'];
type Difference = Result['differences'][number];

const WEEK_MS = 7 * 86_400_000;

/** Past orders judged by a version and by what was in force: what would have changed? */
export function DryRun({ versionId }: { readonly versionId: string }) {
  const t = useWords(RULEBOOK_WORDS);
  const [from, setFrom] = useState(() => localOf(new Date(Date.now() - WEEK_MS)));
  const [to, setTo] = useState(() => localOf(new Date()));
  const act = useAct(() =>
    api.post('/v1/rulebook-versions/{rulebook_version_id}/dry-runs', {
      params: { path: { rulebook_version_id: versionId } },
      body: { from: instantOf(from) ?? '', to: instantOf(to) ?? '' },
    }),
  );
  return (
    <Card title={t('dry')}>
      <p className="mb-3 text-soft">{t('dry.lead')}</p>
      <form
        className="mb-4 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('dry.from')}>
          <Input required type="datetime-local" value={from} onText={setFrom} />
        </Field>
        <Field label={t('dry.to')}>
          <Input required type="datetime-local" value={to} onText={setTo} />
        </Field>
        <Button type="submit" busy={act.isPending}>
          {t('dry.run')}
        </Button>
      </form>
      {act.error && <Failure error={act.error} />}
      {act.data && <Outcome of={act.data} />}
    </Card>
  );
}

function Outcome({ of }: { readonly of: Result }) {
  const t = useWords(RULEBOOK_WORDS);
  const { number } = useFormats();
  if (of.cases === 0) return <Notice tone="idle">{t('dry.no_cases')}</Notice>;
  return (
    <div className="grid gap-4">
      <Facts
        of={[
          [t('dry.cases'), number(of.cases)],
          [t('dry.same'), number(of.same)],
          [t('dry.different'), <strong key="different">{number(of.different)}</strong>],
        ]}
      />
      {of.different === 0 ? (
        <Notice tone="ok">{t('dry.no_change')}</Notice>
      ) : (
        <Differences rows={of.differences} />
      )}
      <Answers of={of.answers} />
      {of.quality !== undefined && <Quality of={of.quality} />}
    </div>
  );
}

function Differences({ rows }: { readonly rows: readonly Difference[] }) {
  const t = useWords(RULEBOOK_WORDS);
  const areLines = rows.every((row) => changeOf(row.before, row.after) !== undefined);
  const lines = (codes: readonly string[] | undefined) =>
    codes === undefined || codes.length === 0 ? '–' : <span className="number">{codes.join(', ')}</span>;
  const changes: readonly Column<Difference>[] = areLines
    ? [
        {
          id: 'denied',
          label: t('dry.newly_denied'),
          cell: (row) => lines(changeOf(row.before, row.after)?.denied),
        },
        {
          id: 'allowed',
          label: t('dry.newly_allowed'),
          cell: (row) => lines(changeOf(row.before, row.after)?.allowed),
        },
      ]
    : [
        { id: 'before', label: t('dry.before'), cell: (row) => row.before },
        { id: 'after', label: t('dry.after'), cell: (row) => row.after },
      ];
  return (
    <Table
      label={t('dry.different')}
      rows={rows}
      rowId={(row) => row.case_id}
      columns={[
        { id: 'case', label: t('dry.case'), isName: true, cell: (row) => <Case id={row.case_id} /> },
        ...changes,
      ]}
    />
  );
}

function Case({ id }: { readonly id: string }) {
  const at = useFaceAddress();
  const may = useMay();
  if (!id.startsWith('ord_') || !may('readOrder')) return <span className="number">{id}</span>;
  return (
    <Link className="number text-accent hover:underline" href={at(`/orders/${id}`)}>
      {id}
    </Link>
  );
}

function Answers({ of }: { readonly of: Result['answers'] }) {
  const t = useWords(RULEBOOK_WORDS);
  const { number } = useFormats();
  const nameOf = (answer: string) => {
    const denied = deniedLines(answer);
    if (denied === undefined) return answer;
    return denied.length === 0 ? t('dry.allows_all') : t('dry.denies', { lines: denied.join(', ') });
  };
  return (
    <Table
      label={t('dry.answers')}
      rows={Object.entries(of).map(([answer, count]) => ({ answer, count }))}
      rowId={(row) => row.answer}
      columns={[
        { id: 'answer', label: t('dry.answers'), isName: true, cell: (row) => nameOf(row.answer) },
        { id: 'count', label: t('dry.count'), align: 'end', cell: (row) => number(row.count) },
      ]}
    />
  );
}

type Measured = NonNullable<Result['quality']>[number];

/** How a version does on cases that people decided, beside the one in force. */
function Quality({ of }: { readonly of: readonly Measured[] }) {
  const t = useWords(RULEBOOK_WORDS);
  const { number } = useFormats();
  const share = (part: number | undefined) =>
    part === undefined ? '–' : `${number(Math.round(part * 1_000) / 10)} %`;
  const columns: readonly Column<Measured>[] = [
    {
      id: 'version',
      label: t('dry.quality.version'),
      isName: true,
      cell: (row) => t(`dry.quality.${row.version}`),
    },
    { id: 'labelled', label: t('dry.quality.labelled'), align: 'end', cell: (row) => number(row.labelled) },
    { id: 'precision', label: t('dry.quality.precision'), align: 'end', cell: (row) => share(row.precision) },
    { id: 'recall', label: t('dry.quality.recall'), align: 'end', cell: (row) => share(row.recall) },
    { id: 'wrong', label: t('dry.quality.wrong'), align: 'end', cell: (row) => number(row.false_positives) },
    {
      id: 'missed',
      label: t('dry.quality.missed'),
      align: 'end',
      cell: (row) => number(row.false_negatives),
    },
  ];
  return (
    <div className="grid gap-2">
      <p className="text-sm text-soft">{t('dry.quality.hint')}</p>
      <Table label={t('dry.quality')} rows={of} rowId={(row) => row.version} columns={columns} />
    </div>
  );
}
