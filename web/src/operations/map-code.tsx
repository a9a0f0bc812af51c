import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { Link } from 'wouter';
import { api } from '../ground/api.ts';
import { everyWord } from '../ground/contract-words.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Field, Input, Select, Textarea } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Read } from '../kit/states.tsx';
import { toast } from '../kit/toast.tsx';
import { SOURCE_WORDS } from '../sources/words.ts';
import { MILESTONE_WORDS } from '../words/milestones.ts';
import { detailsOf, type OfferedDetail } from './details.ts';
import { OPERATIONS_WORDS } from './words.ts';

type Milestone = components['schemas']['MilestoneName'];
const MILESTONES = everyWord<Milestone>({
  order_created: true,
  warehouse_accepted: true,
  warehouse_processing: true,
  dispatch_declared: true,
  pickup_failed: true,
  picked_up: true,
  warehouse_received: true,
  warehouse_outbound: true,
  linehaul: true,
  export_customs_in: true,
  export_customs_held: true,
  export_customs_out: true,
  departed_origin: true,
  transit_arrived: true,
  transit_departed: true,
  arrived_destination: true,
  import_customs_in: true,
  import_customs_held: true,
  import_customs_out: true,
  handed_to_last_mile: true,
  in_transit_local: true,
  arrived_delivery_depot: true,
  redirected: true,
  out_for_delivery: true,
  delivery_attempted: true,
  refused: true,
  at_point: true,
  delivered: true,
  customs_processing: true,
  resumed: true,
  exception: true,
  damaged: true,
  lost: true,
  disposed: true,
  cancelled: true,
  returning: true,
  returned: true,
});

type Code = { readonly source: string; readonly format: string; readonly code: string };

/** Says what a code means, after one has seen what that would do. */
export function MapCode({ of, onClose }: { readonly of: Code; readonly onClose: () => void }) {
  const t = useWords(SOURCE_WORDS);
  const milestone = useWords(MILESTONE_WORDS);
  const [chosen, setChosen] = useState<Milestone | ''>('');
  const [detail, setDetail] = useState<OfferedDetail | ''>('');
  const [since, setSince] = useState('');
  const [note, setNote] = useState('');
  const meaning = {
    ...of,
    milestone: chosen as Milestone,
    ...(detail === '' ? {} : { substatus: detail }),
    ...(since === '' ? {} : { occurred_from: `${since}T00:00:00Z` }),
  };
  const act = useAct(() => api.post('/v1/code-mappings', { body: { ...meaning, note: note.trim() } }), {
    touches: [['unmapped-codes'], ['code-mappings'], ['timeline']],
    done: () => {
      toast('ok', t('map.done'));
      onClose();
    },
  });
  const faults = fieldErrors(act.error);
  return (
    <Dialog open onOpen={onClose} title={t('map.title', { code: of.code })}>
      <ActForm act={act} submit={t('map.submit')} disabled={chosen === '' || note.trim() === ''}>
        <Field label={t('map.meaning')} error={faults['/milestone']}>
          <Select
            value={chosen}
            onChoice={(one) => {
              setChosen(one);
              setDetail('');
            }}
            choices={[
              { value: '' as const, label: t('map.choose') },
              ...MILESTONES.map((one) => ({ value: one, label: milestone(one) })),
            ]}
          />
        </Field>
        {detailsOf(chosen).length > 0 && (
          <Field label={t('map.detail')} error={faults['/substatus']}>
            <Select
              value={detail}
              onChoice={setDetail}
              choices={[
                { value: '' as const, label: t('map.detail_none') },
                ...detailsOf(chosen).map((one) => ({ value: one, label: t(`detail.${one}`) })),
              ]}
            />
          </Field>
        )}
        {chosen !== '' && <Preview of={meaning} />}
        <Field label={t('map.note')} hint={t('map.note_hint')} error={faults['/note']}>
          <Textarea rows={2} maxLength={500} value={note} onText={setNote} />
        </Field>
        <Field label={t('map.from')} hint={t('map.from_hint')} error={faults['/occurred_from']}>
          <Input type="date" value={since} onText={setSince} />
        </Field>
      </ActForm>
    </Dialog>
  );
}

function Preview({
  of,
}: {
  readonly of: Code & {
    readonly milestone: Milestone;
    readonly substatus?: OfferedDetail;
    readonly occurred_from?: string;
  };
}) {
  const t = useWords(SOURCE_WORDS);
  const status = useWords(OPERATIONS_WORDS);
  const preview = useRead(['code-mappings', 'preview', of], (signal) =>
    api.get('/v1/code-mappings/preview', { params: { query: of }, signal }),
  );
  return (
    <Read of={preview} rows={2}>
      {({ scans, parcels, sample, examples }) => (
        <div className="rounded-md bg-sunk p-3 text-sm">
          <p>{t('map.reach', { scans, parcels })}</p>
          {sample.parcels > 0 && <p>{t('map.sample', { count: sample.parcels, changed: sample.changed })}</p>}
          <ul className="mt-1 grid gap-0.5">
            {examples.map((one) => (
              <li key={one.parcel_id}>
                <Link
                  className="number text-accent hover:underline"
                  href={`/operations/parcels/${one.parcel_id}`}
                >
                  {one.number}
                </Link>{' '}
                {status(`parcel.status.${one.before}`)} → {status(`parcel.status.${one.after}`)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Read>
  );
}
