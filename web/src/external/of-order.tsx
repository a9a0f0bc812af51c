import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { CarrierName } from '../parcels/carrier-name.tsx';
import { ExternalState, Hold, TrackingStatus } from './parts.tsx';
import { EXTERNAL_WORDS } from './words.ts';

/** What was declared for one order. */
export function ExternalOfOrder({ orderId }: { readonly orderId: string }) {
  const t = useWords(EXTERNAL_WORDS);
  const at = useFaceAddress();
  const shipments = useRead(['external-shipments', 'of', orderId], (signal) =>
    api.get('/v1/external-shipments', { params: { query: { order_id: orderId, limit: 100 } }, signal }),
  );
  return (
    <Card title={t('title')}>
      <Read of={shipments}>
        {({ data }) => (
          <Table
            label={t('title')}
            rows={data}
            rowId={(one) => one.id}
            columns={[
              {
                id: 'number',
                label: t('number'),
                isName: true,
                cell: (one) => (
                  <Link className="number text-accent hover:underline" href={at(`/external/${one.id}`)}>
                    {one.number}
                  </Link>
                ),
              },
              { id: 'carrier', label: t('carrier'), cell: (one) => <CarrierName code={one.carrier_code} /> },
              { id: 'send', label: t('send'), cell: (one) => t(`send.${one.send_type}`) },
              { id: 'state', label: t('state'), cell: (one) => <ExternalState of={one.state} /> },
              {
                id: 'tracking',
                label: t('tracking'),
                cell: (one) => <TrackingStatus of={one.tracking_status} />,
              },
              { id: 'hold', label: t('hold'), cell: (one) => <Hold of={one.hold} /> },
            ]}
          />
        )}
      </Read>
    </Card>
  );
}
