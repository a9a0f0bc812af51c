import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ConnectionState, useConnectionHealth } from '../sources/connection.tsx';
import { OutcomeName } from '../sources/outcome-name.tsx';
import { SourceName } from '../sources/source-name.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { hoursUntil } from './hours.ts';
import { useOrganisations } from './organisation-name.tsx';

type Source = components['schemas']['SourceHealth'];

/** How well each source of tracking speaks. */
export function Sources() {
  const t = useWords(SOURCE_WORDS);
  const may = useMay();
  const health = useRead(['sources'], (signal) => api.get('/v1/tracking-sources/intake', { signal }), {
    everyMs: 10_000,
  });
  return (
    <Page title={t('health.title')} lead={t('health.lead')}>
      <Card>
        <Read of={health} rows={8}>
          {({ at, data }) =>
            data.length === 0 ? <Empty title={t('health.none')} /> : <SourceTable rows={data} at={at} />
          }
        </Read>
      </Card>
      {may('readTrackingSourceHealth') && <Connections />}
    </Page>
  );
}

/** Carriers that are asked, and those that push: when the next question goes out, and when the last push came. */
function Connections() {
  const t = useWords(SOURCE_WORDS);
  const { number } = useFormats();
  const connections = useConnectionHealth({ everyMs: 10_000 });
  return (
    <Card title={t('link.title')}>
      <p className="mb-3 text-sm text-soft">{t('link.lead')}</p>
      <Read of={connections} rows={2}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('link.none')} />
          ) : (
            <Table
              label={t('link.title')}
              rows={data}
              rowId={(one) => one.id}
              columns={[
                {
                  id: 'connector',
                  label: t('link.connector'),
                  isName: true,
                  cell: (one) => [one.connector, one.label].filter(Boolean).join(' · '),
                },
                { id: 'way', label: t('payload.way'), cell: (one) => t(`way.${one.way}`) },
                {
                  id: 'state',
                  label: t('health.state'),
                  cell: (one) => <ConnectionState of={one.state} />,
                },
                {
                  id: 'outcome',
                  label: t('link.outcome'),
                  cell: (one) => <OutcomeName of={one.last_outcome ?? '–'} />,
                },
                {
                  id: 'next',
                  label: t('link.next_poll'),
                  cell: (one) => <MaybeMoment at={one.resume_at ?? one.next_poll_at} />,
                },
                {
                  id: 'push',
                  label: t('link.last_push'),
                  cell: (one) => <MaybeMoment at={one.way === 'push' ? one.last_success_at : undefined} />,
                },
                {
                  id: 'answer',
                  label: t('link.last_answer'),
                  cell: (one) => <MaybeMoment at={one.way === 'pull' ? one.last_success_at : undefined} />,
                },
                { id: 'numbers', label: t('link.numbers'), align: 'end', cell: (one) => number(one.numbers) },
              ]}
            />
          )
        }
      </Read>
    </Card>
  );
}

function MaybeMoment({ at }: { readonly at: string | undefined }) {
  return at === undefined ? '–' : <Moment at={at} />;
}

function SourceTable({ rows, at }: { readonly rows: readonly Source[]; readonly at: string }) {
  const t = useWords(SOURCE_WORDS);
  const { number } = useFormats();
  const share = useShare();
  const lag = useLag();
  return (
    <Table
      label={t('health.title')}
      rows={rows}
      rowId={(one) => one.source}
      columns={[
        { id: 'source', label: t('source'), isName: true, cell: (one) => <Name of={one} /> },
        {
          id: 'state',
          label: t('health.state'),
          cell: (one) => <Speaks of={one} />,
        },
        { id: 'last', label: t('health.last'), cell: (one) => <Moment at={one.last_received_at} /> },
        {
          id: 'scans',
          label: t('health.scans'),
          align: 'end',
          cell: (one) => number(one.last_day.scans),
        },
        { id: 'hours', label: t('health.hours'), cell: (one) => <Hours of={one} at={at} /> },
        {
          id: 'lag',
          label: t('health.lag'),
          cell: (one) => (
            <span title={t('health.lag_hint')}>
              {lag(one.last_day.lag_seconds_p50)} / {lag(one.last_day.lag_seconds_p95)}
            </span>
          ),
        },
        {
          id: 'unmapped',
          label: t('health.unmapped'),
          align: 'end',
          cell: (one) => share(one.last_day.unmapped, one.last_day.scans),
        },
        {
          id: 'duplicates',
          label: t('health.duplicates'),
          align: 'end',
          cell: (one) => share(one.last_day.duplicates, one.last_day.scans + one.last_day.duplicates),
        },
        {
          id: 'refused',
          label: t('health.refused'),
          align: 'end',
          cell: (one) => number(one.last_day.refused),
        },
      ]}
    />
  );
}

/** A source that spoke in few hours so far has no pauses that another one could be held against. */
function Speaks({ of }: { readonly of: Source }) {
  const t = useWords(SOURCE_WORDS);
  const lag = useLag();
  const longest = of.unusual_silence_seconds;
  if (longest === undefined) return <Status tone="idle">{t('health.not_judged')}</Status>;
  return (
    <span className="grid justify-items-start gap-0.5">
      <Status tone={of.is_silent ? 'bad' : 'ok'}>
        {t(of.is_silent ? 'health.silent' : 'health.speaks')}
      </Status>
      <span className="text-sm text-soft">{t('health.silent_after', { time: lag(longest) })}</span>
    </span>
  );
}

function Name({ of }: { readonly of: Source }) {
  const language = useLanguage();
  const organisations = useOrganisations();
  if (of.names !== undefined)
    return <span title={of.source}>{of.names[language === 'zh' ? 'zh' : 'en']}</span>;
  return <SourceName source={of.source} nameOf={(id) => organisations.find((one) => one.id === id)?.name} />;
}

/** New scans of the last 24 hours as small bars; a list to those who hear it. */
function Hours({ of, at }: { readonly of: Source; readonly at: string }) {
  const t = useWords(SOURCE_WORDS);
  const { moment } = useFormats();
  const scans = new Map(of.hours.map(({ hour, scans }) => [Date.parse(hour), scans]));
  const hours = hoursUntil(at).map((hour) => ({ hour, count: scans.get(Date.parse(hour)) ?? 0 }));
  const most = Math.max(1, ...hours.map(({ count }) => count));
  return (
    <ol className="flex h-6 w-36 items-end gap-px" aria-label={t('health.hours')}>
      {hours.map(({ hour, count }) => {
        const text = t('health.hour', { hour: moment(hour), count });
        return (
          <li key={hour} className="flex h-full flex-1 items-end" title={text}>
            <span className="sr-only">{text}</span>
            <span
              aria-hidden="true"
              className={`w-full ${count === 0 ? 'bg-line' : 'bg-accent'}`}
              style={{ height: count === 0 ? 1 : `${Math.max(8, (count / most) * 100)}%` }}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** A part of a whole in percent; nothing of nothing is no share. */
function useShare() {
  const { percent } = useFormats();
  return (part: number, whole: number) => (whole === 0 ? '–' : percent(part / whole));
}

const UNITS = [
  [86_400, 'health.days'],
  [3_600, 'health.hours_of'],
  [60, 'health.minutes'],
] as const;

function useLag() {
  const t = useWords(SOURCE_WORDS);
  return (seconds: number | undefined) => {
    if (seconds === undefined) return '–';
    const unit = UNITS.find(([size]) => seconds >= size);
    return unit === undefined
      ? t('health.seconds', { count: seconds })
      : t(unit[1], { count: Math.round(seconds / unit[0]) });
  };
}
