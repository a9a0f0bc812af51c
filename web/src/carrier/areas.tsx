import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { CountryField } from '../office/country-field.tsx';
import { CARRIER_WORDS } from './words.ts';

export type Area = components['schemas']['PickupArea'];
const SLOTS: readonly Area['slot'][] = ['one_hour', 'two_hours', 'half_day', 'day'];

export function Areas() {
  const t = useWords(CARRIER_WORDS);
  const areas = usePages<Area>(['pickup-areas'], (cursor, signal) =>
    api.get('/v1/pickup-areas', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('area.title')}>
      <Card>
        <Read of={areas.query}>
          {() =>
            areas.items.length === 0 ? (
              <Empty title={t('area.none')} hint={t('area.none_hint')} />
            ) : (
              <AreaTable rows={areas.items} />
            )
          }
        </Read>
        <Pager of={areas} />
      </Card>
      <NewArea />
    </Page>
  );
}

function AreaTable({ rows }: { readonly rows: readonly Area[] }) {
  const t = useWords(CARRIER_WORDS);
  const { country } = useFormats();
  return (
    <Table
      label={t('area.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'code',
          label: t('area.code'),
          isName: true,
          cell: (one) => (
            <Link className="number text-accent hover:underline" href={`/carrier/areas/${one.id}`}>
              {one.code}
            </Link>
          ),
        },
        { id: 'state', label: t('area.state'), cell: (one) => <AreaState of={one} /> },
        { id: 'country', label: t('area.country'), cell: (one) => country(one.country) },
        {
          id: 'postcodes',
          label: t('area.postcodes'),
          cell: (one) => [...one.postcode_prefixes, ...one.divisions].join(', ') || t('area.all'),
        },
        { id: 'slot', label: t('area.slot'), cell: (one) => t(`area.slot.${one.slot}`) },
        { id: 'zone', label: t('area.zone'), cell: (one) => one.zone },
      ]}
    />
  );
}

export function AreaState({ of }: { readonly of: Area }) {
  const t = useWords(CARRIER_WORDS);
  if (!of.is_on) return <Status tone="idle">{t('area.off')}</Status>;
  return of.has_capacities ? (
    <Status tone="ok">{t('area.on')}</Status>
  ) : (
    <Status tone="warn">{t('area.no_capacity')}</Status>
  );
}

function NewArea() {
  const t = useWords(CARRIER_WORDS);
  const [, go] = useLocation();
  const [draft, setDraft] = useState({
    code: '',
    country: 'CN',
    postcodes: '',
    zone: 'Asia/Shanghai',
    from: '8',
    to: '20',
  });
  const [slot, setSlot] = useState<Area['slot']>('two_hours');
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const act = useAct(
    () => {
      const prefixes = draft.postcodes.split(/[\s,，]+/).filter((one) => one !== '');
      return api.post('/v1/pickup-areas', {
        body: {
          code: draft.code.trim(),
          country: draft.country,
          zone: draft.zone.trim(),
          slot,
          working_hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
            weekday,
            from_hour: Number(draft.from),
            to_hour: Number(draft.to),
          })),
          ...(prefixes.length === 0 ? {} : { postcode_prefixes: prefixes }),
        },
      });
    },
    {
      touches: [['pickup-areas']],
      done: (area) => {
        toast('ok', t('area.created'));
        go(`/carrier/areas/${area.id}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  const hour = { required: true, type: 'number', min: 0, max: 24 } as const;
  return (
    <Card title={t('area.create')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('area.code')} error={errors['/code']}>
          <Input mono required maxLength={40} value={draft.code} onText={(code) => set({ code })} />
        </Field>
        <CountryField
          label={t('area.country')}
          value={draft.country}
          onCountry={(country) => set({ country })}
          error={errors['/country']}
        />
        <Field
          label={t('area.postcodes')}
          hint={t('area.postcodes_hint')}
          error={errors['/postcode_prefixes'] ?? errors['/postcode_prefixes/0']}
        >
          <Input mono value={draft.postcodes} onText={(postcodes) => set({ postcodes })} />
        </Field>
        <Field label={t('area.zone')} error={errors['/zone']}>
          <Input required maxLength={60} value={draft.zone} onText={(zone) => set({ zone })} />
        </Field>
        <Field label={t('area.from_hour')} error={errors['/working_hours/0/from_hour']}>
          <Input {...hour} value={draft.from} onText={(from) => set({ from })} />
        </Field>
        <Field label={t('area.to_hour')} error={errors['/working_hours/0/to_hour']}>
          <Input {...hour} value={draft.to} onText={(to) => set({ to })} />
        </Field>
        <Field label={t('area.slot')} error={errors['/slot']}>
          <Select
            value={slot}
            onChoice={setSlot}
            choices={SLOTS.map((one) => ({ value: one, label: t(`area.slot.${one}`) }))}
          />
        </Field>
        <div className="grid justify-items-start gap-3 sm:col-span-3">
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('area.create')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
