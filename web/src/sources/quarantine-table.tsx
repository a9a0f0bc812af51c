import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { SourceName } from './source-name.tsx';
import { SOURCE_WORDS } from './words.ts';

type Quarantined = components['schemas']['QuarantinedScan'];
const REASONS = everyWord<Quarantined['reason']>({
  faster_than_travel: true,
  before_label: true,
  in_future: true,
  outside_route: true,
  unknown_facility: true,
});

/** Scans that cannot be true, newest first, each with the reason. What one looks for stands in the address. */
export function QuarantineTable({
  parcelAt,
  nameOf,
}: {
  readonly parcelAt?: (parcelId: string) => string;
  readonly nameOf?: (organisationId: string) => string | undefined;
}) {
  const t = useWords(SOURCE_WORDS);
  const milestone = useWords(MILESTONE_WORDS);
  const [word, setReason] = useAddressWord('reason');
  const reason = REASONS.find((one) => one === word);
  const scans = usePages<Quarantined>(
    ['quarantine', reason ?? ''],
    (cursor, signal) =>
      api.get('/v1/quarantine', {
        params: {
          query: {
            limit: 50,
            ...(reason === undefined ? {} : { reason }),
            ...(cursor === undefined ? {} : { cursor }),
          },
        },
        signal,
      }),
    { everyMs: 10_000 },
  );
  return (
    <>
      <div className="screen-only mb-3 max-w-72">
        <Field label={t('quarantine.reason')}>
          <Select
            value={reason ?? ''}
            onChoice={setReason}
            choices={[
              { value: '', label: t('any') },
              ...REASONS.map((one) => ({ value: one as string, label: t(`quarantine.${one}`) })),
            ]}
          />
        </Field>
      </div>
      <PagedTable
        label={t('quarantine.title')}
        of={scans}
        rowId={(one) => one.id}
        empty={<Empty title={t('quarantine.none')} hint={t('quarantine.none_hint')} />}
        columns={[
          {
            id: 'parcel',
            label: t('parcel'),
            isName: true,
            cell: (one) => <ParcelTail of={one} parcelAt={parcelAt} />,
          },
          {
            id: 'reason',
            label: t('quarantine.reason'),
            cell: (one) => <Status tone="warn">{t(`quarantine.${one.reason}`)}</Status>,
          },
          {
            id: 'said',
            label: t('quarantine.said'),
            cell: (one) => (
              <>
                {milestone(one.milestone)} <span className="number text-soft">{one.code}</span>
              </>
            ),
          },
          {
            id: 'place',
            label: t('quarantine.place'),
            cell: ({ place }) =>
              place === undefined
                ? '–'
                : [place.facility, place.city, place.country].filter((part) => part !== undefined).join(', '),
          },
          { id: 'occurred', label: t('quarantine.occurred'), cell: (one) => <Moment at={one.occurred_at} /> },
          {
            id: 'source',
            label: t('source'),
            cell: (one) => <SourceName source={one.source} nameOf={nameOf} />,
          },
          { id: 'since', label: t('quarantine.since'), cell: (one) => <Moment at={one.since} /> },
        ]}
      />
    </>
  );
}

function ParcelTail({
  of,
  parcelAt,
}: {
  readonly of: Quarantined;
  readonly parcelAt: ((parcelId: string) => string) | undefined;
}) {
  const tail = `…${of.number_tail}`;
  if (parcelAt === undefined) return <span className="number">{tail}</span>;
  return (
    <Link className="number text-accent hover:underline" href={parcelAt(of.parcel_id)}>
      {tail}
    </Link>
  );
}
