import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import type { Area } from './areas.tsx';
import { CARRIER_WORDS } from './words.ts';

type Courier = components['schemas']['Courier'];
type Person = components['schemas']['Person'];

export function Couriers() {
  const t = useWords(CARRIER_WORDS);
  const couriers = usePages<Courier>(['couriers'], (cursor, signal) =>
    api.get('/v1/couriers', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const areas = useRead(['pickup-areas', 'names'], (signal) =>
    api.get('/v1/pickup-areas', { params: { query: { limit: 100 } }, signal }),
  );
  const people = useRead(['people', 'couriers'], (signal) =>
    api.get('/v1/people', { params: { query: { limit: 100 } }, signal }),
  );
  const known = { areas: areas.data?.data ?? [], people: people.data?.data ?? [] };
  return (
    <Page title={t('courier.title')}>
      <Card>
        <Read of={couriers.query}>
          {() =>
            couriers.items.length === 0 ? (
              <Empty title={t('courier.none')} hint={t('courier.none_hint')} />
            ) : (
              <CourierTable rows={couriers.items} {...known} />
            )
          }
        </Read>
        <Pager of={couriers} />
      </Card>
      <NewCourier {...known} />
    </Page>
  );
}

type Known = { readonly areas: readonly Area[]; readonly people: readonly Person[] };

function CourierTable({ rows, areas, people }: Known & { readonly rows: readonly Courier[] }) {
  const t = useWords(CARRIER_WORDS);
  const change = useAct(
    ({ id, organisation_id: _owner, ...courier }: Courier) =>
      api.put('/v1/couriers/{courier_id}', {
        params: { path: { courier_id: id } },
        body: { ...courier, is_on: !courier.is_on },
      }),
    { touches: [['couriers']], done: () => toast('ok', t('courier.changed')) },
  );
  const logInOf = (one: Courier) =>
    people.find((person) => person.id === one.person_id)?.email ??
    one.person_id ??
    (one.api_key_id === undefined ? t('courier.no_person') : t('courier.program'));
  return (
    <>
      {change.error && <Failure error={change.error} />}
      <Table
        label={t('courier.title')}
        rows={rows}
        rowId={(one) => one.id}
        columns={[
          { id: 'name', label: t('courier.name'), isName: true, cell: (one) => one.name },
          {
            id: 'state',
            label: t('courier.state'),
            cell: (one) => (
              <Status tone={one.is_on ? 'ok' : 'idle'}>
                {one.is_on ? t('courier.on') : t('courier.off')}
              </Status>
            ),
          },
          {
            id: 'areas',
            label: t('courier.areas'),
            cell: (one) =>
              one.area_ids.map((id) => areas.find((area) => area.id === id)?.code ?? id).join(', ') ||
              t('courier.any_area'),
          },
          { id: 'person', label: t('courier.person'), cell: logInOf },
          { id: 'phone', label: t('courier.phone'), cell: (one) => one.phone_tail ?? '–' },
          {
            id: 'change',
            label: t('courier.set_off'),
            cell: (one) => (
              <Button
                size="small"
                busy={change.isPending && change.variables.id === one.id}
                onClick={() => change.mutate(one)}
              >
                {one.is_on ? t('courier.set_off') : t('courier.set_on')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}

function NewCourier({ areas, people }: Known) {
  const t = useWords(CARRIER_WORDS);
  const [name, setName] = useState('');
  const [phone, setPhone] = useState('');
  const [person, setPerson] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const act = useAct(
    () =>
      api.post('/v1/couriers', {
        body: {
          name: name.trim(),
          ...(phone === '' ? {} : { phone_tail: phone }),
          ...(chosen.length === 0 ? {} : { area_ids: [...chosen] }),
          ...(person === '' ? {} : { person_id: person }),
        },
      }),
    {
      touches: [['couriers']],
      done: () => {
        setName('');
        setPhone('');
        setPerson('');
        toast('ok', t('courier.added'));
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('courier.add')}>
      <form
        className="grid gap-4 sm:grid-cols-3"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
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
          {act.error && <Failure error={act.error} />}
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('courier.add')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
