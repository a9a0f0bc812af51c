import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId } from '../kit/copy.tsx';
import { Field, Select } from '../kit/field.tsx';
import { Card } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ConnectionState, type HealthOf, useConnectors } from './connection.tsx';
import { NewConnection, Removal, Rotation } from './connection-acts.tsx';
import { SOURCE_WORDS } from './words.ts';

type Subscription = components['schemas']['PushSubscription'];
type Doing = { readonly what: 'rotate' | 'remove'; readonly to: Subscription };

/** Where carriers push to, and what came there. */
export function PushAddresses({ healthOf }: { readonly healthOf: HealthOf }) {
  const t = useWords(SOURCE_WORDS);
  const [doing, setDoing] = useState<Doing>();
  const subscriptions = useRead(['sources', 'pushes'], (signal) =>
    api.get('/v1/push-subscriptions', { signal }),
  );
  const connectors = useConnectors();
  const choices = (connectors.data?.data ?? []).flatMap(({ code, push }) =>
    push === undefined ? [] : [{ code, ...push }],
  );
  const close = () => setDoing(undefined);
  return (
    <>
      <Card title={t('connect.pushes')}>
        <Read of={subscriptions} rows={3}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty
                title={t('connect.pushes_none')}
                hint={t(choices.length === 0 ? 'connect.pushes_never' : 'connect.pushes_none_hint')}
              />
            ) : (
              <SubscriptionTable rows={data} healthOf={healthOf} onDo={setDoing} />
            )
          }
        </Read>
      </Card>
      {choices.length > 0 && (
        <NewConnection
          title={t('connect.new_push')}
          submit={t('connect.open')}
          done={t('connect.opened')}
          choices={choices}
          create={(body) => api.post('/v1/push-subscriptions', { body })}
        />
      )}
      {doing?.what === 'rotate' && <RotateSubscription of={doing.to} onClose={close} />}
      {doing?.what === 'remove' && <RemoveSubscription of={doing.to} onClose={close} />}
    </>
  );
}

function SubscriptionTable({
  rows,
  healthOf,
  onDo,
}: {
  readonly rows: readonly Subscription[];
  readonly healthOf: HealthOf;
  readonly onDo: (doing: Doing) => void;
}) {
  const t = useWords(SOURCE_WORDS);
  const { number, moment } = useFormats();
  return (
    <Table
      label={t('connect.pushes')}
      rows={rows}
      rowId={(one) => one.id}
      columns={[
        {
          id: 'connector',
          label: t('link.connector'),
          isName: true,
          cell: (one) => [one.connector, one.label].filter(Boolean).join(' · '),
        },
        {
          id: 'address',
          label: t('connect.address'),
          cell: (one) => <CopyId value={`${location.origin}${one.path}`} />,
        },
        {
          id: 'state',
          label: t('health.state'),
          cell: (one) => (
            <span className="grid gap-0.5">
              <ConnectionState of={healthOf(one.id)?.state ?? 'idle'} />
              {one.old_fields_until !== undefined && (
                <span className="text-sm text-soft">
                  {t('connect.old_until', { moment: moment(one.old_fields_until) })}
                </span>
              )}
            </span>
          ),
        },
        {
          id: 'last',
          label: t('link.last_push'),
          cell: (one) => (one.last_push_at === undefined ? '–' : <Moment at={one.last_push_at} />),
        },
        { id: 'taken', label: t('connect.taken'), align: 'end', cell: (one) => number(one.accepted) },
        { id: 'refused', label: t('connect.unproved'), align: 'end', cell: (one) => number(one.refused) },
        {
          id: 'do',
          label: t('connect.do'),
          cell: (one) => (
            <span className="flex flex-wrap gap-1.5">
              <Button size="small" onClick={() => onDo({ what: 'rotate', to: one })}>
                {t('connect.rotate')}
              </Button>
              <Button size="small" look="danger" onClick={() => onDo({ what: 'remove', to: one })}>
                {t('connect.remove')}
              </Button>
            </span>
          ),
        },
      ]}
    />
  );
}

/** How long the old secret is taken beside the new one. */
const OLD_HOURS = ['24', '0', '168'] as const;
type OldHours = (typeof OLD_HOURS)[number];

function RotateSubscription({ of, onClose }: { readonly of: Subscription; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  const connectors = useConnectors();
  const [hours, setHours] = useState<OldHours>('24');
  return (
    <Rotation
      connector={of.connector}
      explained={t('connect.rotate_push_ask')}
      more={
        <Field label={t('connect.old_secret')} hint={t('connect.old_secret_hint')}>
          <Select
            value={hours}
            onChoice={setHours}
            choices={OLD_HOURS.map((value) => ({ value, label: t(`connect.old_secret.${value}`) }))}
          />
        </Field>
      }
      asked={connectors.data?.data.find(({ code }) => code === of.connector)?.push?.fields}
      rotate={(fields) =>
        api.post('/v1/push-subscriptions/{push_subscription_id}/rotation', {
          params: { path: { push_subscription_id: of.id } },
          body: { fields, old_fields_hours: Number(hours) },
        })
      }
      onClose={onClose}
    />
  );
}

function RemoveSubscription({ of, onClose }: { readonly of: Subscription; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  return (
    <Removal
      connector={of.connector}
      explained={t('connect.remove_push_ask')}
      done={t('connect.push_removed')}
      remove={() =>
        api.delete('/v1/push-subscriptions/{push_subscription_id}', {
          params: { path: { push_subscription_id: of.id } },
        })
      }
      onClose={onClose}
    />
  );
}
