import type { components } from '@postroad/sdk';
import { ROLES_OF_OPERATION } from '@postroad/sdk/operations';
import { useState } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Combobox } from '../kit/combobox.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ActorName } from './actor-name.tsx';
import { OrganisationName } from './organisation-name.tsx';
import { addressOfThing } from './things.ts';
import { DESK_WORDS } from './words.ts';

type Entry = components['schemas']['AuditEntry'];
const FILTERS = ['subject', 'operation', 'actor_id', 'since', 'until'] as const;
type Filters = Readonly<Record<(typeof FILTERS)[number], string>>;
/** Operations by their names in the API, as the audit writes them. */
const OPERATIONS = Object.keys(ROLES_OF_OPERATION).sort();

/** Who did what to which thing and when; the filters stand in the address. */
export function Audit() {
  const t = useWords(DESK_WORDS);
  const search = useSearch();
  const given = filtersOf(search);
  const entries = usePages(['audit', search], (cursor, signal) =>
    api.get('/v1/audit', {
      params: { query: { limit: 50, ...queryOf(given), ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <FilterForm key={search} given={given} />
      <Card>
        <Read of={entries.query} rows={8}>
          {() =>
            entries.items.length === 0 ? (
              <Empty title={t('audit.none')} hint={t('audit.none_hint')} />
            ) : (
              <Entries rows={entries.items} />
            )
          }
        </Read>
        <Pager of={entries} />
      </Card>
    </Page>
  );
}

function filtersOf(search: string): Filters {
  const words = new URLSearchParams(search);
  return Object.fromEntries(FILTERS.map((name) => [name, words.get(name) ?? ''])) as Filters;
}

/** Days are those of UTC, like the moments of the audit itself. */
function queryOf(given: Filters): Partial<Filters> {
  const moment = (day: string, clock: string) => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T${clock}Z` : day);
  const full = {
    ...given,
    since: moment(given.since, '00:00:00'),
    until: moment(given.until, '23:59:59'),
  };
  return Object.fromEntries(Object.entries(full).filter(([, value]) => value !== ''));
}

function FilterForm({ given }: { readonly given: Filters }) {
  const t = useWords(DESK_WORDS);
  const [, go] = useLocation();
  const [typed, setTyped] = useState(given);
  const set = (name: keyof Filters) => (value: string) =>
    setTyped((now) => ({ ...now, [name]: value.trim() }));
  return (
    <form
      className="screen-only mb-4 grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1.4fr_1.2fr_1.4fr_1fr_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        const words = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''));
        go(`/operations/audit?${words.toString()}`);
      }}
    >
      <Field label={t('audit.subject')}>
        <Input mono maxLength={100} value={typed.subject} onText={set('subject')} placeholder="shp_…" />
      </Field>
      <Field label={t('audit.operation')}>
        <Combobox
          value={typed.operation}
          onChoice={set('operation')}
          choices={[{ value: '', label: '–' }, ...OPERATIONS.map((name) => ({ value: name, label: name }))]}
        />
      </Field>
      <Field label={t('audit.actor')}>
        <Input
          mono
          maxLength={100}
          value={typed.actor_id}
          onText={set('actor_id')}
          placeholder="per_… key_…"
        />
      </Field>
      <Field label={t('audit.since')}>
        <Input type="date" value={typed.since} onText={set('since')} />
      </Field>
      <Field label={t('audit.until')}>
        <Input type="date" value={typed.until} onText={set('until')} />
      </Field>
      <div className="flex gap-2">
        <Button type="submit" look="primary">
          {t('audit.filter')}
        </Button>
        <ButtonLink to="/operations/audit" look="quiet">
          {t('audit.clear')}
        </ButtonLink>
      </div>
    </form>
  );
}

function Entries({ rows }: { readonly rows: readonly Entry[] }) {
  const t = useWords(DESK_WORDS);
  return (
    <Table
      label={t('audit.title')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'operation',
          label: t('audit.operation'),
          isName: true,
          cell: (one) => <span className="number">{one.operation}</span>,
        },
        { id: 'at', label: t('audit.at'), cell: (one) => <Moment at={one.at} /> },
        { id: 'subject', label: t('audit.subject'), cell: (one) => <Subject id={one.subject} /> },
        {
          id: 'whose',
          label: t('organisation'),
          cell: (one) => <OrganisationName id={one.organisation_id} />,
        },
        {
          id: 'actor',
          label: t('audit.actor'),
          cell: (one) => (
            <ActorName
              id={one.actor_id}
              role={one.actor_role}
              organisationId={one.actor_organisation_id}
              at={`/operations/audit?actor_id=${encodeURIComponent(one.actor_id)}`}
            />
          ),
        },
      ]}
    />
  );
}

function Subject({ id }: { readonly id: string | undefined }) {
  if (id === undefined) return <>–</>;
  const address = addressOfThing(id);
  if (address === undefined) return <span className="number">{id}</span>;
  return (
    <Link className="number text-accent hover:underline" href={address}>
      {id}
    </Link>
  );
}
