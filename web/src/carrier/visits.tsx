import { Link, useLocation } from 'wouter';
import { useAddressChoice } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { Place } from '../parcels/place.tsx';
import { type Pickup, PickupState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { VISIT_WORDS } from './words.ts';

const SHOWN = ['placed', 'assigned', 'accepted', 'on_the_way', 'failed', 'collected', 'all'] as const;

/** Door visits by their state, first those that no courier was sent to. */
export function Visits() {
  const t = useWords(VISIT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [shown, setShown] = useAddressChoice('state', SHOWN);
  const nameOf = (one: (typeof SHOWN)[number]) => {
    if (one === 'placed') return t('visits.waiting');
    return one === 'all' ? t('visits.all') : p(`pickup.state.${one}`);
  };
  const columns = useVisitColumns();
  const [, go] = useLocation();
  const visits = usePages<Pickup>(
    ['pickups', shown],
    (cursor, signal) =>
      api.get('/v1/pickups', {
        params: {
          query: {
            limit: 50,
            ...(cursor === undefined ? {} : { cursor }),
            ...(shown === 'all' ? {} : { state: shown }),
          },
        },
        signal,
      }),
    { everyMs: 20_000 },
  );
  return (
    <Page title={t('visits.title')} lead={t('visits.lead')}>
      <div className="screen-only mb-3">
        <Choices
          legend={t('visits.show')}
          value={shown}
          onChoice={setShown}
          choices={SHOWN.map((one) => ({ value: one, label: nameOf(one) }))}
        />
      </div>
      <Card>
        <PagedTable
          label={t('visits.title')}
          of={visits}
          rowId={(one) => one.id}
          columns={columns}
          onOpen={(one) => go(`/carrier/visits/${one.id}`)}
          empty={<Empty title={t('visits.none')} hint={t('visits.none_hint')} />}
        />
      </Card>
    </Page>
  );
}

/** Names of the carrier's areas, of which a visit carries the id. */
export function useAreaNames(): (id: string) => string {
  const areas = useRead(['pickup-areas', 'names'], (signal) =>
    api.get('/v1/pickup-areas', { params: { query: { limit: 100 } }, signal }),
  );
  return (id) => areas.data?.data.find((area) => area.id === id)?.code ?? id;
}

function useVisitColumns(): readonly Column<Pickup>[] {
  const t = useWords(VISIT_WORDS);
  const nameOf = useAreaNames();
  return [
    {
      id: 'window',
      label: t('visit.window'),
      isName: true,
      cell: (one) => (
        <Link className="text-accent hover:underline" href={`/carrier/visits/${one.id}`}>
          <Moment at={one.window.starts_at} /> – <Moment at={one.window.ends_at} />
        </Link>
      ),
    },
    { id: 'state', label: t('visit.state'), cell: (one) => <PickupState of={one.state} /> },
    { id: 'area', label: t('visit.area'), cell: (one) => nameOf(one.area_id) },
    { id: 'place', label: t('visit.place'), cell: (one) => <Place of={one.place} /> },
    { id: 'parcels', label: t('visit.parcels'), align: 'end', cell: (one) => one.parcels.length },
    {
      id: 'courier',
      label: t('visit.courier'),
      cell: (one) => one.courier?.name ?? <span className="text-soft">{t('visit.no_courier')}</span>,
    },
    { id: 'attempts', label: t('visit.attempts'), align: 'end', cell: (one) => one.attempts },
  ];
}
