import { useWords } from '../ground/words.ts';
import { Field, Input, Textarea } from '../kit/field.tsx';
import type { Person } from './person.ts';
import { PARTY_WORDS } from './words.ts';

/** Name, phone and address of somebody. `tried`: what is missing is said. */
export function PersonFields({
  legend,
  of,
  onPerson,
  tried,
}: {
  readonly legend: string;
  readonly of: Person;
  readonly onPerson: (person: Person) => void;
  readonly tried: boolean;
}) {
  const t = useWords(PARTY_WORDS);
  const missing = (text: string) => (tried && text.trim() === '' ? t('missing') : undefined);
  const put = (part: Partial<Person>) => onPerson({ ...of, ...part });
  return (
    <fieldset className="grid gap-3 rounded-lg border border-line bg-card p-5">
      <legend className="float-left mb-1 w-full text-lg font-semibold">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t('name')} error={missing(of.name)}>
          <Input value={of.name} onText={(name) => put({ name })} maxLength={80} />
        </Field>
        <Field label={t('phone')} hint={t('phone.hint')} error={missing(of.phone)}>
          <Input value={of.phone} onText={(phone) => put({ phone })} type="tel" maxLength={40} />
        </Field>
      </div>
      <Field label={t('street')} error={missing(of.street)}>
        <Textarea value={of.street} onText={(street) => put({ street })} rows={2} maxLength={400} />
      </Field>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('postcode')} error={missing(of.postcode)}>
          <Input value={of.postcode} onText={(postcode) => put({ postcode })} maxLength={16} />
        </Field>
        <Field label={t('city')} error={missing(of.city)}>
          <Input value={of.city} onText={(city) => put({ city })} maxLength={80} />
        </Field>
        <Field label={t('division')}>
          <Input value={of.division} onText={(division) => put({ division })} maxLength={80} />
        </Field>
      </div>
    </fieldset>
  );
}
