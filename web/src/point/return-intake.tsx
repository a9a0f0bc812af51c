import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { record } from '../field/queue.ts';
import { gramsOf } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useAddressWord } from '../ground/address.ts';
import { everyWord } from '../ground/contract-words.ts';
import { minorOf } from '../ground/minor.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { CURRENCIES } from '../office/currencies.ts';
import { useHere } from './here.tsx';
import { type Answers, intakeOf, type Looked } from './intake.ts';
import { OpenRecord } from './parts.tsx';
import { Photos } from './photos.tsx';
import { useUnread } from './reads.ts';
import { ItemFields } from './return-item.tsx';
import { BackToReturns } from './returns.tsx';
import {
  type CounterReturn,
  DOCUMENTS,
  type Point,
  type PointTask,
  type TurnAwayReason,
  type UnreadReturn,
} from './tasks.ts';
import { UnreadPictures } from './unread-pictures.tsx';
import { useVisits } from './visits.ts';
import { POINT_WORDS } from './words.ts';

const REASONS = everyWord<TurnAwayReason>({
  prohibited: true,
  not_the_goods: true,
  too_large: true,
  too_heavy: true,
  not_packable: true,
  no_identity: true,
  freight_not_paid: true,
  counter_full: true,
  other: true,
});

/** The goods of one buyer: looked at, weighed, paid for and taken in; or turned away with a reason. */
export function ReturnIntake({ id }: { readonly id: string }) {
  const t = useWords(POINT_WORDS);
  const { visits, isPending, close } = useVisits();
  const { point } = useHere();
  const visit = visits.find((one) => one.opened?.return_id === id);
  const [unreadId] = useAddressWord('unread');
  const unread = useUnread();
  if (isPending || (unreadId !== '' && unread.isPending)) return null;
  if (visit?.opened === undefined)
    return (
      <Page title={t('intake.title')}>
        <BackToReturns />
        <Empty title={t('intake.closed')} hint={t('intake.closed_hint')} />
      </Page>
    );
  const done = () => close(visit.code);
  return (
    <Page title={visit.opened.order_reference} lead={t('intake.lead')}>
      <BackToReturns />
      <OpenRecord about={id} />
      <IntakeForm
        of={visit.opened}
        code={visit.code}
        point={point}
        onDone={done}
        taken={unread.data?.value.find((one) => one.id === unreadId)}
      />
      <TurnAway of={visit.opened} code={visit.code} point={point} onDone={done} />
    </Page>
  );
}

type FormProps = {
  readonly of: CounterReturn;
  readonly code: string;
  readonly point: Point;
  readonly onDone: () => Promise<void>;
};

/** Writes the outcome down; the buyer is through when the server has it or the device keeps it. */
function useOutcome({ of, onDone }: FormProps) {
  const f = useWords(FIELD_WORDS);
  const [isBusy, setBusy] = useState(false);
  const write = async (task: PointTask) => {
    setBusy(true);
    const draft = { about: of.return_id, label: of.order_reference, task };
    const kept = await record(draft).finally(() => setBusy(false));
    if (kept.state === 'refused') return;
    toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
    await onDone();
    navigate('/point/returns');
  };
  return { write, isBusy };
}

