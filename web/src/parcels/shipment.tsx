import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Facts, Moment, Weight } from '../kit/values.tsx';
import { Parties } from './parties.tsx';
import { Place } from './place.tsx';
import { ReportsOfParcel } from './reports.tsx';
import { BuyerLink } from './shipment-link.tsx';
import { MoneyOfShipment } from './shipment-money.tsx';
import { ParcelTimeline } from './shipment-timeline.tsx';
import { type Shipment, ShipmentState } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

const FREIGHT_TONES = {
  reserved: 'idle',
  charged: 'ok',
  arrears: 'bad',
  released: 'idle',
  lapsed: 'warn',
} as const;
type Slot = (shipment: Shipment) => ReactNode;

/** One shipment: what it is, where it was, what it costs, who sends and receives it. */
export function ShipmentDetail({
  id,
  actions,
  children,
}: {
  readonly id: string;
  readonly actions?: Slot;
  /** What a face shows below the head. */
  readonly children?: Slot;
}) {
  const t = useWords(PARCEL_WORDS);
  const may = useMay();
  const shipment = useRead(['shipments', id], (signal) =>
    api.get('/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } }, signal }),
  );
  const found = shipment.data;
  return (
    <Page
      title={found?.parcels[0]?.number ?? t('shipment')}
      lead={<CopyId value={id} />}
      actions={found && actions?.(found)}
    >
      <Read of={shipment} rows={8}>
        {(one) => (
          <>
            <Head shipment={one} />
            {children?.(one)}
            <div className="grid items-start gap-x-4 lg:grid-cols-2">
              <div>
                {may('listStatusReports') &&
                  one.parcels.map((parcel) => <ReportsOfParcel key={parcel.id} parcelId={parcel.id} />)}
                {may('readParcelTimeline') &&
                  one.parcels.map((parcel) => (
                    <ParcelTimeline key={parcel.id} parcel={parcel} isAlone={one.parcels.length === 1} />
                  ))}
              </div>
              <div>
                {(one.quoted ?? one.charged) && <MoneyOfShipment shipment={one} />}
                {(one.sender ?? one.recipient) && <Parties sender={one.sender} recipient={one.recipient} />}
                {one.parcels[0] && may('createBuyerLink') && <BuyerLink parcelId={one.parcels[0].id} />}
              </div>
            </div>
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(PARCEL_WORDS);
  const { promised } = useFormats();
  return (
    <Card>
      <Facts
        of={[
          [t('order.state'), <ShipmentState key="state" of={shipment.state} />],
          [t('shipment.reason'), shipment.reason],
          [t('order.reference'), <OrderOf key="order" reference={shipment.order_ref} />],
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
          [t('shipment.promise'), promised(shipment.promise, shipment.destination_zone)],
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

function OrderOf({ reference }: { readonly reference: string }) {
  const may = useMay();
  const at = useFaceAddress();
  if (!may('listOrders')) return <>{reference}</>;
  return (
    <Link
      className="text-accent hover:underline"
      href={at(`/orders?reference=${encodeURIComponent(reference)}`)}
    >
      {reference}
    </Link>
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
