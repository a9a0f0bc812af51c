import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { useShipmentColumns } from '../parcels/shipment-columns.tsx';
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
  const { instant, moment } = useFormats();
  const [, go] = useLocation();
  const [chosen, setChosen] = useState('');
  const first = shipmentIds[0] ?? '';
  const windows = useRead(['pickup-windows', first], (signal) =>
    api.get('/v1/pickup-windows', { params: { query: { shipment_id: first } }, signal }),
  );
  const act = useAct(
    () => {
      const [area_id = '', starts_at = ''] = chosen.split(' ');
      return api.post('/v1/pickups', { body: { shipment_ids: [...shipmentIds], area_id, starts_at } });
    },
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
      <Read of={windows}>
        {({ data }) => {
          const free = data.filter((one) => one.selectable);
          return free.length === 0 ? (
            <Notice tone="warn">{t('pickup.no_windows')}</Notice>
          ) : (
            <div className="grid gap-4">
              <Choices
                legend={t('pickup.window')}
                value={chosen}
                onChoice={setChosen}
                choices={free.map(({ area_id, starts_at, ends_at }) => ({
                  value: `${area_id} ${starts_at}`,
                  label: `${instant(starts_at)} – ${moment(ends_at)}`,
                }))}
              />
              {shipmentIds.length > 1 && <p className="text-sm text-soft">{t('pickup.mixed')}</p>}
              {act.error && <Failure error={act.error} />}
              <span>
                <Button
                  look="primary"
                  disabled={chosen === ''}
                  busy={act.isPending}
                  onClick={() => act.mutate(undefined)}
                >
                  {t('pickup.book')}
                </Button>
              </span>
            </div>
          );
        }}
      </Read>
    </Card>
  );
}
