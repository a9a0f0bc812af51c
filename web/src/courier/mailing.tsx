import type { components, paths } from '@postroad/sdk';
import { useState } from 'react';
import { ContactCard } from '../field/contact.tsx';
import { DutyFields } from '../field/duties.tsx';
import { MAIL_WORDS } from '../field/mail-words.ts';
import { type MailingIntake, NOTHING_SEEN, paidOf, seenOf } from '../field/mailing-intake.ts';
import { NOTHING_PAID, PriceFields } from '../field/mailing-price.tsx';
import { ScanBox } from '../field/scan-box.tsx';
import { gramsOf } from '../field/scanned.ts';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Facts } from '../kit/values.tsx';
import { CONTENTS } from '../parties/sendable.ts';
import { PARTY_WORDS } from '../parties/words.ts';
import { type DoorMailing, placeOf, useDoorMailings } from './mailings.tsx';
import { COURIER_WORDS } from './words.ts';

type Opened = components['schemas']['CounterMailing'];
type Refusal =
  paths['/v1/mailings/{mailing_id}/counter-refusal']['post']['requestBody']['content']['application/json']['reason'];
const KEPT = [['kept']] as const;
const REASONS = everyWord<Refusal>({
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

type Props = { readonly of: Opened; readonly onDone: (words: string) => void };

function Intake({ of, onDone }: Props) {
  const t = useWords(COURIER_WORDS);
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { money } = useFormats();
  const path = { mailing_id: of.mailing_id };
  const [weight, setWeight] = useState('');
  const [contents, setContents] = useState(of.goods.goods_class);
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const [paying, setPaying] = useState(NOTHING_PAID);
  const grams = gramsOf(weight);
  const found = grams === undefined ? undefined : foundOf(of, contents, grams);
  const ask = useAct(
    (body: Found) => api.post('/v1/mailings/{mailing_id}/counter-price', { params: { path }, body }),
    { done: () => setPaying(NOTHING_PAID) },
  );
  // A price is that of what lies on the scale: another weight is asked for again.
  const isOf = found !== undefined && JSON.stringify(found) === JSON.stringify(ask.variables);
  const price = isOf ? ask.data : undefined;
  const looked = seenOf(of.duties, seen);
  const paid = price && paidOf(price, paying);
  const take = useAct(
    (body: MailingIntake) => api.post('/v1/mailings/{mailing_id}/intake', { params: { path }, body }),
    {
      touches: KEPT,
      done: ({ receipt }) => onDone(t('mailings.taken', { number: receipt?.number ?? '' })),
    },
  );
  const isReady = found !== undefined && looked !== undefined && paid !== undefined;
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
      <Card title={m('mailing.look')}>
        <div className="grid gap-4">
          <DutyFields of={of.duties} seen={seen} onSeen={setSeen} />
        </div>
      </Card>
      <Card title={t('mailings.parcel')}>
        <div className="grid gap-4">
          <Field label={t('mailings.weight')} hint={t('mailings.weight_hint')}>
            <Input value={weight} onText={setWeight} inputMode="decimal" mono />
          </Field>
          <Field label={m('mailing.contents')}>
            <Select
              value={contents}
              onChoice={setContents}
              choices={[...new Set<string>([of.goods.goods_class, ...CONTENTS])].map((value) => {
                const known = CONTENTS.find((one) => one === value);
                return { value, label: known === undefined ? value : p(`goods.${known}`) };
              })}
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
          {(ask.error ?? take.error) && <Failure error={ask.error ?? take.error} />}
          <Button
            look="primary"
            size="large"
            wide
            busy={take.isPending}
            disabled={!isReady}
            onClick={() => isReady && take.mutate({ ...found, ...looked, ...paid })}
          >
            {t('mailings.take')}
          </Button>
        </div>
      </Card>
    </>
  );
}

type Found = ReturnType<typeof foundOf>;
const foundOf = (of: Opened, contents: string, weight_grams: number) => ({
  goods_class: contents as MailingIntake['goods_class'],
  measured: { weight_grams, ...(of.declared.size === undefined ? {} : { size: of.declared.size }) },
});

function TurnAway({ of, onDone }: Props) {
  const t = useWords(COURIER_WORDS);
  const m = useWords(MAIL_WORDS);
  const [reason, setReason] = useState<Refusal>('prohibited');
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
