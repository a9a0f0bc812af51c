import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
import { type ChosenWindow, PickupWindows } from './pickup-windows.tsx';
import { MERCHANT_WORDS } from './words.ts';

export function BookPickup() {
  const t = useWords(MERCHANT_WORDS);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const columns = useShipmentColumns();
  const shipments = useRead(['shipments', 'to-collect'], async (signal) => {
    const page = await api.get('/v1/shipments', {
      params: { query: { state: 'wait_receive', limit: 100 } },
      signal,
    });
    return page.data.filter((one) => one.handover === 'door_pickup');
  });
  return (
    <Page title={t('pickup.book')}>
      <Card title={t('pickup.choose_shipments')}>
        <Read of={shipments}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title={t('pickup.no_shipments')} />
            ) : (
              <Table
                label={t('pickup.choose_shipments')}
                rows={rows}
                columns={columns}
                rowId={(one) => one.id}
                selection={{ selected, onSelected: setSelected }}
              />
            )
          }
        </Read>
      </Card>
      {selected.size > 0 && <Windows shipmentIds={[...selected]} />}
    </Page>
  );
}

function Windows({ shipmentIds }: { readonly shipmentIds: readonly string[] }) {
  const t = useWords(MERCHANT_WORDS);
  const [, go] = useLocation();
  const act = useAct(
    (window: ChosenWindow) =>
      api.post('/v1/pickups', { body: { shipment_ids: [...shipmentIds], ...window } }),
    {
      touches: [['pickups'], ['shipments'], ['pickup-windows']],
      done: () => {
        toast('ok', t('pickup.booked'));
        go('/merchant/pickups');
      },
    },
  );
  return (
    <Card title={t('pickup.choose_window')}>
      {shipmentIds.length > 1 && <p className="mb-3 text-sm text-soft">{t('pickup.mixed')}</p>}
      <PickupWindows
        key={shipmentIds[0]}
        shipmentId={shipmentIds[0] ?? ''}
        label={t('pickup.book')}
        busy={act.isPending}
        error={act.error}
        onChoice={(window) => act.mutate(window)}
      />
    </Card>
  );
}
