import { ownerRelations, type Principal, type RelationFinder } from '../accounts/index.ts';
import type { Bag, Handover } from './model.ts';
import { findBag, findHandover } from './store.ts';

function relate(found: Bag | Handover | undefined, caller: Principal) {
  if (found === undefined) return undefined;
  const { organisationId, clientPlatformId, carrierId, warehouseId } = found;
  const relations = ownerRelations({ organisationId, clientPlatformId }, caller);
  // What the owner only drafts is nobody else's business yet.
  if (found.state !== 'draft') {
    if (carrierId === caller.organisationId) relations.push('carrier');
    if (warehouseId === caller.organisationId) relations.push('warehouse');
  }
  return { owner: organisationId, relations };
}

/** Owner of a bag or handover, and the carrier and warehouse of its parcels. */
export const handoverRelations: Readonly<Record<string, RelationFinder>> = {
  bag: async (db, id, caller) => relate(await findBag(db, id), caller),
  handover: async (db, id, caller) => relate(await findHandover(db, id), caller),
};
