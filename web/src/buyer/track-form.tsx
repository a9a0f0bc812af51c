import { type FormEvent, useEffect, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Notice } from '../kit/status.tsx';
import { formAddress, isTestAddress, type Question } from './question.ts';
import { BUYER_WORDS } from './words.ts';

/** The number stands in the address, so that a shop can link to it; the digits of the phone never do. */
export function TrackForm({
  busy,
  onAsk,
}: {
  readonly busy: boolean;
  readonly onAsk: (question: Question) => void;
}) {
  const t = useWords(BUYER_WORDS);
  const [number, setNumber] = useState(() => new URLSearchParams(location.search).get('number') ?? '');
  const [isTest] = useState(() => isTestAddress(location.search));
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const given = number.trim().slice(0, 64);
  const isPhone = /^\d{4}$/.test(phone);
  useEffect(() => {
    document.title = `${t('title')} · Postroad`;
  }, [t]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || given.length === 0 || !isPhone) return;
    history.replaceState(null, '', formAddress(given, isTest));
    onAsk({ number: given, phone_last4: phone, ...(isTest ? { world: 'test' } : {}) });
  };
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-0.5 mb-4 text-soft">{t('lead')}</p>
      {isTest && <Notice tone="idle">{t('test.here')}</Notice>}
      <form noValidate onSubmit={submit} className="grid max-w-md gap-4">
        <Field label={t('number')} error={tried && given === '' ? t('number.missing') : undefined}>
          <Input
            value={number}
            onText={setNumber}
            maxLength={64}
            autoCapitalize="characters"
            spellCheck={false}
            mono
          />
        </Field>
        <Field
          label={t('phone')}
          hint={t('phone.hint')}
          error={tried && !isPhone ? t('phone.wrong') : undefined}
        >
          <Input value={phone} onText={setPhone} inputMode="numeric" maxLength={4} mono />
        </Field>
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t('search')}
        </Button>
      </form>
    </section>
  );
}
