import type { components } from '@postroad/sdk';
import { api } from '../ground/api.ts';
import { useAct } from '../ground/reads.ts';
import { useWords } from '../ground/words.ts';
import { toast } from '../kit/toast.tsx';
import { type Outlet, outletKey } from '../outlets/parts.tsx';
import { OUTLET_DESK_WORDS } from './words.ts';

type Change = components['schemas']['PointChange'];

/** Changes what is said of an outlet; what is left out stays. */
export function useChangeOutlet(outlet: Outlet, done?: () => void) {
  const t = useWords(OUTLET_DESK_WORDS);
  return useAct(
    (change: Change) =>
      api.patch('/v1/points/{point_id}', { params: { path: { point_id: outlet.id } }, body: change }),
    {
      touches: [outletKey(outlet.id), ['outlets']],
      done: () => {
        toast('ok', t('edit.saved'));
        done?.();
      },
    },
  );
}
