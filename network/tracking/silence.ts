import type { Work } from '../../platform/world/index.ts';
import type { Instant } from '../kernel/index.ts';
import type { Folded } from './fold.ts';
import type { JudgedScan } from './model.ts';
import { type LockedParcel, listParcelsByIds } from './parcel-store.ts';
import { asExpired, expiresAt } from './silence.policy.ts';

/** Looks at one parcel that was alive when it was looked at, when its silence would be long enough. */
export const LOOK_KIND = 'tracking.silence_of_parcel';

export function lookAgain(work: Work, parcelId: string, runAt: Instant): void {
  work.schedule({ kind: LOOK_KIND, key: parcelId, runAt, payload: { parcelId } });
}

/**
 * What was folded, for parcels that had expired: a scan that is no newer than the silence does not end it. One that does
 * has its parcel looked at again when the next silence would be long enough.
 */
export async function keepSilence(
  work: Work,
  folds: ReadonlyMap<LockedParcel, Folded<JudgedScan>>,
): Promise<ReadonlyMap<LockedParcel, Folded<JudgedScan>>> {
  const expired = [...folds.keys()].filter(({ timeline }) => timeline.status === 'expired');
  if (expired.length === 0) return folds;
  const kept = new Map(folds);
  for (const { id, createdAt } of await listParcelsByIds(
    work.db,
    expired.map((parcel) => parcel.id),
  )) {
    const parcel = expired.find((one) => one.id === id);
    const folded = parcel && folds.get(parcel);
    if (parcel === undefined || folded === undefined) continue;
    const { official, lastScan } = folded;
    const at = expiresAt({ timeline: official, lastScanAt: lastScan?.occurredAt, createdAt });
    if (at === undefined) continue;
    if (at > work.now) lookAgain(work, id, at);
    else kept.set(parcel, { ...folded, official: asExpired(official), state: undefined });
  }
  return kept;
}
