import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { DESK } from './counter.ts';
import { doorOf } from './model.ts';
import { findMailing } from './store.ts';

/** Whose mailing it is, and at whose counter or in whose way. */
export const mailingRelations: Readonly<Record<string, RelationFinder>> = {
  mailing: async (db, id, caller) => {
    const one = await findMailing(db, id);
    if (one === undefined) return undefined;
    const hands = await DESK.relationsOf(db, caller, { ...one, door: doorOf(one) });
    return { owner: one.organisationId, relations: [...ownerRelations(one, caller), ...hands] };
  },
};
