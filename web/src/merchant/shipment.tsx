import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Day, Facts, Moment, Weight } from '../kit/values.tsx';
import { Place } from './place.tsx';
import { printOnPaper } from './print-labels.ts';
import { BuyerLink } from './shipment-link.tsx';
import { MoneyOfShipment } from './shipment-money.tsx';
import { PartiesOfShipment } from './shipment-parties.tsx';
import { ParcelTimeline } from './shipment-timeline.tsx';
import { type Shipment, ShipmentState } from './states.tsx';
import { MERCHANT_WORDS } from './words.ts';

const FREIGHT_TONES = {
  reserved: 'idle',
  charged: 'ok',
  arrears: 'bad',
  released: 'idle',
  lapsed: 'warn',
} as const;
/** Nothing has left the merchant yet. */
const CAN_CANCEL: readonly Shipment['state'][] = ['wait_receive', 'pickup_failed', 'inbound_rejected'];

export function ShipmentDetail({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const shipment = useRead(['shipments', id], (signal) =>
    api.get('/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } }, signal }),
  );
  const found = shipment.data;
  return (
    <Page
      title={found?.parcels[0]?.number ?? t('shipment')}
      lead={<CopyId value={id} />}
      actions={found && <Actions shipment={found} />}
    >
      <Read of={shipment} rows={8}>
        {(one) => (
          <>
            <Head shipment={one} />
            <div className="grid items-start gap-x-4 lg:grid-cols-2">
              <div>
                {one.parcels.map((parcel) => (
                  <ParcelTimeline key={parcel.id} parcel={parcel} isAlone={one.parcels.length === 1} />
                ))}
              </div>
              <div>
                <MoneyOfShipment shipment={one} />
                <PartiesOfShipment shipment={one} />
                {one.parcels[0] && <BuyerLink parcelId={one.parcels[0].id} />}
              </div>
            </div>
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(MERCHANT_WORDS);
  return (
    <Card>
      <Facts
        of={[
          [t('order.state'), <ShipmentState key="state" of={shipment.state} />],
          [t('shipment.reason'), shipment.reason],
          [
            t('order.reference'),
            <Link
              key="order"
              className="text-accent hover:underline"
              href={`/merchant/orders?reference=${encodeURIComponent(shipment.order_ref)}`}
            >
              {shipment.order_ref}
            </Link>,
          ],
          [t('order.from'), <Place key="from" of={shipment.from} />],
          [t('order.to'), <Place key="to" of={shipment.to} />],
          [
            t('shipment.line'),
            <span key="line" className="number">
              {shipment.line_code}
            </span>,
          ],
          [
            t('shipment.carrier'),
            <span key="carrier" className="number">
              {shipment.carrier_code}
            </span>,
          ],
          [t('shipment.handover'), t(`ship.handover.${shipment.handover}`)],
          [t('shipment.undeliverable'), t(`shipment.undeliverable.${shipment.undeliverable}`)],
          [
            t('shipment.promise'),
            <span key="promise">
              <Day of={shipment.promise.earliest} /> – <Day of={shipment.promise.latest} />
            </span>,
          ],
          [t('shipment.bought'), <Moment key="bought" at={shipment.purchased_at} whole />],
          [
            t('shipment.freight'),
            shipment.freight && (
              <Status key="freight" tone={FREIGHT_TONES[shipment.freight]}>
                {t(`shipment.freight.${shipment.freight}`)}
              </Status>
            ),
          ],
          [t('shipment.declared'), <Weighed key="declared" shipment={shipment} what="declared" />],
          [t('shipment.measured'), <Weighed key="measured" shipment={shipment} what="measured" />],
        ]}
      />
    </Card>
  );
}

function Weighed({
  shipment,
  what,
}: {
  readonly shipment: Shipment;
  readonly what: 'declared' | 'measured';
}) {
  const grams = shipment.parcels.map((parcel) =>
    what === 'declared' ? parcel.weight_grams : parcel.measured?.weight_grams,
  );
  const known = grams.filter((one) => one !== undefined);
  return known.length === 0 ? <>–</> : <Weight grams={known.reduce((sum, one) => sum + one, 0)} />;
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
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate(undefined);
          }}
        >
          <p>{t('shipment.cancel_ask')}</p>
          <Field label={t('shipment.cancel_reason')}>
            <Input required maxLength={200} value={reason} onText={setReason} />
          </Field>
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="danger" busy={act.isPending}>
            {t('shipment.cancel_do')}
          </Button>
        </form>
      </Dialog>
    </>
  );
}
