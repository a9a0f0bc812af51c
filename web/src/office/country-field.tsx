import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { Combobox } from '../kit/combobox.tsx';
import { Field } from '../kit/field.tsx';

/** A country by its name in the reader's language. */
export function CountryField(props: {
  readonly label: string;
  readonly value: string;
  readonly onCountry: (code: string) => void;
  readonly error?: string | undefined;
}) {
  const { country } = useFormats();
  const countries = useRead(['countries'], (signal) => api.get('/v1/countries', { signal }));
  const choices = (countries.data?.data ?? [])
    .map(({ code }) => ({ value: code, label: country(code) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <Field label={props.label} error={props.error}>
      <Combobox
        value={props.value}
        choices={choices.length === 0 ? [{ value: props.value, label: country(props.value) }] : choices}
        onChoice={props.onCountry}
      />
    </Field>
  );
}
