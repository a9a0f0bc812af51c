import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findVisit } from './code-store.ts';
import { courierOf, isOnTheRoad, isSentTo } from './counter.ts';
import type { Mailing } from './model.ts';
import { findMailing } from './store.ts';

/**
 * Whose mailing it is. `point`: its code was read at a counter of the caller's network a while ago, or that counter took
 * the parcel in. `courier`: he is sent to the door, or took the parcel along.
 */
export const mailingRelations: Readonly<Record<string, RelationFinder>> = {
  mailing: async (db, id, caller) => {
    const one = await findMailing(db, id);
    if (one === undefined) return undefined;
    const relations = ownerRelations(one, caller);
    if (caller.organisationKind === 'point_operator' && (await isAtCounter(db, one, caller)))
      relations.push('point');
    if (isOnTheRoad(caller)) {
      const tookIt = one.intake?.byCaller === (caller.personId ?? caller.id);
      if (tookIt || isSentTo(one, caller, await courierOf(db, caller))) relations.push('courier');
    }
    return { owner: one.organisationId, relations };
  },
};

async function isAtCounter(
  db: Parameters<RelationFinder>[0],
  one: Mailing,
  caller: Parameters<RelationFinder>[2],
): Promise<boolean> {
  if (one.intake?.byOrganisationId === caller.organisationId) return true;
  const visit = await findVisit(db, one.id, caller.organisationId);
  // Who read the code goes on; a colleague reads it himself.
  return visit !== undefined && visit.byCaller === (caller.personId ?? caller.id);
}
