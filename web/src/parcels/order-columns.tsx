import { Link } from 'wouter';
import { useFaceAddress } from '../ground/face-address.ts';
import { useWords } from '../ground/words.ts';
import type { Column } from '../kit/table.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { Place } from './place.tsx';
import { type Order, OrderState } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

export function useOrderColumns(): readonly Column<Order>[] {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  return [
    {
      id: 'reference',
      label: t('order.reference'),
      isName: true,
      cell: (order) => (
        <Link href={at(`/orders/${order.id}`)} className="text-accent hover:underline">
          {order.reference}
        </Link>
      ),
    },
    { id: 'state', label: t('order.state'), cell: (order) => <OrderState of={order.state} /> },
    { id: 'to', label: t('order.to'), cell: (order) => <Place of={order.to} /> },
    { id: 'channel', label: t('order.channel'), cell: (order) => order.channel },
    {
      id: 'goods',
      label: t('order.goods'),
      cell: (order) => t('order.items', { count: order.goods.reduce((sum, item) => sum + item.quantity, 0) }),
    },
    {
      id: 'placed',
      label: t('order.placed'),
      cell: (order) => <Moment at={order.placed_at} />,
    },
    {
      id: 'amount',
      label: t('order.amount'),
      align: 'end',
      cell: (order) => (order.order_amount ? <Money of={order.order_amount} /> : '–'),
    },
  ];
}
