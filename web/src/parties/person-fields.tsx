import { useWords } from '../ground/words.ts';
import { Field, Input, Textarea } from '../kit/field.tsx';
import type { Person } from './person.ts';
import { PARTY_WORDS } from './words.ts';
import { wrongAt, wrongText } from './wrong.ts';

/** Where each field stands in a party of a body. Who writes a district or a town does it in the lines of the street. */
const PLACES: Readonly<Record<keyof Person, string>> = {
  name: '/name',
  phone: '/phone',
  division: '/address/division',
  city: '/address/city',
  postcode: '/address/postcode',
  street: '/address/lines',
};

/** Name, phone and address of somebody. `tried`: what is missing is said; `error`: what the server refused, at its field. */
export function PersonFields({
  legend,
  of,
  onPerson,
  tried,
  error,
  place,
}: {
  readonly legend: string;
  readonly of: Person;
  readonly onPerson: (person: Person) => void;
  readonly tried: boolean;
  readonly error: unknown;
  /** Of the party in the body, such as `/sender`. */
  readonly place: string;
}) {
  const t = useWords(PARTY_WORDS);
  const wrong = (field: keyof Person) =>
    tried && field !== 'division' && of[field].trim() === ''
      ? t('missing')
      : wrongText(t, wrongAt(error, `${place}${PLACES[field]}`));
  const put = (part: Partial<Person>) => onPerson({ ...of, ...part });
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line bg-card p-5">
      <legend className="float-left mb-1 w-full text-lg font-semibold">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('name')} error={wrong('name')}>
          <Input value={of.name} onText={(name) => put({ name })} maxLength={80} />
        </Field>
        <Field label={t('phone')} hint={t('phone.hint')} error={wrong('phone')}>
          <Input value={of.phone} onText={(phone) => put({ phone })} type="tel" maxLength={40} />
        </Field>
      </div>
      <Field label={t('street')} error={wrong('street')}>
        <Textarea value={of.street} onText={(street) => put({ street })} rows={2} maxLength={400} />
      </Field>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('postcode')} error={wrong('postcode')}>
          <Input value={of.postcode} onText={(postcode) => put({ postcode })} maxLength={16} />
        </Field>
        <Field label={t('city')} error={wrong('city')}>
          <Input value={of.city} onText={(city) => put({ city })} maxLength={80} />
        </Field>
        <Field label={t('division')} error={wrong('division')}>
          <Input value={of.division} onText={(division) => put({ division })} maxLength={80} />
        </Field>
      </div>
    </fieldset>
  );
}
