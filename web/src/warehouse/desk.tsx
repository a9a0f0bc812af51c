import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useKept } from '../field/kept.ts';
import { KeptNotice, RecordNotice } from '../field/notices.tsx';
import { record, useAhead } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Size, Weight } from '../kit/values.tsx';
import { ShownParcel } from './shown-parcel.tsx';
import { type Step, stepOf } from './steps.ts';
import { StopNotice, useStops } from './stops.tsx';
import type { OutboundFailure, Rejection, Shipment, WarehouseTask } from './tasks.ts';
import { TurnAway } from './turn-away.tsx';
import { WeighForm } from './weigh-form.tsx';
import { WAREHOUSE_WORDS } from './words.ts';

const REJECTIONS = [
  'packaging_damaged',
  'label_unreadable',
  'label_mismatch',
  'over_limits',
  'prohibited_goods',
  'battery_undeclared',
  'security_check_failed',
] as const satisfies readonly Rejection[];
const FAILURES = [
  'security_check_failed',
  'customs_data_refused',
  'damaged_in_warehouse',
  'missing_in_warehouse',
] as const satisfies readonly OutboundFailure[];

/** Writes down what was done with a shipment; goes back to its list unless the server refuses. */
function useDeskAct(shipment: Shipment, step: Step) {
  const f = useWords(FIELD_WORDS);
  const [isBusy, setBusy] = useState(false);
  const act = async (task: WarehouseTask) => {
    setBusy(true);
    const label = shipment.parcels[0]?.number ?? shipment.id;
    const kept = await record({ about: shipment.id, label, task }).finally(() => setBusy(false));
    if (kept.state === 'refused') return;
    toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
    navigate(`/warehouse/parcels?step=${step}`);
  };
  return { act, isBusy };
}

/** One shipment in one's hands: what it should be, what it is, and what is next. */
export function Desk({ id }: { readonly id: string }) {
  const t = useWords(WAREHOUSE_WORDS);
  const shipment = useKept<Shipment>(['shipment', id], (signal) =>
    api.get('/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } }, signal }),
  );
  const found = shipment.data;
  const stop = useStops().find((one) => one.shipment_id === id);
  return (
    <Page
      title={found?.value.parcels[0]?.number ?? t('desk.title')}
      lead={found && <ShownParcel shipment={found.value} at={found.at} />}
      actions={
        <ButtonLink to="/warehouse/parcels" size="large">
          {t('desk.back')}
        </ButtonLink>
      }
    >
      <Read of={shipment} rows={8}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            <RecordNotice about={id} />
            {stop && <StopNotice of={stop} />}
            {/* First what is to be done: it is reached without scrolling, with gloves on.
                What is stopped does not leave; what only arrived is weighed all the same. */}
            {(stop === undefined || stepOf(answer.value.state) === 'inbound') && (
              <Next shipment={answer.value} at={answer.at} />
            )}
            <Declared shipment={answer.value} />
          </>
        )}
      </Read>
    </Page>
  );
}

function Declared({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(WAREHOUSE_WORDS);
  return (
    <Card title={t('desk.declared')}>
      <Facts
        of={[
          [t('desk.order'), shipment.order_ref],
          [t('desk.line'), shipment.line_code],
          [t('desk.to'), [shipment.to.city, shipment.to.country].filter(Boolean).join(', ')],
          ...shipment.parcels.map((one): readonly [string, React.ReactNode] => [
            one.number,
            <span key={one.id} className="flex flex-wrap gap-x-3">
              <Weight grams={one.measured?.weight_grams ?? one.weight_grams} />
              {(one.measured?.size ?? one.size) && <Size of={one.measured?.size ?? one.size ?? NO_SIZE} />}
            </span>,
          ]),
        ]}
      />
      <ul className="mt-3 list-disc pl-5 text-soft">
        {shipment.goods.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same goods may stand twice
          <li key={index}>
            {item.quantity} × {item.description_en}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const NO_SIZE = { length_mm: 0, width_mm: 0, height_mm: 0 };

function Next({ shipment, at }: { readonly shipment: Shipment; readonly at: string }) {
  const t = useWords(WAREHOUSE_WORDS);
  const ahead = useAhead(shipment.id, at);
  const step = stepOf(shipment.state);
  const { act, isBusy } = useDeskAct(shipment, step ?? 'inbound');
  const shipmentId = shipment.id;
  if (step === undefined || step === 'trouble')
    return (
      ahead === undefined && (
        <Notice tone="idle">{t(step === undefined ? 'desk.gone' : 'desk.trouble')}</Notice>
      )
    );
  // Hidden, not gone: after a refusal everything that was told is still there.
  return (
    <div hidden={ahead !== undefined}>
      {step === 'inbound' && (
        <>
          <WeighForm
            shipment={shipment}
            isBusy={isBusy}
            onWeighed={(parcels) => void act({ kind: 'inbound', shipmentId, parcels })}
          />
          <TurnAway
            title={t('reject.title')}
            action={t('reject.record')}
            choices={REJECTIONS.map((value) => ({ value, label: t(`reject.${value}`) }))}
            isBusy={isBusy}
            onReason={(reason, photo) => void act({ kind: 'reject', shipmentId, reason, photo })}
          />
        </>
      )}
      {step === 'outbound' && (
        <>
          <Forward
            label={t('desk.outbound')}
            isBusy={isBusy}
            onGo={() => void act({ kind: 'outbound', shipmentId })}
          />
          <TurnAway
            title={t('fail.title')}
            action={t('fail.record')}
            choices={FAILURES.map((value) => ({ value, label: t(`fail.${value}`) }))}
            isBusy={isBusy}
            onReason={(reason, photo) => void act({ kind: 'fail_outbound', shipmentId, reason, photo })}
          />
        </>
      )}
      {step === 'dispatch' && (
        <Forward
          label={t('desk.dispatch')}
          isBusy={isBusy}
          onGo={() => void act({ kind: 'dispatch', shipmentId })}
        />
      )}
    </div>
  );
}

function Forward({
  label,
  isBusy,
  onGo,
}: {
  readonly label: string;
  readonly isBusy: boolean;
  readonly onGo: () => void;
}) {
  return (
    <div className="mb-4">
      <Button size="large" look="primary" wide busy={isBusy} onClick={onGo}>
        {label}
      </Button>
    </div>
  );
}
