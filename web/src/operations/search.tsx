import type { components } from '@postroad/sdk';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { Place } from '../parcels/place.tsx';
import { OrderState, ShipmentStateWord } from '../parcels/states.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { SearchForm } from './search-form.tsx';
import { OPERATIONS_WORDS } from './words.ts';

type Hit = components['schemas']['SearchHit'];
/** The most that the server answers of each kind. */
const LIMIT = 50;

export function Search() {
  const t = useWords(OPERATIONS_WORDS);
  const [asked] = useAddressWord('q');
  return (
    <Page title={t('menu.search')} lead={t('search.lead')}>
      <div className="mb-4">
        <SearchForm key={asked} text={asked} />
      </div>
      {asked === '' ? null : <Hits asked={asked} />}
    </Page>
  );
}

function Hits({ asked }: { readonly asked: string }) {
  const t = useWords(OPERATIONS_WORDS);
  const hits = useRead(['search', asked], (signal) =>
    api.get('/v1/search', { params: { query: { q: asked, limit: LIMIT } }, signal }),
  );
  return (
    <Card title={t('search.hits', { asked })}>
      <Read of={hits}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('search.none')} hint={t('search.none_hint')} />
          ) : (
            <HitTable rows={data} />
          )
        }
      </Read>
    </Card>
  );
}

function HitTable({ rows }: { readonly rows: readonly Hit[] }) {
  const t = useWords(OPERATIONS_WORDS);
  return (
    <Table
      label={t('menu.search')}
      rows={rows}
      rowId={(hit) => hit.id}
      columns={[
        {
          id: 'title',
          label: t('search.thing'),
          isName: true,
          cell: (hit) => (
            <Link className="number text-accent hover:underline" href={addressOf(hit)}>
              {hit.title}
            </Link>
          ),
        },
        { id: 'kind', label: t('search.kind'), cell: (hit) => <Badge>{t(`search.kind.${hit.kind}`)}</Badge> },
        { id: 'state', label: t('state'), cell: (hit) => <HitState of={hit} /> },
        { id: 'matched', label: t('search.matched'), cell: (hit) => t(`search.matched.${hit.matched}`) },
        { id: 'recipient', label: t('search.recipient'), cell: (hit) => hit.recipient?.name ?? '–' },
        {
          id: 'to',
          label: t('search.to'),
          cell: (hit) => (hit.to === undefined ? '–' : <Place of={hit.to} />),
        },
        {
          id: 'whose',
          label: t('search.whose'),
          cell: (hit) => <OrganisationName id={hit.organisation_id} />,
        },
        { id: 'at', label: t('search.at'), cell: (hit) => <Moment at={hit.at} /> },
      ]}
    />
  );
}

/** A parcel is looked at in its shipment; one that nobody has announced has a page of its own. */
function addressOf(hit: Hit): string {
  if (hit.kind === 'order') return `/operations/orders/${hit.id}`;
  const shipment = hit.kind === 'shipment' ? hit.id : hit.shipment_id;
  return shipment === undefined ? `/operations/parcels/${hit.id}` : `/operations/shipments/${shipment}`;
}

function HitState({ of }: { readonly of: Hit }) {
  if (of.kind === 'order') return <OrderState of={of.state as Parameters<typeof OrderState>[0]['of']} />;
  if (of.kind === 'shipment') return <ShipmentStateWord of={of.state} />;
  return <>{of.state.replaceAll('_', ' ')}</>;
}
