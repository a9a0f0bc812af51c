import { useState } from 'react';
import { Link } from 'wouter';
import { KeptNotice } from '../field/notices.tsx';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { useAct } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Textarea } from '../kit/field.tsx';
import { Card, Page } from '../kit/page.tsx';
import { Empty, Read } from '../kit/states.tsx';
import { Badge, Notice } from '../kit/status.tsx';
import { Facts, Moment } from '../kit/values.tsx';
import { OpenCash } from '../outlets/open-cash.tsx';
import { useDeviceId } from './device.ts';
import { useHere } from './here.tsx';
import { RefusalCode } from './parts.tsx';
import { useConflicts } from './reads.ts';
import type { DeviceTask, SyncConflict } from './tasks.ts';
import { POINT_WORDS } from './words.ts';

/** What devices recorded without a network and what does not fit: shown until somebody has looked and says what he saw. */
export function Conflicts() {
  const t = useWords(POINT_WORDS);
  const open = useConflicts(true);
  const { point } = useHere();
  return (
    <Page title={t('conflicts.title')} lead={t('conflicts.lead')}>
      <Read of={open} rows={6}>
        {(answer) => (
          <>
            <KeptNotice of={answer} />
            {answer.value.length === 0 && (
              <Empty title={t('conflicts.none')} hint={t('conflicts.none_hint')} />
            )}
            {answer.value.map((one) => (
              <ConflictCard key={`${one.device_id} ${one.client_id}`} of={one} />
            ))}
          </>
        )}
      </Read>
      <OpenCash of={{ point: point.id }} />
    </Page>
  );
}

const KINDS = everyWord<DeviceTask['kind']>({ store: true, hand_out: true, wrong_code: true, undo: true });

function ConflictCard({ of }: { readonly of: SyncConflict }) {
  const t = useWords(POINT_WORDS);
  const may = useMay();
  const here = useDeviceId();
  const kind = KINDS.find((one) => one === of.kind) ?? 'hand_out';
  const { place, code, refusal } = of.detail as { place?: string; code?: string; refusal?: string };
  return (
    <Card title={of.number} actions={of.device_id === here && <Badge>{t('conflicts.this_device')}</Badge>}>
      <div className="mb-3">
        <Notice tone="bad">
          {t(`conflict.${of.conflict ?? 'refused'}`)}
          <RefusalCode of={refusal} />
        </Notice>
      </div>
      <Facts
        of={[
          [t('conflicts.what'), t(`task.${kind}`)],
          [t('conflicts.when'), <Moment key="at" at={of.occurred_at} />],
          ...(of.counted_at === undefined
            ? []
            : ([[t('conflicts.counted'), <Moment key="counted" at={of.counted_at} />]] as const)),
          [t('conflicts.received'), <Moment key="received" at={of.received_at} />],
          ...(place === undefined ? [] : ([[t('place.label'), place]] as const)),
          ...(code === undefined ? [] : ([[t('hand_out.code'), code]] as const)),
        ]}
      />
      {of.shelf_parcel_id !== undefined && (
        <p className="my-2">
          <Link
            href={`/point/parcels/${of.shelf_parcel_id}`}
            className="inline-flex min-h-11 items-center text-accent underline"
          >
            {t('conflicts.parcel')}
          </Link>
        </p>
      )}
      <div className="mt-4">
        {may('resolveSyncConflict') ? (
          <Resolve of={of} />
        ) : (
          <p className="text-soft">{t('conflicts.supervisor')}</p>
        )}
      </div>
    </Card>
  );
}

function Resolve({ of }: { readonly of: SyncConflict }) {
  const t = useWords(POINT_WORDS);
  const { point } = useHere();
  const [words, setWords] = useState('');
  const act = useAct<undefined, unknown>(
    () =>
      api.post('/v1/points/{point_id}/sync-conflicts/resolution', {
        params: { path: { point_id: point.id } },
        body: { device_id: of.device_id, client_id: of.client_id, resolution: words.trim() },
      }),
    { touches: [['kept']] },
  );
  return (
    <ActForm act={act} submit={t('conflicts.resolve')} disabled={words.trim() === ''}>
      <Field label={t('conflicts.found')} hint={t('conflicts.found_hint')}>
        <Textarea value={words} onText={setWords} maxLength={300} rows={2} />
      </Field>
    </ActForm>
  );
}
