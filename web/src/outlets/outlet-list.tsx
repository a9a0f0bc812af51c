import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useFormats } from '../ground/format.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { OUTLET_STATES, type Outlet, OutletState } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

/** Outlets by state and words; one's own, or those of one network or all for the network's staff. */
export function OutletList({
  organisationId,
  more = [],
}: {
  readonly organisationId?: string | undefined;
  /** Columns that one face has besides. */
  readonly more?: readonly Column<Outlet>[];
}) {
  const t = useWords(OUTLET_WORDS);
  const [state, setState] = useAddressWord('state');
  const [text, setText] = useAddressWord('text');
  const chosen = OUTLET_STATES.find((one) => one === state);
  const outlets = usePages<Outlet>(['outlets', organisationId, chosen, text], (cursor, signal) =>
    api.get('/v1/points', {
      params: {
        query: {
          limit: 50,
          ...(organisationId === undefined ? {} : { organisation_id: organisationId }),
          ...(chosen === undefined ? {} : { state: chosen }),
          ...(text === '' ? {} : { text }),
          ...(cursor === undefined ? {} : { cursor }),
        },
      },
      signal,
    }),
  );
  return (
    <Card>
      <div className="screen-only mb-3 grid gap-3 sm:max-w-xl sm:grid-cols-2">
        <SearchText value={text} onText={setText} />
        <Field label={t('outlets.state')}>
          <Select
            value={chosen ?? ''}
            onChoice={setState}
            choices={[
              { value: '', label: t('outlets.all') },
              ...OUTLET_STATES.map((one) => ({ value: one, label: t(`state.${one}`) })),
            ]}
          />
        </Field>
      </div>
      <PagedTable
        of={outlets}
        empty={<Empty title={t('outlets.none')} hint={t('outlets.none_hint')} />}
        label={t('outlets')}
        rowId={(one) => one.id}
        columns={[...useColumns(), ...more]}
      />
    </Card>
  );
}

/** What is typed is asked for when it is complete: on Enter, or when one goes on. */
function SearchText({ value, onText }: { readonly value: string; readonly onText: (text: string) => void }) {
  const t = useWords(OUTLET_WORDS);
  const [typed, setTyped] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onText(typed.trim());
      }}
    >
      <Field label={t('outlets.text')}>
        <Input
          type="search"
          maxLength={100}
          value={typed}
          onText={setTyped}
          onBlur={() => onText(typed.trim())}
        />
      </Field>
    </form>
  );
}

function useColumns(): readonly Column<Outlet>[] {
  const t = useWords(OUTLET_WORDS);
  const at = useFaceAddress();
  const { country } = useFormats();
  return [
    {
      id: 'name',
      label: t('name'),
      isName: true,
      cell: (one): ReactNode => (
        <Link className="text-accent hover:underline" href={at(`/outlets/${one.id}`)}>
          {one.name}
        </Link>
      ),
    },
    { id: 'code', label: t('code'), cell: (one) => <span className="number">{one.outlet_code}</span> },
    { id: 'state', label: t('state'), cell: (one) => <OutletState of={one.state} /> },
    { id: 'kind', label: t('kind'), cell: (one) => t(`kind.${one.kind}`) },
    { id: 'place', label: t('place'), cell: (one) => `${one.city}, ${country(one.country)}` },
    {
      id: 'services',
      label: t('services'),
      cell: (one) => one.services.map((service) => t(`service.${service}`)).join(', '),
    },
  ];
}
