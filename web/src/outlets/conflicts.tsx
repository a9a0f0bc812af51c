import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Card } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { Moment } from '../kit/values.tsx';
import { OutletName } from './parts.tsx';
import { OUTLET_WORDS } from './words.ts';

type Conflict = components['schemas']['SyncConflict'];
type Why = NonNullable<Conflict['conflict']>;
const SHOWN = 200;

export const conflictsKey = (organisationId: string) => ['sync-conflicts', organisationId] as const;

export function useConflicts(organisationId: string) {
  return useRead(conflictsKey(organisationId), (signal) =>
    api.get('/v1/point-networks/{organisation_id}/sync-conflicts', {
      params: { path: { organisation_id: organisationId }, query: { open: 'true', limit: SHOWN } },
      signal,
    }),
  );
}

/** What devices of a network recorded that does not fit, and is not looked at yet. */
export function Conflicts({ organisationId }: { readonly organisationId: string }) {
  const t = useWords(OUTLET_WORDS);
  const may = useMay();
  const [chosen, setChosen] = useState<Conflict | undefined>();
  const conflicts = useConflicts(organisationId);
  const whyOf = (why: Why | undefined) => (why === undefined ? '–' : t(`conflict.${why}`));
  return (
    <Card>
      <Read of={conflicts}>
        {({ data }) =>
          data.length === 0 ? (
            <Empty title={t('conflicts.none')} />
          ) : (
            <Table
              label={t('conflicts')}
              rows={data}
              rowId={(one) => `${one.device_id} ${one.client_id}`}
              columns={[
                {
                  id: 'number',
                  label: t('conflict.number'),
                  isName: true,
                  cell: (one) => <span className="number">{one.number}</span>,
                },
                { id: 'why', label: t('conflict.why'), cell: (one) => whyOf(one.conflict) },
                { id: 'kind', label: t('conflict.kind'), cell: (one) => <Kind of={one.kind} /> },
                { id: 'outlet', label: t('outlet'), cell: (one) => <OutletName id={one.point_id} link /> },
                { id: 'at', label: t('conflict.at'), cell: (one) => <Moment at={one.occurred_at} /> },
                {
                  id: 'device',
                  label: t('conflict.device'),
                  cell: (one) => <span className="number text-sm">{one.device_id}</span>,
                },
                ...(may('resolveSyncConflict')
                  ? [
                      {
                        id: 'resolve',
                        label: t('conflict.resolution'),
                        cell: (one: Conflict) => (
                          <Button size="small" onClick={() => setChosen(one)}>
                            {t('conflict.resolve')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Read>
      {chosen !== undefined && (
        <Resolve
          of={chosen}
          organisationId={organisationId}
          key={chosen.client_id}
          onDone={() => setChosen(undefined)}
        />
      )}
    </Card>
  );
}

function Kind({ of }: { readonly of: string }) {
  const t = useWords(OUTLET_WORDS);
  const act = (['store', 'hand_out', 'wrong_code', 'undo'] as const).find((one) => one === of);
  return act === undefined ? of : t(`conflict.act.${act}`);
}

function Resolve({
  of,
  organisationId,
  onDone,
}: {
  readonly of: Conflict;
  readonly organisationId: string;
  readonly onDone: () => void;
}) {
  const t = useWords(OUTLET_WORDS);
  const [text, setText] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/points/{point_id}/sync-conflicts/resolution', {
        params: { path: { point_id: of.point_id } },
        body: { device_id: of.device_id, client_id: of.client_id, resolution: text.trim() },
      }),
    {
      touches: [conflictsKey(organisationId)],
      done: () => {
        toast('ok', t('conflict.resolved'));
        onDone();
      },
    },
  );
  return (
    <Dialog title={t('conflict.resolve')} open onOpen={(open) => !open && onDone()}>
      <ActForm act={act} submit={t('conflict.resolve')} disabled={text.trim() === ''}>
        <Field label={t('conflict.resolution')}>
          <Input required maxLength={300} value={text} onText={setText} />
        </Field>
      </ActForm>
    </Dialog>
  );
}
