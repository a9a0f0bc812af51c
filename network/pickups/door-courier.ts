import type { Queryable } from '../../platform/db/index.ts';
import type { Principal } from '../accounts/index.ts';
import { findCourierOfCaller } from './courier-store.ts';
import type { DoorVisit } from './door-windows.ts';

/** Couriers and their staff; a network's own couriers are of its operator. */
export function isOnTheRoad({ role }: Pick<Principal, 'role'>): boolean {
  return role === 'courier' || role === 'carrier';
}

/** The courier that a caller is, in the organisation of his carrier. */
export async function courierIdOf(db: Queryable, caller: Principal): Promise<string | undefined> {
  const courier = await findCourierOfCaller(db, caller.organisationId, caller);
  return courier?.isOn === true ? courier.id : undefined;
}

/** The courier who was sent to this door, or his carrier's staff. */
export function isSentTo(
  visit: Pick<DoorVisit, 'carrierId' | 'courierId'> | undefined,
  caller: Principal,
  courierId: string | undefined,
): boolean {
  if (visit?.carrierId !== caller.organisationId) return false;
  return caller.role === 'carrier' || (courierId !== undefined && visit.courierId === courierId);
}
