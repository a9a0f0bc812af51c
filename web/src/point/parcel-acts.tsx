import { type ReactNode, useState } from 'react';
import { BigChoices } from '../field/big-choices.tsx';
import { record } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { placeIn } from './codes.ts';
import { useLease } from './device.ts';
import { useHere } from './here.tsx';
import { unlocked } from './lease.ts';
import type { Lying } from './shelf.ts';
import type { PointTask, Problem, Resolution, SetAsideReason } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

const PROBLEMS = everyWord<Problem>({
  damaged: true,
  misdelivered: true,
  unclaimed: true,
  rejected: true,
  oversized: true,
});
/** Those that a counter gives; a recall and a withdrawn consent come from elsewhere. */
const REASONS = [
  'overdue',
  'refused_by_recipient',
  'damaged',
  'point_closes',
  'other',
] as const satisfies readonly SetAsideReason[];
const RESOLUTIONS = everyWord<Resolution>({ restock: true, return: true, void: true });

/** Writes something down about a parcel; says what became of it. */
export function useParcelRecord(parcel: Lying) {
  const f = useWords(FIELD_WORDS);
  const [isBusy, setBusy] = useState(false);
  const write = async (task: PointTask) => {
    setBusy(true);
    const kept = await record({ about: parcel.id, label: parcel.number, task }).finally(() => setBusy(false));
    if (kept.state !== 'refused')
      toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
  };
  return { write, isBusy };
}

/** What can be done with a parcel besides handing it out; by its state. */
export function ParcelActs({ parcel }: { readonly parcel: Lying }) {
  const { state } = parcel;
  const isHeld = state === 'stored' || state === 'exception' || state === 'returning';
  return (
    <>
      {parcel.wrong_tries > 0 && state === 'stored' && <Unlock parcel={parcel} />}
      {state === 'exception' && <Resolve parcel={parcel} />}
      {state === 'returning' && <SendBack parcel={parcel} />}
      {isHeld && <Move parcel={parcel} />}
      {state === 'stored' && <Longer parcel={parcel} />}
      {state === 'stored' && <Report parcel={parcel} />}
      {(state === 'stored' || state === 'exception') && <SetAside parcel={parcel} />}
      {(state === 'stored' || state === 'handed_out') && !parcel.isAhead && <Undo parcel={parcel} />}
    </>
  );
}

/** Closed until somebody wants it: a screen of a phone has room for one thing. */
function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="mb-3 rounded-lg border border-line bg-card px-4">
      <summary className="min-h-12 cursor-pointer py-3 text-lg font-medium">{title}</summary>
      <div className="grid gap-3 pb-4">{children}</div>
    </details>
  );
}

