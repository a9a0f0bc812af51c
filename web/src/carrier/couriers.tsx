import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { type CourierDraft, CourierForm, type Known } from './courier-form.tsx';
import { CARRIER_WORDS } from './words.ts';

type Courier = components['schemas']['Courier'];

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
              t('courier.no_area'),
          },
          { id: 'person', label: t('courier.person'), cell: logInOf },
          { id: 'phone', label: t('courier.phone'), cell: (one) => one.phone_tail ?? '–' },
          {
            id: 'change',
            label: t('courier.duty'),
            cell: (one) => (
              <span className="flex flex-wrap gap-2">
                <Button
                  size="small"
                  busy={change.isPending && change.variables.id === one.id}
                  onClick={() => change.mutate(one)}
                >
                  {one.is_on ? t('courier.set_off') : t('courier.set_on')}
                </Button>
                <ChangeCourier courier={one} areas={areas} people={people} />
              </span>
            ),
          },
        ]}
      />
    </>
  );
}

function NewCourier(known: Known) {
  const t = useWords(CARRIER_WORDS);
  const act = useAct((body: CourierDraft) => api.post('/v1/couriers', { body }), {
    touches: [['couriers']],
    done: () => toast('ok', t('courier.added')),
  });
  return (
    <Card title={t('courier.add')}>
      <CourierForm
        key={act.data?.id ?? ''}
        {...known}
        action={t('courier.add')}
        isBusy={act.isPending}
        error={act.error}
        onSave={(draft) => act.mutate(draft)}
      />
    </Card>
  );
}

function ChangeCourier({ courier, ...known }: Known & { readonly courier: Courier }) {
  const t = useWords(CARRIER_WORDS);
  const [open, setOpen] = useState(false);
  const act = useAct(
    (draft: CourierDraft) =>
      api.put('/v1/couriers/{courier_id}', {
        params: { path: { courier_id: courier.id } },
        body: {
          ...draft,
          is_on: courier.is_on,
          ...(courier.api_key_id === undefined ? {} : { api_key_id: courier.api_key_id }),
        },
      }),
    {
      touches: [['couriers']],
      done: () => {
        setOpen(false);
        toast('ok', t('courier.changed'));
      },
    },
  );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('courier.edit')}
      </Button>
      <Dialog title={courier.name} open={open} onOpen={setOpen} wide>
        <CourierForm
          {...known}
          of={courier}
          action={t('courier.save')}
          isBusy={act.isPending}
          error={act.error}
          onSave={(draft) => act.mutate(draft)}
        />
      </Dialog>
    </>
  );
}