/** `taken`: without a network, before the code could be read: what was seen then stands there already. */
function IntakeForm(props: FormProps & { readonly taken: UnreadReturn | undefined }) {
  const { of, code, point, taken } = props;
  const t = useWords(POINT_WORDS);
  const { write, isBusy } = useOutcome(props);
  const [items, setItems] = useState<Answers>(new Map());
  const [photos, setPhotos] = useState<readonly Blob[]>([]);
  const [weight, setWeight] = useState(taken === undefined ? '' : `${taken.weight_grams} g`);
  const [document, setDocument] = useState(DOCUMENTS.find((one) => one === taken?.document_kind));
  const [freight, setFreight] = useState('');
  const [currency, setCurrency] = useState<string>(currencyOf(point));
  const [number, setNumber] = useState('');
  const [carrier, setCarrier] = useState('');
  const intake = intakeOf(of, {
    items,
    weightGrams: gramsOf(weight),
    document,
    freight: freight.trim() === '' ? undefined : { amount_minor: minorOf(freight, currency), currency },
    parcel: { number: number.trim().toUpperCase(), carrierCode: carrier.trim() },
  });
  const set = (line: number, looked: Looked) => setItems((before) => new Map(before).set(line, looked));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (intake === undefined) return;
        void write({
          ...{ kind: 'take_return', returnId: of.return_id, pointId: point.id, code },
          intake: taken === undefined ? intake : { ...intake, unread_return_id: taken.id },
          ...{ photos, pictureIds: [] },
        });
      }}
    >
      {of.items.map((item) => (
        <ItemFields
          key={item.line}
          item={item}
          checklist={of.checklist}
          looked={items.get(item.line)}
          onLooked={(looked) => set(item.line, looked)}
        />
      ))}
      <Card title={t('intake.parcel')}>
        <div className="grid gap-4">
          {taken !== undefined && (
            <>
              <Notice tone="idle">{t('unread.seen', { count: taken.picture_ids.length })}</Notice>
              <UnreadPictures of={taken} />
            </>
          )}
          <Photos photos={photos} onPhotos={setPhotos} />
          <Field
            label={t('intake.weight')}
            hint={t('intake.weight_hint')}
            error={weight !== '' && gramsOf(weight) === undefined ? t('intake.weight_wrong') : undefined}
          >
            <Input value={weight} onText={setWeight} inputMode="decimal" mono />
          </Field>
          {of.needs_identity && (
            <BigChoices
              legend={t('intake.identity')}
              value={document}
              onChoice={setDocument}
              choices={DOCUMENTS.map((value) => ({ value, label: t(`document.${value}`) }))}
            />
          )}
          <Notice tone="idle">{t(`payment.${of.payment}`)}</Notice>
          <div className="grid grid-cols-[1fr_7rem] gap-2">
            <Field label={t('intake.freight')}>
              <Input value={freight} onText={setFreight} inputMode="decimal" mono />
            </Field>
            <Field label={t('intake.currency')}>
              <Select
                value={currency}
                onChoice={setCurrency}
                choices={[...new Set<string>([currency, ...CURRENCIES])].map((value) => ({
                  value,
                  label: value,
                }))}
              />
            </Field>
          </div>
          {of.carrier_code === undefined && (
            <>
              <Field label={t('intake.number')} hint={t('intake.number_hint')}>
                <Input value={number} onText={setNumber} mono autoCapitalize="characters" />
              </Field>
              <Field label={t('intake.carrier')} hint={t('intake.carrier_hint')}>
                <Input value={carrier} onText={setCarrier} mono />
              </Field>
            </>
          )}
          <Button
            type="submit"
            look="primary"
            size="large"
            wide
            busy={isBusy}
            disabled={intake === undefined}
          >
            {t('intake.go')}
          </Button>
        </div>
      </Card>
    </form>
  );
}

/** What the trade at this counter is paid in. */
function currencyOf(point: Point): string {
  const of: Readonly<Record<string, string>> = { CN: 'CNY', BR: 'BRL', US: 'USD', GB: 'GBP' };
  return point.fee_per_parcel?.currency ?? of[point.country] ?? 'EUR';
}

function TurnAway(props: FormProps) {
  const { of, code, point } = props;
  const t = useWords(POINT_WORDS);
  const { write, isBusy } = useOutcome(props);
  const [reason, setReason] = useState<TurnAwayReason>();
  return (
    <details className="mb-3 rounded-lg border border-line bg-card px-4">
      <summary className="min-h-12 cursor-pointer py-3 text-lg font-medium">{t('turn_away.title')}</summary>
      <div className="grid gap-3 pb-4">
        <BigChoices
          legend={t('turn_away.why')}
          value={reason}
          onChoice={setReason}
          choices={REASONS.map((value) => ({ value, label: t(`turn_away.${value}`) }))}
        />
        <Button
          look="danger"
          size="large"
          wide
          busy={isBusy}
          disabled={reason === undefined}
          onClick={() =>
            reason !== undefined &&
            void write({ kind: 'turn_away', returnId: of.return_id, pointId: point.id, code, reason })
          }
        >
          {t('turn_away.go')}
        </Button>
      </div>
    </details>
  );
}
