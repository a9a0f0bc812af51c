import type { components } from '@postroad/sdk';
import { type ReactNode, useState } from 'react';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Day, Facts, Moment, Money } from '../kit/values.tsx';
import { OFFICE_WORDS } from './words.ts';

type Statement = components['schemas']['CodStatement'];
type Line = components['schemas']['CodStatementLine'];

const KEY = ['cod-statements'] as const;
const TONES = { carried_over: 'idle', payout_instructed: 'move', paid: 'ok' } as const;

/** What counters were paid for goods: week by week for who sent them, of all for the network's staff. */
export function Goods({
  organisation,
}: {
  /** Who announced the parcels, where one looks at several. */
  readonly organisation?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(OFFICE_WORDS);
  const [chosen, setChosen] = useAddressWord('goods');
  const statements = usePages<Statement>([...KEY, 'list'], (cursor, signal) =>
    api.get('/v1/cod-statements', {
      params: { query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <>
      <Card title={t('goods')}>
        <p className="mb-3 text-soft">{t('goods.lead')}</p>
        <PagedTable
          of={statements}
          empty={<Empty title={t('goods.none')} hint={t('goods.none_hint')} />}
          label={t('goods')}
          rowId={(one) => one.id}
          columns={[
            {
              id: 'week',
              label: t('goods.week'),
              isName: true,
              cell: (one) => (
                <Button look="quiet" onClick={() => setChosen(one.id === chosen ? '' : one.id)}>
                  <Day of={one.week} />
                </Button>
              ),
            },
            ...(organisation === undefined
              ? []
              : [
                  {
                    id: 'who',
                    label: t('goods.who'),
                    cell: (one: Statement) => organisation(one.organisation_id),
                  },
                ]),
            { id: 'state', label: t('key.state'), cell: (one) => <State of={one.state} /> },
            {
              id: 'collected',
              label: t('goods.collected'),
              align: 'end',
              cell: (one) => <Money of={one.collected} />,
            },
            { id: 'fees', label: t('goods.fees'), align: 'end', cell: (one) => <Money of={one.fees} /> },
            {
              id: 'payout',
              label: t('goods.payout'),
              align: 'end',
              cell: (one) => <Money of={one.payout} strong />,
            },
          ]}
        />
      </Card>
      {chosen !== '' && <One key={chosen} id={chosen} />}
      {organisation === undefined && <Waiting />}
    </>
  );
}

function State({ of }: { readonly of: Statement['state'] }) {
  const t = useWords(OFFICE_WORDS);
  return <Status tone={TONES[of]}>{t(`goods.state.${of}`)}</Status>;
}

/** One week: its sums, its parcels, and how anybody works it out again. */
function One({ id }: { readonly id: string }) {
  const t = useWords(OFFICE_WORDS);
  const may = useMay();
  const found = useRead([...KEY, id], (signal) =>
    api.get('/v1/cod-statements/{statement_id}', { params: { path: { statement_id: id } }, signal }),
  );
  return (
    <Card title={t('goods.one')}>
      <Read of={found}>
        {(one) => (
          <>
            <Facts
              of={[
                [t('statement.opening'), <Money key="opening" of={one.opening} />],
                [t('goods.collected'), <Money key="collected" of={one.collected} />],
                [t('goods.fees'), <Money key="fees" of={one.fees} />],
                [t('statement.closing'), <Money key="closing" of={one.closing} />],
                [t('goods.payout'), <Money key="payout" of={one.payout} strong />],
                ...(one.bank_reference === undefined
                  ? []
                  : ([[t('goods.bank'), one.bank_reference]] as const)),
                ...(one.value_date === undefined
                  ? []
                  : ([[t('goods.value_date'), <Day key="date" of={one.value_date} />]] as const)),
              ]}
            />
            <p className="mt-3 text-soft">{t('goods.again')}</p>
            <CopyId value={`postroad cod show ${id} --verify`} />
            {one.state === 'payout_instructed' && may('payCodStatement') && <Pay id={id} />}
          </>
        )}
      </Read>
      <div className="mt-4">
        <Lines id={id} />
      </div>
    </Card>
  );
}

function Pay({ id }: { readonly id: string }) {
  const t = useWords(OFFICE_WORDS);
  const [bank, setBank] = useState('');
  const [date, setDate] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/cod-statements/{statement_id}/payment', {
        params: { path: { statement_id: id } },
        body: { bank_reference: bank.trim(), value_date: date },
      }),
    { touches: [KEY], done: () => toast('ok', t('goods.paid')) },
  );
  const errors = fieldErrors(act.error);
  return (
    <div className="mt-4">
      <ActForm act={act} submit={t('goods.pay')}>
        <div className="grid gap-4 sm:max-w-xl sm:grid-cols-2">
          <Field label={t('goods.bank')} error={errors['/bank_reference']}>
            <Input required maxLength={100} value={bank} onText={setBank} />
          </Field>
          <Field label={t('goods.value_date')} error={errors['/value_date']}>
            <Input type="date" required value={date} onText={setDate} />
          </Field>
        </div>
      </ActForm>
    </div>
  );
}

function Lines({ id }: { readonly id: string }) {
  const lines = usePages<Line>([...KEY, id, 'lines'], (cursor, signal) =>
    api.get('/v1/cod-statements/{statement_id}/lines', {
      params: {
        path: { statement_id: id },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return <LineTable of={lines} />;
}

/** What no statement has yet. */
function Waiting() {
  const t = useWords(OFFICE_WORDS);
  const lines = usePages<Line>([...KEY, 'open'], (cursor, signal) =>
    api.get('/v1/cod-lines', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  if (lines.items.length === 0) return null;
  return (
    <Card title={t('goods.waiting')}>
      <LineTable of={lines} />
    </Card>
  );
}

function LineTable({ of }: { readonly of: ReturnType<typeof usePages<Line>> }) {
  const t = useWords(OFFICE_WORDS);
  return (
    <PagedTable
      of={of}
      empty={<Empty title={t('goods.none')} />}
      label={t('goods.parcels')}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'number',
          label: t('goods.number'),
          isName: true,
          cell: (one) => <span className="number">{one.number}</span>,
        },
        {
          id: 'how',
          label: t('goods.how'),
          cell: (one) =>
            one.kind === 'undone' ? (
              <Status tone="warn">{t('goods.undone')}</Status>
            ) : (
              t(`goods.by.${one.paid_by}`)
            ),
        },
        { id: 'at', label: t('wallet.when'), cell: (one) => <Moment at={one.occurred_at} /> },
        { id: 'fee', label: t('goods.fees'), align: 'end', cell: (one) => <Money of={one.fee} /> },
        { id: 'amount', label: t('wallet.amount'), align: 'end', cell: (one) => <Money of={one.amount} /> },
      ]}
    />
  );
}
