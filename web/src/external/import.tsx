import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Field, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager, useParts } from '../kit/pager.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { TextDrop } from '../kit/text-drop.tsx';
import { EXTERNAL_WORDS } from './words.ts';

type Import = components['schemas']['ExternalShipmentImport'];

/** More rows than anybody reads at once. */
const ROWS_OF_A_PAGE = 100;
const TONES = { created: 'ok', existing: 'idle', refused: 'bad' } as const;

/** A file or pasted rows, answered line by line. */
export function ImportExternal() {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  const [text, setText] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/external-shipments/import', {
        body: text as never,
        bodySerializer: (body: unknown) => body as string,
        headers: { 'content-type': 'text/csv' },
      }),
    { touches: [['external-shipments'], ['orders'], ['verifications']] },
  );
  return (
    <Page
      title={t('import')}
      lead={t('import.lead')}
      actions={<ButtonLink to={at('/external')}>{t('back')}</ButtonLink>}
    >
      <Card>
        <ActForm act={act} submit={t('import.do')} disabled={text.trim() === ''}>
          <TextDrop label={t('import.file')} accept=".csv,text/csv" onText={setText} />
          <Field label={t('import.paste')}>
            <Textarea mono rows={6} value={text} onText={setText} spellCheck={false} />
          </Field>
        </ActForm>
      </Card>
      {act.data && <Outcome key={act.submittedAt} of={act.data} />}
    </Page>
  );
}

function Outcome({ of }: { readonly of: Import }) {
  const t = useWords(EXTERNAL_WORDS);
  const { number } = useFormats();
  const at = useFaceAddress();
  // What is wrong first: that is what somebody has to do with.
  const { shown, ...pages } = useParts(
    of.results.toSorted((a, b) => Number(b.outcome === 'refused') - Number(a.outcome === 'refused')),
    ROWS_OF_A_PAGE,
  );
  return (
    <Card title={t('import.rows', { count: of.rows })}>
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        {(['created', 'existing', 'refused'] as const).map((outcome) => (
          <span key={outcome} className="inline-flex items-center gap-1.5">
            <Status tone={TONES[outcome]}>{t(`import.${outcome}`)}</Status> {number(of[outcome])}
          </span>
        ))}
      </p>
      <Table
        label={t('import')}
        rows={shown}
        rowId={(one) => String(one.line)}
        columns={[
          { id: 'line', label: t('import.line'), isName: true, cell: (one) => one.line },
          {
            id: 'order',
            label: t('order'),
            cell: (one) =>
              one.external_shipment_id === undefined ? (
                (one.order_reference ?? '–')
              ) : (
                <Link
                  className="text-accent hover:underline"
                  href={at(`/external/${one.external_shipment_id}`)}
                >
                  {one.order_reference}
                </Link>
              ),
          },
          {
            id: 'outcome',
            label: t('import.outcome'),
            cell: (one) => <Status tone={TONES[one.outcome]}>{t(`import.${one.outcome}`)}</Status>,
          },
          {
            id: 'problems',
            label: t('import.problems'),
            cell: (one) => (
              <ul>
                {one.errors.map(({ column, code, message }) => (
                  <li key={`${column} ${code}`}>
                    {[column, message].filter((text) => text !== '').join(': ') || code}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      <Pager of={pages} />
    </Card>
  );
}
