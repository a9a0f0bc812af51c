import type { components } from '@postroad/sdk';
import { useState } from 'react';
import { api } from '../ground/api.ts';
import { fieldErrors, useAct, useRead } from '../ground/reads.ts';
import { useMay } from '../ground/session.tsx';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Checkbox, Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Notice } from '../kit/status.tsx';
import { Table } from '../kit/table.tsx';
import { toast } from '../kit/toast.tsx';
import { FENCE_WORDS } from './words.ts';

type Fence = components['schemas']['NumberFence'];
type Segment = Fence['segments'][number];

/** After a restore no number is given out until somebody has confirmed it: says so, says why, and asks. */
export function NumberFence() {
  const t = useWords(FENCE_WORDS);
  const may = useMay();
  const [open, setOpen] = useState(false);
  const fence = useRead(
    ['number-fence'],
    (signal) => api.get('/v1/number-segments/restore-confirmation', { signal }),
    { enabled: may('readNumberFence'), everyMs: 60_000 },
  );
  const { is_fenced: isFenced, reason } = fence.data ?? {};
  if (fence.data === undefined || !isFenced || reason === undefined) return null;
  return (
    <div className="mb-4">
      <Notice tone="bad">
        <p className="font-semibold">{t('title')}</p>
        <p>{t(`reason.${reason}`)}</p>
        <p>{t('meaning')}</p>
        {may('confirmNumberRestore') && (
          <p className="mt-2">
            <Button onClick={() => setOpen(true)}>{t('ask')}</Button>
          </p>
        )}
      </Notice>
      <Dialog title={t('ask')} open={open} onOpen={setOpen} wide>
        <Confirm fence={fence.data} onDone={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function Confirm({ fence, onDone }: { readonly fence: Fence; readonly onDone: () => void }) {
  const t = useWords(FENCE_WORDS);
  const [isSure, setSure] = useState(false);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const unknown = fence.segments.filter((one) => one.marked_up_to === undefined);
  const act = useAct(
    () =>
      api.post('/v1/number-segments/restore-confirmation', {
        body: {
          used_up_to: unknown.map((one) => ({
            segment_id: one.segment_id,
            serial: Number(typed[one.segment_id]),
          })),
        },
      }),
    {
      touches: [['number-fence'], ['number-segments']],
      done: ({ burned_blocks: blocks }) => {
        toast('ok', t('done', { blocks }));
        onDone();
      },
    },
  );
  const errors = fieldErrors(act.error);
  return (
    <ActForm act={act} submit={t('do')} disabled={!isSure}>
      <p>{t('explain')}</p>
      {fence.segments.length > 0 && <Segments rows={fence.segments} />}
      {unknown.map((one) => (
        <Field
          key={one.segment_id}
          label={t('used_up_to', { carrier: one.carrier_code, from: String(one.from_serial) })}
          hint={t('used_up_to_hint')}
          error={errors['/used_up_to']}
        >
          <Input
            required
            mono
            inputMode="numeric"
            pattern="\d{1,15}"
            value={typed[one.segment_id] ?? ''}
            onText={(text) => setTyped({ ...typed, [one.segment_id]: text })}
          />
        </Field>
      ))}
      <Checkbox label={t('sure')} checked={isSure} onCheck={setSure} />
    </ActForm>
  );
}

function Segments({ rows }: { readonly rows: readonly Segment[] }) {
  const t = useWords(FENCE_WORDS);
  return (
    <Table
      label={t('segments')}
      rows={rows}
      rowId={(one) => one.segment_id}
      columns={[
        {
          id: 'carrier',
          label: t('carrier'),
          isName: true,
          cell: (one) => <span className="number">{one.carrier_code}</span>,
        },
        {
          id: 'range',
          label: t('range'),
          cell: (one) => <span className="number">{`${one.from_serial} – ${one.to_serial}`}</span>,
        },
        {
          id: 'next',
          label: t('next'),
          cell: (one) => <span className="number">{one.next_serial}</span>,
        },
        {
          id: 'marked',
          label: t('marked'),
          cell: (one) => <span className="number">{one.marked_up_to ?? t('lost')}</span>,
        },
      ]}
    />
  );
}
