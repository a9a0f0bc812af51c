import type { RelationFinder } from '../accounts/index.ts';
import { findReservation } from './reservation-store.ts';

/** `own`: who made the reservation, and the network of the point that holds it. */
export const allocationRelations: Readonly<Record<string, RelationFinder>> = {
  point_reservation: async (db, id, caller) => {
    const found = await findReservation(db, id);
    if (found === undefined) return undefined;
    const isParty = found.organisationId === caller.organisationId || found.madeFor === caller.organisationId;
    return { owner: found.organisationId, relations: isParty ? ['own'] : [] };
  },
};
