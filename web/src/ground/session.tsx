import type { components } from '@postroad/sdk';
import { type OperationName, ROLES_OF_OPERATION, type RoleName } from '@postroad/sdk/operations';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext } from 'react';
import { api, isProblem, proveWith, setCsrfToken, whenSessionEnds } from './api.ts';
import { bindToken, sendProven } from './device-key.ts';
import { queryClient, readingOf } from './reads.ts';

export type Session = components['schemas']['CurrentSession'];

const SessionContext = createContext<Session | undefined>(undefined);
export const SESSION_KEY = ['session'] as const;
const SESSION_FRESH_MS = 60_000;

proveWith(sendProven);

/** What the requests of this page need from now on: the CSRF token, and the device's log-in. */
export async function takeSession(session: Session | undefined): Promise<void> {
  setCsrfToken(session?.csrf_token);
  await bindToken(session?.device?.token_hash);
}

/** Asks the server, and takes what comes with the answer. */
export async function readSession(): Promise<Session | null> {
  try {
    const session = await api.get('/v1/sessions/current');
    await takeSession(session);
    return session;
  } catch (error) {
    if (isProblem(error) && (error.status === 401 || error.code === 'session_needed')) {
      await takeSession(undefined);
      return null;
    }
    throw error;
  }
}

/** For a face to read ahead. */
export const SESSION = readingOf(SESSION_KEY, readSession);

/** Who is logged in; undefined: nobody. */
export function useSessionQuery(): UseQueryResult<Session | null> {
  return useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: SESSION_FRESH_MS });
}

export async function logIn(given: {
  readonly email: string;
  readonly password: string;
  readonly world: 'live' | 'test';
}): Promise<Session> {
  const session = await api.post('/v1/sessions', { body: given });
  queryClient.clear();
  await takeSession(session);
  queryClient.setQueryData(SESSION_KEY, session);
  return session;
}

/** Ends the session here and on the server, and forgets all that was read. */
export async function logOut(): Promise<void> {
  try {
    await api.delete('/v1/sessions/current');
  } finally {
    await takeSession(undefined);
    queryClient.clear();
  }
}

/** A session that ended elsewhere, or by age: back to the log-in, and then to where one was. */
whenSessionEnds(() => {
  void takeSession(undefined);
  queryClient.setQueryData(SESSION_KEY, null);
});

export function WithSession({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('this screen stands outside of WithSession');
  return session;
}

/** May this role call the operation at all? By the access table; what it may see is the server's answer. */
export function mayCall(role: string, operation: OperationName): boolean {
  return ROLES_OF_OPERATION[operation].includes(role as RoleName);
}

/** `const may = useMay(); may('mintApiKey')`. */
export function useMay(): (operation: OperationName) => boolean {
  const { person } = useSession();
  return (operation) => mayCall(person.role, operation);
}
