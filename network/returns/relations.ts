import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findVisit } from './code-store.ts';
import { isOnTheRoad, isSentTo } from './counter.ts';
import type { ReturnPorts } from './ports.ts';
import { findReturn } from './store.ts';

/**
 * Whose return it is. `point`: its code was read at a counter of the caller's network a while ago, or that counter took the
 * goods in. `courier`: he is sent to the door, or took the goods along.
 */
export function returnRelations(ports: Pick<ReturnPorts, 'doors'>): Readonly<Record<string, RelationFinder>> {
  return {
    return_case: async (db, id, caller) => {
      const one = await findReturn(db, id);
      if (one === undefined) return undefined;
      const relations = ownerRelations(one, caller);
      if (caller.organisationKind === 'point_operator' && (await isAtCounter(db, one, caller)))
        relations.push('point');
      if (isOnTheRoad(caller)) {
        const courierId = await ports.doors.courierOf(db, caller);
        const tookIt = one.intake?.byCaller === (caller.personId ?? caller.id);
        if (tookIt || isSentTo(one, caller, courierId)) relations.push('courier');
      }
      return { owner: one.organisationId, relations };
    },
  };
}

async function isAtCounter(
  db: Parameters<RelationFinder>[0],
  one: NonNullable<Awaited<ReturnType<typeof findReturn>>>,
  caller: Parameters<RelationFinder>[2],
): Promise<boolean> {
  if (one.intake?.byOrganisationId === caller.organisationId) return true;
  const visit = await findVisit(db, one.id, caller.organisationId);
  // Who read the code goes on; a colleague reads it himself.
  return visit !== undefined && visit.byCaller === (caller.personId ?? caller.id);
}
