import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { DutyFields } from '../field/duties.tsx';
import { MAIL_WORDS } from '../field/mail-words.ts';
import { NOTHING_SEEN, paidOf, seenOf } from '../field/mailing-intake.ts';
import { NOTHING_PAID, PriceFields } from '../field/mailing-price.tsx';
import { record } from '../field/queue.ts';
import { gramsOf } from '../field/scanned.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts } from '../kit/values.tsx';
import { CONTENTS } from '../parties/sendable.ts';
import { PARTY_WORDS } from '../parties/words.ts';
import { useHere } from './here.tsx';
import { BackToMailings } from './mailings.tsx';
import { OpenRecord } from './parts.tsx';
import type { CounterMailing, MailingIntake, MailingRefusal, PointTask } from './tasks.ts';
import { useMailingVisits } from './visits.ts';
import { POINT_WORDS } from './words.ts';

const REASONS = everyWord<MailingRefusal>({
  prohibited: true,
  no_identity: true,
  inspection_refused: true,
  not_the_goods: true,
  too_large: true,
  too_heavy: true,
  not_packable: true,
  freight_not_paid: true,
  counter_full: true,
  other: true,
});

/** The parcel of one sender: seen, looked into, weighed, paid for and taken in; or turned away with a reason. */
export function MailingIntakeScreen({ id }: { readonly id: string }) {
  const m = useWords(MAIL_WORDS);
  const { visits, isPending, close } = useMailingVisits();
  const visit = visits.find((one) => one.opened?.mailing_id === id);
  if (isPending) return null;
  if (visit?.opened === undefined)
    return (
      <Page title={m('mailing.one')}>
        <BackToMailings />
        <Empty title={m('mailing.closed')} hint={m('mailing.closed_hint')} />
      </Page>
    );
  const props = { of: visit.opened, code: visit.code, onDone: () => close(visit.code) };
  return (
    <Page title={visit.opened.goods.description} lead={m('mailing.intake_lead')}>
      <BackToMailings />
      <OpenRecord about={id} />
      <IntakeForm {...props} />
      <TurnAway {...props} />
    </Page>
  );
}

type FormProps = {
  readonly of: CounterMailing;
  readonly code: string;
  readonly onDone: () => Promise<void>;
};

/** Writes the outcome down; the sender is through when the server has it or the device keeps it. */
function useOutcome({ of, onDone }: FormProps) {
  const f = useWords(FIELD_WORDS);
  const [isBusy, setBusy] = useState(false);
  const write = async (task: PointTask) => {
    setBusy(true);
    const draft = { about: of.mailing_id, label: of.goods.description, task };
    const kept = await record(draft).finally(() => setBusy(false));
    if (kept.state === 'refused') return;
    toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
    await onDone();
    navigate('/point/mailings');
  };
  return { write, isBusy };
}

