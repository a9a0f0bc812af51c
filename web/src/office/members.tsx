import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, usePages, useRead } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Badge, Notice, Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { type PersonRole, RoleName, useOwnRoles } from './roles.tsx';
import { OFFICE_WORDS } from './words.ts';

type Person = components['schemas']['Person'];
type Roles = readonly [PersonRole, ...PersonRole[]];

export function Members() {
  const t = useWords(OFFICE_WORDS);
  return (
    <Page title={t('member.title')}>
      <People roles={useOwnRoles()} />
    </Page>
  );
}

type Whose = {
  /** Another organisation that one looks after; absent: one's own. */
  readonly organisationId?: string;
};

/** The people of an organisation, inviting one, and the invitations that are open. */
export function People({ roles, ...whose }: Whose & { readonly roles: Roles }) {
  const t = useWords(OFFICE_WORDS);
  const { organisationId } = whose;
  const people = usePages(['people', organisationId ?? ''], (cursor, signal) =>
    api.get('/v1/people', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(organisationId === undefined ? {} : { organisation_id: organisationId }),
        },
      },
      signal,
    }),
  );
  return (
    <>
      <Card {...(organisationId === undefined ? {} : { title: t('member.title') })}>
        <Read of={people.query}>
          {() =>
            people.items.length === 0 ? (
              <Empty title={t('member.none')} />
            ) : (
              <PeopleTable rows={people.items} />
            )
          }
        </Read>
        <Pager of={people} />
      </Card>
      <Invite roles={roles} {...whose} />
      <OpenInvitations {...whose} />
    </>
  );
}

function PeopleTable({ rows }: { readonly rows: readonly Person[] }) {
  const t = useWords(OFFICE_WORDS);
  const { person: self } = useSession();
  const change = useAct(
    (person: Person) => {
      const params = { path: { person_id: person.id } };
      return person.state === 'active'
        ? api.post('/v1/people/{person_id}/disablement', { params })
        : api.post('/v1/people/{person_id}/enablement', { params });
    },
    { touches: [['people']] },
  );
  return (
    <>
      {change.error && <Failure error={change.error} />}
      <Table
        label={t('member.title')}
        rows={rows}
        rowId={(person) => person.id}
        columns={[
          { id: 'name', label: t('member.name'), isName: true, cell: (person) => person.name },
          { id: 'email', label: t('member.email'), cell: (person) => person.email },
          { id: 'role', label: t('member.role'), cell: (person) => <RoleName of={person.role} /> },
          {
            id: 'state',
            label: t('member.state'),
            cell: (person) => (
              <Status tone={person.state === 'active' ? 'ok' : 'idle'}>{t(`member.${person.state}`)}</Status>
            ),
          },
          {
            id: 'change',
            label: t('member.disable'),
            cell: (person) =>
              person.id === self.id ? (
                <Badge>{t('member.you')}</Badge>
              ) : (
                <Button size="small" busy={change.isPending} onClick={() => change.mutate(person)}>
                  {person.state === 'active' ? t('member.disable') : t('member.enable')}
                </Button>
              ),
          },
        ]}
      />
    </>
  );
}

function Invite({ roles, organisationId }: Whose & { readonly roles: Roles }) {
  const t = useWords(OFFICE_WORDS);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<PersonRole>(roles[0]);
  const act = useAct(
    () =>
      api.post('/v1/invitations', {
        body: {
          email: email.trim(),
          role,
          ...(organisationId === undefined ? {} : { organisation_id: organisationId }),
        },
      }),
    { touches: [['invitations']], done: () => setEmail('') },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('member.invite')}>
      <form
        className="grid gap-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('member.email')} error={errors['/email']}>
          <Input required type="email" maxLength={254} value={email} onText={setEmail} />
        </Field>
        <Field label={t('member.role')} error={errors['/role']}>
          <Select
            value={role}
            onChoice={setRole}
            choices={roles.map((one) => ({ value: one, label: t(`role.${one}`) }))}
          />
        </Field>
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('member.invite_do')}
        </Button>
      </form>
      <div className="mt-3 grid gap-3">
        {act.error && <Failure error={act.error} />}
        {act.data && (
          <Notice tone="ok">
            <p>{t('member.link')}</p>
            <CopyId value={`${location.origin}/invitation#${act.data.token}`} />
          </Notice>
        )}
      </div>
    </Card>
  );
}

function OpenInvitations({ organisationId }: Whose) {
  const t = useWords(OFFICE_WORDS);
  const found = useRead(['invitations', organisationId ?? ''], (signal) =>
    api.get('/v1/invitations', {
      params: {
        query: { limit: 100, ...(organisationId === undefined ? {} : { organisation_id: organisationId }) },
      },
      signal,
    }),
  );
  const revoke = useAct(
    (id: string) =>
      api.delete('/v1/invitations/{invitation_id}', { params: { path: { invitation_id: id } } }),
    { touches: [['invitations']] },
  );
  const open = found.data?.data.filter((one) => one.state === 'open') ?? [];
  if (open.length === 0) return null;
  return (
    <Card title={t('member.invitations')}>
      {revoke.error && <Failure error={revoke.error} />}
      <Table
        label={t('member.invitations')}
        rows={open}
        rowId={(one) => one.id}
        columns={[
          { id: 'email', label: t('member.email'), isName: true, cell: (one) => one.email },
          { id: 'role', label: t('member.role'), cell: (one) => <RoleName of={one.role} /> },
          { id: 'until', label: t('member.until'), cell: (one) => <Moment at={one.expires_at} /> },
          {
            id: 'revoke',
            label: t('member.revoke'),
            cell: (one) => (
              <Button size="small" busy={revoke.isPending} onClick={() => revoke.mutate(one.id)}>
                {t('member.revoke')}
              </Button>
            ),
          },
        ]}
      />
    </Card>
  );
}
