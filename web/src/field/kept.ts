import { PostroadProblem } from '@postroad/sdk';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useSession } from '../ground/session.tsx';
import { stopOf } from './refusal.ts';
import { empty, readAll, readOne, remove, write } from './store.ts';

type Kept = { readonly key: string; readonly at: string; readonly value: unknown };
export type KeptAnswer<T> = {
  readonly value: T;
  readonly at: string;
  /** From the device: the server could not be asked. */
  readonly isOld: boolean;
};

/** A courier standing at a door does not wait longer for a network that is hardly there. */
const PATIENCE_MS = 7_000;
/** A day's work; what is older is of no use and goes. */
const KEPT_MS = 36 * 3_600_000;

/** What the server says now, or what it said last when there is no network. */
export function useKept<T>(
  key: readonly string[],
  read: (signal: AbortSignal) => Promise<T>,
  options: { readonly everyMs?: number; readonly enabled?: boolean } = {},
): UseQueryResult<KeptAnswer<T>> {
  const { person, world } = useSession();
  const name = [world, person.id, ...key].join('/');
  return useQuery({
    queryKey: ['kept', ...key],
    queryFn: ({ signal }) => readOrKept(name, read, signal),
    networkMode: 'always',
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
  });
}

async function readOrKept<T>(
  name: string,
  read: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
): Promise<KeptAnswer<T>> {
  try {
    if (navigator.onLine === false) throw new Error('no network');
    const value = await read(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]));
    const at = new Date().toISOString();
    await write('kept', { key: name, at, value } satisfies Kept);
    return { value, at, isOld: false };
  } catch (error) {
    const isAnswer = error instanceof PostroadProblem && stopOf(error) === undefined;
    const kept = isAnswer ? undefined : await readOne<Kept>('kept', name).catch(() => undefined);
    if (kept === undefined) throw error;
    return { value: kept.value as T, at: kept.at, isOld: true };
  }
}

/** Keeps something that was fetched once by a button, such as a door that was revealed. */
export async function keepValue(key: string, value: unknown): Promise<void> {
  await write('kept', { key, at: new Date().toISOString(), value } satisfies Kept);
}

export async function keptValue<T>(key: string): Promise<T | undefined> {
  return (await readOne<Kept>('kept', key))?.value as T | undefined;
}

export async function forgetValue(key: string): Promise<void> {
  await remove('kept', key);
}

/** Of earlier days, or of another person than the one who is logged in; `save` stays. */
export async function forgetOld(prefix: string, save: string): Promise<void> {
  const limit = Date.now() - KEPT_MS;
  for (const { key, at } of await readAll<Kept>('kept'))
    if (key !== save && (Date.parse(at) < limit || !key.startsWith(prefix))) await remove('kept', key);
}

export const wipeKept = (): Promise<undefined> => empty('kept');
