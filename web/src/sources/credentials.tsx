import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useFormats } from '../ground/format.ts';
import { useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { Moment } from '../kit/values.tsx';
import { ConnectionState, type HealthOf, useConnectors } from './connection.tsx';
import { NewConnection, Removal, Rotation } from './connection-acts.tsx';
import { CredentialTest } from './credential-test.tsx';
import { OutcomeName } from './outcome-name.tsx';
import { SOURCE_WORDS } from './words.ts';

type Credential = components['schemas']['TrackingCredential'];
type Doing = { readonly what: 'test' | 'rotate' | 'remove'; readonly to: Credential };

/** What carriers are asked with. */
export function Credentials({ healthOf }: { readonly healthOf: HealthOf }) {
  const t = useWords(SOURCE_WORDS);
  const [doing, setDoing] = useState<Doing>();
  const credentials = useRead(['sources', 'credentials'], (signal) =>
    api.get('/v1/tracking-credentials', { signal }),
  );
  const close = () => setDoing(undefined);
  return (
    <>
      <Card title={t('connect.asked')}>
        <Read of={credentials} rows={3}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title={t('connect.asked_none')} hint={t('connect.asked_none_hint')} />
            ) : (
              <CredentialTable rows={data} healthOf={healthOf} onDo={setDoing} />
            )
          }
        </Read>
      </Card>
      <NewCredential has={credentials.data?.data.map(({ connector }) => connector) ?? []} />
      {doing?.what === 'test' && <CredentialTest of={doing.to} onClose={close} />}
      {doing?.what === 'rotate' && <RotateCredential of={doing.to} onClose={close} />}
      {doing?.what === 'remove' && <RemoveCredential of={doing.to} onClose={close} />}
    </>
  );
}

function CredentialTable({
  rows,
  healthOf,
  onDo,
}: {
  readonly rows: readonly Credential[];
  readonly healthOf: HealthOf;
  readonly onDo: (doing: Doing) => void;
}) {
  const t = useWords(SOURCE_WORDS);
  const { number } = useFormats();
  return (
    <Table
      label={t('connect.asked')}
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
          id: 'state',
          label: t('health.state'),
          cell: (one) => <ConnectionState of={healthOf(one.id)?.state ?? 'idle'} />,
        },
        {
          id: 'outcome',
          label: t('link.outcome'),
          cell: (one) => <OutcomeName of={healthOf(one.id)?.last_outcome ?? '–'} />,
        },
        {
          id: 'numbers',
          label: t('link.numbers'),
          align: 'end',
          cell: (one) => number(healthOf(one.id)?.numbers ?? 0),
        },
        {
          id: 'since',
          label: t('connect.since'),
          cell: (one) => <Moment at={one.rotated_at ?? one.created_at} />,
        },
        {
          id: 'do',
          label: t('connect.do'),
          cell: (one) => (
            <span className="flex flex-wrap gap-1.5">
              <Button size="small" onClick={() => onDo({ what: 'test', to: one })}>
                {t('connect.test')}
              </Button>
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

/** `has`: an organisation has one credential of each interface. */
function NewCredential({ has }: { readonly has: readonly string[] }) {
  const t = useWords(SOURCE_WORDS);
  const connectors = useConnectors();
  return (
    <NewConnection
      title={t('connect.new')}
      submit={t('connect.store')}
      done={t('connect.stored')}
      choices={(connectors.data?.data ?? []).flatMap(({ code, pull }) =>
        pull === undefined || has.includes(code) ? [] : [{ code, ...pull }],
      )}
      create={(body) => api.post('/v1/tracking-credentials', { body })}
    />
  );
}

function RotateCredential({ of, onClose }: { readonly of: Credential; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  const connectors = useConnectors();
  return (
    <Rotation
      connector={of.connector}
      explained={t('connect.rotate_ask')}
      asked={connectors.data?.data.find(({ code }) => code === of.connector)?.pull?.fields}
      rotate={(fields) =>
        api.post('/v1/tracking-credentials/{tracking_credential_id}/rotation', {
          params: { path: { tracking_credential_id: of.id } },
          body: { fields },
        })
      }
      onClose={onClose}
    />
  );
}

function RemoveCredential({ of, onClose }: { readonly of: Credential; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  return (
    <Removal
      connector={of.connector}
      explained={t('connect.remove_ask')}
      done={t('connect.removed')}
      remove={() =>
        api.delete('/v1/tracking-credentials/{tracking_credential_id}', {
          params: { path: { tracking_credential_id: of.id } },
        })
      }
      onClose={onClose}
    />
  );
}
