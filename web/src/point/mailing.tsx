import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BigChoices } from '../field/big-choices.tsx';
import { MAIL_WORDS } from '../field/mail-words.ts';
import type { CounterMailing, MailingRefusal } from '../field/mailing-intake.ts';
import { contentsOf, MailingScale, useMailingScale } from '../field/mailing-scale.tsx';
import { record } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts } from '../kit/values.tsx';
import { PARTY_WORDS } from '../parties/words.ts';
import { useHere } from './here.tsx';
import { BackToMailings } from './mailings.tsx';
import { OpenRecord } from './parts.tsx';
import type { PointTask } from './tasks.ts';
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
  const { point } = useHere();
  const { write, isBusy } = useOutcome(props);
  const on = useMailingScale(of);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (on.intake === undefined) return;
        const about = { mailingId: of.mailing_id, pointId: point.id, code };
        void write({ kind: 'take_mailing', ...about, intake: on.intake });
      }}
    >
      <Ordered of={of} />
      <MailingScale of={of} on={on}>
        <Button
          type="submit"
          look="primary"
          size="large"
          wide
          busy={isBusy}
          disabled={on.intake === undefined}
        >
          {t('intake.go')}
        </Button>
      </MailingScale>
    </form>
  );
}

/** What was ordered, so that it can be compared with what lies there. */
function Ordered({ of }: { readonly of: CounterMailing }) {
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { money, weight, country } = useFormats();
  return (
    <Card title={m('mailing.ordered')}>
      <Facts
        of={[
          [m('mailing.contents'), contentsOf(of.goods.goods_class, p)],
          [m('mailing.pieces'), String(of.goods.quantity)],
          [m('mailing.weight'), weight(of.declared.weight_grams)],
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
