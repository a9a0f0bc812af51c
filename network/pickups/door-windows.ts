import type { Queryable } from '../../platform/db/index.ts';
import type { Work } from '../../platform/world/index.ts';
import {
  accepted,
  type Instant,
  type OrganisationId,
  type Outcome,
  type PartyRef,
  refused,
} from '../kernel/index.ts';
import { endReservation, findArea } from './area-store.ts';
import { takeWindow, type WindowChoice } from './handle.ts';
import type { CourierId, PickupErrorCode, PickupPlace } from './model.ts';
import { presentWindows } from './views.ts';

/**
 * A visit at a door that is about no shipment of ours, such as for goods that go back. It takes one visit of the same
 * windows as pickups; what happens at the door is the affair of the room that asked.
 */
export type DoorVisit = {
  readonly carrierId: OrganisationId;
  readonly areaId: string;
  readonly courierId: CourierId | undefined;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly heldHour: Instant;
};
/** A window that can be chosen now. */
export type OpenWindow = Pick<DoorVisit, 'areaId' | 'carrierId' | 'startsAt' | 'endsAt'>;

const DAYS_SHOWN = 3;

/** Windows of areas that serve everybody, or are these carriers', and hold this place; soonest first. `db` acts for the network. */
export async function listDoorWindows(
  db: Queryable,
  place: PickupPlace,
  carrierIds: readonly string[],
  now: Instant,
): Promise<readonly OpenWindow[]> {
  const windows = await presentWindows(db, {
    ...{ place, carrierIds, date: undefined, days: DAYS_SHOWN, now },
  });
  return windows
    .filter(({ selectable }) => selectable)
    .map(({ areaId, carrierId, startsAt, endsAt }) => ({
      ...{ areaId, carrierId: carrierId as OrganisationId, startsAt, endsAt },
    }));
}

/** Takes one visit of a window for a door. Ends in the scope of `door.organisationId`. */
export async function holdDoorWindow(
  work: Work,
  door: {
    readonly organisationId: OrganisationId;
    readonly partyRef: PartyRef;
    readonly place: PickupPlace;
    readonly carrierIds: readonly string[];
  },
  choice: WindowChoice,
): Promise<Outcome<DoorVisit, PickupErrorCode>> {
  const { organisationId, partyRef: senderRef, place, carrierIds } = door;
  await work.actFor('network');
  const area = await findArea(work.db, choice.areaId);
  await work.actFor({ organisationId });
  // Areas for a carrier's own shipments are not for others.
  const isOpen = area?.servesNetwork === true || carrierIds.some((id) => id === area?.organisationId);
  if (area === undefined || !isOpen) return refused('pickup_window_unknown', '');
  const its = { organisationId, senderRef, place, carrierIds: [area.organisationId] };
  const taken = await takeWindow(work, its, choice);
  if (!taken.ok) return taken;
  const { window, heldHour, courier } = taken.value;
  return accepted({
    ...{ carrierId: area.organisationId, areaId: area.id, courierId: courier?.id, heldHour },
    ...{ startsAt: window.startsAt, endsAt: window.endsAt },
  });
}

/** Ends what a visit holds of its carrier's hour. Comes back to the scope of `owner`. */
export async function endDoorWindow(
  work: Work,
  owner: OrganisationId,
  visit: Pick<DoorVisit, 'carrierId' | 'areaId' | 'heldHour'>,
  how: 'use' | 'release',
): Promise<void> {
  await work.actFor({ organisationId: visit.carrierId });
  const key = { organisationId: visit.carrierId, areaId: visit.areaId };
  await endReservation(work.db, key, visit.heldHour, how);
  await work.actFor({ organisationId: owner });
}
