import type { components } from '@postroad/sdk';
import { useWords } from '../ground/words.ts';
import { Field, Input, Textarea } from '../kit/field.tsx';
import { CountryField } from '../office/country-field.tsx';
import { MERCHANT_WORDS } from './words.ts';

type PartyInput = components['schemas']['PartyInput'];

export type PartyDraft = {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly country: string;
  readonly division: string;
  readonly city: string;
  readonly district: string;
  readonly postcode: string;
  readonly lines: string;
};

export const emptyParty = (country: string): PartyDraft => ({
  name: '',
  phone: '',
  email: '',
  country,
  division: '',
  city: '',
  district: '',
  postcode: '',
  lines: '',
});

/** What the API takes: empty fields are left out, each line of the street is one. */
export function partyOf(draft: PartyDraft): PartyInput {
  const given = (name: keyof PartyDraft) => {
    const text = draft[name].trim();
    return text === '' ? {} : { [name]: text };
  };
  return {
    name: draft.name.trim(),
    ...given('phone'),
    ...given('email'),
    address: {
      country: draft.country,
      ...given('division'),
      ...given('city'),
      ...given('district'),
      ...given('postcode'),
      lines: draft.lines
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    },
  };
}

/** Fields of a party; `at` is where it stands in the body, for the errors of single fields. */
export function PartyForm({
  draft,
  onDraft,
  errors,
  at,
}: {
  readonly draft: PartyDraft;
  readonly onDraft: (draft: PartyDraft) => void;
  readonly errors: Readonly<Record<string, string>>;
  readonly at: string;
}) {
  const t = useWords(MERCHANT_WORDS);
  const set = (name: keyof PartyDraft) => (text: string) => onDraft({ ...draft, [name]: text });
  const error = (path: string) => errors[`${at}${path}`];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('new.name')} error={error('/name')}>
        <Input required maxLength={120} value={draft.name} onText={set('name')} />
      </Field>
      <Field label={t('new.phone')} error={error('/phone')}>
        <Input type="tel" maxLength={30} value={draft.phone} onText={set('phone')} />
      </Field>
      <CountryField
        label={t('new.country')}
        value={draft.country}
        onCountry={set('country')}
        error={error('/address/country')}
      />
      <Field label={t('new.postcode')} error={error('/address/postcode')}>
        <Input maxLength={16} value={draft.postcode} onText={set('postcode')} />
      </Field>
      <Field label={t('new.division')} error={error('/address/division')}>
        <Input maxLength={80} value={draft.division} onText={set('division')} />
      </Field>
      <Field label={t('new.city')} error={error('/address/city')}>
        <Input required maxLength={80} value={draft.city} onText={set('city')} />
      </Field>
      <Field label={t('new.district')} error={error('/address/district')}>
        <Input maxLength={80} value={draft.district} onText={set('district')} />
      </Field>
      <Field label={t('new.email')} error={error('/email')}>
        <Input type="email" maxLength={254} value={draft.email} onText={set('email')} />
      </Field>
      <div className="sm:col-span-2">
        <Field label={t('new.lines')} error={error('/address/lines') ?? error('/address/lines/0')}>
          <Textarea required rows={2} value={draft.lines} onText={set('lines')} />
        </Field>
      </div>
    </div>
  );
}
