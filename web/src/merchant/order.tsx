import { ExternalOfOrder } from '../external/of-order.tsx';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { OrderDetail } from '../parcels/order.tsx';
import type { Order } from '../parcels/states.tsx';
import { InsureReturn } from '../returns-desk/insure.tsx';
import { ShipWizard } from './ship-wizard.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function MerchantOrder({ id }: { readonly id: string }) {
  return (
    <OrderDetail id={id} actions={(order) => <Actions order={order} />}>
      {(order) => (
        <>
          {order.state === 'open' && <ShipWizard order={order} />}
          {order.external_shipments.length > 0 && <ExternalOfOrder orderId={order.id} />}
        </>
      )}
    </OrderDetail>
  );
}

function Actions({ order }: { readonly order: Order }) {
  const t = useWords(MERCHANT_WORDS);
  const params = { path: { order_id: order.id } };
  const cancel = useAct(() => api.post('/v1/orders/{order_id}/cancellation', { params }), {
    touches: [['orders']],
    done: () => toast('ok', t('order.cancelled')),
  });
  const reopen = useAct(() => api.post('/v1/orders/{order_id}/reopening', { params }), {
    touches: [['orders']],
    done: () => toast('ok', t('order.reopened')),
  });
  const error = cancel.error ?? reopen.error;
  return (
    <>
      {error && <Failure error={error} />}
      {order.state === 'open' && (
        <ButtonLink to={`/merchant/orders/${order.id}/edit`}>{t('edit.title')}</ButtonLink>
      )}
      {(order.state === 'open' || order.external_shipments.length > 0) && order.state !== 'cancelled' && (
        <ButtonLink to={`/merchant/external/new?order=${encodeURIComponent(order.reference)}`}>
          {t('order.external')}
        </ButtonLink>
      )}
      {order.state === 'open' && (
        <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('order.cancel')}
        </Button>
      )}
      <InsureReturn order={order} />
      {order.state === 'cancelled' && (
        <Button busy={reopen.isPending} onClick={() => reopen.mutate(undefined)}>
          {t('order.reopen')}
        </Button>
      )}
    </>
  );
}
