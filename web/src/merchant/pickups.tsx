import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { type Pickup, PickupState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MERCHANT_WORDS } from './words.ts';

export function Pickups() {
  const t = useWords(MERCHANT_WORDS);
  const pickups = usePages(
    ['pickups'],
    (cursor, signal) =>
      api.get('/v1/pickups', {
        params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
        signal,
      }),
    { everyMs: 30_000 },
  );
  const book = (
    <ButtonLink to="/merchant/pickups/new" look="primary">
      {t('pickup.book')}
    </ButtonLink>
  );
  return (
    <Page title={t('pickup.title')} actions={book}>
      <Card>
        <Read of={pickups.query} rows={6}>
          {() =>
            pickups.items.length === 0 ? (
              <Empty title={t('pickup.none')} hint={t('pickup.none_hint')} action={book} />
            ) : (
              <List rows={pickups.items} />
            )
          }
        </Read>
        <Pager of={pickups} />
      </Card>
    </Page>
  );
}

function List({ rows }: { readonly rows: readonly Pickup[] }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return (
    <Table
      label={t('pickup.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'window',
          label: t('pickup.window'),
          isName: true,
          cell: ({ id, window }) => (
            <Link className="text-accent hover:underline" href={`/merchant/pickups/${id}`}>
              <Moment at={window.starts_at} /> – <Moment at={window.ends_at} />
            </Link>
          ),
        },
        { id: 'state', label: p('order.state'), cell: (one) => <PickupState of={one.state} /> },
        {
          id: 'code',
          label: t('pickup.code'),
          cell: (one) => <span className="number text-lg font-semibold">{one.code ?? '–'}</span>,
        },
        { id: 'courier', label: t('pickup.courier'), cell: (one) => one.courier?.name ?? '–' },
        { id: 'parcels', label: t('pickup.parcels'), cell: (one) => <PickupParcels of={one} /> },
        { id: 'reason', label: p('shipment.reason'), cell: (one) => one.reason ?? '–' },
      ]}
    />
  );
}

export function PickupParcels({ of }: { readonly of: Pickup }) {
  const t = useWords(MERCHANT_WORDS);
  return (
    <ul>
      {of.parcels.map((parcel) => (
        <li key={parcel.parcel_id}>
          <span className="number">{parcel.number}</span>{' '}
          {parcel.outcome && <span className="text-soft">{t(`pickup.outcome.${parcel.outcome}`)}</span>}
        </li>
      ))}
    </ul>
  );
}
