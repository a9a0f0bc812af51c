import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import type { ParcelId } from '../kernel/index.ts';
import { MilestoneReached } from '../tracking/events.ts';
import { noteParcel } from './store.ts';

type Reached = { readonly parcelId: ParcelId; readonly number: string; readonly milestone: string };

/** A number that nobody had seen before gets its parcel with the first scan at the counter; the buyer's page asks by that. */
export const shelfReactions: readonly Reaction[] = [
  reactionOfAll(
    'shelves.parcels',
    [MilestoneReached.name],
    async (work, reached: readonly PublishedEvent<never>[]) => {
      for (const { payload } of reached) {
        const { parcelId, number, milestone } = payload as Reached;
        if (milestone === 'at_point') await noteParcel(work.db, number, parcelId);
      }
    },
  ),
];
