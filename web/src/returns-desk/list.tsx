import { type ReactNode, useMemo } from 'react';
import { Link, useLocation } from 'wouter';
import { useAddressChoice, useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { RETURN_WORDS } from '../words/returns.ts';
import {
  isState,
  itemsText,
  type Return,
  ReturnState,
  STATES,
  WAITED_FOR,
  type WaitedFor,
} from './parts.tsx';
import { DESK_WORDS } from './words.ts';

/** Returns, what is due first on top. */
export function Returns({
  waitsFirst,
  merchantOf,
  actions,
}: {
  /** Who is waited for in what one sees at first: the desk's own part. */
  readonly waitsFirst: WaitedFor | 'any';
  readonly merchantOf?: (organisationId: string) => ReactNode;
  readonly actions?: ReactNode;
}) {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const [state, setState] = useAddressWord('state');
  const others = [...WAITED_FOR, 'any' as const].filter((one) => one !== waitsFirst);
  const [waits, setWaits] = useAddressChoice<WaitedFor | 'any'>('waits', [waitsFirst, ...others]);
  const [, go] = useLocation();
  const at = useFaceAddress();
  const columns = useColumns(merchantOf);
  const returns = usePages(['returns', 'list', state, waits], (cursor, signal) =>
    api.get('/v1/returns', {
      params: {
        query: {
          limit: 50,
          order: 'due',
          ...(cursor === undefined ? {} : { cursor }),
          ...(isState(state) ? { state } : {}),
          ...(waits === 'any' ? {} : { waits_for: waits }),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={actions}>
      <div className="screen-only mb-3 flex flex-wrap items-end gap-3">
        <Field label={t('filter.waits')}>
          <Select
            value={waits}
            onChoice={setWaits}
            choices={[waitsFirst, ...others].map((value) => ({ value, label: t(`waits.${value}`) }))}
          />
        </Field>
        <Field label={t('filter.state')}>
          <Select
            value={state}
            onChoice={setState}
            choices={[
              { value: '', label: t('filter.all') },
              ...STATES.map((value) => ({ value: value as string, label: r(`state.${value}`) })),
            ]}
          />
        </Field>
      </div>
      <Card>
        <PagedTable
          label={t('title')}
          of={returns}
          columns={columns}
          rowId={(one) => one.id}
          onOpen={(one) => go(at(`/returns/${one.id}`))}
          empty={<Empty title={t('none')} hint={t('none.hint')} />}
        />
      </Card>
    </Page>
  );
}

function useColumns(
  merchantOf: ((organisationId: string) => ReactNode) | undefined,
): readonly Column<Return>[] {
  const t = useWords(DESK_WORDS);
  const r = useWords(RETURN_WORDS);
  const at = useFaceAddress();
  return useMemo(
    () => [
      {
        id: 'order',
        label: t('order'),
        isName: true,
        cell: (row) => (
          <Link className="number text-accent hover:underline" href={at(`/returns/${row.id}`)}>
            {row.order_reference}
          </Link>
        ),
      },
      { id: 'kind', label: t('kind'), cell: (row) => r(`kind.${row.kind}`) },
      ...(merchantOf === undefined
        ? []
        : [{ id: 'merchant', label: t('merchant'), cell: (row: Return) => merchantOf(row.organisation_id) }]),
      {
        id: 'items',
        label: t('items'),
        cell: (row) => <span className="wrap-anywhere">{itemsText(row)}</span>,
      },
      { id: 'state', label: t('state'), cell: (row) => <ReturnState of={row.state} /> },
      { id: 'amount', label: t('amount'), align: 'end', cell: (row) => <Money of={row.amount} /> },
      {
        id: 'due',
        label: t('due'),
        cell: (row) => (row.due_at === undefined ? '–' : <Moment at={row.due_at} />),
      },
      { id: 'applied', label: t('applied'), cell: (row) => <Moment at={row.applied_at} /> },
    ],
    [t, r, at, merchantOf],
  );
}
