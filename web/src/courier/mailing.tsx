import { useState } from 'react';
import { ContactCard } from '../field/contact.tsx';
import { MAIL_WORDS } from '../field/mail-words.ts';
import type { CounterMailing, MailingIntake, MailingRefusal } from '../field/mailing-intake.ts';
import { MailingScale, useMailingScale } from '../field/mailing-scale.tsx';
import { ScanBox } from '../field/scan-box.tsx';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Facts } from '../kit/values.tsx';
import { type DoorMailing, placeOf, useDoorMailings } from './mailings.tsx';
import { COURIER_WORDS } from './words.ts';

const KEPT = [['kept']] as const;
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

/** One door: the sender's code, then what a counter does. It needs a network: the price is that of the scale. */
export function MailingScreen({ id }: { readonly id: string }) {
  const t = useWords(COURIER_WORDS);
  const { span } = useFormats();
  const doors = useDoorMailings();
  const [taken, setTaken] = useState<string>();
  const found = doors.data?.value.find((one) => one.id === id);
  return (
    <Page
      title={found === undefined ? t('mailings.one') : placeOf(found)}
      lead={found && span(found.starts_at, found.ends_at)}
      actions={
        <ButtonLink to="/courier/pickups" size="large">
          {t('pickups.back')}
        </ButtonLink>
      }
    >
      {taken !== undefined ? (
        <Notice tone="ok">{taken}</Notice>
      ) : (
        <Read of={doors} rows={6}>
          {() =>
            found === undefined ? (
              <Empty title={t('mailings.gone')} hint={t('mailings.gone_hint')} />
            ) : (
              <Visit of={found} onDone={setTaken} />
            )
          }
        </Read>
      )}
    </Page>
  );
}

function Visit({ of, onDone }: { readonly of: DoorMailing; readonly onDone: (words: string) => void }) {
  const t = useWords(COURIER_WORDS);
  const read = useAct((text: string) => api.post('/v1/mailing-codes/lookup', { body: { code: text } }), {});
  const opened = read.data?.mailing_id === of.id ? read.data : undefined;
  return (
    <>
      <Card title={t('mailings.sender')}>
        <ContactCard
          about={of.id}
          masked={[placeOf(of)]}
          canReveal
          reveal={() =>
            api.post('/v1/mailings/{mailing_id}/contact-reveal', {
              params: { path: { mailing_id: of.id } },
            })
          }
        />
      </Card>
      {opened === undefined ? (
        <Card title={t('mailings.code')}>
          <p className="mb-3 text-soft">{t('mailings.code_hint')}</p>
          <ScanBox onCode={(text) => read.mutate(text)} />
          {read.data !== undefined && <Notice tone="bad">{t('mailings.other')}</Notice>}
          {read.error && <Failure error={read.error} />}
        </Card>
      ) : (
        <>
          <Intake of={opened} onDone={onDone} />
          <TurnAway of={opened} onDone={onDone} />
        </>
      )}
    </>
  );
}

type Props = { readonly of: CounterMailing; readonly onDone: (words: string) => void };

function Intake({ of, onDone }: Props) {
  const t = useWords(COURIER_WORDS);
  const m = useWords(MAIL_WORDS);
  const { money } = useFormats();
  const on = useMailingScale(of);
  const take = useAct(
    (body: MailingIntake) =>
      api.post('/v1/mailings/{mailing_id}/intake', {
        params: { path: { mailing_id: of.mailing_id } },
        body,
      }),
    {
      touches: KEPT,
      done: ({ receipt }) => onDone(t('mailings.taken', { number: receipt?.number ?? '' })),
    },
  );
  return (
    <>
      <Card title={of.goods.description}>
        <Facts
          of={[
            [m('mailing.pieces'), String(of.goods.quantity)],
            [m('mailing.agreed'), money(of.ceiling)],
            [m('mailing.payer'), m(`mailing.payer.${of.payment}`)],
          ]}
        />
      </Card>
      <MailingScale of={of} on={on}>
        {take.error && <Failure error={take.error} />}
        <Button
          look="primary"
          size="large"
          wide
          busy={take.isPending}
          disabled={on.intake === undefined}
          onClick={() => on.intake !== undefined && take.mutate(on.intake)}
        >
          {t('mailings.take')}
        </Button>
      </MailingScale>
    </>
  );
}

function TurnAway({ of, onDone }: Props) {
  const t = useWords(COURIER_WORDS);
  const m = useWords(MAIL_WORDS);
  const [reason, setReason] = useState<MailingRefusal>('prohibited');
  const act = useAct(
    () =>
      api.post('/v1/mailings/{mailing_id}/counter-refusal', {
        params: { path: { mailing_id: of.mailing_id } },
        body: { reason },
      }),
    { touches: KEPT, done: () => onDone(t('mailings.turned_away')) },
  );
  return (
    <Card title={m('mailing.turn_away')}>
      <ActForm act={act} submit={m('mailing.turn_away')} look="danger">
        <Field label={t('stop.why')}>
          <Select
            value={reason}
            onChoice={setReason}
            choices={REASONS.map((value) => ({ value, label: t(`mailings.why.${value}`) }))}
          />
        </Field>
      </ActForm>
    </Card>
  );
}
