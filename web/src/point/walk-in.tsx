import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { DutyFields } from '../field/duties.tsx';
import { MAIL_WORDS } from '../field/mail-words.ts';
import { NOTHING_SEEN, type Price, paidOf, seenOf } from '../field/mailing-intake.ts';
import { type Charge, NOTHING_PAID, PriceFields } from '../field/mailing-price.tsx';
import { gramsOf } from '../field/scanned.ts';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { isComplete, partyOf, personAt } from '../parties/person.ts';
import { PersonFields } from '../parties/person-fields.tsx';
import { RefusedLines } from '../parties/refused-lines.tsx';
import { CONTENTS, COUNTRIES, type Contents } from '../parties/sendable.ts';
import { PARTY_WORDS } from '../parties/words.ts';
import { useHere } from './here.tsx';
import { BackToMailings } from './mailings.tsx';
import { POINT_WORDS } from './words.ts';

type Asked = {
  readonly to: { readonly country: string; readonly postcode: string; readonly city: string };
  readonly weight_grams: number;
  readonly goods_class: Contents;
};

/**
 * Somebody stands here without an order: priced, ordered and taken in, in one go. The price and the number are the
 * server's, and nothing of the people stays on the device: so it needs a network.
 */
export function WalkIn() {
  const m = useWords(MAIL_WORDS);
  const { point } = useHere();
  const [asked, setAsked] = useState<Asked>();
  const [line, setLine] = useState('');
  const ask = useAct((body: Asked) => {
    setAsked(body);
    setLine('');
    return api.post('/v1/points/{point_id}/mailing-quotes', {
      params: { path: { point_id: point.id } },
      body,
    });
  });
  const offers = ask.data?.offers ?? [];
  const offer =
    offers.find(({ line_code }) => line_code === line) ?? (offers.length === 1 ? offers[0] : undefined);
  return (
    <Page title={m('walk_in.title')} lead={m('walk_in.lead')}>
      <BackToMailings />
      <Ask isBusy={ask.isPending} onAsk={(body) => ask.mutate(body)} />
      {ask.error && <Failure error={ask.error} />}
      {ask.data && <Offers of={ask.data} chosen={offer?.line_code} onChoose={setLine} />}
      {ask.data && asked && offer && (
        <Order key={offer.line_code} asked={asked} offer={offer} duties={ask.data.duties} />
      )}
    </Page>
  );
}

function Ask({ isBusy, onAsk }: { readonly isBusy: boolean; readonly onAsk: (asked: Asked) => void }) {
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const p = useWords(PARTY_WORDS);
  const { country: nameOf } = useFormats();
  const { point } = useHere();
  const [country, setCountry] = useState<string>(point.country);
  const [postcode, setPostcode] = useState('');
  const [city, setCity] = useState('');
  const [weight, setWeight] = useState('');
  const [contents, setContents] = useState<Contents>('normal');
  const grams = gramsOf(weight);
  const isWhole = grams !== undefined && postcode.trim() !== '';
  return (
    <Card title={m('walk_in.where')}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole) return;
          const to = { country, postcode: postcode.trim(), city: city.trim() };
          onAsk({ to, weight_grams: grams, goods_class: contents });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-3">
          <Field label={p('country')}>
            <Select
              value={country}
              onChoice={setCountry}
              choices={[...new Set<string>([point.country, ...COUNTRIES])].map((value) => ({
                value,
                label: nameOf(value),
              }))}
            />
          </Field>
          <Field label={p('postcode')}>
            <Input value={postcode} onText={setPostcode} maxLength={16} />
          </Field>
          <Field label={p('city')}>
            <Input value={city} onText={setCity} maxLength={80} />
          </Field>
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
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
              onChoice={setContents}
              choices={CONTENTS.map((value) => ({ value, label: p(`goods.${value}`) }))}
            />
          </Field>
        </div>
        <Button type="submit" size="large" wide busy={isBusy} disabled={!isWhole}>
          {m('mailing.price')}
        </Button>
      </form>
    </Card>
  );
}

type Quote = components['schemas']['MailingQuote'];
type Offer = Quote['offers'][number];

