import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { fieldErrors, useAct, usePages } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { CountryField } from '../office/country-field.tsx';
import { MARKETPLACE_WORDS } from './words.ts';

type Organisation = components['schemas']['Organisation'];

export function Merchants() {
  const t = useWords(MARKETPLACE_WORDS);
  const merchants = usePages<Organisation>(['merchants'], (cursor, signal) =>
    api.get('/v1/organisations', {
      params: { query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const rows = merchants.items.filter((one) => one.kind === 'merchant');
  return (
    <Page title={t('menu.merchants')}>
      <OpenMerchant />
      <Card>
        <Read of={merchants.query} rows={6}>
          {() =>
            rows.length === 0 ? (
              <Empty title={t('merchant.none')} hint={t('merchant.none_hint')} />
            ) : (
              <MerchantTable rows={rows} />
            )
          }
        </Read>
        <Pager of={merchants} />
      </Card>
    </Page>
  );
}

function MerchantTable({ rows }: { readonly rows: readonly Organisation[] }) {
  const t = useWords(MARKETPLACE_WORDS);
  const { country } = useFormats();
  const [, go] = useLocation();
  return (
    <Table
      label={t('menu.merchants')}
      rows={rows}
      rowId={(one) => one.id}
      onOpen={(one) => go(`/marketplace/merchants/${one.id}`)}
      columns={[
        {
          id: 'name',
          label: t('merchant.name'),
          isName: true,
          cell: (one) => (
            <Link className="text-accent hover:underline" href={`/marketplace/merchants/${one.id}`}>
              {one.name}
            </Link>
          ),
        },
        { id: 'country', label: t('merchant.country'), cell: (one) => country(one.country) },
        { id: 'id', label: t('merchant.id'), cell: (one) => <CopyId value={one.id} short /> },
      ]}
    />
  );
}

function OpenMerchant() {
  const t = useWords(MARKETPLACE_WORDS);
  const { person } = useSession();
  const [, go] = useLocation();
  const [name, setName] = useState('');
  const [country, setCountry] = useState('CN');
  const act = useAct(
    () =>
      api.post('/v1/organisations', {
        body: {
          kind: 'merchant',
          name: name.trim(),
          country,
          client_platform_id: person.organisation_id,
        },
      }),
    {
      touches: [['merchants']],
      done: (merchant) => {
        toast('ok', t('merchant.opened'));
        go(`/marketplace/merchants/${merchant.id}`);
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <Card title={t('merchant.open')}>
      <form
        className="grid gap-4 sm:grid-cols-[1fr_1fr_auto] sm:items-end"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Field label={t('merchant.name')} error={errors['/name']}>
          <Input required maxLength={120} value={name} onText={setName} />
        </Field>
        <CountryField
          label={t('merchant.country')}
          value={country}
          onCountry={setCountry}
          error={errors['/country']}
        />
        <Button type="submit" look="primary" busy={act.isPending}>
          {t('merchant.open_do')}
        </Button>
      </form>
      {act.error && (
        <div className="mt-3">
          <Failure error={act.error} />
        </div>
      )}
    </Card>
  );
}
