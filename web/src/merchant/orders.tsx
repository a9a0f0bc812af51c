import { useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { chooseOrders } from './chosen-orders.ts';
import { useOrderColumns } from './order-columns.tsx';
import { ORDER_STATES, type Order } from './states.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function Orders() {
  const t = useWords(MERCHANT_WORDS);
  const [state, setState] = useAddressWord('state');
  const [prefix, setPrefix] = useAddressWord('reference');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [, go] = useLocation();
  const columns = useOrderColumns();
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
  const ship = (ids: readonly string[] | 'open') => {
    chooseOrders(ids);
    go('/merchant/orders/ship');
  };
  return (
    <Page
      title={t('menu.orders')}
      actions={
        <>
          <ButtonLink to="/merchant/orders/import">{t('orders.import')}</ButtonLink>
          <ButtonLink to="/merchant/orders/new">{t('orders.new')}</ButtonLink>
          {selected.size > 0 ? (
            <Button look="primary" onClick={() => ship([...selected])}>
              {t('orders.ship_selected', { count: selected.size })}
            </Button>
          ) : (
            <Button look="primary" onClick={() => ship('open')}>
              {t('orders.ship_all')}
            </Button>
          )}
        </>
      }
    >
      <Filters state={state} onState={setState} prefix={prefix} onPrefix={setPrefix} />
      <Card>
        <Read of={orders.query} rows={8}>
          {() =>
            orders.items.length === 0 ? (
              <Empty
                title={t('order.none')}
                hint={t('order.none_hint')}
                action={<ButtonLink to="/merchant/orders/import">{t('orders.import')}</ButtonLink>}
              />
            ) : (
              <Table
                label={t('menu.orders')}
                rows={orders.items}
                columns={columns}
                rowId={(order) => order.id}
                onOpen={(order) => go(`/merchant/orders/${order.id}`)}
                selection={{
                  selected,
                  onSelected: setSelected,
                  canSelect: (order) => order.state === 'open',
                }}
              />
            )
          }
        </Read>
        <Pager of={orders} />
      </Card>
    </Page>
  );
}

const isState = (text: string): text is Order['state'] => (ORDER_STATES as readonly string[]).includes(text);

function Filters(props: {
  readonly state: string;
  readonly onState: (state: string) => void;
  readonly prefix: string;
  readonly onPrefix: (prefix: string) => void;
}) {
  const t = useWords(MERCHANT_WORDS);
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
