import { newIdempotencyKey, PostroadProblem } from '@postroad/sdk';
import { useState } from 'react';
import { record } from '../field/queue.ts';
import { api, isProblem } from '../ground/api.ts';
import { queryClient } from '../ground/reads.ts';
import { useSession } from '../ground/session.tsx';
import { deviceId, type LeaseDesk, useLease } from './device.ts';
import { useHere } from './here.tsx';
import { type DeviceRefusal, type HeldLease, hashOf, holds, judge, TRIES, triedOnce } from './lease.ts';
import type { HandOutWay, PointTask, ShelfParcel } from './tasks.ts';

export type Shown = {
  readonly way: HandOutWay;
  readonly code: string;
  readonly token: string;
  readonly document: 'identity_card' | 'passport' | 'driving_licence' | 'other';
  readonly fee: 'collected' | 'waived' | undefined;
  /** How the goods were paid, where they are paid here. */
  readonly cash: 'cash' | 'card' | undefined;
};
/** `device`: refused here, without asking anybody. `server`: by the server. */
export type HandOutResult =
  /** `conflict`: recorded, and it does not fit what the server knows. */
  | { readonly kind: 'done' | 'recorded' | 'conflict' }
  | { readonly kind: 'device'; readonly why: DeviceRefusal; readonly triesLeft: number }
  | { readonly kind: 'server'; readonly error: unknown };

const OUTCOMES = { sent: 'done', waiting: 'recorded', refused: 'conflict' } as const;

/** Did the request perhaps never arrive? Everything that is no answer of the server. */
const isUnanswered = (error: unknown) => !(error instanceof PostroadProblem);

/** It counts here at once, and at the server when it hears of it, under the name that it may have heard already. */
async function countWrongCode(
  desk: Pick<LeaseDesk, 'keep'>,
  lease: HeldLease,
  at: { readonly parcel: ShelfParcel; readonly pointId: string; readonly tryId: string },
): Promise<HandOutResult> {
  const { parcel, pointId, tryId } = at;
  const tried = triedOnce(lease, parcel.id);
  await desk.keep(tried);
  const action = { kind: 'wrong_code', number: parcel.number } as const;
  const task: PointTask = { kind: 'wrong_code', pointId, deviceId: deviceId(), action };
  await record({ id: tryId, about: `try/${parcel.id}`, label: parcel.number, task }, 0);
  return { kind: 'device', why: 'code_wrong', triesLeft: TRIES - (tried.tries[parcel.id] ?? 0) };
}

/**
 * Hands a parcel out. What this device holds and a code that is right here opens is recorded and sent by the queue, once,
 * with a network or without. Everything else asks the server, who counts wrong codes; without an answer nothing leaves.
 */
export function useHandOut(parcel: ShelfParcel) {
  const { point } = useHere();
  const { person } = useSession();
  const desk = useLease();
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<HandOutResult>();

  const cashOf = ({ cash: method }: Shown) => {
    const amount = parcel.cash_on_delivery;
    return method === undefined || amount === undefined ? {} : { cash: { method, amount } };
  };

  const byDevice = async (shown: Shown): Promise<HandOutResult> => {
    const { way, code, fee } = shown;
    const action = {
      kind: 'hand_out',
      number: parcel.number,
      way,
      ...(code === '' || way === 'identity' ? {} : { code }),
      ...(fee === undefined ? {} : { fee }),
      ...cashOf(shown),
    } as const;
    const task: PointTask = { kind: 'hand_out', pointId: point.id, deviceId: deviceId(), action };
    const kept = await record({ about: parcel.id, label: parcel.number, task });
    return { kind: OUTCOMES[kept.state] };
  };

  const byServer = async (shown: Shown, tryId: string): Promise<HandOutResult> => {
    const { way, code, token, document, fee } = shown;
    await api.post('/v1/shelf-parcels/{shelf_parcel_id}/hand-out', {
      params: { path: { shelf_parcel_id: parcel.id } },
      body: {
        way,
        ...{ device_id: deviceId(), client_id: tryId },
        ...(way === 'code' || way === 'locker' ? { code } : {}),
        ...(way === 'friend' ? { friend_token: token.trim().toUpperCase() } : {}),
        ...(way === 'identity' ? { identity: { document } } : {}),
        ...(fee === undefined ? {} : { fee }),
        ...cashOf(shown),
      },
    });
    return { kind: 'done' };
  };

  const decide = async (shown: Shown): Promise<HandOutResult> => {
    const { lease } = desk;
    const hash = lease === undefined || shown.code === '' ? undefined : await hashOf(lease, shown.code);
    const asked = {
      parcelId: parcel.id,
      way: shown.way,
      hash,
      isSupervisor: person.role === 'point_staff',
      now: Date.now(),
    };
    const why = judge(lease, asked);
    // A document leaves its kind on record at the server; it goes by the queue only where there is no network.
    if (why === 'open' && (shown.way !== 'identity' || navigator.onLine === false)) return byDevice(shown);
    const tryId = newIdempotencyKey();
    try {
      if (navigator.onLine === false) throw new Error('no network');
      return await byServer(shown, tryId);
    } catch (error) {
      if (!isUnanswered(error)) return { kind: 'server', error };
      if (why === 'open') return byDevice(shown);
      if (why === 'code_wrong' && lease !== undefined && holds(lease, parcel.id, asked.now))
        return countWrongCode(desk, lease, { parcel, pointId: point.id, tryId });
      return { kind: 'device', why, triesLeft: 0 };
    }
  };

  const handOut = async (shown: Shown) => {
    setBusy(true);
    try {
      const became = await decide(shown);
      setResult(became);
      if (became.kind === 'done' || became.kind === 'server')
        void queryClient.invalidateQueries({ queryKey: ['kept'] });
      return became;
    } finally {
      setBusy(false);
    }
  };
  return { handOut, isBusy, result };
}

/** Parcels of a number that is not among those known to wait here, newest first: it just came, or it had gone already. */
export async function parcelsOfNumber(pointId: string, number: string): Promise<readonly ShelfParcel[]> {
  if (navigator.onLine === false || number === '') return [];
  const query = { point_id: pointId, number, limit: 5 };
  const { data } = await api.get('/v1/shelf-parcels', { params: { query } });
  return data;
}

/** The parcel that a written code names: by the server, or by the hashes that this device holds. */
export async function parcelOfCode(
  pointId: string,
  code: string,
  byHash: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    if (navigator.onLine === false) throw new Error('no network');
    const query = { point_id: pointId, state: 'stored', code } as const;
    const { data } = await api.get('/v1/shelf-parcels', { params: { query } });
    return data[0]?.id;
  } catch (error) {
    if (isProblem(error)) throw error;
    return byHash();
  }
}
