import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty, Failure } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Moment } from '../kit/values.tsx';
import { OFFICE_WORDS } from './words.ts';

export function Webhooks() {
  const t = useWords(OFFICE_WORDS);
  const at = useFaceAddress();
  const hooks = usePages(['webhooks'], (cursor, signal) =>
    api.get('/v1/webhook-endpoints', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('hook.title')} lead={t('hook.none_hint')}>
      <NewHook />
      <Card>
        <PagedTable
          of={hooks}
          empty={<Empty title={t('hook.none')} />}
          label={t('hook.title')}
          rowId={(hook) => hook.id}
          columns={[
            {
              id: 'url',
              label: t('hook.url'),
              isName: true,
              cell: (hook) => (
                <Link className="text-accent hover:underline" href={at(`/webhooks/${hook.id}`)}>
                  {hook.url}
                </Link>
              ),
            },
            {
              id: 'state',
              label: t('key.state'),
              cell: (hook) => (
                <Status tone={hook.state === 'enabled' ? 'ok' : 'warn'}>
                  {t(`hook.state.${hook.state}`)}
                </Status>
              ),
            },
            {
              id: 'events',
              label: t('hook.events'),
              cell: (hook) =>
                hook.event_types.length === 0 ? t('hook.events_all') : hook.event_types.join(', '),
            },
            {
              id: 'description',
              label: t('hook.description'),
              cell: (hook) => hook.description || '–',
            },
            { id: 'created', label: t('key.created'), cell: (hook) => <Moment at={hook.created_at} /> },
          ]}
        />
      </Card>
    </Page>
  );
}

function NewHook() {
  const t = useWords(OFFICE_WORDS);
  const [url, setUrl] = useState('');
  const [description, setDescription] = useState('');
  const [events, setEvents] = useState('');
  const act = useAct(
    () => {
      const types = events.split(/[\s,]+/).filter((type) => type !== '');
      return api.post('/v1/webhook-endpoints', {
        body: {
          url: url.trim(),
          ...(description.trim() === '' ? {} : { description: description.trim() }),
          ...(types.length === 0 ? {} : { event_types: types }),
        },
      });
    },
    { touches: [['webhooks']], done: () => setUrl('') },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('hook.new')}>
      <form
        className="grid gap-4 sm:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('hook.url')} error={errors['/url']}>
          <Input required type="url" maxLength={500} value={url} onText={setUrl} placeholder="https://" />
        </Field>
        <Field label={t('hook.description')} error={errors['/description']}>
          <Input maxLength={200} value={description} onText={setDescription} />
        </Field>
        <Field
          label={t('hook.events')}
          hint={t('hook.events_hint')}
          error={errors['/event_types'] ?? errors['/event_types/0']}
        >
          <Input mono value={events} onText={setEvents} />
        </Field>
        <div className="flex items-end">
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('hook.create')}
          </Button>
        </div>
      </form>
      <div className="mt-3 grid gap-3">
        {act.error && <Failure error={act.error} />}
        {act.data && (
          <Notice tone="ok">
            <p>{t('hook.secret')}</p>
            <CopyId value={act.data.secret} />
          </Notice>
        )}
      </div>
    </Card>
  );
}
