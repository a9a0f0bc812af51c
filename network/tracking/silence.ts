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
export async function keepSilence<
  Fold extends { readonly parcel: LockedParcel; readonly folded: Folded<JudgedScan> },
>(work: Work, folds: readonly Fold[]): Promise<readonly Fold[]> {
  const expired = folds.filter(({ parcel }) => parcel.timeline.status === 'expired');
  if (expired.length === 0) return folds;
  const parcels = await listParcelsByIds(
    work.db,
    expired.map(({ parcel }) => parcel.id),
  );
  const births = new Map<string, Instant>(parcels.map(({ id, createdAt }) => [id, createdAt]));
  return folds.map((fold) => {
    const createdAt = births.get(fold.parcel.id);
    if (createdAt === undefined) return fold;
    const { official, lastScan } = fold.folded;
    const at = expiresAt({ timeline: official, lastScanAt: lastScan?.occurredAt, createdAt });
    if (at === undefined) return fold;
    if (at <= work.now)
      return { ...fold, folded: { ...fold.folded, official: asExpired(official), state: undefined } };
    lookAgain(work, fold.parcel.id, at);
    return fold;
  });
}
