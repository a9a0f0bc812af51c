import type { components } from '@postroad/sdk';
import { Link, useLocation } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { type Column, Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { REPORT_WORDS } from './report-words.ts';

export type StatusReport = components['schemas']['StatusReport'];

const SHOWN = ['all', 'open', 'answered', 'closed'] as const;
const TONES: Readonly<Record<StatusReport['state'], Tone>> = { open: 'warn', answered: 'ok', closed: 'idle' };

export function ReportState({ of }: { readonly of: StatusReport['state'] }) {
  const t = useWords(REPORT_WORDS);
  return <Status tone={TONES[of]}>{t(`state.${of}`)}</Status>;
}

/** What buyers report as not right about parcels that one has a part in. */
export function StatusReports() {
  const t = useWords(REPORT_WORDS);
  const [, go] = useLocation();
  const at = useFaceAddress();
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const columns = useColumns();
  const reports = usePages<StatusReport>(['status-reports', shown], (cursor, signal) =>
    api.get('/v1/status-reports', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(shown === 'all' ? {} : { state: shown }),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="screen-only mb-3 max-w-64">
        <Field label={t('state')}>
          <Select
            value={shown}
            onChoice={setShown}
            choices={SHOWN.map((one) => ({
              value: one,
              label: one === 'all' ? t('all') : t(`state.${one}`),
            }))}
          />
        </Field>
      </div>
      <Card>
        <PagedTable
          label={t('title')}
          of={reports}
          rowId={(one) => one.id}
          columns={columns}
          onOpen={(one) => go(at(`/reports/${one.id}`))}
          empty={
            shown === 'all' ? (
              <Empty title={t('none')} hint={t('none_hint')} />
            ) : (
              <Empty title={t('none_of_state')} />
            )
          }
        />
      </Card>
    </Page>
  );
}

/** Those about one parcel; nothing when there are none. */
export function ReportsOfParcel({ parcelId }: { readonly parcelId: string }) {
  const t = useWords(REPORT_WORDS);
  const may = useMay();
  const columns = useColumns();
  const found = useRead(
    ['status-reports', parcelId],
    (signal) =>
      api.get('/v1/status-reports', { params: { query: { parcel_id: parcelId, limit: 100 } }, signal }),
    { enabled: may('listStatusReports') },
  );
  const rows = found.data?.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t('title')}>
      <Table label={t('title')} rows={rows} rowId={(one) => one.id} columns={columns} />
    </Card>
  );
}

function useColumns(): readonly Column<StatusReport>[] {
  const t = useWords(REPORT_WORDS);
  const at = useFaceAddress();
  const may = useMay();
  return [
    {
      id: 'number',
      label: t('number'),
      isName: true,
      cell: (one) =>
        may('readStatusReport') ? (
          <Link className="number text-accent hover:underline" href={at(`/reports/${one.id}`)}>
            {one.number}
          </Link>
        ) : (
          <span className="number">{one.number}</span>
        ),
    },
    { id: 'kind', label: t('kind'), cell: (one) => t(`kind.${one.kind}`) },
    { id: 'about', label: t('about'), cell: (one) => t(`status.${one.status}`) },
    { id: 'state', label: t('state'), cell: (one) => <ReportState of={one.state} /> },
    { id: 'reported', label: t('reported'), cell: (one) => <Moment at={one.reported_at} /> },
  ];
}
