import { useQuery } from '@tanstack/react-query';
import { keepValue, keptValue } from '../field/kept.ts';
import type { CounterMailing } from '../field/mailing-intake.ts';
import { stopOf } from '../field/refusal.ts';
import { api } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useHere } from './here.tsx';
import type { CounterReturn } from './tasks.ts';
import { type Visit, withVisit } from './visit.ts';

type Asked = { readonly point_id: string; readonly code: string };

/** Buyers whose goods are not entered yet. */
export const useVisits = () =>
  useOpened<CounterReturn>('visits', (body) => api.post('/v1/return-codes/lookup', { body }));

/** Senders whose parcels are not entered yet. */
export const useMailingVisits = () =>
  useOpened<CounterMailing>('mailing-visits', (body) => api.post('/v1/mailing-codes/lookup', { body }));

/** They stay on the device, so that a lost network loses nobody. */
function useOpened<Opened>(list: string, look: (asked: Asked) => Promise<Opened>) {
  const { world, person } = useSession();
  const { point } = useHere();
  const name = `${world}/${person.id}/${list}/${point.id}`;
  const key = ['visits', name];
  const kept = useQuery({
    queryKey: key,
    queryFn: async () => (await keptValue<readonly Visit<Opened>[]>(name)) ?? [],
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = async (how: (before: readonly Visit<Opened>[]) => readonly Visit<Opened>[]) => {
    const after = how((await keptValue<readonly Visit<Opened>[]>(name)) ?? []);
    await keepValue(name, after);
    queryClient.setQueryData(key, after);
  };
  return {
    isPending: kept.isPending,
    visits: kept.data ?? [],
    /** Asks the server what a code opens; undefined: no answer came, and the code is noted for later. */
    open: async (code: string): Promise<Opened | undefined> => {
      const at = new Date().toISOString();
      try {
        if (navigator.onLine === false) throw new Error('no network');
        const opened = await look({ point_id: point.id, code });
        await change((before) => withVisit(before, { code, at, opened }));
        return opened;
      } catch (error) {
        if (stopOf(error) !== 'offline') throw error;
        await change((before) => withVisit(before, { code, at }));
        return undefined;
      }
    },
    close: (code: string) => change((before) => before.filter((one) => one.code !== code)),
  };
}