function Move({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const { write, isBusy } = useParcelRecord(parcel);
  const [typed, setTyped] = useState('');
  const place = placeIn(point.kind, typed);
  return (
    <Fold title={t('move.title')}>
      <Field
        label={t(point.kind === 'locker' ? 'place.compartment' : 'place.label')}
        hint={t(point.kind === 'locker' ? 'place.compartment_hint' : 'place.hint')}
        error={typed !== '' && place === undefined ? t('place.wrong') : undefined}
      >
        <Input value={typed} onText={setTyped} mono autoCapitalize="characters" />
      </Field>
      <Button
        look="primary"
        size="large"
        wide
        busy={isBusy}
        disabled={place === undefined}
        onClick={() => place !== undefined && void write({ kind: 'move', parcelId: parcel.id, place })}
      >
        {t('move.go')}
      </Button>
    </Fold>
  );
}

function Longer({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const params = { path: { shelf_parcel_id: parcel.id } };
  const touches = [['kept']];
  const done = () => toast('ok', t('longer.done'));
  const remind = useAct<undefined, unknown>(
    () => api.post('/v1/shelf-parcels/{shelf_parcel_id}/notices', { params, body: { kind: 'resend' } }),
    { touches, done },
  );
  const extend = useAct<undefined, unknown>(
    () => api.post('/v1/shelf-parcels/{shelf_parcel_id}/extension', { params, body: {} }),
    { touches, done },
  );
  const error = remind.error ?? extend.error;
  return (
    <Fold title={t('longer.title')}>
      <Button size="large" wide busy={remind.isPending} onClick={() => remind.mutate(undefined)}>
        {t('longer.remind', { count: parcel.notices })}
      </Button>
      {!parcel.is_extended && (
        <Button size="large" wide busy={extend.isPending} onClick={() => extend.mutate(undefined)}>
          {t('longer.extend')}
        </Button>
      )}
      {error && <Failure error={error} />}
    </Fold>
  );
}

/** A choice, then one button. */
function Chosen<Value extends string>({
  parcel,
  title,
  values,
  labelOf,
  taskOf,
  go,
}: {
  readonly parcel: Lying;
  readonly title: string;
  readonly values: readonly Value[];
  readonly labelOf: (value: Value) => string;
  readonly taskOf: (value: Value) => PointTask;
  readonly go: string;
}) {
  const { write, isBusy } = useParcelRecord(parcel);
  const [value, setValue] = useState<Value>();
  return (
    <Fold title={title}>
      <BigChoices
        legend={title}
        hideLegend
        value={value}
        onChoice={setValue}
        choices={values.map((one) => ({ value: one, label: labelOf(one) }))}
      />
      <Button
        look="primary"
        size="large"
        wide
        busy={isBusy}
        disabled={value === undefined}
        onClick={() => value !== undefined && void write(taskOf(value))}
      >
        {go}
      </Button>
    </Fold>
  );
}

function Report({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  return (
    <Chosen
      parcel={parcel}
      title={t('report.title')}
      go={t('report.go')}
      values={PROBLEMS}
      labelOf={(one) => t(`problem.${one}`)}
      taskOf={(problem) => ({ kind: 'report', parcelId: parcel.id, problem })}
    />
  );
}

function Resolve({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  return (
    <Chosen
      parcel={parcel}
      title={t('resolve.title')}
      go={t('resolve.go')}
      values={RESOLUTIONS}
      labelOf={(one) => t(`resolution.${one}`)}
      taskOf={(resolution) => ({ kind: 'resolve', parcelId: parcel.id, resolution })}
    />
  );
}

function SetAside({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  return (
    <Chosen
      parcel={parcel}
      title={t('set_aside.title')}
      go={t('set_aside.go')}
      values={REASONS}
      labelOf={(one) => t(`reason.${one}`)}
      taskOf={(reason) => ({ kind: 'set_aside', parcelId: parcel.id, reason })}
    />
  );
}

export function SendBack({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const { write, isBusy } = useParcelRecord(parcel);
  return (
    <Card>
      <p className="mb-3">{t('send_back.hint')}</p>
      <Button
        look="primary"
        size="large"
        wide
        busy={isBusy}
        onClick={() => void write({ kind: 'send_back', parcelId: parcel.id })}
      >
        {t('send_back.go')}
      </Button>
    </Card>
  );
}

function Unlock({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  const { lease, keep } = useLease();
  const unlock = useAct<undefined, unknown>(
    async () => {
      const params = { path: { shelf_parcel_id: parcel.id } };
      await api.post('/v1/shelf-parcels/{shelf_parcel_id}/unlock', { params, body: {} });
      if (lease !== undefined) await keep(unlocked(lease, parcel.id));
    },
    { touches: [['kept']] },
  );
  return (
    <Card>
      <p className="mb-3">{t('unlock.hint', { count: parcel.wrong_tries })}</p>
      {may('unlockShelfParcel') && (
        <Button size="large" wide busy={unlock.isPending} onClick={() => unlock.mutate(undefined)}>
          {t('parcel.unlock')}
        </Button>
      )}
      {unlock.error && <Failure error={unlock.error} />}
    </Card>
  );
}

function Undo({ parcel }: { readonly parcel: Lying }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const place = placeIn(point.kind, typed);
  const undo = useAct<undefined, unknown>(
    () =>
      api.post('/v1/shelf-parcels/{shelf_parcel_id}/undo', {
        params: { path: { shelf_parcel_id: parcel.id } },
        body: { reason: reason.trim(), ...(place === undefined ? {} : { place }) },
      }),
    { touches: [['kept']], done: () => toast('ok', t('undo.done')) },
  );
  return (
    <Fold title={t(parcel.state === 'stored' ? 'undo.stored' : 'undo.handed_out')}>
      <Field label={t('undo.reason')} hint={t('undo.hint')}>
        <Input value={reason} onText={setReason} />
      </Field>
      {parcel.state === 'handed_out' && (
        <Field
          label={t(point.kind === 'locker' ? 'place.compartment' : 'place.label')}
          hint={t('undo.place_hint')}
          error={typed !== '' && place === undefined ? t('place.wrong') : undefined}
        >
          <Input value={typed} onText={setTyped} mono autoCapitalize="characters" />
        </Field>
      )}
      <Button
        look="danger"
        size="large"
        wide
        busy={undo.isPending}
        disabled={reason.trim() === '' || (typed !== '' && place === undefined)}
        onClick={() => undo.mutate(undefined)}
      >
        {t('undo.go')}
      </Button>
      {undo.error && <Failure error={undo.error} />}
    </Fold>
  );
}
