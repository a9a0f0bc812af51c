import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { TextDrop } from '../kit/text-drop.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MERCHANT_WORDS } from './words.ts';

type Import = components['schemas']['OrderImport'];
type Dialect = 'auto' | 'shopify' | 'generic';
type Asked = {
  readonly text: string;
  readonly dialect: Dialect;
  readonly weight: string;
  readonly dryRun: boolean;
};

const DIALECTS: readonly Dialect[] = ['auto', 'shopify', 'generic'];
const TONES = { created: 'ok', existing: 'idle', skipped: 'idle', refused: 'bad' } as const;

async function importText({ text, dialect, weight, dryRun }: Asked): Promise<Import> {
  return api.post('/v1/orders/import', {
    params: {
      query: {
        dialect,
        dry_run: dryRun ? 'true' : 'false',
        ...(weight === '' ? {} : { default_weight_grams: Number(weight) }),
      },
    },
    body: text as never,
    bodySerializer: (body: unknown) => body as string,
    headers: { 'content-type': 'text/csv' },
  });
}

/** A file or pasted rows: first what would happen, then it happens. */
export function ImportOrders() {
  const t = useWords(MERCHANT_WORDS);
  const [text, setText] = useState('');
  const [dialect, setDialect] = useState<Dialect>('auto');
  const [weight, setWeight] = useState('');
  const act = useAct(importText, { touches: [['orders']] });
  const run = (dryRun: boolean) => act.mutate({ text, dialect, weight, dryRun });
  return (
    <Page title={t('import.title')} lead={t('import.lead')}>
      <Card>
        <div className="grid gap-4">
          <TextDrop label={t('import.file')} accept=".csv,text/csv" onText={setText} />
          <Field label={t('import.paste')}>
            <Textarea mono rows={6} value={text} onText={setText} spellCheck={false} />
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('import.dialect')}>
              <Select
                value={dialect}
                onChoice={setDialect}
                choices={DIALECTS.map((one) => ({ value: one, label: t(`import.dialect.${one}`) }))}
              />
            </Field>
            <Field label={t('import.weight')}>
              <Input inputMode="numeric" pattern="[0-9]*" value={weight} onText={setWeight} />
            </Field>
          </div>
          {act.error && <Failure error={act.error} />}
          <div className="flex flex-wrap gap-2">
            <Button disabled={text.trim() === ''} busy={act.isPending} onClick={() => run(true)}>
              {t('import.check')}
            </Button>
            <Button
              look="primary"
              disabled={text.trim() === ''}
              busy={act.isPending}
              onClick={() => run(false)}
            >
              {t('import.do')}
            </Button>
          </div>
        </div>
      </Card>
      {act.data && <Outcome of={act.data} />}
    </Page>
  );
}

function Outcome({ of }: { readonly of: Import }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const counts = (['created', 'existing', 'skipped', 'refused'] as const).map(
    (name) => [name, of[name]] as const,
  );
  return (
    <Card
      actions={!of.dry_run && <ButtonLink to="/merchant/orders?state=open">{t('menu.orders')}</ButtonLink>}
      title={t('import.rows', { count: of.rows })}
    >
      <div className="mb-3">
        <Notice tone={of.dry_run ? 'idle' : 'ok'}>
          {of.dry_run ? t('import.checked') : t('import.done')}
        </Notice>
      </div>
      <p className="mb-3 flex flex-wrap gap-x-4 gap-y-1">
        {counts.map(([name, count]) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <Status tone={TONES[name]}>{t(`import.${name}`)}</Status> {count}
          </span>
        ))}
      </p>
      {of.results.length === 0 ? (
        <Empty title={t('import.none')} />
      ) : (
        <Table
          label={t('import.title')}
          rows={of.results}
          rowId={(one) => one.lines.join()}
          columns={[
            {
              id: 'reference',
              label: p('order.reference'),
              isName: true,
              cell: (one) =>
                one.order_id ? (
                  <Link className="text-accent hover:underline" href={`/merchant/orders/${one.order_id}`}>
                    {one.reference ?? one.order_id}
                  </Link>
                ) : (
                  (one.reference ?? '–')
                ),
            },
            { id: 'lines', label: t('import.lines'), cell: (one) => one.lines.join(', ') },
            {
              id: 'outcome',
              label: p('order.state'),
              cell: (one) => <Status tone={TONES[one.outcome]}>{t(`import.${one.outcome}`)}</Status>,
            },
            {
              id: 'problems',
              label: t('import.problems'),
              cell: (one) => (
                <ul>
                  {one.reason && <li>{one.reason}</li>}
                  {one.errors.map((error) => (
                    <li key={`${error.line} ${error.column} ${error.code}`}>
                      {t('import.line_error', error)}
                    </li>
                  ))}
                </ul>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
