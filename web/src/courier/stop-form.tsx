import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { PhotoField } from '../field/photo.tsx';
import { record } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import {
  type Answers,
  ATTEMPT_REASONS,
  EMPTY,
  missingIn,
  reportOf,
  SIGN_KINDS,
  UNATTENDED,
} from './report.ts';
import { SignaturePad } from './signature.tsx';
import type { CourierTask, Stop } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

type Change = (more: Partial<Answers>) => void;

/** What happened at the door, in the order in which it happens there. */
export function StopForm({ stop }: { readonly stop: Stop }) {
  const t = useWords(COURIER_WORDS);
  const f = useWords(FIELD_WORDS);
  const [answers, setAnswers] = useState<Answers>(EMPTY);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const change: Change = (more) => setAnswers((before) => ({ ...before, ...more }));
  const missing = missingIn(answers, stop);
  const submit = async () => {
    setTried(true);
    if (missing !== undefined) return;
    setBusy(true);
    const { id, number } = stop.delivery;
    const task = {
      kind: 'report',
      deliveryId: id,
      report: reportOf(answers, stop),
      photo: answers.photo,
    } as const;
    const kept = await record<CourierTask>({ about: id, label: number, task }).finally(() => setBusy(false));
    if (kept.state === 'refused') return;
    toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
    navigate('/courier');
  };
  return (
    <Card title={t('stop.what')}>
      <div className="grid gap-5">
        <BigChoices
          legend={t('stop.what')}
          hideLegend
          value={answers.outcome}
          onChoice={(outcome) => change({ outcome })}
          choices={(['delivered', 'attempted', 'refused'] as const).map((value) => ({
            value,
            label: t(`outcome.${value}`),
          }))}
        />
        {answers.outcome === 'attempted' && (
          <BigChoices
            legend={t('stop.why')}
            value={answers.reason}
            onChoice={(reason) => change({ reason })}
            choices={ATTEMPT_REASONS.map((value) => ({ value, label: t(`attempt.${value}`) }))}
          />
        )}
        {answers.outcome === 'delivered' && <Handed stop={stop} answers={answers} change={change} />}
        {answers.outcome !== undefined && <Position answers={answers} change={change} />}
        {isTried && missing !== undefined && <Notice tone="bad">{t(`missing.${missing}`)}</Notice>}
        <Button
          size="large"
          look="primary"
          wide
          busy={isBusy}
          disabled={answers.outcome === undefined}
          onClick={() => void submit()}
        >
          {t('stop.record')}
        </Button>
      </div>
    </Card>
  );
}

type PartProps = { readonly stop: Stop; readonly answers: Answers; readonly change: Change };

function Handed({ stop, answers, change }: PartProps) {
  const t = useWords(COURIER_WORDS);
  const allowed = SIGN_KINDS.filter((kind) => !UNATTENDED.has(kind) || stop.safe_places.includes(kind));
  const isAlone = answers.signKind !== undefined && UNATTENDED.has(answers.signKind);
  return (
    <>
      <BigChoices
        legend={t('stop.to_whom')}
        value={answers.signKind}
        onChoice={(signKind) => change({ signKind })}
        choices={allowed.map((value) => ({ value, label: t(`sign.${value}`) }))}
      />
      {stop.cash_due && <Cash stop={stop} answers={answers} change={change} />}
      <p className="font-medium">{isAlone ? t('proof.photo_needed') : t('proof.one_of')}</p>
      <PhotoField label={t('proof.photo')} photo={answers.photo} onPhoto={(photo) => change({ photo })} />
      {!isAlone && (
        <>
          <SignaturePad path={answers.signature} onPath={(signature) => change({ signature })} />
          <Field label={stop.pin_required ? t('proof.pin_required') : t('proof.pin')}>
            <Input
              inputMode="numeric"
              maxLength={4}
              value={answers.pin}
              onText={(pin) => change({ pin: pin.replace(/\D/g, '') })}
              mono
            />
          </Field>
        </>
      )}
    </>
  );
}

function Cash({ stop, answers, change }: PartProps) {
  const t = useWords(COURIER_WORDS);
  const { money } = useFormats();
  if (stop.cash_due === undefined) return null;
  return (
    <label className="flex min-h-14 cursor-pointer items-center gap-3 rounded-md border-2 border-warn bg-warn-soft px-3 text-lg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="checkbox"
        className="size-6 shrink-0 accent-accent"
        checked={answers.hasCash}
        onChange={(event) => change({ hasCash: event.target.checked })}
      />
      {t('stop.cash_taken', { amount: money(stop.cash_due) })}
    </label>
  );
}

const POSITION_MS = 8_000;

/** Where it was, only when the courier wants it: it stands up for him later. */
function Position({ answers, change }: Omit<PartProps, 'stop'>) {
  const t = useWords(COURIER_WORDS);
  const [isBusy, setBusy] = useState(false);
  if (!isSecureContext || !('geolocation' in navigator)) return null;
  const find = () => {
    setBusy(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { latitude, longitude, accuracy } = coords;
        change({ place: { latitude, longitude, accuracy_meters: Math.min(100_000, Math.round(accuracy)) } });
        setBusy(false);
      },
      () => {
        toast('warn', t('position.none'));
        setBusy(false);
      },
      { timeout: POSITION_MS, enableHighAccuracy: true, maximumAge: 60_000 },
    );
  };
  return (
    <Button size="large" wide busy={isBusy} onClick={find}>
      {answers.place === undefined
        ? t('position.add')
        : t('position.added', { meters: answers.place.accuracy_meters })}
    </Button>
  );
}
