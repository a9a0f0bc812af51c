import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { LoadSegment } from './load-segment.tsx';
import { NumberFence } from './number-fence.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { LINE_WORDS } from './words.ts';

type Segment = components['schemas']['NumberSegment'];

/** Codes of all carriers, for choosing one. */
export function useCarrierCodes(): readonly string[] {
  const carriers = useRead(['carriers'], (signal) => api.get('/v1/carriers', { signal }));
  return (carriers.data?.data ?? []).map(({ code }) => code).sort();
}

export function Numbers() {
  const t = useWords(LINE_WORDS);
  const may = useMay();
  const codes = useCarrierCodes();
  const [carrier, setCarrier] = useAddressWord('carrier');
  const segments = usePages(
    ['number-segments', carrier],
    (cursor, signal) =>
      api.get('/v1/number-segments', {
        params: {
          query: {
            limit: 50,
            ...(carrier === '' ? {} : { carrier_code: carrier }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        signal,
      }),
    { everyMs: 30_000 },
  );
  return (
    <Page title={t('numbers.title')} lead={t('numbers.lead')}>
      <NumberFence />
      <div className="screen-only mb-3 max-w-72">
        <Field label={t('carrier')}>
          <Select
            value={carrier}
            onChoice={setCarrier}
            choices={[
              { value: '', label: t('all') },
              ...[...new Set([...codes, ...(carrier === '' ? [] : [carrier])])].map((code) => ({
                value: code,
                label: code,
              })),
            ]}
          />
        </Field>
      </div>
      <Card>
        <Read of={segments.query} rows={6}>
          {() =>
            segments.items.length === 0 ? (
              <Empty title={t('numbers.none')} hint={t('numbers.none_hint')} />
            ) : (
              <SegmentTable rows={segments.items} />
            )
          }
        </Read>
        <Pager of={segments} />
      </Card>
      {may('loadNumberSegment') && <LoadSegment codes={codes} />}
    </Page>
  );
}

/** Numbers that are left, as a share of all. */
const leftOf = ({ stock }: Segment) => (stock.size === 0 ? 0 : stock.balance / stock.size);

function StockState({ of }: { readonly of: Segment }) {
  const t = useWords(LINE_WORDS);
  if (of.closed_at !== undefined) return <Status tone="idle">{t('numbers.closed')}</Status>;
  if (of.stock.balance === 0) return <Status tone="bad">{t('numbers.empty')}</Status>;
  if (leftOf(of) * 100 <= of.low_water_percent) return <Status tone="warn">{t('numbers.low')}</Status>;
  return <Status tone="ok">{t('numbers.enough')}</Status>;
}

function SegmentTable({ rows }: { readonly rows: readonly Segment[] }) {
  const t = useWords(LINE_WORDS);
  const { number, percent } = useFormats();
  return (
    <Table
      label={t('numbers.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'carrier',
          label: t('carrier'),
          isName: true,
          cell: (one) => (
            <Link className="number text-accent hover:underline" href={`/operations/numbers/${one.id}`}>
              {one.carrier_code}
            </Link>
          ),
        },
        { id: 'holder', label: t('numbers.holder'), cell: (one) => <Holder of={one.holder} /> },
        { id: 'range', label: t('numbers.range'), cell: (one) => <Range of={one} /> },
        { id: 'state', label: t('state'), cell: (one) => <StockState of={one} /> },
        {
          id: 'left',
          label: t('numbers.left'),
          align: 'end',
          cell: (one) => `${number(one.stock.balance)} · ${percent(leftOf(one))}`,
        },
        { id: 'used', label: t('numbers.used'), align: 'end', cell: (one) => number(one.stock.used) },
        {
          id: 'printed',
          label: t('numbers.printed'),
          align: 'end',
          cell: (one) => number(one.stock.printed),
        },
      ]}
    />
  );
}

function Holder({ of }: { readonly of: string }) {
  const t = useWords(LINE_WORDS);
  return of === 'network' ? t('numbers.pool') : <OrganisationName id={of} />;
}

function Range({ of }: { readonly of: Segment }) {
  const padded = (serial: number) => `${of.prefix}${String(serial).padStart(of.digits, '0')}`;
  return (
    <span className="number text-sm">
      {padded(of.from_serial)} – {padded(of.to_serial)}
      {of.suffix && ` ${of.suffix}`}
    </span>
  );
}

export function SegmentDetail({ id }: { readonly id: string }) {
  const t = useWords(LINE_WORDS);
  const { number, percent } = useFormats();
  const may = useMay();
  const found = useRead(['number-segments', id], (signal) =>
    api.get('/v1/number-segments/{segment_id}', { params: { path: { segment_id: id } }, signal }),
  );
  const close = useAct(
    () => api.post('/v1/number-segments/{segment_id}/closure', { params: { path: { segment_id: id } } }),
    { touches: [['number-segments']], done: () => toast('ok', t('numbers.closed_now')) },
  );
  return (
    <Page
      title={found.data?.carrier_code ?? t('numbers.segment')}
      lead={<CopyId value={id} />}
      actions={
        found.data?.closed_at === undefined &&
        may('closeNumberSegment') && (
          <Button
            look="danger"
            title={t('numbers.close_ask')}
            busy={close.isPending}
            onClick={() => close.mutate(undefined)}
          >
            {t('numbers.close')}
          </Button>
        )
      }
    >
      {close.error && <Failure error={close.error} />}
      <Read of={found}>
        {(one) => (
          <Card>
            <Facts
              of={[
                [t('state'), <StockState key="state" of={one} />],
                [t('numbers.holder'), <Holder key="holder" of={one.holder} />],
                [t('numbers.range'), <Range key="range" of={one} />],
                [t('numbers.check'), `${one.check_rule} · ${t(`numbers.covers.${one.check_covers}`)}`],
                [t('numbers.size'), number(one.stock.size)],
                [t('numbers.left'), `${number(one.stock.balance)} · ${percent(leftOf(one))}`],
                [t('numbers.low_water'), percent(one.low_water_percent / 100)],
                [t('numbers.used'), number(one.stock.used)],
                [t('numbers.printed'), number(one.stock.printed)],
                [t('numbers.cancelled'), number(one.stock.cancelled)],
                [t('numbers.expired'), number(one.stock.expired)],
                [t('numbers.lost'), number(one.stock.lost)],
                [t('numbers.rest'), t('numbers.days', { count: one.rest_days })],
                [t('numbers.loaded'), <Moment key="loaded" at={one.loaded_at} whole />],
                [
                  t('numbers.closed'),
                  one.closed_at === undefined ? '–' : <Moment key="closed" at={one.closed_at} whole />,
                ],
              ]}
            />
          </Card>
        )}
      </Read>
      {may('listNumberGaps') && <Gaps id={id} />}
    </Page>
  );
}

function Gaps({ id }: { readonly id: string }) {
  const t = useWords(LINE_WORDS);
  const gaps = useRead(['number-segments', id, 'gaps'], (signal) =>
    api.get('/v1/number-segments/{segment_id}/gaps', {
      params: { path: { segment_id: id }, query: { limit: 100 } },
      signal,
    }),
  );
  return (
    <Card title={t('numbers.gaps')}>
      <Read of={gaps} rows={1}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('numbers.gaps_none')}</p>
          ) : (
            <Table
              label={t('numbers.gaps')}
              rows={data}
              rowId={(gap) => String(gap.from_serial)}
              columns={[
                {
                  id: 'from',
                  label: t('numbers.from'),
                  isName: true,
                  cell: (gap) => <span className="number">{gap.from_serial}</span>,
                },
                {
                  id: 'to',
                  label: t('numbers.to'),
                  cell: (gap) => <span className="number">{gap.to_serial}</span>,
                },
              ]}
            />
          )
        }
      </Read>
    </Card>
  );
}
