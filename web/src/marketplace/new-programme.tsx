import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { instantOf } from '../ground/instants.ts';
import { minorOf } from '../ground/minor.ts';
import { fieldErrors, useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Failure } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { CURRENCIES } from '../office/currencies.ts';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { CLASSES, type ServiceClass } from './programme-parts.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

type ProgrammeInput = components['schemas']['OpenProgrammeInput'];

const EMPTY = {
  name: '',
  lines: '',
  classes: [] as readonly ServiceClass[],
  destinations: '',
  share: '100',
  currency: 'CNY' as string,
  max: '',
  budget: '',
  from: '',
  to: '',
};
type Draft = typeof EMPTY;

const listOf = (text: string) => text.split(/[\s,，]+/).filter((one) => one !== '');

/** As the API takes it; what is left empty is left out. */
function bodyOf(draft: Draft): ProgrammeInput {
  const { currency } = draft;
  const lines = listOf(draft.lines);
  const destinations = listOf(draft.destinations).map((code) => code.toUpperCase());
  const [from, to] = [instantOf(draft.from), instantOf(draft.to)];
  return {
    name: draft.name.trim(),
    share_basis_points: Math.round(Number(draft.share.replace(',', '.')) * 100),
    budget: { amount_minor: minorOf(draft.budget, currency), currency },
    ...(lines.length === 0 ? {} : { line_codes: lines }),
    ...(draft.classes.length === 0 ? {} : { service_classes: [...draft.classes] }),
    ...(destinations.length === 0 ? {} : { destinations }),
    ...(draft.max === '' ? {} : { max_per_parcel: { amount_minor: minorOf(draft.max, currency), currency } }),
    ...(from === undefined ? {} : { valid_from: from }),
    ...(to === undefined ? {} : { valid_to: to }),
  };
}

export function NewProgramme() {
  const t = useWords(MARKETPLACE_WORDS);
  const [, go] = useLocation();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const act = useAct(() => api.post('/v1/programmes', { body: bodyOf(draft) }), {
    touches: [['programmes']],
    done: (programme) => {
      toast('ok', t('programme.created'));
      go(`/marketplace/programmes/${programme.id}`);
    },
  });
  const errors = fieldErrors(act.error);
  return (
    <Page title={t('programme.new')} lead={t('programme.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Card>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('programme.name')} error={errors['/name']}>
              <Input required maxLength={120} value={draft.name} onText={(name) => set({ name })} />
            </Field>
            <Field label={t('programme.share_percent')} error={errors['/share_basis_points']}>
              <Input
                required
                inputMode="decimal"
                pattern="\d{1,3}([.,]\d{1,2})?"
                value={draft.share}
                onText={(share) => set({ share })}
              />
            </Field>
            <MoneyFields draft={draft} set={set} errors={errors} />
            <ScopeFields draft={draft} set={set} errors={errors} />
            <Field label={t('programme.from')} hint={t('programme.from_hint')} error={errors['/valid_from']}>
              <Input type="datetime-local" value={draft.from} onText={(from) => set({ from })} />
            </Field>
            <Field label={t('programme.to')} hint={t('programme.to_hint')} error={errors['/valid_to']}>
              <Input type="datetime-local" value={draft.to} onText={(to) => set({ to })} />
            </Field>
          </div>
          <div className="mt-4 grid justify-items-start gap-3">
            {act.error && <Failure error={act.error} />}
            <Button type="submit" look="primary" busy={act.isPending}>
              {t('programme.create')}
            </Button>
          </div>
        </Card>
      </form>
    </Page>
  );
}

type Part = {
  readonly draft: Draft;
  readonly set: (change: Partial<Draft>) => void;
  readonly errors: Readonly<Record<string, string>>;
};

function MoneyFields({ draft, set, errors }: Part) {
  const t = useWords(MARKETPLACE_WORDS);
  const amount = { inputMode: 'decimal', pattern: '\\d+([.,]\\d{1,3})?' } as const;
  return (
    <>
      <Field
        label={t('programme.budget')}
        error={errors['/budget'] ?? errors['/budget/amount_minor'] ?? errors['/budget/currency']}
      >
        <Input required {...amount} value={draft.budget} onText={(budget) => set({ budget })} />
      </Field>
      <Field label={t('programme.currency')}>
        <Select
          value={draft.currency}
          onChoice={(currency) => set({ currency })}
          choices={CURRENCIES.map((one) => ({ value: one as string, label: one }))}
        />
      </Field>
      <Field
        label={t('programme.max')}
        hint={t('programme.max_hint')}
        error={errors['/max_per_parcel'] ?? errors['/max_per_parcel/amount_minor']}
      >
        <Input {...amount} value={draft.max} onText={(max) => set({ max })} />
      </Field>
    </>
  );
}

function ScopeFields({ draft, set, errors }: Part) {
  const t = useWords(MARKETPLACE_WORDS);
  const p = useWords(PARCEL_WORDS);
  const firstOf = (pointer: string) => errors[pointer] ?? errors[`${pointer}/0`];
  return (
    <>
      <Field
        label={t('programme.destinations')}
        hint={t('programme.destinations_hint')}
        error={firstOf('/destinations')}
      >
        <Input mono value={draft.destinations} onText={(destinations) => set({ destinations })} />
      </Field>
      <Field label={t('programme.lines')} hint={t('programme.lines_hint')} error={firstOf('/line_codes')}>
        <Input mono value={draft.lines} onText={(lines) => set({ lines })} />
      </Field>
      <fieldset className="grid content-start gap-1">
        <legend className="mb-1 text-sm font-medium">{t('programme.classes')}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {CLASSES.map((one) => (
            <Checkbox
              key={one}
              label={p(`class.${one}`)}
              checked={draft.classes.includes(one)}
              onCheck={(checked) =>
                set({
                  classes: CLASSES.filter((other) =>
                    other === one ? checked : draft.classes.includes(other),
                  ),
                })
              }
            />
          ))}
        </div>
        <p className="text-xs text-soft">{t('programme.classes_hint')}</p>
      </fieldset>
    </>
  );
}
