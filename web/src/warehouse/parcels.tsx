import { useState } from 'react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { type KeptAnswer, useKept } from '../field/kept.ts';
import { KeptNotice } from '../field/notices.tsx';
import { isAhead, record, useQueue } from '../field/queue.ts';
import { ScanBox } from '../field/scan-box.tsx';
import { numberIn } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { toast } from '../kit/toast.tsx';
import { Weight } from '../kit/values.tsx';
import { findShipment } from './find.ts';
import { ShownParcel } from './shown-parcel.tsx';
import { STEP_NAMES, STEPS, type Step } from './steps.ts';
import { type Stop, StopNotice, stopOfNumber, useStops, warnOfStop } from './stops.tsx';
import type { Shipment, WarehouseTask } from './tasks.ts';
import { WAREHOUSE_WORDS } from './words.ts';

/** A page of each state: the newest; older ones are found by their number. */
const SHOWN = 100;
/** A scan alone says enough: weight and reasons are not asked for. */
const BY_SCAN: ReadonlySet<Step> = new Set(['outbound', 'dispatch']);

/** Parcels by what is next with them. */
export function Parcels() {
  const t = useWords(WAREHOUSE_WORDS);
  const [word, setWord] = useAddressWord('step');
  const step = STEP_NAMES.find((name) => name === word) ?? 'inbound';
  return (
    <Page title={t('parcels.title')} lead={t(`parcels.lead.${step}`)}>
      <Tabs
        label={t('parcels.title')}
        value={step}
        onValue={setWord}
        tabs={STEP_NAMES.map((name) => ({
          id: name,
          label: t(`step.${name}`),
          content: <StepList key={name} step={name} />,
        }))}
      />
    </Page>
  );
}

export function useShipments(step: Step) {
  return useKept<readonly Shipment[]>(
    ['shipments', step],
    async (signal) => {
      const pages = await Promise.all(
        STEPS[step].map((state) =>
          api.get('/v1/shipments', { params: { query: { state, limit: SHOWN } }, signal }),
        ),
      );
      return pages.flatMap((page) => page.data);
    },
    { everyMs: 60_000 },
  );
}

function StepList({ step }: { readonly step: Step }) {
  const shipments = useShipments(step);
  return (
    <Read of={shipments} rows={6}>
      {(answer) => <List step={step} answer={answer} />}
    </Read>
  );
}

function List({ step, answer }: { readonly step: Step; readonly answer: KeptAnswer<readonly Shipment[]> }) {
  const t = useWords(WAREHOUSE_WORDS);
  const f = useWords(FIELD_WORDS);
  const [unknown, setUnknown] = useState<string>();
  const [stopped, setStopped] = useState<{ readonly stop: Stop; readonly number: string }>();
  const stops = useStops();
  const { records } = useQueue();
  const recorded = new Set(records.filter((one) => isAhead(one, answer.at)).map((one) => one.about));
  const open = answer.value.filter((one) => !recorded.has(one.id));
  const onCode = async (code: string) => {
    const numberOf = (one: Shipment) =>
      numberIn(
        code,
        one.parcels.map((parcel) => parcel.number),
      );
    const found = open.find((one) => numberOf(one) !== undefined);
    setUnknown(undefined);
    setStopped(undefined);
    const number = (found && numberOf(found)) ?? code;
    const stop = stopOfNumber(stops, number);
    if (stop !== undefined && BY_SCAN.has(step)) {
      warnOfStop();
      setStopped({ stop, number });
    } else if (found === undefined) {
      const id = await findShipment(code).catch(() => undefined);
      if (id === undefined) setUnknown(code);
      else navigate(`/warehouse/parcels/${id}`);
    } else if (BY_SCAN.has(step)) {
      const task = { kind: step, shipmentId: found.id } as WarehouseTask;
      const kept = await record({ about: found.id, label: numberOf(found) ?? '', task });
      if (kept.state === 'refused') toast('bad', kept.detail ?? '');
      else toast(kept.state === 'sent' ? 'ok' : 'warn', t('parcels.scanned', { number: kept.label }));
    } else navigate(`/warehouse/parcels/${found.id}`);
  };
  return (
    <>
      <KeptNotice of={answer} />
      <ScanBox onCode={(code) => void onCode(code)} keepsCamera={BY_SCAN.has(step)} />
      {stopped !== undefined && <StopNotice of={stopped.stop} number={stopped.number} />}
      {unknown !== undefined && (
        <div className="mb-4">
          <Notice tone="bad">{f('scan.unknown', { code: unknown })}</Notice>
        </div>
      )}
      {open.length === 0 ? (
        <Empty title={t('parcels.none')} hint={t('parcels.none_hint')} />
      ) : (
        <>
          <p className="mb-2 font-medium">{t('parcels.count', { count: open.length })}</p>
          <ul className="grid gap-2">
            {open.map((one) => (
              <li key={one.id}>
                <Line
                  shipment={one}
                  at={answer.at}
                  isStopped={stops.some((stop) => stop.shipment_id === one.id)}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Line({
  shipment,
  at,
  isStopped,
}: {
  readonly shipment: Shipment;
  readonly at: string;
  readonly isStopped: boolean;
}) {
  const t = useWords(WAREHOUSE_WORDS);
  const weight = shipment.parcels.reduce(
    (sum, one) => sum + (one.measured?.weight_grams ?? one.weight_grams),
    0,
  );
  return (
    <Link
      href={`/warehouse/parcels/${shipment.id}`}
      className="grid min-h-16 gap-1 rounded-lg border border-line bg-card px-3 py-2.5 text-ink no-underline hover:border-edge"
    >
      <span className="flex flex-wrap items-center justify-between gap-x-2">
        <span className="number text-lg font-medium">{shipment.parcels[0]?.number}</span>
        {isStopped ? (
          <Status tone="bad">{t('stop.title')}</Status>
        ) : (
          <ShownParcel shipment={shipment} at={at} />
        )}
      </span>
      <span className="flex flex-wrap gap-x-3 text-soft">
        <span className="wrap-anywhere">{shipment.order_ref}</span>
        <span>{[shipment.to.city, shipment.to.country].filter(Boolean).join(', ')}</span>
        <Weight grams={weight} />
      </span>
    </Link>
  );
}
