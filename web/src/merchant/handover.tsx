import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CodeSymbol } from '../kit/code-symbol.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { ServerFile } from '../kit/server-file.tsx';
import { Failure, Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { type Handover, HandoverState } from '../parcels/states.tsx';
import { PARCEL_WORDS } from '../parcels/words.ts';
import { HandoverContents } from './handover-contents.tsx';
import { MERCHANT_WORDS } from './words.ts';

/** Only then has anybody counted. */
const COUNTED: readonly Handover['state'][] = ['arrived', 'signed_normal', 'signed_abnormal'];

/** Driver and warehouse still ask for its number. */
const IS_UNDERWAY: readonly Handover['state'][] = [
  'committed',
  'awaiting_pickup',
  'pickup',
  'pickup_failed',
  'arrived',
];

export function HandoverDetail({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const p = useWords(PARCEL_WORDS);
  const handover = useRead(['handovers', id], (signal) =>
    api.get('/v1/handovers/{handover_id}', { params: { path: { handover_id: id } }, signal }),
  );
  return (
    <Page
      title={handover.data?.number ?? t('handover.title')}
      lead={<CopyId value={id} />}
      actions={handover.data && <Actions handover={handover.data} />}
    >
      <Read of={handover} rows={6}>
        {(found) => (
          <>
            <Card>
              {IS_UNDERWAY.includes(found.state) && (
                <div className="mb-4 grid gap-1">
                  <CodeSymbol kind="code128" text={found.number} label={t('handover.bars')} />
                  <p className="text-sm text-soft">{t('handover.bars_hint')}</p>
                </div>
              )}
              <Facts
                of={[
                  [p('order.state'), <HandoverState key="state" of={found.state} />],
                  [t('handover.kind'), t(`handover.kind.${found.kind}`)],
                  [t('pickup.parcels'), found.parcel_count],
                  [t('handover.carrier'), found.carrier_name],
                  [t('handover.tracking'), found.tracking_number],
                  [p('shipment.reason'), found.reason],
                  [t('handover.changed'), <Moment key="changed" at={found.changed_at} whole />],
                ]}
              />
            </Card>
            <HandoverContents handover={found} />
            {COUNTED.includes(found.state) && <Differences id={id} />}
          </>
        )}
      </Read>
    </Page>
  );
}

function Actions({ handover }: { readonly handover: Handover }) {
  const t = useWords(MERCHANT_WORDS);
  const params = { path: { handover_id: handover.id } };
  const commit = useAct(() => api.post('/v1/handovers/{handover_id}/commit', { params }), {
    touches: [['handovers']],
    done: () => toast('ok', t('handover.committed')),
  });
  const cancel = useAct(() => api.post('/v1/handovers/{handover_id}/cancellation', { params }), {
    touches: [['handovers']],
    done: () => toast('ok', t('handover.cancelled')),
  });
  const error = commit.error ?? cancel.error;
  return (
    <>
      {error && <Failure error={error} />}
      <ServerFile
        saveAs={`${handover.number}.csv`}
        load={() => api.get('/v1/handovers/{handover_id}/list.csv', { params, parseAs: 'blob' })}
      >
        {t('handover.list_csv')}
      </ServerFile>
      {(handover.state === 'draft' || handover.state === 'committed') && (
        <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          {t('handover.cancel')}
        </Button>
      )}
      {handover.state === 'draft' && (
        <Button look="primary" busy={commit.isPending} onClick={() => commit.mutate(undefined)}>
          {t('handover.commit')}
        </Button>
      )}
    </>
  );
}

function Differences({ id }: { readonly id: string }) {
  const t = useWords(MERCHANT_WORDS);
  const found = useRead(['handovers', id, 'differences'], (signal) =>
    api.get('/v1/handovers/{handover_id}/differences', { params: { path: { handover_id: id } }, signal }),
  );
  return (
    <Card title={t('handover.differences')}>
      <Read of={found}>
        {({ data }) =>
          data.length === 0 ? (
            <p className="text-soft">{t('handover.differences_none')}</p>
          ) : (
            <ul className="grid gap-1">
              {data.map((one) => (
                <li key={`${one.number} ${one.code}`} className="flex flex-wrap gap-3">
                  <span className="number">{one.number}</span>
                  <span>{t('handover.difference', { code: one.code })}</span>
                  {one.issue && <span className="text-soft">{one.issue}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Read>
    </Card>
  );
}
