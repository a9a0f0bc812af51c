import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { useShipmentColumns } from './shipment-columns.tsx';
import { SHIPMENT_STATES, type Shipment } from './states.tsx';
import { PARCEL_WORDS } from './words.ts';

/** All shipments that one has a part in. */
export function Shipments({
  columns,
  actions,
  hint,
}: {
  /** Default: what every face shows. */
  readonly columns?: readonly Column<Shipment>[];
  readonly actions?: ReactNode;
  readonly hint?: string;
}) {
  const t = useWords(PARCEL_WORDS);
  const [state, setState] = useAddressWord('state');
  const [order, setOrder] = useAddressWord('order');
  const [typed, setTyped] = useState(order);
  const [, go] = useLocation();
  const at = useFaceAddress();
  const usual = useShipmentColumns();
  const shipments = usePages(['shipments', state, order], (cursor, signal) =>
    api.get('/v1/shipments', {
      params: {
        query: {
          limit: 50,
          ...(cursor === undefined ? {} : { cursor }),
          ...(isState(state) ? { state } : {}),
          ...(order === '' ? {} : { order_ref: order }),
        },
      },
      signal,
    }),
  );
  return (
    <Page title={t('shipments')} actions={actions}>
      <form
        className="screen-only mb-3 flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setOrder(typed.trim());
        }}
      >
        <Field label={t('filter.state')}>
          <Select
            value={state}
            onChoice={setState}
            choices={[
              { value: '', label: t('filter.all') },
              ...SHIPMENT_STATES.map((one) => ({ value: one as string, label: t(`shipment.state.${one}`) })),
            ]}
          />
        </Field>
        <Field label={t('order.reference')}>
          <Input value={typed} onText={setTyped} maxLength={64} />
        </Field>
        <Button type="submit">{t('filter.apply')}</Button>
      </form>
      <Card>
        <PagedTable
          label={t('shipments')}
          of={shipments}
          columns={columns ?? usual}
          rowId={(one) => one.id}
          onOpen={(one) => go(at(`/shipments/${one.id}`))}
          empty={<Empty title={t('shipment.none')} {...(hint === undefined ? {} : { hint })} />}
        />
      </Card>
    </Page>
  );
}

const isState = (text: string): text is Shipment['state'] =>
  (SHIPMENT_STATES as readonly string[]).includes(text);
