import { Link } from 'wouter';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import type { Column } from '../kit/table.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { Place } from './place.tsx';
import { type Shipment, ShipmentState } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

export function useShipmentColumns(): readonly Column<Shipment>[] {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  const { promised } = useFormats();
  return [
    {
      id: 'number',
      label: t('shipment.number'),
      isName: true,
      cell: (one) => (
        <Link
          href={at(`/shipments/${one.id}`)}
          className="number text-accent hover:underline sm:whitespace-nowrap"
        >
          {one.parcels[0]?.number ?? one.id}
        </Link>
      ),
    },
    { id: 'state', label: t('order.state'), cell: (one) => <ShipmentState of={one.state} /> },
    { id: 'order', label: t('order.reference'), cell: (one) => one.order_ref },
    { id: 'to', label: t('order.to'), cell: (one) => <Place of={one.to} /> },
    {
      id: 'line',
      label: t('shipment.line'),
      cell: (one) => <span className="number sm:whitespace-nowrap">{one.line_code}</span>,
    },
    {
      id: 'promise',
      label: t('shipment.promise'),
      cell: (one) => promised({ latest: one.promise.latest }, one.destination_zone),
    },
    { id: 'bought', label: t('shipment.bought'), cell: (one) => <Moment at={one.purchased_at} /> },
    {
      id: 'freight',
      label: t('shipment.freight'),
      align: 'end',
      cell: (one) => {
        const total = (one.charged ?? one.quoted)?.total;
        return total === undefined ? '–' : <Money of={total} />;
      },
    },
  ];
}
