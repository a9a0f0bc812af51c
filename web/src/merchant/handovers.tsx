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
import { HandoverState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MERCHANT_WORDS } from './words.ts';

export function Handovers() {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const handovers = usePages(['handovers'], (cursor, signal) =>
    api.get('/v1/handovers', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const create = (
    <ButtonLink to="/merchant/handovers/new" look="primary">
      {t('handover.new')}
    </ButtonLink>
  );
  return (
    <Page title={t('handover.title')} actions={create}>
      <Card>
        <Read of={handovers.query} rows={6}>
          {() =>
            handovers.items.length === 0 ? (
              <Empty title={t('handover.none')} hint={t('handover.none_hint')} action={create} />
            ) : (
              <Table
                label={t('handover.title')}
                rows={handovers.items}
                rowId={(one) => one.id}
                columns={[
                  {
                    id: 'number',
                    label: p('shipment.number'),
                    isName: true,
                    cell: (one) => (
                      <Link
                        className="number text-accent hover:underline"
                        href={`/merchant/handovers/${one.id}`}
                      >
                        {one.number}
                      </Link>
                    ),
                  },
                  { id: 'state', label: p('order.state'), cell: (one) => <HandoverState of={one.state} /> },
                  { id: 'kind', label: t('handover.kind'), cell: (one) => t(`handover.kind.${one.kind}`) },
                  {
                    id: 'parcels',
                    label: t('pickup.parcels'),
                    align: 'end',
                    cell: (one) => one.parcel_count,
                  },
                  {
                    id: 'changed',
                    label: t('handover.changed'),
                    cell: (one) => <Moment at={one.changed_at} />,
                  },
                ]}
              />
            )
          }
        </Read>
        <Pager of={handovers} />
      </Card>
    </Page>
  );
}
