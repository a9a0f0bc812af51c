import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Choices } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { toast } from '../kit/toast.tsx';
import { VISIT_WORDS } from './words.ts';

const REASONS = ['asked_by_sender', 'too_many_visits', 'road_closed', 'bad_weather', 'other'] as const;

/** The carrier does not come: the visit ends, with the reason. */
export function CancelVisit({ id }: { readonly id: string }) {
  const t = useWords(VISIT_WORDS);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<(typeof REASONS)[number]>('asked_by_sender');
  const act = useAct(
    () =>
      api.post('/v1/pickups/{pickup_id}/cancellation', {
        params: { path: { pickup_id: id } },
        body: { reason },
      }),
    {
      touches: [['pickups'], ['shipments']],
      done: () => {
        setOpen(false);
        toast('ok', t('cancel.done'));
      },
    },
  );
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('cancel.do')}
      </Button>
      <Dialog title={t('cancel.do')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('cancel.do')} look="danger">
          <p>{t('cancel.ask')}</p>
          <Choices
            legend={t('cancel.why')}
            value={reason}
            onChoice={setReason}
            choices={REASONS.map((one) => ({ value: one, label: t(`why.${one}`) }))}
          />
        </ActForm>
      </Dialog>
    </>
  );
}
