import { useOpenRecord } from '../field/queue.ts';
import { FIELD_WORDS } from '../field/words.ts';
import { useWords } from '../ground/words.ts';
import { Status, type Tone } from '../kit/status.tsx';
import type { Delivery, Pickup } from './tasks.ts';
import { COURIER_WORDS } from './words.ts';

const DELIVERY_TONES: Readonly<Record<Delivery['state'], Tone>> = {
  assigned: 'idle',
  out_for_delivery: 'move',
  attempted: 'warn',
  at_depot: 'idle',
  held: 'idle',
  delivered: 'ok',
  safe_place: 'ok',
  returning: 'warn',
  returned: 'ok',
  awaiting_disposal: 'warn',
  disposed: 'ok',
};

const PICKUP_TONES: Readonly<Record<Pickup['state'], Tone>> = {
  placed: 'idle',
  assigned: 'idle',
  accepted: 'idle',
  on_the_way: 'move',
  code_verified: 'move',
  collected: 'ok',
  handed_over: 'ok',
  failed: 'bad',
  cancelled: 'bad',
  refused: 'bad',
};

/** The server's state, or what is recorded here and not known there yet. */
export function ShownState({ delivery }: { readonly delivery: Delivery }) {
  const t = useWords(COURIER_WORDS);
  return (
    <Recorded about={delivery.id}>
      <Status tone={DELIVERY_TONES[delivery.state]}>{t(`delivery.${delivery.state}`)}</Status>
    </Recorded>
  );
}

export function ShownVisit({ pickup }: { readonly pickup: Pickup }) {
  const t = useWords(COURIER_WORDS);
  return (
    <Recorded about={pickup.id}>
      <Status tone={PICKUP_TONES[pickup.state]}>{t(`pickup.${pickup.state}`)}</Status>
    </Recorded>
  );
}

function Recorded({ about, children }: { readonly about: string; readonly children: React.ReactNode }) {
  const f = useWords(FIELD_WORDS);
  const open = useOpenRecord(about);
  if (open === undefined) return children;
  return (
    <Status tone={open.state === 'refused' ? 'bad' : 'warn'}>
      {open.state === 'refused' ? f('records.state.refused') : f('records.state.waiting')}
    </Status>
  );
}
