import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Combobox } from '../kit/combobox.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { useOrganisations } from './organisation-name.tsx';
import { LINE_WORDS } from './words.ts';

type Rule = components['schemas']['NumberSegment']['check_rule'];
const RULES: readonly Rule[] = ['mod10', 'mod7', 'mod11', 'mod37', 'luhn', 's10', 'none'];
const NEW = {
  carrier: '',
  holder: 'network',
  prefix: '',
  suffix: '',
  digits: '11',
  from: '',
  to: '',
  rule: 'mod10' as Rule,
  lowWater: '20',
};
const TEXTS = ['prefix', 'suffix'] as const;
const COUNTS = ['digits', 'from', 'to', 'lowWater'] as const;
const FIELDS = {
  digits: 'digits',
  from: 'from_serial',
  to: 'to_serial',
  lowWater: 'low_water_percent',
} as const;

/** A range of numbers for the pool of a carrier or for one merchant alone. */
export function LoadSegment({ codes }: { readonly codes: readonly string[] }) {
  const t = useWords(LINE_WORDS);
  const merchants = useOrganisations().filter(({ kind }) => kind === 'merchant');
  const [typed, setTyped] = useState(NEW);
  const set = (name: keyof typeof NEW) => (value: string) => setTyped((now) => ({ ...now, [name]: value }));
  const act = useAct(
    () =>
      api.post('/v1/number-segments', {
        body: {
          carrier_code: typed.carrier,
          holder: typed.holder,
          ...(typed.prefix === '' ? {} : { prefix: typed.prefix }),
          ...(typed.suffix === '' ? {} : { suffix: typed.suffix }),
          digits: Number(typed.digits),
          from_serial: Number(typed.from),
          to_serial: Number(typed.to),
          check_rule: typed.rule,
          low_water_percent: Number(typed.lowWater),
        },
      }),
    {
      touches: [['number-segments']],
      done: () => {
        setTyped(NEW);
        toast('ok', t('load.done'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('load.title')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('carrier')} error={errors['/carrier_code']}>
          <Combobox
            value={typed.carrier}
            onChoice={set('carrier')}
            choices={codes.map((code) => ({ value: code, label: code }))}
          />
        </Field>
        <Field label={t('numbers.holder')} error={errors['/holder']}>
          <Combobox
            value={typed.holder}
            onChoice={set('holder')}
            choices={[
              { value: 'network', label: t('numbers.pool') },
              ...merchants.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
        <Field label={t('numbers.check')} error={errors['/check_rule']}>
          <Select
            value={typed.rule}
            onChoice={set('rule')}
            choices={RULES.map((rule) => ({ value: rule, label: rule }))}
          />
        </Field>
        {TEXTS.map((name) => (
          <Field key={name} label={t(`load.${name}`)} error={errors[`/${name}`]}>
            <Input
              mono
              maxLength={12}
              value={typed[name]}
              onText={(text) => set(name)(text.trim().toUpperCase())}
            />
          </Field>
        ))}
        {COUNTS.map((name) => (
          <Field key={name} label={t(`load.${name}`)} error={errors[`/${FIELDS[name]}`]}>
            <Input
              required
              mono
              inputMode="numeric"
              pattern="\d{1,15}"
              value={typed[name]}
              onText={(text) => set(name)(text.trim())}
            />
          </Field>
        ))}
        <div className="flex items-end">
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('load.do')}
          </Button>
        </div>
      </form>
      {act.error && (
        <div className="mt-3">
          <Failure error={act.error} />
        </div>
      )}
    </Card>
  );
}
