import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices, Field, Input } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import type { Handover, Shipment } from '../parcels/states.tsx';
import { MERCHANT_WORDS } from './words.ts';

const KINDS: readonly Handover['kind'][] = ['platform_pickup', 'self_send', 'self_post'];

export function NewHandover() {
  const t = useWords(MERCHANT_WORDS);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useShipmentColumns();
  const shipments = useRead(['shipments', 'to-hand-over'], (signal) =>
    api.get('/v1/shipments', { params: { query: { state: 'wait_receive', limit: 100 } }, signal }),
  );
  return (
    <Page title={t('handover.new')} lead={t('handover.none_hint')}>
      <Read of={shipments}>
        {({ data }) =>
          data.length === 0 ? (
            <Card>
              <Empty title={t('handover.no_parcels')} />
            </Card>
          ) : (
            <>
              <Details shipments={data.filter((one) => selected.has(one.id))} />
              <Card title={t('handover.choose')}>
                <Table
                  label={t('handover.choose')}
                  rows={data}
                  columns={columns}
                  rowId={(one) => one.id}
                  selection={{ selected, onSelected: setSelected }}
                />
              </Card>
            </>
          )
        }
      </Read>
    </Page>
  );
}

function Details({ shipments }: { readonly shipments: readonly Shipment[] }) {
  const t = useWords(MERCHANT_WORDS);
  const [, go] = useLocation();
  const [kind, setKind] = useState<Handover['kind']>('platform_pickup');
  const [carrier, setCarrier] = useState('');
  const [number, setNumber] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/handovers', {
        body: {
          kind,
          parcel_ids: shipments.flatMap((one) => one.parcels.map((parcel) => parcel.id)),
          ...(kind === 'self_post' ? { self_post: { carrier_name: carrier, number } } : {}),
        },
      }),
    { touches: [['handovers']], done: (made) => go(`/merchant/handovers/${made.id}`) },
  );
  return (
    <Card>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(undefined);
        }}
      >
        <Choices
          legend={t('handover.kind')}
          value={kind}
          onChoice={setKind}
          choices={KINDS.map((one) => ({ value: one, label: t(`handover.kind.${one}`) }))}
        />
        {kind === 'self_post' && (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label={t('handover.carrier')}>
              <Input required maxLength={60} value={carrier} onText={setCarrier} />
            </Field>
            <Field label={t('handover.tracking')}>
              <Input required maxLength={64} value={number} onText={setNumber} />
            </Field>
          </div>
        )}
        {act.error && <Failure error={act.error} />}
        <span>
          <Button type="submit" look="primary" disabled={shipments.length === 0} busy={act.isPending}>
            {t('handover.create')}
          </Button>
        </span>
      </form>
    </Card>
  );
}
