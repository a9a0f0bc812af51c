import { useState } from 'react';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { ActForm } from '../kit/act-form.tsx';
import { Button } from '../kit/button.tsx';
import { Field, Input } from '../kit/field.tsx';
import { Dialog } from '../kit/overlay.tsx';
import { Failure } from '../kit/states.tsx';
import { Status } from '../kit/status.tsx';
import { toast } from '../kit/toast.tsx';
import type { Shipment } from '../parcels/states.tsx';
import { CARRIER_WORDS } from './words.ts';

export const ANSWERS = ['pending', 'accepted', 'refused'] as const;
const TONES = { pending: 'warn', accepted: 'ok', refused: 'bad' } as const;

export function Answer({ of }: { readonly of: Shipment['acknowledgement'] }) {
  const t = useWords(CARRIER_WORDS);
  return <Status tone={TONES[of]}>{t(`ack.${of}`)}</Status>;
}

const answer = (id: string, body: { accepted: boolean; reason?: string }) =>
  api.post('/v1/shipments/{shipment_id}/acknowledgement', { params: { path: { shipment_id: id } }, body });

/** Takes orders, one after the other; the first that cannot be taken stops it, and those before stay taken. */
export function useTake(done: () => void) {
  const t = useWords(CARRIER_WORDS);
  return useAct(
    async (ids: readonly string[]) => {
      for (const id of ids) await answer(id, { accepted: true });
      return ids.length;
    },
    {
      touches: [['shipments']],
      done: (count) => {
        toast('ok', t('ack.taken', { count }));
        done();
      },
    },
  );
}

/** Takes or refuses one order, as long as it waits. */
export function AnswerActions({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(CARRIER_WORDS);
  const take = useTake(() => undefined);
  if (shipment.acknowledgement !== 'pending') return <Answer of={shipment.acknowledgement} />;
  return (
    <>
      {take.error && <Failure error={take.error} />}
      <Refuse shipment={shipment} />
      <Button look="primary" busy={take.isPending} onClick={() => take.mutate([shipment.id])}>
        {t('ack.take')}
      </Button>
    </>
  );
}

function Refuse({ shipment }: { readonly shipment: Shipment }) {
  const t = useWords(CARRIER_WORDS);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(() => answer(shipment.id, { accepted: false, reason: reason.trim() }), {
    touches: [['shipments']],
    done: () => {
      setOpen(false);
      toast('ok', t('ack.refused_now'));
    },
  });
  return (
    <>
      <Button look="danger" onClick={() => setOpen(true)}>
        {t('ack.refuse')}
      </Button>
      <Dialog title={t('ack.refuse')} open={open} onOpen={setOpen}>
        <ActForm act={act} submit={t('ack.refuse')} look="danger">
          <p>{t('ack.refuse_ask')}</p>
          <Field label={t('ack.reason')}>
            <Input required maxLength={200} value={reason} onText={setReason} />
          </Field>
        </ActForm>
      </Dialog>
    </>
  );
}
