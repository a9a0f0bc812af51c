import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Day, Moment } from '../kit/values.tsx';
import { PARTNER_WORDS } from './words.ts';

const KINDS = ['licence', 'contract', 'insurance'] as const;
type Kind = (typeof KINDS)[number];
const EMPTY = { number: '', issuer: '', from: '', to: '', note: '' };

/** Licences, contracts and insurances, and recording one. */
export function CarrierPapers({ code }: { readonly code: string }) {
  const t = useWords(PARTNER_WORDS);
  const may = useMay();
  const papers = usePages(['carriers', code, 'papers'], (cursor, signal) =>
    api.get('/v1/carriers/{carrier_code}/papers', {
      params: {
        path: { carrier_code: code },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <>
      <Card title={t('papers')}>
        <PagedTable
          of={papers}
          empty={<p className="text-soft">{t('papers.none')}</p>}
          label={t('papers')}
          rowId={(one) => one.id}
          columns={[
            { id: 'number', label: t('paper.number'), isName: true, cell: (one) => one.number },
            { id: 'kind', label: t('paper.kind'), cell: (one) => t(`paper_kind.${one.kind}`) },
            { id: 'issuer', label: t('paper.issuer'), cell: (one) => one.issuer },
            { id: 'from', label: t('paper.from'), cell: (one) => <Day of={one.valid_from} /> },
            {
              id: 'to',
              label: t('paper.to'),
              cell: (one) => (one.valid_to === undefined ? '–' : <Day of={one.valid_to} />),
            },
            { id: 'note', label: t('paper.note'), cell: (one) => one.note ?? '–' },
            {
              id: 'recorded',
              label: t('paper.recorded'),
              cell: (one) => <Moment at={one.recorded_at} />,
            },
          ]}
        />
      </Card>
      {may('recordCarrierPaper') && <RecordPaper code={code} />}
    </>
  );
}

function RecordPaper({ code }: { readonly code: string }) {
  const t = useWords(PARTNER_WORDS);
  const [kind, setKind] = useState<Kind>('licence');
  const [typed, setTyped] = useState(EMPTY);
  const set = (name: keyof typeof EMPTY) => (value: string) => setTyped((now) => ({ ...now, [name]: value }));
  const act = useAct(
    () =>
      api.post('/v1/carriers/{carrier_code}/papers', {
        params: { path: { carrier_code: code } },
        body: {
          kind,
          number: typed.number.trim(),
          issuer: typed.issuer.trim(),
          valid_from: `${typed.from}T00:00:00Z`,
          ...(typed.to === '' ? {} : { valid_to: `${typed.to}T00:00:00Z` }),
          ...(typed.note.trim() === '' ? {} : { note: typed.note.trim() }),
        },
      }),
    {
      touches: [['carriers', code]],
      done: () => {
        setTyped(EMPTY);
        toast('ok', t('paper.done'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('paper.record')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('paper.kind')} error={errors['/kind']}>
          <Select
            value={kind}
            onChoice={setKind}
            choices={KINDS.map((one) => ({ value: one, label: t(`paper_kind.${one}`) }))}
          />
        </Field>
        <Field label={t('paper.number')} error={errors['/number']}>
          <Input required maxLength={100} value={typed.number} onText={set('number')} />
        </Field>
        <Field label={t('paper.issuer')} error={errors['/issuer']}>
          <Input required maxLength={200} value={typed.issuer} onText={set('issuer')} />
        </Field>
        <Field label={t('paper.from')} error={errors['/valid_from']}>
          <Input required type="date" value={typed.from} onText={set('from')} />
        </Field>
        <Field label={t('paper.to')} error={errors['/valid_to']}>
          <Input type="date" value={typed.to} onText={set('to')} />
        </Field>
        <Field label={t('paper.note')} error={errors['/note']}>
          <Input maxLength={500} value={typed.note} onText={set('note')} />
        </Field>
        <div>
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('paper.record')}
          </Button>
        </div>
      </form>
      {act.error && (
        <div className="mt-3">
          <Failure error={act.error} />
        </div>
      )}
    </Card>
  );
}
