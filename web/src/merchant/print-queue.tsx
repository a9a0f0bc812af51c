import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { useAddressWord } from '../ground/address.ts';
import { api } from '../ground/api.ts';
import { usePages } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Choices, Field, Select } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { PagedTable } from '../kit/paged-table.tsx';
import { Empty } from '../kit/states.tsx';
import type { Column } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { PrintActions } from './print-actions.tsx';
import { LABEL_SIZES, type LabelSize } from './print-labels.ts';
import { MERCHANT_WORDS } from './words.ts';

type Waybill = components['schemas']['Waybill'];

export function PrintQueue() {
  const t = useWords(MERCHANT_WORDS);
  const columns = useColumns();
  const [shown, setShown] = useAddressWord('show');
  const status = shown === 'printed' ? 'printed' : 'issued';
  const [size, setSize] = useState<LabelSize>('100x150mm');
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const waybills = usePages(['waybills', status], (cursor, signal) =>
    api.get('/v1/waybills', {
      params: { query: { limit: 100, status, ...(cursor === undefined ? {} : { cursor }) } },
      signal,
    }),
  );
  const ids = selected.size > 0 ? [...selected] : waybills.items.map((waybill) => waybill.id);
  return (
    <Page title={t('print.title')} lead={t('print.lead')}>
      <Card>
        <div className="mb-4 flex flex-wrap items-end gap-4">
          <Choices
            legend={t('print.show')}
            value={status}
            onChoice={(next) => setShown(next === 'issued' ? '' : next)}
            choices={[
              { value: 'issued', label: t('print.show.issued') },
              { value: 'printed', label: t('print.show.printed') },
            ]}
          />
          <Field label={t('print.size')}>
            <Select
              value={size}
              onChoice={setSize}
              choices={LABEL_SIZES.map((one) => ({ value: one, label: one }))}
            />
          </Field>
        </div>
        <PrintActions waybillIds={ids} size={size} onPrinted={() => setSelected(new Set())} />
      </Card>
      <Card>
        <PagedTable
          of={waybills}
          empty={<Empty title={t('print.none')} hint={t('print.none_hint')} />}
          label={t('print.title')}
          rowId={(waybill) => waybill.id}
          selection={{ selected, onSelected: setSelected }}
          columns={columns}
        />
      </Card>
    </Page>
  );
}

function useColumns(): readonly Column<Waybill>[] {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  return [
    {
      id: 'number',
      label: p('shipment.number'),
      isName: true,
      cell: (one) => <span className="number">{one.number}</span>,
    },
    { id: 'order', label: p('order.reference'), cell: (one) => one.order_refs.join(', ') || '–' },
    {
      id: 'carrier',
      label: p('shipment.carrier'),
      cell: (one) => <span className="number">{one.carrier_code}</span>,
    },
    {
      id: 'shipment',
      label: p('shipment'),
      cell: (one) =>
        one.shipment_ref === undefined ? (
          '–'
        ) : (
          <Link
            className="number text-accent hover:underline"
            href={`/merchant/shipments/${one.shipment_ref}`}
          >
            {one.shipment_ref}
          </Link>
        ),
    },
    { id: 'issued', label: p('shipment.bought'), cell: (one) => <Moment at={one.issued_at} /> },
    { id: 'count', label: t('print.count'), align: 'end', cell: (one) => one.print_count },
  ];
}
