import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input, Select } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { toast } from '../kit/toast.tsx';
import type { Pickup } from '../parcels/states.tsx';
import { DOOR_REASONS, type DoorReason } from './block-reasons.ts';
import { VISIT_WORDS } from './words.ts';

/** From now on no window is offered at this visit's door; the visit itself is left as it is. */
export function BlockDoor({ visit }: { readonly visit: Pickup }) {
  const t = useWords(VISIT_WORDS);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<DoorReason>('need_swipe_card');
  const [detail, setDetail] = useState('');
  const act = useAct(
    () =>
      api.post('/v1/pickup-blocks', {
        body: {
          kind: 'address',
          pickup_id: visit.id,
          reason,
          ...(detail.trim() === '' ? {} : { detail: detail.trim() }),
        },
      }),
    {
      touches: [['pickup-blocks']],
      done: () => {
        setOpen(false);
        toast('ok', t('block.added'));
      },
    },
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('block.this_door')}</Button>
      <Dialog title={t('block.this_door')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('block.add')} look="danger">
          <Field label={t('block.reason')}>
            <Select
              value={reason}
              onChoice={setReason}
              choices={DOOR_REASONS.map((one) => ({ value: one, label: t(`block.why.${one}`) }))}
            />
          </Field>
          <Field label={t('block.detail')}>
            <Input maxLength={200} value={detail} onText={setDetail} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
