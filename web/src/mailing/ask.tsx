import { type FormEvent, useEffect, useState } from 'react';
import { useFormats } from '../ground/format.ts';
import { useLanguage } from '../ground/language.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { RefusedLines } from '../parties/refused-lines.tsx';
import { CONTENTS, COUNTRIES, type Contents } from '../parties/sendable.ts';
import { PARTY_WORDS } from '../parties/words.ts';
import { wrongAt, wrongText } from '../parties/wrong.ts';
import { worldOf } from './address.ts';
import { gramsOf } from './grams.ts';
import { type Asked, type Offer, type Quote, quote } from './visit.ts';
import { MAILING_WORDS } from './words.ts';

export type Chosen = { readonly asked: Asked; readonly offer: Offer; readonly quote: Quote };

type Place = { readonly country: string; readonly postcode: string; readonly city: string };
const placeOf = ({ country, postcode, city }: Place) => ({
  country,
  postcode: postcode.trim(),
  ...(city.trim() === '' ? {} : { city: city.trim() }),
});

/** Where from, where to, how heavy, what: nothing of the person. */
export function Ask({ onChoose }: { readonly onChoose: (chosen: Chosen) => void }) {
  const t = useWords(MAILING_WORDS);
  const p = useWords(PARTY_WORDS);
  const home = useLanguage() === 'zh' ? 'CN' : 'DE';
  const [from, setFrom] = useState<Place>({ country: home, postcode: '', city: '' });
  const [to, setTo] = useState<Place>({ country: home, postcode: '', city: '' });
  const [kilograms, setKilograms] = useState('');
  const [contents, setContents] = useState<Contents>('normal');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [found, setFound] = useState<{ readonly asked: Asked; readonly quote: Quote }>();
  const grams = gramsOf(kilograms);
  useEffect(() => {
    document.title = `${t('title')} · Postroad`;
  }, [t]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || grams === undefined || from.postcode.trim() === '' || to.postcode.trim() === '') return;
    const asked: Asked = {
      from: placeOf(from),
      to: placeOf(to),
      weight_grams: grams,
      goods_class: contents,
    };
    setBusy(true);
    setError(undefined);
    quote(worldOf(location.search), asked)
      .then((answer) => setFound({ asked, quote: answer }), setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <section className="rounded-lg border border-line bg-card p-5">
        <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
        <p className="mt-0.5 mb-4 text-soft">{t('lead')}</p>
        <form noValidate onSubmit={submit} className="grid gap-5">
          <PlaceFields
            legend={t('from')}
            of={from}
            onPlace={setFrom}
            place="/quote/from"
            {...{ tried, error }}
          />
          <PlaceFields legend={t('to')} of={to} onPlace={setTo} place="/quote/to" {...{ tried, error }} />
          <div className="grid gap-4 sm:grid-cols-2">
            <Field
              label={t('weight')}
              hint={t('weight.hint')}
              error={tried && grams === undefined ? t('weight.wrong') : undefined}
            >
              <Input value={kilograms} onText={setKilograms} inputMode="decimal" maxLength={7} />
            </Field>
            <Field label={t('contents')}>
              <Select
                value={contents}
                onChoice={setContents}
                choices={CONTENTS.map((value) => ({ value, label: p(`goods.${value}`) }))}
              />
            </Field>
          </div>
          <Button type="submit" look="primary" size="large" busy={busy}>
            {t('ask')}
          </Button>
          {error !== undefined && <Failure error={error} />}
        </form>
      </section>
      {found !== undefined && <Offers of={found.quote} onChoose={(offer) => onChoose({ ...found, offer })} />}
    </>
  );
}

function PlaceFields({
  legend,
  of,
  onPlace,
  tried,
  error,
  place,
}: {
  readonly legend: string;
  readonly of: Place;
  readonly onPlace: (place: Place) => void;
  readonly tried: boolean;
  readonly error: unknown;
  /** Of the end in the body. */
  readonly place: string;
}) {
  const p = useWords(PARTY_WORDS);
  const wrong = (field: keyof Place) => wrongText(p, wrongAt(error, `${place}/${field}`));
  const { country } = useFormats();
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-semibold">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={p('country')} error={wrong('country')}>
          <Select
            value={of.country}
            onChoice={(chosen) => onPlace({ ...of, country: chosen })}
            choices={COUNTRIES.map((code) => ({ value: code as string, label: country(code) }))}
          />
        </Field>
        <Field
          label={p('postcode')}
          error={tried && of.postcode.trim() === '' ? p('missing') : wrong('postcode')}
        >
          <Input value={of.postcode} onText={(postcode) => onPlace({ ...of, postcode })} maxLength={16} />
        </Field>
        <Field label={p('city')} error={wrong('city')}>
          <Input value={of.city} onText={(city) => onPlace({ ...of, city })} maxLength={80} />
        </Field>
      </div>
    </fieldset>
  );
}

function Offers({ of, onChoose }: { readonly of: Quote; readonly onChoose: (offer: Offer) => void }) {
  const t = useWords(MAILING_WORDS);
  const language = useLanguage();
  const { money, promised } = useFormats();
  return (
    <section className="grid gap-3" aria-live="polite">
      <h2 className="text-lg font-semibold">{t('offers')}</h2>
      {of.offers.length === 0 && <Notice tone="warn">{t('offers.none')}</Notice>}
      <ul className="grid gap-3">
        {of.offers.map((offer) => (
          <li
            key={offer.line_code}
            className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-card p-4"
          >
            <div className="min-w-0">
              <h3 className="font-semibold wrap-anywhere">
                {offer.line_names[language === 'zh' ? 'zh' : 'en']}
              </h3>
              <p className="text-sm text-soft">
                {t('offers.by', { day: promised({ latest: offer.promise.latest }, of.destination_zone) })}
              </p>
            </div>
            <div className="flex items-center gap-3">
              <p className="text-lg font-semibold whitespace-nowrap">{money(offer.total)}</p>
              <Button look="primary" onClick={() => onChoose(offer)}>
                {t('offers.choose')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {of.refused.length > 0 && (
        <details className="rounded-lg border border-line bg-card px-4 py-2">
          <summary className="min-h-9 cursor-pointer py-1.5 pointer-coarse:min-h-11">
            {t('offers.others', { count: of.refused.length })}
          </summary>
          <RefusedLines of={of.refused} />
        </details>
      )}
    </section>
  );
}
