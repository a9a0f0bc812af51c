import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, usePages } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Choices } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { OutletName } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

type Parcel = components['schemas']['ShelfParcel'];
type Method = NonNullable<Parcel['cash_paid_by']>;
const METHODS = everyWord<Method>({ cash: true, card: true });
const KEY = ['open-cash'] as const;

/** Goods that were handed out while nobody said what became of their money: of one counter, or of all of a network. */
export function OpenCash({ of }: { readonly of: { readonly point: string } | { readonly network: string } }) {
  const t = useWords(OUTLET_WORDS);
  const may = useMay();
  const parcels = usePages<Parcel>([...KEY, of], (cursor, signal) => {
    const query = { limit: 20, ...(cursor === undefined ? {} : { cursor }) };
    return 'point' in of
      ? api.get('/v1/points/{point_id}/open-cash', {
          params: { path: { point_id: of.point }, query },
          signal,
        })
      : api.get('/v1/point-networks/{organisation_id}/open-cash', {
          params: { path: { organisation_id: of.network }, query },
          signal,
        });
  });
  if (parcels.items.length === 0) return null;
  return (
    <Card title={t('cash')}>
      <p className="mb-3 text-soft">{t('cash.lead')}</p>
      <PagedTable
        of={parcels}
        empty={null}
        label={t('cash')}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'number',
            label: t('conflict.number'),
            isName: true,
            cell: (one) => <span className="number">{one.number}</span>,
          },
          ...('point' in of
            ? []
            : [
                {
                  id: 'outlet',
                  label: t('outlet'),
                  cell: (one: Parcel) => <OutletName id={one.point_id} link />,
                },
              ]),
          {
            id: 'until',
            label: t('cash.until'),
            cell: (one) => (one.cash_open_until === undefined ? '–' : <Moment at={one.cash_open_until} />),
          },
          {
            id: 'amount',
            label: t('cash.amount'),
            align: 'end',
            cell: (one) =>
              one.cash_on_delivery === undefined ? '–' : <Money of={one.cash_on_delivery} strong />,
          },
        ]}
      />
      {may('recordShelfCash') && parcels.items.map((one) => <Record key={one.id} of={one} />)}
    </Card>
  );
}

function Record({ of }: { readonly of: Parcel }) {
  const t = useWords(OUTLET_WORDS);
  const { money } = useFormats();
  const [method, setMethod] = useState<Method>('cash');
  const amount = of.cash_on_delivery;
  const act = useAct(
    () =>
      api.post('/v1/shelf-parcels/{shelf_parcel_id}/cash', {
        params: { path: { shelf_parcel_id: of.id } },
        body: { cash: { method, amount: amount as NonNullable<typeof amount> } },
      }),
    { touches: [KEY, ['kept'], ['sync-conflicts']], done: () => toast('ok', t('cash.recorded')) },
  );
  if (amount === undefined) return null;
  return (
    <div className="mt-4">
      <ActForm act={act} submit={t('cash.record', { amount: money(amount) })}>
        <Choices
          legend={t('cash.how', { number: of.number })}
          value={method}
          onChoice={setMethod}
          choices={METHODS.map((one) => ({ value: one, label: t(`cash.by.${one}`) }))}
        />
      </ActForm>
    </div>
  );
}
