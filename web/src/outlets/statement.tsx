import type { components } from '@postroad/sdk';
import { type ReactNode, useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Day, Facts, Moment, Money } from '../kit/values.tsx';
import { OutletName } from './parts.tsx';
import { type PointStatement, StatementState, statementsKey } from './statements.tsx';
import { POINT_MONEY_WORDS } from './words.ts';

type Line = components['schemas']['PointStatementLine'];
type OutletSum = components['schemas']['PointStatementOutlet'];
/** What a version is called that came with the product. */
const SHIPPED = 'shipped';
const RULES = [
  'parcel_stored',
  'parcel_handed_out',
  'parcel_sent_home',
  'return_accepted',
  'return_handed_over',
  'mailing_accepted',
  'storage_collected',
  'freight_collected',
  'cod_collected',
  'storage_share',
  'late_handover',
  'lost',
  'complaint_upheld',
  'wrong_hand_out',
  'cash_not_recorded',
] as const;

/** One week of a network: sums, outlets, every line, and how anybody works it out again. */
export function PointStatementDetail({
  id,
  network,
}: {
  readonly id: string;
  /** Who the network is, where one looks at several. */
  readonly network?: (organisationId: string) => ReactNode;
}) {
  const t = useWords(POINT_MONEY_WORDS);
  const may = useMay();
  const { day } = useFormats();
  const found = useRead([...statementsKey, id], (signal) =>
    api.get('/v1/point-statements/{statement_id}', { params: { path: { statement_id: id } }, signal }),
  );
  const week = found.data?.week;
  return (
    <Page
      title={week === undefined ? t('statement') : t('statement.title', { week: day(week) })}
      lead={<CopyId value={id} />}
    >
      <Read of={found}>
        {(one) => (
          <>
            <Sums of={one} network={network} />
            {one.state === 'payout_instructed' && may('payPointStatement') && <Pay id={id} />}
            <Again id={id} />
            <Outlets id={id} />
            <Lines id={id} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Sums({
  of,
  network,
}: {
  readonly of: PointStatement;
  readonly network: ((organisationId: string) => ReactNode) | undefined;
}) {
  const t = useWords(POINT_MONEY_WORDS);
  const { number } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          ...(network === undefined
            ? []
            : ([[t('statement.network'), network(of.organisation_id)]] as const)),
          [t('statement.state'), <StatementState key="state" of={of.state} />],
          [t('statement.opening'), <Money key="opening" of={of.opening} />],
          [t('statement.earned'), <Money key="earned" of={of.earned} />],
          [t('statement.owed'), <Money key="owed" of={of.owed} />],
          [t('statement.closing'), <Money key="closing" of={of.closing} />],
          [t('statement.payout'), <Money key="payout" of={of.payout} strong />],
          [t('statement.lines'), number(of.lines)],
          [t('statement.late'), number(of.late_lines)],
          [t('statement.zone'), of.zone],
          [t('statement.closed_at'), <Moment key="closed" at={of.closed_at} whole />],
          ...(of.bank_reference === undefined
            ? []
            : ([
                [
                  t('statement.bank'),
                  <span key="bank" className="number">
                    {of.bank_reference}
                  </span>,
                ],
              ] as const)),
          ...(of.value_date === undefined
            ? []
            : ([[t('statement.value_date'), <Day key="value" of={of.value_date} />]] as const)),
        ]}
      />
    </Card>
  );
}

function Pay({ id }: { readonly id: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const [bank, setBank] = useState('');
  const [date, setDate] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/point-statements/{statement_id}/payment', {
        params: { path: { statement_id: id } },
        body: { bank_reference: bank.trim(), value_date: date },
      }),
    { touches: [statementsKey], done: () => toast('ok', t('statement.pay_done')) },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('statement.pay')}>
      <ActForm act={act} submit={t('statement.pay')}>
        <div className="grid gap-4 sm:max-w-xl sm:grid-cols-2">
          <Field label={t('statement.bank')} error={errors['/bank_reference']}>
            <Input required maxLength={100} value={bank} onText={setBank} />
          </Field>
          <Field label={t('statement.value_date')} error={errors['/value_date']}>
            <Input type="date" required value={date} onText={setDate} />
          </Field>
        </div>
      </ActForm>
    </Card>
  );
}

