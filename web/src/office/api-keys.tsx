import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay, useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { KIT_WORDS } from '../words/kit.ts';
import { type KeyRole, RoleName, useOwnKeyRoles } from './roles.tsx';
import { OFFICE_WORDS } from './words.ts';

type ApiKey = components['schemas']['ApiKey'];

/** Keys of one's own organisation. */
export function ApiKeys() {
  const t = useWords(OFFICE_WORDS);
  const { person } = useSession();
  return (
    <Page title={t('key.title')} lead={t('key.none_hint')}>
      <NewKey roles={useOwnKeyRoles()} />
      <Card>
        <KeyList organisationId={person.organisation_id} />
      </Card>
    </Page>
  );
}

/** Keys of an organisation that somebody looks after: to make and to revoke. */
export function KeysOf({
  organisationId,
  roles,
}: {
  readonly organisationId: string;
  readonly roles: readonly [KeyRole, ...KeyRole[]];
}) {
  const t = useWords(OFFICE_WORDS);
  const may = useMay();
  return (
    <>
      <Card title={t('key.title')}>
        <KeyList organisationId={organisationId} />
      </Card>
      {may('mintApiKey') && <NewKey organisationId={organisationId} roles={roles} />}
    </>
  );
}

function KeyList({ organisationId }: { readonly organisationId: string }) {
  const t = useWords(OFFICE_WORDS);
  const keys = usePages(['api-keys', organisationId], (cursor, signal) =>
    api.get('/v1/api-keys', {
      params: {
        query: {
          limit: 50,
          organisation_id: organisationId,
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <>
      <Read of={keys.query}>
        {() => (keys.items.length === 0 ? <Empty title={t('key.none')} /> : <KeyTable rows={keys.items} />)}
      </Read>
      <Pager of={keys} />
    </>
  );
}

function KeyTable({ rows }: { readonly rows: readonly ApiKey[] }) {
  const t = useWords(OFFICE_WORDS);
  const may = useMay();
  const revoke = useAct(
    (id: string) => api.delete('/v1/api-keys/{api_key_id}', { params: { path: { api_key_id: id } } }),
    { touches: [['api-keys']], done: () => toast('ok', t('key.revoked_now')) },
  );
  return (
    <>
      {revoke.error && <Failure error={revoke.error} />}
      <Table
        label={t('key.title')}
        rows={rows}
        rowId={(key) => key.id}
        columns={[
          { id: 'name', label: t('key.name'), isName: true, cell: (key) => key.name },
          { id: 'role', label: t('key.role'), cell: (key) => <RoleName of={key.role} /> },
          { id: 'created', label: t('key.created'), cell: (key) => <Moment at={key.created_at} /> },
          {
            id: 'expires',
            label: t('key.expires'),
            cell: (key) => (key.expires_at === undefined ? '–' : <Moment at={key.expires_at} />),
          },
          {
            id: 'state',
            label: t('key.state'),
            cell: (key) => (
              <Status tone={key.revoked_at === undefined ? 'ok' : 'idle'}>
                {key.revoked_at === undefined ? t('key.active') : t('key.revoked')}
              </Status>
            ),
          },
          {
            id: 'revoke',
            label: t('key.revoke'),
            cell: (key) =>
              key.revoked_at === undefined && may('revokeApiKey') ? (
                <Button
                  size="small"
                  look="danger"
                  title={t('key.revoke_ask')}
                  busy={revoke.isPending && revoke.variables === key.id}
                  onClick={() => revoke.mutate(key.id)}
                >
                  {t('key.revoke')}
                </Button>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </>
  );
}

function NewKey({
  organisationId,
  roles,
}: {
  /** One's own when absent. */
  readonly organisationId?: string;
  readonly roles: readonly [KeyRole, ...KeyRole[]];
}) {
  const t = useWords(OFFICE_WORDS);
  const kit = useWords(KIT_WORDS);
  const { world: current } = useSession();
  const [name, setName] = useState('');
  const [role, setRole] = useState<KeyRole>(roles[0]);
  const [world, setWorld] = useState<'live' | 'test'>(current);
  const act = useAct(
    () =>
      api.post('/v1/api-keys', {
        body: {
          name: name.trim(),
          role,
          ...(organisationId === undefined ? {} : { organisation_id: organisationId }),
          ...(world === current ? {} : { world }),
        },
      }),
    { touches: [['api-keys']], done: () => setName('') },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('key.new')}>
      <form
        className="grid gap-4 sm:grid-cols-[1fr_1fr_1fr_auto] sm:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('key.name')} error={errors['/name']}>
          <Input required maxLength={80} value={name} onText={setName} />
        </Field>
        <Field label={t('key.role')} error={errors['/role']}>
          <Select
            value={role}
            onChoice={setRole}
            choices={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
        </Field>
        <Field label={t('key.world')} error={errors['/world']}>
          <Select
            value={world}
            onChoice={setWorld}
            choices={(current === 'live' ? (['live', 'test'] as const) : (['test'] as const)).map((one) => ({
              value: one,
              label: kit(`world.${one}`),
            }))}
          />
        </Field>
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('key.mint')}
        </Button>
      </form>
      <div className="mt-3 grid gap-3">
        {act.error && <Failure error={act.error} />}
        {act.data && (
          <Notice tone="ok">
            <p>{t('key.secret')}</p>
            <CopyId value={act.data.secret} />
          </Notice>
        )}
      </div>
    </Card>
  );
}
