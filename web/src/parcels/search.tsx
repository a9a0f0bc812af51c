import type { components } from '@postroad/sdk';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { Place } from './place.tsx';
import { SearchForm } from './search-form.tsx';
import { OrderState, ShipmentStateWord } from './states.tsx';
import { WhoseNumber } from './whose-number.tsx';
import { PARCEL_WORDS } from './words.ts';

type Hit = components['schemas']['SearchHit'];
/** The most that the server answers of each kind. */
const LIMIT = 50;

/** How a face names whose a hit is; a face of one organisation alone says nothing of it. */
type Whose = ((organisationId: string | undefined) => ReactNode) | undefined;

/** Everything that a number, reference, id, name or phone may mean, as far as the reader may see it. */
export function Search({
  whose,
  parcelsAlone,
}: {
  readonly whose?: Whose;
  /** The face has a page for parcels that nobody has announced. */
  readonly parcelsAlone?: boolean;
}) {
  const t = useWords(PARCEL_WORDS);
  const [asked] = useAddressWord('q');
  return (
    <Page title={t('search.title')} lead={t('search.lead')}>
      <div className="mb-4">
        <SearchForm key={asked} text={asked} />
      </div>
      {asked === '' ? null : <Hits asked={asked} whose={whose} parcelsAlone={parcelsAlone ?? false} />}
    </Page>
  );
}

type Shown = { readonly whose: Whose; readonly parcelsAlone: boolean };

function Hits({ asked, ...shown }: Shown & { readonly asked: string }) {
  const t = useWords(PARCEL_WORDS);
  const hits = useRead(['search', asked], (signal) =>
    api.get('/v1/search', { params: { query: { q: asked, limit: LIMIT } }, signal }),
  );
  return (
    <Card title={t('search.hits', { asked })}>
      <Read of={hits}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty
              title={t('search.none')}
              hint={t('search.none_hint')}
              action={<WhoseNumber text={asked} />}
            />
          ) : (
            <HitTable rows={data} {...shown} />
          )
        }
      </Read>
    </Card>
  );
}

function HitTable({ rows, whose, parcelsAlone }: Shown & { readonly rows: readonly Hit[] }) {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  return (
    <Table
      label={t('search.title')}
      rows={rows}
      rowId={(hit) => hit.id}
      columns={[
        {
          id: 'title',
          label: t('search.thing'),
          isName: true,
          cell: (hit) => {
            const address = addressOf(hit, parcelsAlone);
            return address === undefined ? (
              <span className="number">{hit.title}</span>
            ) : (
              <Link className="number text-accent hover:underline" href={at(address)}>
                {hit.title}
              </Link>
            );
          },
        },
        { id: 'kind', label: t('search.kind'), cell: (hit) => <Badge>{t(`search.kind.${hit.kind}`)}</Badge> },
        { id: 'state', label: t('order.state'), cell: (hit) => <HitState of={hit} /> },
        { id: 'matched', label: t('search.matched'), cell: (hit) => t(`search.matched.${hit.matched}`) },
        { id: 'recipient', label: t('search.recipient'), cell: (hit) => hit.recipient?.name ?? '–' },
        {
          id: 'to',
          label: t('search.to'),
          cell: (hit) => (hit.to === undefined ? '–' : <Place of={hit.to} />),
        },
        ...(whose === undefined
          ? []
          : [{ id: 'whose', label: t('search.whose'), cell: (hit: Hit) => whose(hit.organisation_id) }]),
        { id: 'at', label: t('search.at'), cell: (hit) => <Moment at={hit.at} /> },
      ]}
    />
  );
}

/** A parcel is looked at in its shipment; one that nobody has announced has a page of its own, where there is one. */
function addressOf(hit: Hit, parcelsAlone: boolean): string | undefined {
  if (hit.kind === 'order') return `/orders/${hit.id}`;
  const shipment = hit.kind === 'shipment' ? hit.id : hit.shipment_id;
  if (shipment !== undefined) return `/shipments/${shipment}`;
  return parcelsAlone ? `/parcels/${hit.id}` : undefined;
}

function HitState({ of }: { readonly of: Hit }) {
  if (of.kind === 'order') return <OrderState of={of.state as Parameters<typeof OrderState>[0]['of']} />;
  if (of.kind === 'shipment') return <ShipmentStateWord of={of.state} />;
  return <>{of.state.replaceAll('_', ' ')}</>;
}
