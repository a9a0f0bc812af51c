import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { record } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { toast } from '../kit/toast.tsx';
import type { CourierTask, Pickup } from './tasks.ts';

/** Writes down what was done with a visit; goes back to the list unless the server refuses. */
export function useVisitAct(pickup: Pickup, stays = false) {
  const f = useWords(FIELD_WORDS);
  const [isBusy, setBusy] = useState(false);
  const act = async (task: CourierTask) => {
    setBusy(true);
    const label = pickup.sender?.company ?? pickup.sender?.name ?? pickup.id;
    const kept = await record({ about: pickup.id, label, task }).finally(() => setBusy(false));
    if (kept.state === 'refused') return;
    toast(kept.state === 'sent' ? 'ok' : 'warn', f(kept.state === 'sent' ? 'record.sent' : 'record.kept'));
    if (!stays) navigate('/courier/pickups');
  };
  return { act, isBusy };
}
