import type { components } from '@postroad/sdk';
import { useLocation } from 'wouter';
import { api } from '../ground/api.ts';
import { useFaceAddress } from '../ground/face-address.ts';
import { useAct, usePages, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Pager } from '../kit/pager.tsx';
import { Empty, Failure, Read } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { OFFICE_WORDS } from './words.ts';

type Delivery = components['schemas']['WebhookDelivery'];
const TONES = { pending: 'idle', delivered: 'ok', failed: 'bad' } as const;

export function WebhookDetail({ id }: { readonly id: string }) {
  const t = useWords(OFFICE_WORDS);
  const hook = useRead(['webhooks', id], (signal) =>
    api.get('/v1/webhook-endpoints/{webhook_endpoint_id}', {
      params: { path: { webhook_endpoint_id: id } },
      signal,
    }),
  );
  return (
    <Page
      title={hook.data?.url ?? t('hook.title')}
      lead={<CopyId value={id} />}
      actions={<Actions id={id} />}
    >
      <Read of={hook}>
        {(found) => (
          <Card>
            <Facts
              of={[
                [
                  t('key.state'),
                  <Status key="state" tone={found.state === 'enabled' ? 'ok' : 'warn'}>
                    {t(`hook.state.${found.state}`)}
                  </Status>,
                ],
                [t('hook.events'), found.event_types.join(', ') || t('hook.events_all')],
                [t('hook.description'), found.description || '–'],
                [t('key.created'), <Moment key="created" at={found.created_at} whole />],
              ]}
            />
          </Card>
        )}
      </Read>
      <Deliveries id={id} />
    </Page>
  );
}

function Actions({ id }: { readonly id: string }) {
  const t = useWords(OFFICE_WORDS);
  const [, go] = useLocation();
  const at = useFaceAddress();
  const params = { path: { webhook_endpoint_id: id } };
  const test = useAct(() => api.post('/v1/webhook-endpoints/{webhook_endpoint_id}/test', { params }), {
    touches: [['webhooks', id]],
    done: () => toast('ok', t('hook.tested')),
  });
  const remove = useAct(() => api.delete('/v1/webhook-endpoints/{webhook_endpoint_id}', { params }), {
    touches: [['webhooks']],
    done: () => {
      toast('ok', t('hook.removed'));
      go(at('/webhooks'));
    },
  });
  const error = test.error ?? remove.error;
  return (
    <>
      {error && <Failure error={error} />}
      <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
        {t('hook.remove')}
      </Button>
      <Button look="primary" busy={test.isPending} onClick={() => test.mutate(undefined)}>
        {t('hook.test')}
      </Button>
    </>
  );
}

function Deliveries({ id }: { readonly id: string }) {
  const t = useWords(OFFICE_WORDS);
  const deliveries = usePages(
    ['webhooks', id, 'deliveries'],
    (cursor, signal) =>
      api.get('/v1/webhook-endpoints/{webhook_endpoint_id}/deliveries', {
        params: {
          path: { webhook_endpoint_id: id },
          query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) },
        },
        signal,
      }),
    { everyMs: 10_000 },
  );
  return (
    <Card title={t('hook.deliveries')}>
      <Read of={deliveries.query}>
        {() =>
          deliveries.items.length === 0 ? (
            <Empty title={t('hook.deliveries_none')} />
          ) : (
            <DeliveryTable rows={deliveries.items} endpoint={id} />
          )
        }
      </Read>
      <Pager of={deliveries} />
    </Card>
  );
}

function DeliveryTable({
  rows,
  endpoint,
}: {
  readonly rows: readonly Delivery[];
  readonly endpoint: string;
}) {
  const t = useWords(OFFICE_WORDS);
  const replay = useAct(
    (id: string) =>
      api.post('/v1/webhook-deliveries/{webhook_delivery_id}/replay', {
        params: { path: { webhook_delivery_id: id } },
      }),
    { touches: [['webhooks', endpoint]], done: () => toast('ok', t('hook.replayed')) },
  );
  return (
    <>
      {replay.error && <Failure error={replay.error} />}
      <Table
        label={t('hook.deliveries')}
        rows={rows}
        rowId={(one) => one.id}
        columns={[
          {
            id: 'event',
            label: t('hook.event'),
            isName: true,
            cell: (one) => <span className="number">{one.type}</span>,
          },
          {
            id: 'state',
            label: t('key.state'),
            cell: (one) => <Status tone={TONES[one.state]}>{t(`hook.delivery.${one.state}`)}</Status>,
          },
          { id: 'for', label: t('wallet.for'), cell: (one) => <span className="number">{one.subject}</span> },
          { id: 'when', label: t('wallet.when'), cell: (one) => <Moment at={one.created_at} /> },
          { id: 'attempts', label: t('hook.attempts'), align: 'end', cell: (one) => one.attempts.length },
          {
            id: 'answer',
            label: t('hook.answer'),
            cell: (one) => {
              const last = one.attempts.at(-1);
              return last === undefined ? '–' : [last.status, last.failure].filter(Boolean).join(' ');
            },
          },
          {
            id: 'replay',
            label: t('hook.replay'),
            cell: (one) => (
              <Button
                size="small"
                busy={replay.isPending && replay.variables === one.id}
                onClick={() => replay.mutate(one.id)}
              >
                {t('hook.replay')}
              </Button>
            ),
          },
        ]}
      />
    </>
  );
}
