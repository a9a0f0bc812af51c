import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { instantOf } from '../ground/instants.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { Recognised } from './sources.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

type Source = components['schemas']['RecognisedSource'];

/** One source: what holds now, who decided what when, and one's own decision. */
export function SourceDetail({ id }: { readonly id: string }) {
  const t = useWords(MARKETPLACE_WORDS);
  const source = useRead(['sources', id], (signal) =>
    api.get('/v1/recognised-sources/{source_id}', { params: { path: { source_id: id } }, signal }),
  );
  return (
    <Page title={id} actions={source.data && <Withdraw source={source.data} />}>
      <Read of={source} rows={6}>
        {(one) => (
          <>
            <Card>
              <Facts
                of={[
                  [t('source.now'), <Recognised key="now" is={one.recognised} />],
                  [t('source.decided'), t(`source.decided.${one.decided_by}`)],
                  [t('source.kind'), t(`source.kind.${one.kind}`)],
                ]}
              />
            </Card>
            <Decide source={one} />
            <Decisions title={t('source.own')} none={t('source.own_none')} of={one.own} />
            <Decisions title={t('source.default')} none="–" of={one.default} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Decisions({
  title,
  none,
  of,
}: {
  readonly title: string;
  readonly none: string;
  readonly of: Source['own'];
}) {
  const t = useWords(MARKETPLACE_WORDS);
  return (
    <Card title={title}>
      {of.length === 0 ? (
        <p className="text-soft">{none}</p>
      ) : (
        <Table
          label={title}
          rows={of}
          rowId={(row) => row.from}
          columns={[
            {
              id: 'recognised',
              label: t('source.now'),
              isName: true,
              cell: (row) => <Recognised is={row.recognised} />,
            },
            { id: 'from', label: t('source.from'), cell: (row) => <Moment at={row.from} whole /> },
            {
              id: 'to',
              label: t('source.to'),
              cell: (row) => (row.to === undefined ? '–' : <Moment at={row.to} whole />),
            },
            { id: 'proof', label: t('source.proof'), cell: (row) => row.proof },
          ]}
        />
      )}
    </Card>
  );
}

function Decide({ source }: { readonly source: Source }) {
  const t = useWords(MARKETPLACE_WORDS);
  const [verdict, setVerdict] = useState<'yes' | 'no'>(source.recognised ? 'no' : 'yes');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [proof, setProof] = useState('');
  const act = useAct(
    () => {
      const [begins, ends] = [instantOf(from), instantOf(to)];
      return api.put('/v1/recognised-sources/{source_id}', {
        params: { path: { source_id: source.id } },
        body: {
          recognised: verdict === 'yes',
          proof: proof.trim(),
          ...(begins === undefined ? {} : { from: begins }),
          ...(ends === undefined ? {} : { to: ends }),
        },
      });
    },
    { touches: [['sources']], done: () => toast('ok', t('source.decided_now')) },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('source.decide')}>
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Choices
          legend={t('source')}
          value={verdict}
          onChoice={setVerdict}
          choices={[
            { value: 'yes', label: t('source.recognised') },
            { value: 'no', label: t('source.not_recognised') },
          ]}
        />
        <Field label={t('source.proof')} hint={t('source.proof_hint')} error={errors['/proof']}>
          <Input required maxLength={500} value={proof} onText={setProof} />
        </Field>
        <Field label={t('source.from')} hint={t('source.from_hint')} error={errors['/from']}>
          <Input type="datetime-local" value={from} onText={setFrom} />
        </Field>
        <Field label={t('source.to')} hint={t('source.to_hint')} error={errors['/to']}>
          <Input type="datetime-local" value={to} onText={setTo} />
        </Field>
        <div className="grid justify-items-start gap-3 sm:col-span-2">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('source.decide')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

function Withdraw({ source }: { readonly source: Source }) {
  const t = useWords(MARKETPLACE_WORDS);
  const act = useAct(
    () => api.delete('/v1/recognised-sources/{source_id}', { params: { path: { source_id: source.id } } }),
    { touches: [['sources']], done: () => toast('ok', t('source.withdrawn')) },
  );
  if (source.decided_by !== 'own') return null;
  return (
    <>
      {act.error && <Failure error={act.error} />}
      <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
        {t('source.withdraw')}
      </Button>
    </>
  );
}
