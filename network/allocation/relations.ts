import type { RelationFinder } from '../accounts/index.ts';
import { NETWORK } from '../rulebooks/index.ts';
import { findDecision } from './decision-store.ts';
import { findReservation } from './reservation-store.ts';

/** `own`: who made the reservation, and the network of the point that holds it; the marketplace of a decision's demand. */
export const allocationRelations: Readonly<Record<string, RelationFinder>> = {
  point_reservation: async (db, id, caller) => {
    const found = await findReservation(db, id);
    if (found === undefined) return undefined;
    const isParty = found.organisationId === caller.organisationId || found.madeFor === caller.organisationId;
    return { owner: found.organisationId, relations: isParty ? ['own'] : [] };
  },
  point_decision: async (db, id, caller) => {
    const found = await findDecision(db, id);
    if (found === undefined) return undefined;
    const isPlatform = found.demand.clientPlatformId === caller.organisationId;
    return { owner: found.organisationId ?? NETWORK, relations: isPlatform ? ['own'] : [] };
  },
};
