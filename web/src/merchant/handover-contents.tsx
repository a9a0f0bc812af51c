import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import type { Handover } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { type Bag, useBagColumns } from './bags.tsx';
import { MERCHANT_WORDS } from './words.ts';

type Loose = components['schemas']['HandoverList']['loose'];
const CONTAINERS: readonly Bag['container'][] = ['bag', 'pallet', 'loose'];

/** Bags and loose parcels of a handover; loose ones of a draft go into a new bag with one press. */
export function HandoverContents({ handover }: { readonly handover: Handover }) {
  const t = useWords(MERCHANT_WORDS);
  const columns = useBagColumns();
  const list = useRead(['handovers', handover.id, 'list', handover.version], (signal) =>
    api.get('/v1/handovers/{handover_id}/list', {
      params: { path: { handover_id: handover.id } },
      signal,
    }),
  );
  return (
    <Read of={list}>
      {({ bags, loose }) => (
        <>
          {bags.length > 0 && (
            <Card title={t('bag.title')}>
              <Table label={t('bag.title')} rows={bags} rowId={(one) => one.id} columns={columns} />
            </Card>
          )}
          {loose.length > 0 && <LooseParcels handover={handover} loose={loose} />}
        </>
      )}
    </Read>
  );
}

function LooseParcels({ handover, loose }: { readonly handover: Handover; readonly loose: Loose }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const isDraft = handover.state === 'draft';
  return (
    <Card title={t('bag.loose')}>
      {isDraft && <PackForm key={handover.version} handoverId={handover.id} chosen={[...selected]} />}
      <Table
        label={t('bag.loose')}
        rows={loose}
        rowId={(one) => one.parcel_id}
        columns={[
          {
            id: 'number',
            label: p('shipment.number'),
            isName: true,
            cell: (one) => (
              <Link
                className="number text-accent hover:underline"
                href={`/merchant/shipments/${one.shipment_id}`}
              >
                {one.number}
              </Link>
            ),
          },
          { id: 'arrived', label: t('bag.arrived'), cell: (one) => t(`bag.arrived.${one.state}`) },
        ]}
        {...(isDraft ? { selection: { selected, onSelected: setSelected } } : {})}
      />
    </Card>
  );
}

/** Nothing chosen: all that is loose. */
function PackForm({
  handoverId,
  chosen,
}: {
  readonly handoverId: string;
  readonly chosen: readonly string[];
}) {
  const t = useWords(MERCHANT_WORDS);
  const [code, setCode] = useState('');
  const [container, setContainer] = useState<Bag['container']>('bag');
  const act = useAct(
    () =>
      api.post('/v1/handovers/{handover_id}/bags', {
        params: { path: { handover_id: handoverId } },
        body: {
          container,
          ...(code.trim() === '' ? {} : { code: code.trim() }),
          ...(chosen.length === 0 ? {} : { parcel_ids: [...chosen] }),
        },
      }),
    {
      touches: [['handovers'], ['bags']],
      done: (made) => toast('ok', t('bag.packed', { code: made.code, count: made.parcel_count })),
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <form
      className="screen-only mb-4 grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate(undefined);
      }}
    >
      <Field label={t('bag.container')}>
        <Select
          value={container}
          onChoice={setContainer}
          choices={CONTAINERS.map((one) => ({ value: one, label: t(`bag.container.${one}`) }))}
        />
      </Field>
      <Field label={t('bag.code_own')} error={errors['/code']}>
        <Input
          mono
          minLength={3}
          maxLength={32}
          pattern="[A-Za-z0-9][A-Za-z0-9\-]{2,31}"
          value={code}
          onText={setCode}
        />
      </Field>
      <Button type="submit" busy={act.isPending}>
        {chosen.length === 0 ? t('bag.pack_all') : t('bag.pack', { count: chosen.length })}
      </Button>
      {act.error && (
        <div className="sm:col-span-3">
          <Failure error={act.error} />
        </div>
      )}
    </form>
  );
}
