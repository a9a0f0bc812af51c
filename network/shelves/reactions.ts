import { type PublishedEvent, type Reaction, reactionOfAll } from '../../platform/outbox/index.ts';
import { DeviceBlocked } from '../accounts/events.ts';
import type { ParcelId } from '../kernel/index.ts';
import { MilestoneReached } from '../tracking/events.ts';
import { releaseLeasesOfDevice } from './lease-store.ts';
import { noteParcel } from './store.ts';

type Reached = { readonly parcelId: ParcelId; readonly number: string; readonly milestone: string };

type Blocked = { readonly organisationId: string; readonly deviceId: string };

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
  // What a lost device held may be handed out by others.
  reactionOfAll(
    'shelves.leases',
    [DeviceBlocked.name],
    async (work, blocked: readonly PublishedEvent<never>[]) => {
      for (const { payload } of blocked) {
        const { organisationId, deviceId } = payload as Blocked;
        await releaseLeasesOfDevice(work.db, organisationId, deviceId);
      }
    },
  ),
];
