import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Checkbox, Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { DeskList } from './desk-list.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { LINE_WORDS } from './words.ts';

type Item = components['schemas']['RoutingQueueItem'];

/** Waybills that no rule could route: somebody says where they go, and the rule is remembered. */
export function Routing() {
  const t = useWords(LINE_WORDS);
  const may = useMay();
  const queue = usePages<Item>(
    ['routing-queue'],
    (cursor, signal) =>
      api.get('/v1/routing-queue', {
        params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
        signal,
      }),
    { everyMs: 30_000 },
  );
  return (
    <Page title={t('routing.title')} lead={t('routing.lead')}>
      <Card>
        <DeskList
          label={t('routing.title')}
          of={queue}
          rowId={(item) => item.waybill_id}
          empty={t('routing.none')}
          columns={[
            {
              id: 'number',
              label: t('routing.number'),
              isName: true,
              cell: (item) => <span className="number">{item.number}</span>,
            },
            {
              id: 'carrier',
              label: t('carrier'),
              cell: (item) => <span className="number">{item.carrier_code}</span>,
            },
            {
              id: 'reason',
              label: t('routing.reason'),
              cell: (item) => <Status tone="warn">{t(`routing.reason.${item.reason}`)}</Status>,
            },
            { id: 'area', label: t('routing.area'), cell: (item) => <AreaName of={item.area} /> },
            {
              id: 'whose',
              label: t('organisation'),
              cell: (item) => <OrganisationName id={item.organisation_id} />,
            },
            { id: 'queued', label: t('routing.queued'), cell: (item) => <Moment at={item.queued_at} /> },
          ]}
          todo={
            may('resolveRoute')
              ? {
                  label: t('routing.resolve'),
                  dialog: (item, close) => <Resolve key={item.waybill_id} item={item} onClose={close} />,
                }
              : undefined
          }
        />
      </Card>
    </Page>
  );
}

function AreaName({ of }: { readonly of: Item['area'] }) {
  const { country } = useFormats();
  if (of === undefined) return <>–</>;
  return <>{[of.town, of.city, of.division, of.postcode, country(of.country)].filter(Boolean).join(', ')}</>;
}

function Resolve({ item, onClose }: { readonly item: Item; readonly onClose: () => void }) {
  const t = useWords(LINE_WORDS);
  const [mark, setMark] = useState('');
  const [route, setRoute] = useState('');
  const [place, setPlace] = useState({ name: '', code: '' });
  const [remember, setRemember] = useState(true);
  const act = useAct(
    () =>
      api.post('/v1/routing-queue/{waybill_id}/resolution', {
        params: { path: { waybill_id: item.waybill_id } },
        body: {
          sort_mark: mark.trim(),
          ...(route.trim() === '' ? {} : { route_code: route.trim() }),
          ...(place.name === '' && place.code === '' ? {} : { consolidation: place }),
          remember,
        },
      }),
    {
      touches: [['routing-queue']],
      done: () => {
        toast('ok', t('routing.resolved'));
        onClose();
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Dialog
      title={t('routing.resolve_title', { number: item.number })}
      open
      onOpen={(open) => open || onClose()}
    >
      <ActForm act={act} submit={t('routing.resolve')}>
        <p>
          <AreaName of={item.area} />
        </p>
        {item.candidates.length > 0 && (
          <p className="text-sm text-soft">
            {t('routing.candidates')} <span className="number">{item.candidates.join(', ')}</span>
          </p>
        )}
        <Field label={t('routing.mark')} hint={t('routing.mark_hint')} error={errors['/sort_mark']}>
          <Input required maxLength={40} value={mark} onText={setMark} />
        </Field>
        <Field label={t('routing.code')} error={errors['/route_code']}>
          <Input mono maxLength={40} value={route} onText={setRoute} />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('routing.place')} error={errors['/consolidation/name']}>
            <Input maxLength={40} value={place.name} onText={(name) => setPlace({ ...place, name })} />
          </Field>
          <Field label={t('routing.place_code')} error={errors['/consolidation/code']}>
            <Input mono maxLength={40} value={place.code} onText={(code) => setPlace({ ...place, code })} />
          </Field>
        </div>
        <Checkbox label={t('routing.remember')} checked={remember} onCheck={setRemember} />
      </ActForm>
    </Dialog>
  );
}
