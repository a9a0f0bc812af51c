import { ownerRelations, type RelationFinder } from '../accounts/index.ts';
import { findVerification } from './store.ts';

export const authenticityRelations: Readonly<Record<string, RelationFinder>> = {
  verification: async (db, id, caller) => {
    const one = await findVerification(db, id);
    return one === undefined
      ? undefined
      : { owner: one.organisationId, relations: ownerRelations(one, caller) };
  },
};
