import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import type { OrganisationId } from '../kernel/index.ts';
import { findArea } from './area-store.ts';
import { findBlockById, findCourier, findCourierOfCaller } from './courier-store.ts';
import { findPickupParts } from './store.ts';

type Owned = { readonly organisationId: string } | undefined;

function owned(find: (...args: Parameters<RelationFinder>) => Promise<Owned>): RelationFinder {
  return async (db, id, caller) => {
    const found = await find(db, id, caller);
    return found === undefined
      ? undefined
      : {
          owner: found.organisationId,
          relations: found.organisationId === caller.organisationId ? ['own'] : [],
        };
  };
}

/** Whose pickup, area, courier or block it is. `courier`: the caller is the courier who was sent. */
export const pickupRelations: Readonly<Record<string, RelationFinder>> = {
  pickup: async (db, id, caller) => {
    const parts = await findPickupParts(db, id);
    if (parts === undefined) return undefined;
    const relations = ownerRelations(
      { organisationId: parts.organisationId as OrganisationId, clientPlatformId: parts.clientPlatformId },
      caller,
    );
    if (parts.carrierId === caller.organisationId) relations.push('carrier');
    if (parts.carrierId === caller.organisationId && caller.role === 'courier') {
      const courier = await findCourierOfCaller(db, caller.organisationId, caller);
      if (courier?.isOn === true && courier.id === parts.courierId) relations.push('courier');
    }
    return { owner: parts.organisationId, relations };
  },
  pickup_area: owned((db, id) => findArea(db, id)),
  courier: owned((db, id) => findCourier(db, id)),
  pickup_block: owned((db, id) => findBlockById(db, id)),
};