function Offers({
  of,
  chosen,
  onChoose,
}: {
  readonly of: Quote;
  readonly chosen: string | undefined;
  readonly onChoose: (line: string) => void;
}) {
  const m = useWords(MAIL_WORDS);
  const language = useLanguage();
  const { money, promised } = useFormats();
  return (
    <section className="mb-4 grid gap-2" aria-live="polite">
      {of.offers.length === 0 && <Notice tone="warn">{m('walk_in.no_offers')}</Notice>}
      {of.offers.map((offer) => (
        <label
          key={offer.line_code}
          className="flex min-h-16 cursor-pointer flex-wrap items-center gap-3 rounded-md border-2 border-edge bg-card px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="line"
            className="size-5 accent-accent"
            checked={offer.line_code === chosen}
            onChange={() => onChoose(offer.line_code)}
          />
          <span className="grid flex-1">
            <span className="text-lg font-medium">{offer.line_names[language === 'zh' ? 'zh' : 'en']}</span>
            <span className="text-soft">
              {m('walk_in.by', { day: promised({ latest: offer.promise.latest }, of.destination_zone) })}
            </span>
          </span>
          <span className="text-lg font-semibold">{money(offer.total)}</span>
        </label>
      ))}
      {of.refused.length > 0 && (
        <details className="rounded-lg border border-line bg-card px-4">
          <summary className="min-h-11 cursor-pointer py-2.5">
            {m('walk_in.others', { count: of.refused.length })}
          </summary>
          <RefusedLines of={of.refused} />
        </details>
      )}
    </section>
  );
}

/** Who sends it to whom, what the law asks, and the money. The handle stays: sent again it is the same mailing. */
function Order({
  asked,
  offer,
  duties,
}: {
  readonly asked: Asked;
  readonly offer: Offer;
  readonly duties: Quote['duties'];
}) {
  const t = useWords(POINT_WORDS);
  const m = useWords(MAIL_WORDS);
  const { point } = useHere();
  const [handle] = useState(() => crypto.randomUUID());
  const [sender, setSender] = useState(() => personAt(point));
  const [recipient, setRecipient] = useState(() => personAt(asked.to));
  const [what, setWhat] = useState('');
  const [seen, setSeen] = useState(NOTHING_SEEN);
  const [paying, setPaying] = useState(NOTHING_PAID);
  const [tried, setTried] = useState(false);
  const looked = seenOf(duties, seen);
  const total = offer.total as Price['total'];
  const price = { total, needs_consent: false, to_collect: total };
  const paid = paidOf(price, paying);
  const take = useAct(
    (seenAndPaid: NonNullable<typeof looked> & NonNullable<typeof paid>) =>
      api.post('/v1/points/{point_id}/mailings', {
        params: { path: { point_id: point.id } },
        body: {
          ...{ object_id: handle, line_code: offer.line_code, agreed_total: total },
          sender: partyOf(sender, point.country),
          recipient: partyOf(recipient, asked.to.country),
          goods: { description: what.trim(), goods_class: asked.goods_class },
          ...{ goods_class: asked.goods_class, measured: { weight_grams: asked.weight_grams } },
          ...seenAndPaid,
        },
      }),
    {
      touches: [['mailings']],
      done: ({ number }) => {
        toast('ok', m('walk_in.done', { number: number ?? '' }));
        navigate('/point/mailings');
      },
    },
  );
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isComplete(sender) || !isComplete(recipient) || what.trim() === '') return;
        if (looked !== undefined && paid !== undefined) take.mutate({ ...looked, ...paid });
      }}
    >
      <PersonFields
        legend={m('walk_in.sender')}
        of={sender}
        onPerson={setSender}
        place="/sender"
        {...{ tried, error: take.error }}
      />
      <PersonFields
        legend={m('walk_in.recipient')}
        of={recipient}
        onPerson={setRecipient}
        place="/recipient"
        {...{ tried, error: take.error }}
      />
      <Card title={m('mailing.look')}>
        <div className="grid gap-4">
          <Field
            label={m('walk_in.what')}
            error={tried && what.trim() === '' ? m('walk_in.what_missing') : undefined}
          >
            <Input value={what} onText={setWhat} maxLength={100} />
          </Field>
          <DutyFields of={duties} seen={seen} onSeen={setSeen} />
        </div>
      </Card>
      <Card title={m('mailing.total')}>
        <div className="grid gap-4">
          <PriceFields
            of={price}
            charges={offer.charges as readonly Charge[]}
            paying={paying}
            onPaying={setPaying}
          />
          {take.error && <Failure error={take.error} />}
          <Button
            type="submit"
            look="primary"
            size="large"
            wide
            busy={take.isPending}
            disabled={looked === undefined || paid === undefined}
          >
            {t('intake.go')}
          </Button>
        </div>
      </Card>
    </form>
  );
}
