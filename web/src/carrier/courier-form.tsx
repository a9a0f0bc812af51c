import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { fieldErrors } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input, Select } from '../kit/field.tsx';
import { Failure } from '../kit/states.tsx';
import type { Area } from './areas.tsx';
import { CARRIER_WORDS } from './words.ts';

type Courier = components['schemas']['Courier'];
type Person = components['schemas']['Person'];
export type Known = { readonly areas: readonly Area[]; readonly people: readonly Person[] };
export type CourierDraft = {
  readonly name: string;
  readonly phone_tail?: string;
  readonly area_ids: string[];
  readonly person_id?: string;
};

/** Who a courier is, where he goes and as whom he logs in: of a new one, or of one who is there. */
export function CourierForm({
  areas,
  people,
  of,
  action,
  isBusy,
  error,
  onSave,
}: Known & {
  readonly of?: Courier;
  readonly action: string;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSave: (draft: CourierDraft) => void;
}) {
  const t = useWords(CARRIER_WORDS);
  const [name, setName] = useState(of?.name ?? '');
  const [phone, setPhone] = useState(of?.phone_tail ?? '');
  const [person, setPerson] = useState<string>(of?.person_id ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(of?.area_ids ?? []);
  const errors = fieldErrors(error);
  return (
    <form
      className="grid gap-4 sm:grid-cols-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({
          name: name.trim(),
          ...(phone === '' ? {} : { phone_tail: phone }),
          area_ids: [...chosen],
          ...(person === '' ? {} : { person_id: person }),
        });
      }}
    >
      <Field label={t('courier.name')} error={errors['/name']}>
        <Input required maxLength={60} value={name} onText={setName} />
      </Field>
      <Field label={t('courier.phone')} error={errors['/phone_tail']}>
        <Input inputMode="numeric" pattern="\d{4}" value={phone} onText={setPhone} />
      </Field>
      <Field label={t('courier.person')} error={errors['/person_id']}>
        <Select
          value={person}
          onChoice={setPerson}
          choices={[
            { value: '', label: t('courier.no_person') },
            ...people
              .filter((one) => one.role === 'courier' && one.state === 'active')
              .map((one) => ({ value: one.id as string, label: `${one.name} · ${one.email}` })),
          ]}
        />
      </Field>
      {areas.length > 0 && (
        <fieldset className="sm:col-span-3">
          <legend className="mb-1 text-sm font-medium">{t('courier.areas')}</legend>
          <div className="flex flex-wrap gap-x-4 gap-y-1">
            {areas.map((area) => (
              <Checkbox
                key={area.id}
                label={area.code}
                checked={chosen.includes(area.id)}
                onCheck={(checked) =>
                  setChosen(checked ? [...chosen, area.id] : chosen.filter((id) => id !== area.id))
                }
              />
            ))}
          </div>
        </fieldset>
      )}
      <div className="grid justify-items-start gap-3 sm:col-span-3">
        {error instanceof Error && <Failure error={error} />}
        <Button type="submit" look="primary" busy={isBusy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
