import { type FormEvent, useEffect, useState } from 'react';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { usePortal } from './portal.tsx';
import { askedFor, portalAddress, type Refused, type Visit } from './visit.ts';
import { PORTAL_WORDS } from './words.ts';

/** The order number and something that shows that the order is one's own. `again`: the visit that is over. */
export function StartForm({ again }: { readonly again?: Visit }) {
  const t = useWords(PORTAL_WORDS);
  const { open } = usePortal();
  const asked = askedFor(location.search);
  const world = again?.world ?? asked.world;
  const [order, setOrder] = useState(again?.orderNumber ?? asked.orderNumber);
  const [by, setBy] = useState<'email' | 'phone'>('email');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const [error, setError] = useState<unknown>();
  const number = order.trim();
  const isPhone = /^\d{4}$/.test(phone);
  const isEmail = /^\S+@\S+$/.test(email.trim());
  const title = t(again === undefined ? 'title' : 'over.title');
  useEffect(() => {
    document.title = `${title} · Postroad`;
  }, [title]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || number === '' || !(by === 'email' ? isEmail : isPhone)) return;
    setBusy(true);
    setError(undefined);
    const contact = by === 'email' ? { email: email.trim() } : { phone_last4: phone };
    open({ order_number: number, world, ...contact })
      .then(setRefused, setError)
      .finally(() => setBusy(false));
  };
  return (
    <section className="rounded-lg border border-line bg-card p-5">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      <p className="mt-0.5 mb-4 text-soft">{t(again === undefined ? 'lead' : 'over.lead')}</p>
      <form noValidate onSubmit={submit} className="grid max-w-md gap-4">
        {world === 'test' && <Notice tone="idle">{t('test.here')}</Notice>}
        {refused !== undefined && <Notice tone="bad">{t(`refused.${refused}`)}</Notice>}
        {error !== undefined && <Failure error={error} />}
        <Field label={t('order')} error={tried && number === '' ? t('order.missing') : undefined}>
          <Input
            value={order}
            onText={setOrder}
            maxLength={64}
            spellCheck={false}
            mono
            readOnly={again !== undefined}
          />
        </Field>
        <Choices
          legend={t('contact')}
          value={by}
          onChoice={setBy}
          choices={[
            { value: 'email', label: t('contact.email') },
            { value: 'phone', label: t('contact.phone') },
          ]}
        />
        {by === 'email' ? (
          <Field label={t('email')} error={tried && !isEmail ? t('email.wrong') : undefined}>
            <Input type="email" value={email} onText={setEmail} maxLength={200} autoComplete="email" />
          </Field>
        ) : (
          <Field label={t('phone')} error={tried && !isPhone ? t('phone.wrong') : undefined}>
            <Input value={phone} onText={setPhone} inputMode="numeric" maxLength={4} mono />
          </Field>
        )}
        <Button type="submit" look="primary" size="large" busy={busy}>
          {t(again === undefined ? 'begin' : 'over.begin')}
        </Button>
      </form>
      {refused === 'not_found' && again === undefined && (
        <p className="mt-4 text-sm">
          <a
            className="text-accent underline"
            href={portalAddress(number, world === 'test' ? 'live' : 'test')}
          >
            {t(world === 'test' ? 'live.look' : 'test.look')}
          </a>
        </p>
      )}
    </section>
  );
}
