import { useQuery } from '@tanstack/react-query';
import { keepValue, keptValue } from '../field/kept.ts';
import { useQueue } from '../field/queue.ts';
import type { FieldRecord } from '../field/record.ts';
import { api } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { useHere } from './here.tsx';
import { type HeldLease, leaseOf } from './lease.ts';
import type { PointTask } from './tasks.ts';

/** What the device calls itself for ever, where its log-in is not bound to a key; of nobody. */
const NAME = 'postroad-device';

export function deviceId(): string {
  const known = localStorage.getItem(NAME);
  if (known !== null) return known;
  const fresh = `dev_${crypto.randomUUID()}`;
  localStorage.setItem(NAME, fresh);
  return fresh;
}

/** How the server calls this device: by the key that the log-in is bound to, else as it calls itself. */
export function useDeviceId(): string {
  return useSession().device?.id ?? deviceId();
}

export type LeaseDesk = {
  readonly lease: HeldLease | undefined;
  /** Changes what the device keeps of its lease, such as a try that was counted. */
  readonly keep: (lease: HeldLease | undefined) => Promise<void>;
  /** Holds all that waits here and nobody else holds; needs a network. */
  readonly take: () => Promise<HeldLease>;
  /** Lets go of all of it; needs a network. */
  readonly release: () => Promise<void>;
};

const isWrongCode = ({ task }: FieldRecord) => (task as PointTask).kind === 'wrong_code';

/** The parcels that this device may hand out without a network. */
export function useLease(): LeaseDesk {
  const { world, person } = useSession();
  const { point } = useHere();
  const { records } = useQueue();
  const name = `${world}/${person.id}/lease/${point.id}`;
  const key = ['lease', name];
  const kept = useQuery({
    queryKey: key,
    queryFn: async () => (await keptValue<HeldLease | null>(name)) ?? null,
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const keep = async (lease: HeldLease | undefined) => {
    await keepValue(name, lease ?? null);
    queryClient.setQueryData(key, lease ?? null);
  };
  const params = { path: { point_id: point.id } };
  return {
    lease: kept.data ?? undefined,
    keep,
    take: async () => {
      const scheme = await api.get('/v1/points/{point_id}/code-scheme', { params });
      const body = { device_id: deviceId() };
      const answer = await api.post('/v1/points/{point_id}/device-leases', { params, body });
      const isUntold = records.some((one) => one.state === 'waiting' && isWrongCode(one));
      const before = isUntold ? ((await keptValue<HeldLease | null>(name)) ?? undefined) : undefined;
      const lease = leaseOf(point.id, scheme, answer, before);
      await keep(lease);
      return lease;
    },
    release: async () => {
      const body = { device_id: deviceId() };
      await api.post('/v1/points/{point_id}/device-leases/release', { params, body });
      await keep(undefined);
    },
  };
}
