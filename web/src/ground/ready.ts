import { KIT_WORDS } from '../words/kit.ts';
import { queryClient, type Reading, readAhead } from './reads.ts';
import { SESSION } from './session.tsx';
import { type Loadable, loadWords } from './words.ts';

/**
 * What a face behind the log-in has before it draws anything: its words, the session, and at the address `home` what that
 * screen reads, if it comes soon. Rejects only when words cannot be loaded.
 */
export function staffReady(
  words: readonly Loadable[],
  home: { readonly address: string; readonly readings: readonly Reading<unknown>[] } = {
    address: '',
    readings: [],
  },
): Promise<unknown> {
  return Promise.all([
    loadWords(KIT_WORDS, ...words),
    queryClient.prefetchQuery({ queryKey: SESSION.key, queryFn: ({ signal }) => SESSION.read(signal) }),
    ...(location.pathname === home.address ? [readAhead(...home.readings)] : []),
  ]);
}
