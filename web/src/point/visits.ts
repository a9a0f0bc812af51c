import { useQuery } from '@tanstack/react-query';
import { keepValue, keptValue } from '../field/kept.ts';
import { stopOf } from '../field/refusal.ts';
import { api } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useHere } from './here.tsx';
import { type Visit, withVisit } from './intake.ts';
import type { CounterReturn } from './tasks.ts';

/** Buyers whose goods are not entered yet. They stay on the device, so that a lost network loses nobody. */
export function useVisits() {
  const { world, person } = useSession();
  const { point } = useHere();
  const name = `${world}/${person.id}/visits/${point.id}`;
  const key = ['visits', name];
  const kept = useQuery({
    queryKey: key,
    queryFn: async () => (await keptValue<readonly Visit[]>(name)) ?? [],
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = async (how: (before: readonly Visit[]) => readonly Visit[]) => {
    const after = how((await keptValue<readonly Visit[]>(name)) ?? []);
    await keepValue(name, after);
    queryClient.setQueryData(key, after);
  };
  return {
    isPending: kept.isPending,
    visits: kept.data ?? [],
    /** Asks the server what a code opens; undefined: no answer came, and the code is noted for later. */
    open: async (code: string): Promise<CounterReturn | undefined> => {
      const at = new Date().toISOString();
      try {
        if (navigator.onLine === false) throw new Error('no network');
        const body = { point_id: point.id, code };
        const opened = await api.post('/v1/return-codes/lookup', { body });
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
