import {
  keepPreviousData,
  QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from './api.ts';
import { atMost } from './early.ts';
import { everyMsWhile } from './topics.ts';

/** One for the page. The SDK repeats what may be repeated; a refusal is an answer and is shown. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 5_000, refetchOnWindowFocus: true },
    // Without a network an act fails at once and says so; it does not happen by itself, when nobody expects it any more.
    mutations: { networkMode: 'always' },
  },
});

let isLineUp = false;

/** Whether the server tells by itself what changed (`live.ts`). */
export function setLineUp(isUp: boolean): void {
  isLineUp = isUp;
}

/** What begins with one of these keys is read anew, as far as a screen shows it. */
export function invalidate(keys: readonly QueryKey[]): void {
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey });
}

const polled = (key: QueryKey, everyMs: number | undefined) =>
  everyMs === undefined ? {} : { refetchInterval: () => everyMsWhile(isLineUp, key, everyMs) };

/** What the server says now: `useRead(['wallet', id], (signal) => api.get('/v1/wallets/{wallet_id}', ...))`. */
export function useRead<T>(
  key: QueryKey,
  read: (signal: AbortSignal) => Promise<T>,
  options: { readonly enabled?: boolean; readonly everyMs?: number } = {},
): UseQueryResult<T> {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(signal),
    enabled: options.enabled ?? true,
    ...polled(key, options.everyMs),
  });
}

/** Something that is read in one way by a screen and by what prepares it. */
export type Reading<T> = { readonly key: QueryKey; readonly read: (signal: AbortSignal) => Promise<T> };
export const readingOf = <T>(key: QueryKey, read: Reading<T>['read']): Reading<T> => ({ key, read });

/** So long a first picture waits for answers, in milliseconds; then it shows what it has. */
const PATIENCE_MS = 500;

/** Reads before a screen asks; through when all is here or has failed, at the latest when patience ends. Never throws. */
export async function readAhead(...readings: readonly Reading<unknown>[]): Promise<void> {
  const all = readings.map(({ key, read }) =>
    queryClient.prefetchQuery({ queryKey: key, queryFn: ({ signal }) => read(signal) }),
  );
  await atMost(PATIENCE_MS, Promise.all(all));
}

export type Paged<Item> = {
  readonly query: UseQueryResult<{
    readonly data: readonly Item[];
    readonly next_cursor?: string | undefined;
  }>;
  readonly items: readonly Item[];
  /** Counted from 1. */
  readonly page: number;
  readonly next: (() => void) | undefined;
  readonly previous: (() => void) | undefined;
};

/** A cursor list, page by page. A changed key begins at the first page. */
export function usePages<Item>(
  key: QueryKey,
  read: (
    cursor: string | undefined,
    signal: AbortSignal,
  ) => Promise<{ readonly data: readonly Item[]; readonly next_cursor?: string | undefined }>,
  options: { readonly everyMs?: number; readonly enabled?: boolean } = {},
): Paged<Item> {
  const of = JSON.stringify(key);
  const [place, setPlace] = useState<{ of: string; cursors: readonly string[] }>({ of, cursors: [] });
  const cursors = place.of === of ? place.cursors : [];
  const cursor = cursors.at(-1);
  const query = useQuery({
    queryKey: [...key, 'page', cursor ?? ''],
    queryFn: ({ signal }) => read(cursor, signal),
    placeholderData: keepPreviousData,
    enabled: options.enabled ?? true,
    ...polled(key, options.everyMs),
  });
  const nextCursor = query.data?.next_cursor;
  return {
    query,
    items: query.data?.data ?? [],
    page: cursors.length + 1,
    next: nextCursor === undefined ? undefined : () => setPlace({ of, cursors: [...cursors, nextCursor] }),
    previous: cursors.length === 0 ? undefined : () => setPlace({ of, cursors: cursors.slice(0, -1) }),
  };
}

/** Something that changes the world; afterwards what the `touches` keys begin with is read anew. */
export function useAct<Input, Result>(
  act: (input: Input) => Promise<Result>,
  options: {
    readonly touches?: readonly QueryKey[];
    readonly done?: (result: Result, input: Input) => void;
  } = {},
): UseMutationResult<Result, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (result, input) => {
      for (const queryKey of options.touches ?? []) void client.invalidateQueries({ queryKey });
      options.done?.(result, input);
    },
  });
}

/** The refusals of single fields of a body, by JSON pointer (`/to/postcode`). */
export function fieldErrors(error: unknown): Readonly<Record<string, string>> {
  if (!isProblem(error)) return {};
  return Object.fromEntries(error.errors.map(({ pointer, message }) => [pointer, message]));
}