/** Nobody has to believe it: the lines, the rules and how they follow from each other are open. */
function Again({ id }: { readonly id: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const rules = useRead([...statementsKey, id, 'rules'], (signal) =>
    api.get('/v1/point-statements/{statement_id}/rules', { params: { path: { statement_id: id } }, signal }),
  );
  return (
    <Card title={t('statement.again')}>
      <p className="mb-2">{t('statement.again_lead')}</p>
      <CopyId value={`postroad point statement ${id} --verify`} />
      <p className="mt-3 text-soft">
        {t('statement.rules')}:{' '}
        {rules.data?.data
          .map((one) => (one.version_id === SHIPPED ? t('statement.rules_shipped') : one.version_id))
          .join(', ')}
      </p>
    </Card>
  );
}

function Outlets({ id }: { readonly id: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const { number } = useFormats();
  const outlets = usePages<OutletSum>([...statementsKey, id, 'outlets'], (cursor, signal) =>
    api.get('/v1/point-statements/{statement_id}/outlets', {
      params: {
        path: { statement_id: id },
        query: { limit: 20, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <Card title={t('statement.outlets')}>
      <p className="mb-3 text-soft">{t('statement.outlets_lead')}</p>
      <PagedTable
        of={outlets}
        empty={<Empty title={t('statement.no_lines')} />}
        label={t('statement.outlets')}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'outlet',
            label: t('statement.outlet'),
            isName: true,
            cell: (one) => <OutletName id={one.id} link />,
          },
          { id: 'lines', label: t('statement.lines'), align: 'end', cell: (one) => number(one.lines) },
          {
            id: 'amount',
            label: t('statement.amount'),
            align: 'end',
            cell: (one) => <Money of={one.amount} />,
          },
          {
            id: 'part',
            label: t('statement.part'),
            align: 'end',
            cell: (one) => <Money of={one.outlet_amount} />,
          },
        ]}
      />
    </Card>
  );
}

function Lines({ id }: { readonly id: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const lines = usePages<Line>([...statementsKey, id, 'lines'], (cursor, signal) =>
    api.get('/v1/point-statements/{statement_id}/lines', {
      params: {
        path: { statement_id: id },
        query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
      },
      signal,
    }),
  );
  return (
    <Card title={t('statement.line_list')}>
      <PagedTable
        of={lines}
        empty={<Empty title={t('statement.no_lines')} />}
        label={t('statement.line_list')}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'rule',
            label: t('statement.rule'),
            isName: true,
            cell: (one) => <RuleName of={one.rule} />,
          },
          { id: 'how', label: t('statement'), cell: (one) => <LineNote of={one} /> },
          { id: 'outlet', label: t('statement.outlet'), cell: (one) => <OutletName id={one.point_id} /> },
          { id: 'at', label: t('statement.at'), cell: (one) => <Moment at={one.occurred_at} /> },
          {
            id: 'amount',
            label: t('statement.amount'),
            align: 'end',
            cell: (one) => <Money of={one.amount} />,
          },
          {
            id: 'part',
            label: t('statement.part'),
            align: 'end',
            cell: (one) => <Money of={one.outlet_amount} />,
          },
        ]}
      />
    </Card>
  );
}

export function RuleName({ of }: { readonly of: string }) {
  const t = useWords(POINT_MONEY_WORDS);
  const known = RULES.find((one) => one === of);
  return known === undefined ? of : t(`rule.${known}`);
}

/** What the amount follows from, beside the rules. */
function LineNote({ of }: { readonly of: Line }) {
  const t = useWords(POINT_MONEY_WORDS);
  const { money } = useFormats();
  const { month_count: count, base_minor: base } = of.inputs;
  const notes = [
    t(`line.${of.kind}`),
    ...(count === undefined ? [] : [t('statement.count', { count })]),
    ...(base === undefined
      ? []
      : [t('statement.base', { amount: money({ amount_minor: base, currency: of.amount.currency }) })]),
    ...(of.reverses === undefined ? [] : [t('statement.reverses', { line: of.reverses })]),
  ];
  return <span className="text-sm text-soft">{notes.join(' · ')}</span>;
}
