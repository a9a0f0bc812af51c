import { useQuery } from '@tanstack/react-query';
import { api } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { readSession, SESSION_KEY, type Session, takeSession } from '../ground/session.tsx';
import { forgetOld, keepValue, keptValue, wipeKept } from './kept.ts';
import { wipeRecords } from './queue.ts';
import { stopOf } from './refusal.ts';

/** Of the device, not of a person: who was here last. Without the CSRF token: only the server gives that. */
const KEY = 'session';
/** The session of somebody who logged out without a network: the server hears of it as soon as there is one. */
const LEFT = 'postroad-field-left';

/** Who is logged in; without a network who was logged in last. Null: nobody. */
export function useFieldSession() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: readFieldSession,
    staleTime: 60_000,
    networkMode: 'always',
  });
}

/** Asks the server again and shows what it says. */
export function confirmSession(): Promise<Session | null> {
  return queryClient.fetchQuery({
    queryKey: SESSION_KEY,
    queryFn: readFieldSession,
    staleTime: 0,
    networkMode: 'always',
  });
}

async function readFieldSession(): Promise<Session | null> {
  try {
    const session = await readSession();
    if (session !== null && session.session.id === localStorage.getItem(LEFT)) {
      await endSession();
      return null;
    }
    if (session !== null) {
      await keepValue(KEY, { ...session, csrf_token: '' });
      await forgetOld(`${session.world}/${session.person.id}/`, KEY);
    }
    return session;
  } catch (error) {
    if (localStorage.getItem(LEFT) !== null) return null;
    const known = stopOf(error) === undefined ? undefined : await keptValue<Session>(KEY);
    if (known === undefined) throw error;
    return known;
  }
}

/** Of the session that was just read. */
async function endSession(): Promise<void> {
  await api.delete('/v1/sessions/current');
  await takeSession(undefined);
  localStorage.removeItem(LEFT);
}

/** Everything personal leaves the device, then the session ends; without a network it ends later. */
export async function leave(session: Session): Promise<void> {
  await wipeRecords();
  await wipeKept();
  localStorage.setItem(LEFT, session.session.id);
  await readSession()
    .then((now) => (now === null ? localStorage.removeItem(LEFT) : endSession()))
    .catch(() => undefined);
  queryClient.setQueryData(SESSION_KEY, null);
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
}
