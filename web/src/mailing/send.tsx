import { type FormEvent, useEffect, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { isComplete, partyOf, personAt } from '../parties/person.ts';
import { PersonFields } from '../parties/person-fields.tsx';
import { PARTY_WORDS } from '../parties/words.ts';
import { wrongAt, wrongText } from '../parties/wrong.ts';
import { newHandle, worldOf } from './address.ts';
import type { Chosen } from './ask.tsx';
import { type At, Counters } from './counters.tsx';
import { type Order, order } from './visit.ts';
import { MAILING_WORDS } from './words.ts';

/** Who sends what to whom, and where it is brought; then it is ordered at the price that stands above. */
export function Send({
  chosen: { asked, offer, quote },
  onBack,
  onSent,
}: {
  readonly chosen: Chosen;
  readonly onBack: () => void;
  readonly onSent: (token: string) => void;
}) {
  const t = useWords(MAILING_WORDS);
  const p = useWords(PARTY_WORDS);
  const { money, promised } = useFormats();
  const [sender, setSender] = useState(() => personAt(asked.from));
  const [recipient, setRecipient] = useState(() => personAt(asked.to));
  const [what, setWhat] = useState('');
  const [at, setAt] = useState<At>();
  const [handle] = useState(newHandle);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    scrollTo({ top: 0 });
    document.title = `${t('send.title')} · Postroad`;
  }, [t]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !isComplete(sender) || !isComplete(recipient) || what.trim() === '') return;
    setBusy(true);
    setError(undefined);
    order(worldOf(location.search), {
      object_id: handle,
      sender: partyOf(sender, asked.from.country),
      recipient: partyOf(recipient, asked.to.country),
      goods: {
        description: what.trim(),
        ...(asked.goods_class === undefined ? {} : { goods_class: asked.goods_class }),
      },
      parcel: { weight_grams: asked.weight_grams },
      line_code: offer.line_code,
      agreed_total: offer.total as Order['agreed_total'],
      handover: at ?? { method: 'any_point' },
    })
      .then(onSent, setError)
      .finally(() => setBusy(false));
  };
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <section className="rounded-lg border border-line bg-card p-5">
        <h1 className="text-xl font-semibold tracking-tight">{t('send.title')}</h1>
        <p className="mt-0.5 text-soft">
          {t('send.lead', {
            price: money(offer.total),
            day: promised({ latest: offer.promise.latest }, quote.destination_zone),
          })}
        </p>
        {quote.duties.needs_identity && <p className="mt-2">{t('send.identity')}</p>}
      </section>
      <PersonFields
        legend={t('sender')}
        of={sender}
        onPerson={setSender}
        place="/order/sender"
        {...{ tried, error }}
      />
      <PersonFields
        legend={t('recipient')}
        of={recipient}
        onPerson={setRecipient}
        place="/order/recipient"
        {...{ tried, error }}
      />
      <section className="rounded-lg border border-line bg-card p-5">
        <Field
          label={t('what')}
          hint={t('what.hint')}
          error={
            tried && what.trim() === ''
              ? p('missing')
              : wrongText(p, wrongAt(error, '/order/goods/description'))
          }
        >
          <Input value={what} onText={setWhat} maxLength={100} />
        </Field>
      </section>
      <Counters asked={asked} carrier={offer.carrier_code} chosen={at} onChoose={setAt} />
      {error !== undefined && <Failure error={error} />}
      <div className="grid gap-2 sm:grid-cols-[1fr_auto]">
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t('send.order', { price: money(offer.total) })}
        </Button>
        <Button size="large" onClick={onBack}>
          {t('send.back')}
        </Button>
      </div>
    </form>
  );
}
