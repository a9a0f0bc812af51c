import type { JobHandler } from '../../platform/jobs/index.ts';
import type { Work, World } from '../../platform/world/index.ts';
import { accepted, addDays, addMs, type Instant } from '../kernel/index.ts';
import { deleteMotions } from './flow-store.ts';
import type { TrackedParcel } from './parcel.ts';
import {
  type LockedParcel,
  listBornAfter,
  listParcelsByIds,
  lockParcels,
  saveTimelines,
} from './parcel-store.ts';
import { announce } from './record.ts';
import { asExpired, expiresAt, SHORTEST_SILENCE_DAYS } from './silence.policy.ts';
import { LOOK_KIND, lookAgain } from './silence.ts';

/** Looks at every parcel once, when it is old enough to have fallen silent. */
const SWEEP_KIND = 'tracking.silence';
const EVERY_MS = 3_600_000;
const SOON_MS = 1_000;
/** Parcels of one commit. Our default. */
const AT_ONCE = 500;

/** The parcel that was looked at last, in order of birth. */
type Cursor = { readonly createdAt: Instant; readonly parcelId: string };

export const silenceJobs: readonly JobHandler[] = [
  {
    kind: SWEEP_KIND,
    run: async (work, { cursor }: { readonly cursor?: Cursor }) => {
      const bornUpTo = addDays(work.now, -SHORTEST_SILENCE_DAYS);
      const born = await listBornAfter(work.db, cursor, bornUpTo, AT_ONCE);
      await lookAt(
        work,
        born.map(({ parcelId }) => parcelId),
      );
      const last = born.at(-1) ?? cursor;
      work.schedule({
        kind: SWEEP_KIND,
        key: SWEEP_KIND,
        runAt: addMs(work.now, born.length === AT_ONCE ? SOON_MS : EVERY_MS),
        payload: last === undefined ? {} : { cursor: last },
      });
    },
  },
  {
    kind: LOOK_KIND,
    run: async (work, { parcelId }: { readonly parcelId: string }) => lookAt(work, [parcelId]),
  },
];

/** The first sweep; a sweep schedules the next. */
export async function scheduleSilenceJobs(world: World): Promise<void> {
  await world.command('network', async (work) => {
    work.schedule({ kind: SWEEP_KIND, key: SWEEP_KIND, runAt: work.now, payload: {} });
    return accepted(undefined);
  });
}

/** Expires parcels that have been silent for too long; the others are looked at again when they would be. */
async function lookAt(work: Work, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const alive = (await listParcelsByIds(work.db, ids)).filter(isAlive);
  if (alive.length === 0) return;
  const locked = await lockParcels(
    work.db,
    alive.map(({ id }) => id),
  );
  // What a scan changed meanwhile counts.
  const parcels = (await listParcelsByIds(work.db, [...locked.keys()])).filter(isAlive);
  const silent = parcels.flatMap((parcel) => {
    const at = expiresAt(parcel);
    const own = locked.get(parcel.id);
    if (at === undefined || own === undefined) return [];
    if (at > work.now) {
      lookAgain(work, parcel.id, at);
      return [];
    }
    return [{ parcel, own, at }];
  });
  if (silent.length === 0) return;
  saveTimelines(
    work.db,
    silent.map(({ parcel, own, at }) => updateOf(work, parcel, own, at)),
    work.now,
  );
  await deleteMotions(
    work.db,
    silent.map(({ parcel }) => parcel.id),
  );
}

const isAlive = ({ timeline, mergedInto }: TrackedParcel) =>
  mergedInto === undefined && !timeline.terminal && timeline.status !== 'expired';

function updateOf(work: Work, parcel: TrackedParcel, own: LockedParcel, at: Instant) {
  const official = asExpired(parcel.timeline);
  const change = { reached: [], revised: true, restated: [], withdrawn: [], unchanged: false };
  const version = announce(work, own, { official, lastScan: { occurredAt: at, synthetic: false } }, change);
  return {
    parcel: own,
    version,
    timeline: official,
    isTimelineKept: false,
    // The next scan is judged with all that were before: the state that they left is not what is official now.
    foldState: undefined,
    lastScanAt: parcel.lastScanAt,
    newestScanAt: own.newestScanAt,
  };
}
