import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { ShipmentDetail } from '../parcels/shipment.tsx';
import type { Shipment } from '../parcels/states.tsx';
import { IS_ON_ITS_WAY, IS_UNSCANNED } from './interceptable.ts';
import { InterceptionsOfShipment } from './interception-list.tsx';
import { printOnPaper } from './print-labels.ts';
import { MERCHANT_WORDS } from './words.ts';

/** Nothing has left the merchant yet. */
const CAN_CANCEL: readonly Shipment['state'][] = ['wait_receive', 'pickup_failed', 'inbound_rejected'];

export function MerchantShipment({ id }: { readonly id: string }) {
  return (
    <ShipmentDetail id={id} actions={(shipment) => <Actions shipment={shipment} />}>
      {(shipment) => <InterceptionsOfShipment shipmentId={shipment.id} />}
    </ShipmentDetail>
  );
}

function Actions({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(MERCHANT_WORDS);
  const print = useAct(
    () =>
      printOnPaper(
        shipment.parcels.map((parcel) => parcel.waybill_id),
        '100x150mm',
      ),
    {
      touches: [['waybills']],
      done: () => toast('ok', t('print.opened')),
    },
  );
  const dropOff = useAct(
    () =>
      api.post('/v1/shipments/{shipment_id}/drop-off', {
        params: { path: { shipment_id: shipment.id } },
        body: {},
      }),
    { touches: [['shipments']], done: () => toast('ok', t('shipment.dropped')) },
  );
  const error = print.error ?? dropOff.error;
  const isWaiting = shipment.state === 'wait_receive';
  return (
    <>
      {error && <Failure error={error} />}
      {isWaiting && shipment.handover === 'drop_off' && (
        <Button busy={dropOff.isPending} onClick={() => dropOff.mutate(undefined)}>
          {t('shipment.drop_off')}
        </Button>
      )}
      {IS_UNSCANNED.includes(shipment.state) && (
        <ButtonLink to={`/merchant/shipments/${shipment.id}/interception`}>
          {t('intercept.recipient')}
        </ButtonLink>
      )}
      {IS_ON_ITS_WAY.includes(shipment.state) && (
        <ButtonLink to={`/merchant/shipments/${shipment.id}/interception`}>{t('intercept.ask')}</ButtonLink>
      )}
      {CAN_CANCEL.includes(shipment.state) && <Cancel shipment={shipment} />}
      <Button look="primary" busy={print.isPending} onClick={() => print.mutate(undefined)}>
        {t('shipment.print')}
      </Button>
    </>
  );
}

function Cancel({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(MERCHANT_WORDS);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/shipments/{shipment_id}/cancellation', {
        params: { path: { shipment_id: shipment.id } },
        body: { reason },
      }),
    {
      touches: [['shipments'], ['orders'], ['wallets']],
      done: () => {
        setOpen(false);
        toast('ok', t('shipment.cancelled'));
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('shipment.cancel')}
      </Button>
      <Dialog title={t('shipment.cancel_do')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('shipment.cancel_do')} look="danger">
          <p>{t('shipment.cancel_ask')}</p>
          <Field label={t('shipment.cancel_reason')}>
            <Input required maxLength={200} value={reason} onText={setReason} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
