import type { components } from '@postroad/sdk';
import { useKept } from '../field/kept.ts';
import { api } from '../ground/api.ts';
import { useWords } from '../ground/words.ts';
import { Shape } from '../kit/status.tsx';
import { Place } from '../parcels/place.tsx';
import { WAREHOUSE_WORDS } from './words.ts';

export type Stop = components['schemas']['Interception'];
const WARNING_MS = [200, 100, 200, 100, 200];

/** Parcels that must not leave: their merchants want them stopped, and it is not settled yet. Kept for without a network. */
export function useStops(): readonly Stop[] {
  const stops = useKept<readonly Stop[]>(
    ['interceptions'],
    async (signal) => {
      const lists = await Promise.all(
        (['requested', 'accepted'] as const).map((state) =>
          Array.fromAsync(api.listAll('/v1/interceptions', { params: { query: { state } }, signal })),
        ),
      );
      return lists.flat();
    },
    { everyMs: 60_000 },
  );
  return stops.data?.value ?? [];
}

export const stopOfNumber = (stops: readonly Stop[], number: string) =>
  stops.find((stop) => stop.numbers.includes(number));

/** Felt also with the eyes elsewhere: longer than the buzz of a good scan. */
export function warnOfStop(): void {
  navigator.vibrate?.(WARNING_MS);
}

/** Fills the width and says in one word what to do: hands stop here. */
export function StopNotice({ of, number }: { readonly of: Stop; readonly number?: string }) {
  const t = useWords(WAREHOUSE_WORDS);
  return (
    <div role="alert" className="mb-4 grid gap-1 rounded-lg border-2 border-bad bg-bad-soft p-4 text-bad">
      <p className="flex items-center gap-2 text-xl font-semibold">
        <Shape tone="bad" size={22} />
        {t('stop.title')}
      </p>
      {number !== undefined && <p className="number text-lg">{number}</p>}
      <p className="text-lg">
        {t(`stop.${of.kind}`)}
        {of.to && (
          <>
            : <Place of={of.to} />
          </>
        )}
      </p>
      {of.reason && <p className="wrap-anywhere">{of.reason}</p>}
      <p>{t(`stop.state.${of.state === 'accepted' ? 'accepted' : 'requested'}`)}</p>
    </div>
  );
}
