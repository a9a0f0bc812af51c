import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { type Pickup, PickupState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { type ChosenWindow, PickupWindows } from './pickup-windows.tsx';
import { PickupParcels } from './pickups.tsx';
import { MERCHANT_WORDS } from './words.ts';

/** A courier may still be told not to come. */
const CAN_CANCEL: readonly Pickup['state'][] = ['placed', 'assigned', 'accepted'];
/** Another window can be had until the courier has left, and after a visit in vain. */
const CAN_RESCHEDULE: readonly Pickup['state'][] = [...CAN_CANCEL, 'failed'];
const EVERY_MS = 30_000;
/** Codes that a carrier reads; whatever else a merchant means is `unstated`. */
const CANCEL_REASONS = ['not_ready', 'sold_out', 'brought_by_myself', 'unstated'] as const;
type CancelReason = (typeof CANCEL_REASONS)[number];

/** One visit of a courier: when, by whom, what it took, and what can still be changed about it. */
export function PickupDetail({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const pickup = useRead(
    ['pickups', id],
    (signal) => api.get('/v1/pickups/{pickup_id}', { params: { path: { pickup_id: id } }, signal }),
    { everyMs: EVERY_MS },
  );
  return (
    <Page
      title={t('pickup.one')}
      lead={<CopyId value={id} />}
      actions={pickup.data && CAN_CANCEL.includes(pickup.data.state) && <Cancel id={id} />}
    >
      <Read of={pickup} rows={6}>
        {(found) => (
          <>
            <Head pickup={found} />
            {CAN_RESCHEDULE.includes(found.state) && <Reschedule pickup={found} />}
          </>
        )}
      </Read>
    </Page>
  );
}

function Head({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return (
    <Card>
      {pickup.code && (
        <div className="mb-4 flex flex-wrap items-center gap-4">
          <CodeSymbol kind="qr" text={pickup.code} label={t('pickup.code_qr')} />
          <p>
            <span className="caption block">{t('pickup.code')}</span>
            <span className="number text-2xl font-semibold">{pickup.code}</span>
          </p>
        </div>
      )}
      <Facts
        of={[
          [p('order.state'), <PickupState key="state" of={pickup.state} />],
          [
            t('pickup.window'),
            <span key="window">
              <Moment at={pickup.window.starts_at} whole /> – <Moment at={pickup.window.ends_at} />
            </span>,
          ],
          [t('pickup.courier'), pickup.courier?.name],
          [t('pickup.attempts'), pickup.attempts],
          [p('shipment.reason'), pickup.reason],
          [t('pickup.parcels'), <PickupParcels key="parcels" of={pickup} />],
          [p('shipments'), <Shipments key="shipments" ids={pickup.shipment_ids} />],
        ]}
      />
    </Card>
  );
}

function Shipments({ ids }: { readonly ids: readonly string[] }) {
  return (
    <ul>
      {ids.map((id) => (
        <li key={id}>
          <Link
            className="number inline-flex min-h-6 items-center wrap-anywhere text-accent hover:underline"
            href={`/merchant/shipments/${id}`}
          >
            {id}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Reschedule({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(MERCHANT_WORDS);
  const act = useAct(
    (window: ChosenWindow) =>
      api.post('/v1/pickups/{pickup_id}/reschedule', {
        params: { path: { pickup_id: pickup.id } },
        body: window,
      }),
    {
      touches: [['pickups'], ['shipments'], ['pickup-windows']],
      done: () => toast('ok', t('pickup.rescheduled')),
    },
  );
  return (
    <Card title={t('pickup.reschedule')}>
      <p className="mb-3 text-sm text-soft">{t('pickup.reschedule_hint')}</p>
      <PickupWindows
        key={pickup.version}
        shipmentId={pickup.shipment_ids[0] ?? ''}
        label={t('pickup.reschedule')}
        busy={act.isPending}
        error={act.error}
        onChoice={(window) => act.mutate(window)}
      />
    </Card>
  );
}

function Cancel({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<CancelReason>('not_ready');
  const act = useAct(
    () =>
      api.post('/v1/pickups/{pickup_id}/cancellation', {
        params: { path: { pickup_id: id } },
        body: { reason },
      }),
    {
      touches: [['pickups'], ['shipments'], ['pickup-windows']],
      done: () => {
        setOpen(false);
        toast('ok', t('pickup.cancelled'));
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('pickup.cancel')}
      </Button>
      <Dialog title={t('pickup.cancel_do')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('pickup.cancel_do')} look="danger">
          <p>{t('pickup.cancel_ask')}</p>
          <Field label={t('intercept.reason')}>
            <Select
              value={reason}
              onChoice={setReason}
              choices={CANCEL_REASONS.map((one) => ({ value: one, label: t(`pickup.reason.${one}`) }))}
            />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
