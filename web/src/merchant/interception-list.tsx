import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { Status, type Tone } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment, Money } from '../kit/values.tsx';
import { Place } from '../parcels/place.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { MERCHANT_WORDS } from './words.ts';

export type Interception = components['schemas']['Interception'];

const TONES: Readonly<Record<Interception['state'], Tone>> = {
  requested: 'idle',
  accepted: 'move',
  done: 'ok',
  failed: 'bad',
  cancelled: 'idle',
};
/** The carrier may still be told to let the parcel go on. */
const CAN_CANCEL: readonly Interception['state'][] = ['requested', 'accepted'];
/** Looked at again while a carrier may answer. */
const EVERY_MS = 30_000;

/** What a carrier was asked to do with a parcel on its way, and what came of it; nothing when it was asked nothing. */
export function InterceptionsOfShipment({ shipmentId }: { readonly shipmentId: string }) {
  const t = useWords(MERCHANT_WORDS);
  const may = useMay();
  const found = useRead(
    ['interceptions', shipmentId],
    (signal) =>
      api.get('/v1/interceptions', {
        params: { query: { shipment_id: shipmentId, limit: 100 } },
        signal,
      }),
    { enabled: may('listInterceptions'), everyMs: EVERY_MS },
  );
  // A shipment that nobody intercepted says nothing of it, also while one does not know yet.
  if (found.error === null && (found.data?.data.length ?? 0) === 0) return null;
  return (
    <Card title={t('intercept.title')}>
      <Read of={found}>{({ data }) => <Interceptions rows={data.toReversed()} />}</Read>
    </Card>
  );
}

function Interceptions({ rows }: { readonly rows: readonly Interception[] }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const cancel = useAct(
    (id: string) =>
      api.post('/v1/interceptions/{interception_id}/cancellation', {
        params: { path: { interception_id: id } },
        body: {},
      }),
    { touches: [['interceptions'], ['shipments']], done: () => toast('ok', t('intercept.cancelled')) },
  );
  return (
    <>
      {cancel.error && <Failure error={cancel.error} />}
      <Table
        label={t('intercept.title')}
        rows={rows}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'kind',
            label: t('intercept.kind'),
            isName: true,
            cell: (one) => t(`intercept.kind.${one.kind}`),
          },
          {
            id: 'state',
            label: p('order.state'),
            cell: (one) => <Status tone={TONES[one.state]}>{t(`intercept.state.${one.state}`)}</Status>,
          },
          { id: 'to', label: p('order.to'), cell: (one) => (one.to ? <Place of={one.to} /> : '–') },
          { id: 'fee', label: t('intercept.fee'), align: 'end', cell: (one) => <Money of={one.fee} /> },
          { id: 'reason', label: p('shipment.reason'), cell: (one) => one.reason ?? '–' },
          { id: 'changed', label: t('handover.changed'), cell: (one) => <Moment at={one.changed_at} /> },
          {
            id: 'cancel',
            label: t('intercept.cancel'),
            cell: (one) =>
              CAN_CANCEL.includes(one.state) ? (
                <Button
                  size="small"
                  busy={cancel.isPending && cancel.variables === one.id}
                  onClick={() => cancel.mutate(one.id)}
                >
                  {t('intercept.cancel')}
                </Button>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </>
  );
}
