import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Combobox } from '../kit/combobox.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Badge } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { type Organisation, OrganisationName, useOrganisations } from './organisation-name.tsx';
import { PARTNER_WORDS } from './words.ts';

const KINDS = ['marketplace', 'merchant', 'carrier', 'warehouse', 'point_operator'] as const;
type Kind = (typeof KINDS)[number];

/** Everybody who has a part in the network. */
export function Organisations() {
  const t = useWords(PARTNER_WORDS);
  const may = useMay();
  const organisations = usePages(['organisations'], (cursor, signal) =>
    api.get('/v1/organisations', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  return (
    <Page title={t('organisations')}>
      <Card>
        <Read of={organisations.query} rows={8}>
          {() =>
            organisations.items.length === 0 ? (
              <Empty title={t('organisations.none')} />
            ) : (
              <OrganisationTable rows={organisations.items} />
            )
          }
        </Read>
        <Pager of={organisations} />
      </Card>
      {may('openOrganisation') && <OpenOrganisation />}
    </Page>
  );
}

function OrganisationTable({ rows }: { readonly rows: readonly Organisation[] }) {
  const t = useWords(PARTNER_WORDS);
  const { country } = useFormats();
  return (
    <Table
      label={t('organisations')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'name',
          label: t('organisation.name'),
          isName: true,
          cell: (one) => (
            <Link className="text-accent hover:underline" href={`/operations/organisations/${one.id}`}>
              {one.name}
            </Link>
          ),
        },
        { id: 'kind', label: t('organisation.kind'), cell: (one) => <Badge>{t(`kind.${one.kind}`)}</Badge> },
        { id: 'country', label: t('organisation.country'), cell: (one) => country(one.country) },
        {
          id: 'platform',
          label: t('organisation.platform'),
          cell: (one) => <OrganisationName id={one.client_platform_id} link />,
        },
        {
          id: 'carrier',
          label: t('carrier'),
          cell: (one) =>
            one.carrier_code === undefined ? '–' : <span className="number">{one.carrier_code}</span>,
        },
      ]}
    />
  );
}

function OpenOrganisation() {
  const t = useWords(PARTNER_WORDS);
  const [, go] = useLocation();
  const marketplaces = useOrganisations().filter(({ kind }) => kind === 'marketplace');
  const [kind, setKind] = useState<Kind>('marketplace');
  const [name, setName] = useState('');
  const [country, setCountry] = useState('');
  const [platform, setPlatform] = useState('');
  const [carrier, setCarrier] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/organisations', {
        body: {
          kind,
          name: name.trim(),
          country,
          ...(kind === 'merchant' && platform !== '' ? { client_platform_id: platform } : {}),
          ...(kind === 'carrier' && carrier !== '' ? { carrier_code: carrier } : {}),
        },
      }),
    {
      touches: [['organisations']],
      done: (opened) => {
        toast('ok', t('organisation.opened'));
        go(`/operations/organisations/${opened.id}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('organisation.open')}>
      <form
        className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4 lg:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('organisation.kind')} error={errors['/kind']}>
          <Select
            value={kind}
            onChoice={setKind}
            choices={KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
        </Field>
        <Field label={t('organisation.name')} error={errors['/name']}>
          <Input required maxLength={200} value={name} onText={setName} />
        </Field>
        <Field label={t('organisation.country_code')} error={errors['/country']}>
          <Input
            required
            mono
            pattern="[A-Z]{2}"
            maxLength={2}
            value={country}
            onText={(text) => setCountry(text.trim().toUpperCase())}
          />
        </Field>
        {kind === 'merchant' && (
          <Field label={t('organisation.platform')} error={errors['/client_platform_id']}>
            <Combobox
              value={platform}
              onChoice={setPlatform}
              choices={[
                { value: '', label: '–' },
                ...marketplaces.map((one) => ({ value: one.id, label: one.name })),
              ]}
            />
          </Field>
        )}
        {kind === 'carrier' && (
          <Field label={t('carrier')} error={errors['/carrier_code']}>
            <Input required mono maxLength={40} value={carrier} onText={(text) => setCarrier(text.trim())} />
          </Field>
        )}
        <div>
          <Button type="submit" look="primary" busy={act.isPending}>
            {t('organisation.open_do')}
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
