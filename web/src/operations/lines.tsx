import type { components } from '@postroad/sdk';
import { Link, useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { LINE_WORDS } from './words.ts';

type LineSummary = components['schemas']['LineSummary'];
const COUNTRY = /^[A-Z]{2}$/;
/** Countries of a row before the rest is counted. */
const NAMED = 3;

/** What the network sells now. */
export function Lines() {
  const t = useWords(LINE_WORDS);
  const [, go] = useLocation();
  const [origin, setOrigin] = useAddressWord('origin');
  const [destination, setDestination] = useAddressWord('destination');
  const lines = usePages(['lines', origin, destination], (cursor, signal) =>
    api.get('/v1/lines', {
      params: {
        query: {
          limit: 50,
          ...(COUNTRY.test(origin) ? { origin } : {}),
          ...(COUNTRY.test(destination) ? { destination } : {}),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('lines')} lead={t('lines.lead')}>
      <div className="screen-only mb-3 grid max-w-lg gap-3 sm:grid-cols-2">
        <Field label={t('lines.origin')} hint={t('lines.country_hint')}>
          <Input
            mono
            maxLength={2}
            value={origin}
            onText={(text) => setOrigin(text.trim().toUpperCase())}
            placeholder="CN"
          />
        </Field>
        <Field label={t('lines.destination')}>
          <Input
            mono
            maxLength={2}
            value={destination}
            onText={(text) => setDestination(text.trim().toUpperCase())}
            placeholder="ES"
          />
        </Field>
      </div>
      <Card>
        <Read of={lines.query} rows={8}>
          {() =>
            lines.items.length === 0 ? (
              <Empty title={t('lines.none')} hint={t('lines.none_hint')} />
            ) : (
              <LineTable rows={lines.items} onOpen={(line) => go(`/operations/lines/${line.code}`)} />
            )
          }
        </Read>
        <Pager of={lines} />
      </Card>
    </Page>
  );
}

function LineTable({
  rows,
  onOpen,
}: {
  readonly rows: readonly LineSummary[];
  readonly onOpen: (line: LineSummary) => void;
}) {
  const t = useWords(LINE_WORDS);
  const language = useLanguage();
  const { weight } = useFormats();
  return (
    <Table
      label={t('lines')}
      rows={rows}
      rowId={(line) => line.code}
      onOpen={onOpen}
      columns={[
        {
          id: 'name',
          label: t('line'),
          isName: true,
          cell: (line) => (
            <span className="grid">
              <Link className="text-accent hover:underline" href={`/operations/lines/${line.code}`}>
                {language === 'zh' ? line.names.zh : line.names.en}
              </Link>
              <span className="number text-xs font-normal text-soft">{line.code}</span>
            </span>
          ),
        },
        {
          id: 'state',
          label: t('state'),
          cell: (line) => (
            <Status tone={line.offered ? 'ok' : 'warn'}>
              {t(line.offered ? 'line.offered' : 'line.not_offered')}
            </Status>
          ),
        },
        {
          id: 'carrier',
          label: t('carrier'),
          cell: (line) => <span className="number whitespace-nowrap">{line.carrier_code}</span>,
        },
        {
          id: 'class',
          label: t('line.class'),
          cell: (line) => <span className="whitespace-nowrap">{t(`class.${line.service_class}`)}</span>,
        },
        { id: 'from', label: t('lines.origin'), cell: (line) => <Countries of={line.origin_countries} /> },
        {
          id: 'to',
          label: t('lines.destination'),
          cell: (line) => <Countries of={line.destination_countries} />,
        },
        {
          id: 'limit',
          label: t('line.limit'),
          align: 'end',
          cell: (line) => weight(line.limits.max_weight_grams),
        },
        { id: 'version', label: t('line.version'), align: 'end', cell: (line) => line.version },
      ]}
    />
  );
}

/** The first few by name, the rest by number. */
export function Countries({ of }: { readonly of: readonly string[] }) {
  const t = useWords(LINE_WORDS);
  const { country, list } = useFormats();
  const all = [...new Set(of)];
  const names = all.slice(0, NAMED).map((code) => (code === '*' ? t('lines.everywhere') : country(code)));
  const rest = all.length - names.length;
  return (
    <span title={all.join(', ')}>
      {rest === 0 ? list(names) : t('lines.and_more', { names: names.join(', '), count: rest })}
    </span>
  );
}
