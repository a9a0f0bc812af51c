import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import type { Column, TableProps } from '../kit/table.tsx';
import { ORDER_STATES, type Order } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

/** Orders by state and reference; both stand in the address. */
export function OrderList({
  columns,
  selection,
  empty,
}: {
  readonly columns: readonly Column<Order>[];
  readonly selection?: NonNullable<TableProps<Order>['selection']>;
  readonly empty: ReactNode;
}) {
  const t = useWords(PARCEL_WORDS);
  const at = useFaceAddress();
  const [state, setState] = useAddressWord('state');
  const [prefix, setPrefix] = useAddressWord('reference');
  const [, go] = useLocation();
  const orders = usePages(['orders', state, prefix], (cursor, signal) =>
    api.get('/v1/orders', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(isState(state) ? { state } : {}),
          ...(prefix === '' ? {} : { reference_prefix: prefix }),
        },
      },
      signal,
    }),
  );
  return (
    <>
      <Filters state={state} onState={setState} prefix={prefix} onPrefix={setPrefix} />
      <Card>
        <PagedTable
          label={t('orders')}
          of={orders}
          columns={columns}
          rowId={(order) => order.id}
          onOpen={(order) => go(at(`/orders/${order.id}`))}
          empty={empty}
          {...(selection === undefined ? {} : { selection })}
        />
      </Card>
    </>
  );
}

const isState = (text: string): text is Order['state'] => (ORDER_STATES as readonly string[]).includes(text);

function Filters(props: {
  readonly state: string;
  readonly onState: (state: string) => void;
  readonly prefix: string;
  readonly onPrefix: (prefix: string) => void;
}) {
  const t = useWords(PARCEL_WORDS);
  const [typed, setTyped] = useState(props.prefix);
  return (
    <form
      className="screen-only mb-3 flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        props.onPrefix(typed.trim());
      }}
    >
      <Field label={t('filter.state')}>
        <Select
          value={props.state}
          onChoice={props.onState}
          choices={[
            { value: '', label: t('filter.all') },
            ...ORDER_STATES.map((state) => ({ value: state as string, label: t(`order.state.${state}`) })),
          ]}
        />
      </Field>
      <Field label={t('filter.reference')}>
        <Input value={typed} onText={setTyped} maxLength={64} />
      </Field>
      <Button type="submit">{t('filter.apply')}</Button>
    </form>
  );
}
