import { type KeptAnswer, useKept } from '../field/kept.ts';
import { isAhead, useQueue } from '../field/queue.ts';
import type { FieldRecord } from '../field/record.ts';
import { api } from '../ground/api.ts';
import { useHere } from './here.tsx';
import { type Lying, shelfWith } from './shelf.ts';
import type {
  PointTask,
  ShelfParcel,
  SyncConflict,
  TakenMailing,
  TakenReturn,
  UnreadReturn,
} from './tasks.ts';

const MINUTE_MS = 60_000;
const STATES = ['announced', 'stored', 'exception', 'returning'] as const;
const PAGE = 200;

export type Shelf = Omit<KeptAnswer<readonly ShelfParcel[]>, 'value'> & {
  readonly parcels: readonly Lying[];
};

/** All that is announced to the point, lies there or waits for its way home; with what is recorded here and not sent. */
export function useShelf() {
  const { point } = useHere();
  const { records } = useQueue();
  const read = useKept<readonly ShelfParcel[]>(
    ['shelf', point.id],
    async (signal) => {
      const lists = await Promise.all(
        STATES.map((state) => {
          const query = { point_id: point.id, state, limit: PAGE };
          return Array.fromAsync(api.listAll('/v1/shelf-parcels', { params: { query }, signal }));
        }),
      );
      return lists.flat();
    },
    { everyMs: MINUTE_MS },
  );
  const of = (answer: KeptAnswer<readonly ShelfParcel[]>): Shelf => {
    const ahead = records.filter((one) => isAhead(one, answer.at)) as readonly FieldRecord<PointTask>[];
    return { at: answer.at, isOld: answer.isOld, parcels: shelfWith(answer.value, ahead) };
  };
  return { ...read, data: read.data && of(read.data) };
}

/** Goods that buyers brought back: expected here, lying here, or handed on. */
export function useReturns(state: 'code_issued' | 'accepted_at_point' | 'in_transit') {
  const { point } = useHere();
  return useKept<readonly TakenReturn[]>(
    ['returns', point.id, state],
    async (signal) => {
      const query = { point_id: point.id, state, limit: 100 };
      const read = { params: { query }, signal };
      // What has left is of interest for its newest only.
      if (state === 'in_transit') return (await api.get('/v1/point-returns', read)).data;
      return Array.fromAsync(api.listAll('/v1/point-returns', read));
    },
    { everyMs: MINUTE_MS, enabled: point.services.includes('return') },
  );
}

/** Parcels of senders: expected here, lying here, or handed on. */
export function useMailings(state: 'placed' | 'accepted') {
  const { point } = useHere();
  return useKept<readonly TakenMailing[]>(
    ['mailings', point.id, state],
    (signal) => {
      const params = { path: { point_id: point.id }, query: { state, limit: 100 } };
      return Array.fromAsync(api.listAll('/v1/points/{point_id}/mailings', { params, signal }));
    },
    { everyMs: MINUTE_MS, enabled: point.services.includes('mail') },
  );
}

/** Goods that lie here and whose code nobody has read. */
export function useUnread() {
  const { point } = useHere();
  return useKept<readonly UnreadReturn[]>(
    ['unread', point.id],
    async (signal) => {
      const params = { path: { point_id: point.id }, query: { open: 'true', limit: PAGE } } as const;
      return (await api.get('/v1/points/{point_id}/unread-returns', { params, signal })).data;
    },
    { everyMs: MINUTE_MS, enabled: point.services.includes('return') },
  );
}

export function useConflicts(open: boolean) {
  const { point } = useHere();
  return useKept<readonly SyncConflict[]>(
    ['conflicts', point.id, String(open)],
    async (signal) => {
      const params = {
        path: { point_id: point.id },
        query: { open: open ? 'true' : 'false', limit: PAGE },
      } as const;
      const { data } = await api.get('/v1/points/{point_id}/sync-conflicts', { params, signal });
      return open ? data : data.filter((one) => one.resolved_at !== undefined);
    },
    { everyMs: MINUTE_MS },
  );
}