function IntakeForm(props: FormProps) {
  const { of, code } = props;
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { point } = useHere();
  const { write, isBusy } = useOutcome(props);
  const [weight, setWeight] = useState('');
  const [contents, setContents] = useState(of.goods.goods_class);
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const [paying, setPaying] = useState(NOTHING_PAID);
  const grams = gramsOf(weight);
  const found = grams === undefined ? undefined : foundOf(of, contents, grams);
  const ask = useAct(
    (body: Found) =>
      api.post('/v1/mailings/{mailing_id}/counter-price', {
        params: { path: { mailing_id: of.mailing_id } },
        body,
      }),
    { done: () => setPaying(NOTHING_PAID) },
  );
  // A price is that of what lies on the scale: another weight is asked for again.
  const isOf = found !== undefined && JSON.stringify(found) === JSON.stringify(ask.variables);
  const price = isOf ? ask.data : undefined;
  const looked = seenOf(of.duties, seen);
  const paid = price && paidOf(price, paying);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (found === undefined || looked === undefined || paid === undefined) return;
        const intake = { ...found, ...looked, ...paid };
        const about = { mailingId: of.mailing_id, pointId: point.id, code };
        void write({ kind: 'take_mailing', ...about, intake });
      }}
    >
      <Ordered of={of} />
      <Card title={m('mailing.look')}>
        <div className="grid gap-4">
          <DutyFields of={of.duties} seen={seen} onSeen={setSeen} />
        </div>
      </Card>
      <Card title={t('intake.parcel')}>
        <div className="grid gap-4">
          <Field
            label={t('intake.weight')}
            hint={t('intake.weight_hint')}
            error={weight !== '' && grams === undefined ? t('intake.weight_wrong') : undefined}
          >
            <Input value={weight} onText={setWeight} inputMode="decimal" mono />
          </Field>
          <Field label={m('mailing.contents')}>
            <Select
              value={contents}
              onChoice={(value) => setContents(value as typeof contents)}
              choices={[...new Set<string>([of.goods.goods_class, ...CONTENTS])].map((value) => ({
                value,
                label: contentsOf(value, p),
              }))}
            />
          </Field>
          {price === undefined ? (
            <Button
              size="large"
              wide
              busy={ask.isPending}
              disabled={found === undefined}
              onClick={() => found !== undefined && ask.mutate(found)}
            >
              {m('mailing.price')}
            </Button>
          ) : (
            <PriceFields of={price} charges={price.charges} paying={paying} onPaying={setPaying} />
          )}
          {ask.error && <Failure error={ask.error} />}
          <Button
            type="submit"
            look="primary"
            size="large"
            wide
            busy={isBusy}
            disabled={looked === undefined || paid === undefined}
          >
            {t('intake.go')}
          </Button>
        </div>
      </Card>
    </form>
  );
}

type Found = ReturnType<typeof foundOf>;
const foundOf = (of: CounterMailing, contents: string, weight_grams: number) => ({
  goods_class: contents as MailingIntake['goods_class'],
  measured: { weight_grams, ...(of.declared.size === undefined ? {} : { size: of.declared.size }) },
});

/** A class as people say it; one that a line of its own knows as it is written. */
export function contentsOf(value: string, p: (key: `goods.${(typeof CONTENTS)[number]}`) => string): string {
  const known = CONTENTS.find((one) => one === value);
  return known === undefined ? value.replaceAll('_', ' ') : p(`goods.${known}`);
}

/** What was ordered, so that it can be compared with what lies there. */
function Ordered({ of }: { readonly of: CounterMailing }) {
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { money, weight, country } = useFormats();
  return (
    <Card title={m('mailing.ordered')}>
      <Facts
        of={[
          [m('mailing.contents'), contentsOf(of.goods.goods_class, p)],
          [m('mailing.pieces'), String(of.goods.quantity)],
          [t('intake.weight'), weight(of.declared.weight_grams)],
          [m('mailing.to'), [of.to.city, country(of.to.country)].filter(Boolean).join(', ')],
          [m('mailing.agreed'), money(of.ceiling)],
          [m('mailing.payer'), m(`mailing.payer.${of.payment}`)],
        ]}
      />
    </Card>
  );
}

function TurnAway(props: FormProps) {
  const { of, code } = props;
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const { point } = useHere();
  const { write, isBusy } = useOutcome(props);
  const [reason, setReason] = useState<MailingRefusal>();
  const about = { mailingId: of.mailing_id, pointId: point.id, code };
  return (
    <details className="mb-3 rounded-lg border border-line bg-card px-4">
      <summary className="min-h-12 cursor-pointer py-3 text-lg font-medium">{m('mailing.turn_away')}</summary>
      <div className="grid gap-3 pb-4">
        <BigChoices
          legend={t('turn_away.why')}
          value={reason}
          onChoice={setReason}
          choices={REASONS.map((value) => ({
            value,
            label: value === 'not_the_goods' ? m('mailing.not_the_goods') : t(`turn_away.${value}`),
          }))}
        />
        <Button
          look="danger"
          size="large"
          wide
          busy={isBusy}
          disabled={reason === undefined}
          onClick={() => reason !== undefined && void write({ kind: 'turn_mailing_away', ...about, reason })}
        >
          {t('turn_away.go')}
        </Button>
      </div>
    </details>
  );
}
