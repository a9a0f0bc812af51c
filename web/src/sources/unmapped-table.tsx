import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { FormatName, SourceName } from './source-name.tsx';
import { SOURCE_WORDS } from './words.ts';

export type UnmappedCode = components['schemas']['UnmappedCode'];
/** The list is looked at while scans come in. */
const EVERY_MS = 5_000;

/** Codes that nobody understands now, the most frequent first, as they come. */
export function UnmappedTable({
  parcelAt,
  nameOf,
  more,
}: {
  /** Where a parcel is looked at; absent: nowhere in this face. */
  readonly parcelAt?: (parcelId: string) => string;
  readonly nameOf?: (organisationId: string) => string | undefined;
  readonly more?: readonly Column<UnmappedCode>[];
}) {
  const t = useWords(SOURCE_WORDS);
  const { number } = useFormats();
  const codes = usePages<UnmappedCode>(
    ['unmapped-codes'],
    (cursor, signal) =>
      api.get('/v1/unmapped-codes', {
        params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
        signal,
      }),
    { everyMs: EVERY_MS },
  );
  return (
    <PagedTable
      label={t('unmapped.title')}
      of={codes}
      rowId={(one) => `${one.source} ${one.format} ${one.code}`}
      empty={<Empty title={t('unmapped.none')} hint={t('unmapped.none_hint')} />}
      columns={[
        {
          id: 'code',
          label: t('code'),
          isName: true,
          cell: (one) => <span className="number wrap-anywhere">{one.code}</span>,
        },
        {
          id: 'source',
          label: t('source'),
          cell: (one) => <SourceName source={one.source} nameOf={nameOf} />,
        },
        { id: 'format', label: t('format'), cell: (one) => <FormatName format={one.format} /> },
        { id: 'scans', label: t('unmapped.scans'), align: 'end', cell: (one) => number(one.scans) },
        {
          id: 'says',
          label: t('unmapped.says'),
          cell: (one) => (
            <span className="wrap-anywhere">
              {[...new Set(one.examples.flatMap(({ text }) => text ?? []))].join(' · ') || '–'}
            </span>
          ),
        },
        {
          id: 'examples',
          label: t('unmapped.examples'),
          cell: (one) => <Examples of={one} parcelAt={parcelAt} />,
        },
        { id: 'last', label: t('unmapped.last'), cell: (one) => <Moment at={one.last_received_at} /> },
        ...(more ?? []),
      ]}
    />
  );
}

function Examples({
  of,
  parcelAt,
}: {
  readonly of: UnmappedCode;
  readonly parcelAt: ((parcelId: string) => string) | undefined;
}) {
  return (
    <span className="grid gap-0.5">
      {of.examples.map((one) =>
        parcelAt === undefined ? (
          <span key={one.scan_id + one.parcel_id} className="number">
            {one.number}
          </span>
        ) : (
          <Link
            key={one.scan_id + one.parcel_id}
            className="number min-h-6 text-accent hover:underline"
            href={parcelAt(one.parcel_id)}
          >
            {one.number}
          </Link>
        ),
      )}
    </span>
  );
}
